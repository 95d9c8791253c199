/* What a query finds: lunr.js gathers and scores, phrases and marks are checked on the texts. No part of the page is touched here. */
(function (site) {
  "use strict";
  const search = site.search, { exact, fold, flat, synonyms, analyse, ROMAN } = search.analysis;
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g, DIGIT = /^[0-9]/, LETTER = /[^0-9-]/;
  const SNIPPET = 160, LEAD = 50;

  search.Engine = function ({ cards, facets, findables, texts, index: saved, synonyms: pairs }) {
    const known = synonyms(pairs), vocabulary = new Map(), flats = new Map();
    const index = saved.version ? lunr.Index.load(saved) : null;
    for (const [term] of saved.invertedIndex || []) {
      const folded = fold(term);
      if (!vocabulary.has(folded)) vocabulary.set(folded, []);
      vocabulary.get(folded).push(term);
    }
    const sorted = [...vocabulary.keys()].sort();
    const nameOf = (i) => () => [findables[i].label, ...findables[i].also].join("\n");
    const namesOf = (card) => card.names.map((i) => nameOf(i)()).concat(card.more).join("\n");

    function flatOf(key, text, which) {
      key += which;
      if (!flats.has(key)) flats.set(key, flat(text(), which));
      return flats.get(key);
    }

    function startingWith(start) {
      let low = 0, high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle] < start) low = middle + 1; else high = middle;
      }
      for (high = low; high < sorted.length && sorted[high].startsWith(start); ) high++;
      return sorted.slice(low, high);
    }

    const inNumber = (word) => (word.term === "tư" ? "tw" : word.term);

    /* A unit of a query: one word, or several that are one term. starts: what a term must begin with, where a beginning is enough. */
    function unit(term, words, starts) {
      const folded = fold(term), spelled = words.map((word) => fold(words[1] ? inNumber(word) : word.term)).join(" ");
      const forms = new Set([spelled, folded, ...(starts || [])]);
      for (const [abbreviation, form] of pairs) if (fold(abbreviation) === folded) forms.add(form);
      if (ROMAN[term] && term > 0) forms.add(ROMAN[term]);
      return { term, fold: folded, starts, marked: words.length < 2 && term !== folded, forms: [...forms] };
    }

    /* How a number begins that is typed in part: "57nq", "18-4-" */
    const begin = (term) => fold(term) + (LETTER.test(term) ? "" : "-");

    const stands = (term) => vocabulary.has(fold(term)) || (DIGIT.test(term) && startingWith(begin(term)).length > 0);

    function units(text, open) {
      const terms = analyse(text, known, true), words = [], found = [];
      for (const term of terms) if (term.to - term.at === 1 && !words[term.at]) words[term.at] = term;
      const several = terms.filter((term) => term.to - term.at > 1);
      words.forEach((word, at) => {
        if (!DIGIT.test(word.term)) return;
        for (let to = at + 2; to <= Math.min(at + 4, words.length); to++) { // "57 nq tw"
          several.push({ at, to, term: words.slice(at, to).map(inNumber).join("") });
        }
      });
      several.sort((a, b) => b.to - a.to);
      for (let at = 0; at < words.length; ) {
        const one = several.find((each) => each.at === at && stands(each.term));
        const last = open && (one ? one.to : at + 1) === words.length;
        if (one) {
          found.push(unit(one.term, words.slice(at, one.to), vocabulary.has(fold(one.term)) ? null : [begin(one.term)]));
          at = one.to;
        } else {
          const numeral = terms.find((term) => term.at === at && term.to === at + 1 && DIGIT.test(term.term));
          const raw = text.slice(words[at].start, words[at].end).toLowerCase();
          const term = (numeral || words[at]).term;
          found.push(unit(term, [words[at]], last && !DIGIT.test(term) ? [fold(term), fold(raw.normalize("NFC"))] : null));
          at++;
        }
      }
      return found;
    }

    function parse(query) {
      const parts = query.normalize("NFC").split(/["“”„«»]/), all = [], loose = [], phrases = [];
      parts.forEach((part, i) => {
        const found = units(part, i === parts.length - 1 && /[\p{L}\p{N}]$/u.test(part));
        if (i % 2 && found.length) phrases.push(found); else loose.push(...found);
        all.push(...found);
      });
      if (all.length === 1 && query.trim().length < 2 && !DIGIT.test(all[0].term)) all.length = 0;
      return { units: all, loose, phrases, marked: all.some((each) => each.marked) };
    }

    function accepts(each, term, wide) {
      const folded = fold(term), strict = each.marked && !wide;
      if (folded === each.fold) return !strict || term === each.term || Boolean(each.starts && begins(term, each.term));
      return Boolean(each.starts) && each.starts.some((start) => folded.startsWith(start)) && (!strict || begins(term, each.term));
    }

    /* While a word is being typed its tone may still be missing. */
    function begins(term, typed) {
      const tones = (typed.match(TONES) || []).join("");
      return term.replace(TONES, "").startsWith(typed.replace(TONES, "")) && (!tones || term.endsWith(tones));
    }

    function scores(each, wide) {
      const folds = new Set([each.fold, ...(each.starts || []).flatMap(startingWith)]), terms = [];
      for (const folded of folds) terms.push(...(vocabulary.get(folded) || []).filter((term) => accepts(each, term, wide)));
      const found = new Map();
      if (!terms.length) return found;
      const boost = (term) => (term === each.term ? 4 : fold(term) === each.fold ? 2 : 1);
      const query = (q) => terms.forEach((term) => q.term(term, { usePipeline: false, boost: boost(term) }));
      for (const { ref, score } of index.query(query)) found.set(+ref, score);
      return found;
    }

    function pattern(list, exactly, alone) {
      const anyOf = (each, change) => "(?:" + each.forms.map(change).join("|") + ")";
      const source = list.map((each) => {
        const rest = each.starts && LETTER.test(each.term) ? "[^ |]*" : "";
        if (!exactly) return anyOf(each, (form) => form + rest);
        if (!each.marked) return anyOf(each, (form) => form.replace(/[^ ]+/g, "[^ |]+"));
        return each.starts ? each.term.replace(TONES, "") + "[^ |]*" + (each.term.match(TONES) || []).join("") : each.term;
      });
      return new RegExp((alone ? "(?:^|[|])" : "(?:^|[ |])") + source.join(" ") + (alone ? "(?:[|]|$)" : "(?:[ |]|$)"));
    }

    /* Whether the units stand side by side in a text. */
    function tester(list, wide) {
      const folded = pattern(list, false), exactly = !wide && list.some((each) => each.marked) && pattern(list, true);
      return (key, text) => folded.test(flatOf(key, text, 1)) && (!exactly || exactly.test(flatOf(key, text, 0)));
    }

    /* From the least to the most telling; the tier of a hit is the number of the best field that holds the whole query, 0 for none. */
    const fields = (place) => [
      ["text" + place, () => texts[place]], ["names" + place, () => namesOf(cards[place])], ["title" + place, () => cards[place].title],
    ];

    function find({ units: asked, phrases }, wide) {
      let found = null;
      for (const each of asked) {
        const more = scores(each, wide);
        if (found) for (const [place, score] of found) more.has(place) ? more.set(place, more.get(place) + score) : 0;
        found = found ? new Map([...more].filter(([place]) => found.has(place))) : more;
      }
      const tests = phrases.map((phrase) => tester(phrase, wide)), whole = tester(asked, wide);
      return [...found].filter(([place]) => tests.every((test) => fields(place).some((field) => test(...field))))
        .map(([place, score]) => ({ place, score, tier: fields(place).reduce((tier, field, i) => (whole(...field) ? i + 1 : tier), 0) }));
    }

    /* The records that a query names, at most four. */
    function named({ units: asked, phrases }, wide) {
      if (!asked.length || phrases.length > 1) return [];
      const tests = asked.map((each) => tester([each], wide)), whole = pattern(asked, false, true);
      const found = [];
      findables.forEach((findable, i) => {
        if (tests.every((test) => test("hit" + i, nameOf(i)))) found.push({ findable, equal: whole.test(flatOf("hit" + i, nameOf(i), 1)) });
      });
      // One common word, as "hội", names nothing in particular.
      const best = asked.length > 1 || found.length < 5 ? found : found.filter((one) => one.equal);
      return best.sort((a, b) => b.equal - a.equal || b.findable.count - a.findable.count).slice(0, 4).map((one) => one.findable);
    }

    function narrowed(hits, chosen, except) {
      const keys = Object.keys(chosen).filter((key) => key !== except && chosen[key].size);
      return hits.filter(({ place }) => keys.every((key) => cards[place].facets[key].some((i) => chosen[key].has(facets[key][i][0]))));
    }

    const ORDERS = {
      n: (a, b) => a.place - b.place,
      o: (a, b) => b.place - a.place,
      "": (a, b) => (b.exact || 0) - (a.exact || 0) || b.tier - a.tier || (a.tier < 2 && b.score - a.score) || a.place - b.place,
    };

    /* state: {q, order: "" | "n" | "o", wide, chosen: {facet: Set of ids}}. wider: how many more there are without regard to marks. */
    this.run = function ({ q, order, wide: asked, chosen }) {
      const parsed = parse(q);
      let wide = asked, all, wider = 0;
      if (!parsed.units.length) all = cards.map((_, place) => ({ place, score: 0, tier: 0 }));
      else {
        all = find(parsed, false);
        if (parsed.marked) {
          const strict = new Set(all.map((hit) => hit.place)), more = find(parsed, true);
          if (!wide && all.length) wider = more.length - all.length;
          else [all, wide] = [more.map((hit) => ({ ...hit, exact: strict.has(hit.place) })), more.length > 0];
        }
      }
      const hits = narrowed(all, chosen).sort(ORDERS[order] || ORDERS[""]), counts = {};
      for (const key in facets) {
        counts[key] = facets[key].map(() => 0);
        for (const { place } of narrowed(all, chosen, key)) for (const i of cards[place].facets[key]) counts[key][i]++;
      }
      return { parsed, hits, all: all.length, counts, wide, wider, named: named(parsed, wide), widened: wide && !asked };
    };

    /* A name for which a meeting was found and which is not among what is shown of it; or nothing. */
    this.reason = function (place, { units: asked }, wide, seen) {
      if (!asked.length) return "";
      const whole = tester(asked, wide), card = cards[place];
      const found = card.names.find((i) => whole("hit" + i, nameOf(i)));
      const name = found === undefined ? card.more.find((line) => whole("more" + line, () => line)) : findables[found].label;
      return name && !seen.includes(name) ? name : "";
    };

    /* [start, end] of what a query matches in a text: its words side by side where they stand so; else, unless wholeOnly, each of them,
       and each quoted phrase whole. */
    this.ranges = function (text, { units: asked, loose, phrases }, wide, wholeOnly) {
      if (!asked.length) return [];
      const terms = analyse(text, known), merged = [], spansOf = (each) => terms.filter((term) => accepts(each, term.term, wide));
      const chains = (list) => {
        let found = spansOf(list[0]).map((span) => [span]);
        for (const spans of list.slice(1).map(spansOf)) {
          found = found.flatMap((chain) => spans.filter((span) => span.at === chain[chain.length - 1].to).map((span) => [...chain, span]));
        }
        return found.flat();
      };
      const whole = chains(asked), spans = whole.length || wholeOnly ? whole : [...loose.flatMap(spansOf), ...phrases.flatMap(chains)];
      for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
        const before = merged[merged.length - 1];
        if (before && (span.start < before[1] || (span.at === before[2] && !/[.;:!?\n]/.test(text.slice(before[1], span.start))))) {
          if (span.end > before[1]) [before[1], before[2]] = [span.end, span.to];
        } else merged.push([span.start, span.end, span.to]);
      }
      return merged;
    };

    /* The passage of a text that says most about a query: {text, ranges}. */
    this.snippet = function (place, parsed, wide, wholeOnly) {
      const text = texts[place], ranges = this.ranges(text, parsed, wide, wholeOnly);
      const near = (i) => ranges.filter(([start], j) => j >= i && start < ranges[i][0] + SNIPPET - LEAD);
      const weigh = (i) => near(i).reduce((sum, [start, end]) => sum + end - start, 0);
      let best = 0;
      ranges.forEach((_, i) => (best = weigh(i) > weigh(best) ? i : best));
      const at = ranges.length ? ranges[best][0] : 0, from = text.lastIndexOf("\n", at) + 1, to = (text + "\n").indexOf("\n", at);
      let start = at - from > LEAD ? text.indexOf(" ", at - LEAD) + 1 : from, end = start + SNIPPET;
      if (start > at) start = at;
      end = end >= to ? to : Math.max(text.lastIndexOf(" ", end), ranges.length ? Math.min(ranges[best][1], to) : 0, start);
      const lead = start > from ? "…" : "", shown = ranges.filter((range) => range[0] >= start && range[1] <= end);
      return {
        text: lead + text.slice(start, end) + (end < to ? "…" : ""),
        ranges: shown.map((range) => [range[0] - start + lead.length, range[1] - start + lead.length]),
      };
    };
  };
})((window.SoGiaoBan = window.SoGiaoBan || {}));
