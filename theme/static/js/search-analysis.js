/* Text to search terms: what plugins/search/analysis.py does, word for word; tests/fixtures/search/analysis.json proves both. */
(function (site) {
  "use strict";
  const WORD = /[0-9]+|(?![0-9])[\p{L}\p{N}](?:(?![0-9])[\p{L}\p{N}\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*/gu;
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const LOOSE = /^(?:[ \u00a0]?[-\u2010-\u2015/&.][ \u00a0]?)?$/, TIGHT = /^[-\u2010-\u2015/&.]?$/, NUMBER = /^[0-9]/;
  const ROMAN = "- i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(" ");
  const NUMBERED = ["qui", "so", "khoa", "thu", "cum", "khoi"];
  const cache = new Map();

  function exact(word) {
    if (NUMBER.test(word)) return word.replace(/^0+(?=.)/, "");
    const marks = word.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").toLowerCase().normalize("NFD");
    return marks.replace(TONES, "").normalize("NFC").replace(/^(h|k|l|m|s|t|qu)y$/, "$1i") + (marks.match(TONES) || []).join("");
  }

  const fold = (term) => term.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");

  /* [exact, fold] of a word as it stands in a text */
  function both(raw) {
    let pair = cache.get(raw);
    if (!pair) cache.set(raw, (pair = [exact(raw), fold(exact(raw))]));
    return pair;
  }

  /* The words of a text as one string, a space between, lines parted by "|"; folded, or exact. */
  const flat = (text, which) => text.split("\n").map((line) => (line.match(WORD) || []).map((raw) => both(raw)[which]).join(" ")).join("|");

  function synonyms(pairs) {
    const known = new Map();
    for (const [abbreviation, form] of pairs) {
      const words = form.split(" ");
      if (!known.has(words[0])) known.set(words[0], []);
      known.get(words[0]).push([words, abbreviation]);
    }
    return known;
  }

  function analyse(text, known, anyCase) {
    const words = [], terms = [];
    const gap = (i) => text.slice(words[i].end, words[i + 1].start);
    const add = (term, at, to) => terms.push({ term, at, to, start: words[at].start, end: words[to - 1].end });
    const isCode = (word) => [...word.raw].length <= 12 && word.raw === word.raw.toUpperCase();
    for (const match of text.matchAll(WORD)) {
      const raw = match[0], [exactly, folded] = both(raw);
      words.push({ raw, exact: exactly, fold: folded, number: NUMBER.test(raw), start: match.index, end: match.index + raw.length });
    }
    words.forEach((word, at) => {
      add(word.exact, at, at + 1);
      if (at && ROMAN.indexOf(word.fold) > 0 && NUMBERED.includes(words[at - 1].fold)) add("" + ROMAN.indexOf(word.fold), at, at + 1);
      if (word.raw === "TƯ") add("tw", at, at + 1);
    });
    for (let at = 0, to; at < words.length; at = to) {
      to = at + 1;
      while (to < words.length && LOOSE.test(gap(to - 1)) && (anyCase || (isCode(words[to - 1]) && isCode(words[to])))) to++;
      const run = words.slice(at, to), numbers = run.filter((word) => word.number).length;
      const tight = run.every((word, i) => i === run.length - 1 || TIGHT.test(gap(at + i)));
      if (to - at > 1 && to - at <= 8 && (tight || !numbers || to - at - numbers > 1)) add(join(run, numbers), at, to);
    }
    words.forEach((first, at) => {
      for (const [form, abbreviation] of known.get(first.fold) || []) {
        if (form.every((word, i) => words[at + i] && words[at + i].fold === word)) add(abbreviation, at, at + form.length);
      }
    });
    return terms;
  }

  function join(run, numbers) {
    if (numbers === run.length) return run.map((word) => word.exact).join("-");
    return run.map((word) => (word.exact === "tư" ? "tw" : word.exact)).join("").replace(/^tư$/, "tw");
  }

  site.search = Object.assign(site.search || {}, { analysis: { exact, fold, flat, synonyms, analyse, ROMAN } });
})((window.SoGiaoBan = window.SoGiaoBan || {}));
