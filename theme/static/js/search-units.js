/* From a query to units, and which terms a unit stands for: what plugins/search/units.py does. A unit is one word, or several that are one term. */
(function (site) {
  "use strict";
  const search = site.search, { exact, fold, analyse } = search.analysis;
  const EXPANSIONS = 60, EXPANDED = 60000;
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g, DIGIT = /^[0-9]/, LETTER = /[^0-9-]/;

  const sum = (counts) => counts[0] + counts[1] + counts[2];
  const unique = (list) => [...new Set(list)];
  const inNumber = (term) => (term === "tư" ? "tw" : term);
  const begin = (term) => fold(term) + (LETTER.test(term) ? "" : "-"); // how a number begins that is typed in part: "57nq", "18-4-"

  function unit(term, more) {
    const made = { term, single: true, starts: [], pattern: "", distance: 0, weight: 1, fold: fold(term), ...more };
    made.marked = made.single && term !== made.fold && !made.pattern;
    made.linkable = made.single && !made.pattern && !made.distance;
    return made;
  }

  /* While a word is being typed its tone may still be missing. */
  function begins(term, typed) {
    const tones = (typed.match(TONES) || []).join("");
    return term.replace(TONES, "").startsWith(typed.replace(TONES, "")) && (!tones || term.endsWith(tones));
  }

  function accepts(each, term, wide) {
    const folded = fold(term), strict = each.marked && !wide;
    if (folded === each.fold) return !strict || term === each.term || Boolean(each.starts.length && begins(term, each.term));
    return each.starts.some((start) => folded.startsWith(start)) && (!strict || begins(term, each.term));
  }

  /* Whether at most so many letters have to be added, left out, changed or exchanged with their neighbour. */
  function within(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    if (!most) return one === other;
    let at = 0;
    while (at < Math.min(one.length, other.length) && one[at] === other[at]) at++;
    const a = one.slice(at), b = other.slice(at);
    if (a === b) return true;
    const swapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && within(a.slice(2), b.slice(2), most - 1);
    return swapped || within(a.slice(1), b.slice(1), most - 1) || within(a.slice(1), b, most - 1) || within(a, b.slice(1), most - 1);
  }

  function fitting({ distance, fold: folded, pattern }) {
    if (distance) return (other) => within(folded, other, distance);
    const shape = new RegExp("^" + pattern.split("*").map((piece) => piece.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join(".*") + "$", "s");
    return (other) => shape.test(other);
  }

  /* The unit of a word with "*" or "~". */
  function patterned({ text, distance }) {
    const stars = text.split("*").length - 1;
    if (stars === 1 && text.endsWith("*")) {
      const term = exact(text.slice(0, -1));
      return [unit(term, { starts: unique([fold(term), fold(text.slice(0, -1).toLowerCase())]) })];
    }
    const pieces = text.split("*").map((piece) => (piece ? fold(exact(piece)) : ""));
    return [stars ? unit(pieces.join(""), { pattern: pieces.join("*") }) : unit(exact(text), { distance })];
  }

  /* The neighbours among units that can stand side by side. */
  const linked = (units) => units.slice(1).map((right, i) => [units[i], right]).filter(([left, right]) => left.linkable && right.linkable);

  const everywhere = async (segments, ask) => (await Promise.all(segments.map(ask))).flat();

  /* The units of plain words; "open": the last may be a beginning. Known numbers, abbreviations and long forms are one unit each. */
  async function unitsOf({ text, open }, known, segments) {
    const terms = analyse(text, known, true), words = [], found = [];
    for (const term of terms) if (term.to - term.at === 1 && !words[term.at]) words[term.at] = term;
    const standing = await several(terms, words, segments);
    for (let at = 0; at < words.length; ) {
      const one = standing.find((each) => each.at === at), last = open && (one ? one.to : at + 1) === words.length;
      if (one) {
        found.push(unit(one.term, { single: false, starts: one.known ? [] : [begin(one.term)] }));
        at = one.to;
        continue;
      }
      const numeral = terms.find((term) => term.at === at && term.to === at + 1 && DIGIT.test(term.term)), term = (numeral || words[at]).term;
      const raw = fold(text.slice(words[at].start, words[at].end).toLowerCase());
      found.push(unit(term, { starts: last && !DIGIT.test(term) ? unique([fold(term), raw]) : [] }));
      at++;
    }
    return found;
  }

  /* What stands for several words and is in the index, as it is or as a beginning; longest first. */
  async function several(terms, words, segments) {
    const made = terms.filter((term) => term.to - term.at > 1).map(({ at, to, term }) => ({ at, to, term }));
    words.forEach((word, at) => {
      if (!DIGIT.test(word.term)) return;
      for (let to = at + 2; to <= Math.min(at + 4, words.length); to++) { // "57 nq tw"
        made.push({ at, to, term: words.slice(at, to).map((each) => inNumber(each.term)).join("") });
      }
    });
    made.sort((a, b) => b.to - a.to);
    const any = async (start, beginning) => (await everywhere(segments, (segment) => segment.terms(start, beginning))).length > 0, standing = new Map();
    await Promise.all(unique(made.slice(0, 60).map((one) => one.term)).map(async (term) => {
      const known = await any(fold(term));
      if (known || (DIGIT.test(term) && (await any(begin(term), true)))) standing.set(term, known);
    }));
    return made.filter(({ term }) => standing.has(term)).map((one) => ({ ...one, known: standing.get(one.term) }));
  }

  /* As many of the terms of a beginning as are worth their reading: those that most meetings have come first. */
  function expanded(found, each, all) {
    const before = (a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : 0);
    const ranked = found.filter(({ term }) => term[0] !== "~" && term[0] !== "@")
      .sort((a, b) => (a.fold !== each.fold) - (b.fold !== each.fold) || sum(b.counts) - sum(a.counts) || before(a, b));
    let spent = 0, kept = 0;
    const terms = ranked.filter((one) => {
      const [texts, names, titles] = one.counts, cost = Math.min(texts, all - texts) + names + titles;
      const stays = one.fold === each.fold || (kept < EXPANSIONS && spent + cost <= EXPANDED + all);
      if (stays) { kept++; spent += cost; }
      return stays;
    });
    return { terms, cut: terms.length < ranked.length };
  }

  /* The terms of a segment that a unit stands for; cut: there are more. */
  async function variants(each, wide, segment) {
    if (each.pattern || each.distance) {
      const fits = fitting(each);
      return expanded((await segment.everyTerm()).filter((found) => fits(found.fold)), each, segment.total);
    }
    if (!each.starts.length) return { terms: (await segment.terms(each.fold)).filter((found) => accepts(each, found.term, wide)), cut: false };
    const lists = await Promise.all([...each.starts.map((start) => segment.terms(start, true)), segment.terms(each.fold)]);
    const folds = new Map(lists.flat().map((found) => [found.term, found]));
    return expanded([...folds.values()].filter((found) => accepts(each, found.term, wide)), each, segment.total);
  }

  /* The terms of a unit in all segments: {terms: [{term, counts, boost, columns}], cut}, loaded; a column is the three lists of a segment. */
  async function termsOf(each, wide, segments) {
    const merged = new Map();
    let cut = false;
    for (const segment of segments) {
      const found = await variants(each, wide, segment);
      cut = cut || found.cut;
      for (const one of found.terms) {
        if (!merged.has(one.term)) merged.set(one.term, { term: one.term, counts: [0, 0, 0], boost: 0, columns: [] });
        const all = merged.get(one.term);
        all.columns.push(segment.postings(one));
        one.counts.forEach((count, i) => (all.counts[i] += count));
        all.boost = (one.term === each.term ? 4 : one.fold === each.fold ? 2 : 1) * each.weight;
      }
    }
    const terms = [...merged.values()].sort((a, b) => (a.term < b.term ? -1 : 1));
    for (const one of terms) one.columns = await Promise.all(one.columns);
    return { terms, cut };
  }

  search.units = { accepts, within, patterned, linked, everywhere, unitsOf, termsOf };
})(window.SoGiaoBan);
