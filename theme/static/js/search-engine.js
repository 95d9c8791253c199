/* What a query finds: what plugins/search/engine.py does, step by step, with pieces of the index loaded as they are needed. No part of the
   page is touched here. */
(function (site) {
  "use strict";
  const search = site.search, { exact, fold, synonyms, analyse } = search.analysis, { parse, years } = search;
  const MOST_UNITS = 12, MOST_LINKS = 12, EXPANSIONS = 60, EXPANDED = 60000, MOST_NAMED = 50, PARTIAL = 3, TITLE = 4, BITS = [1, 2, 4];
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g, DIGIT = /^[0-9]/, LETTER = /[^0-9-]/, K1 = 1.2, STEPS = [1, 2, 4], BOOSTS = [1, 3, 4];

  /* lunr's formula, lengths of fields left out: see plugins/search/scoring.py. */
  function weights(counts, total) {
    const having = counts[0] + counts[1] + counts[2], rarity = Math.log(1 + Math.abs((total - having + 0.5) / (having + 0.5)));
    return BOOSTS.map((boost) => STEPS.map((times) => Math.round(((rarity * ((K1 + 1) * times)) / (K1 + times)) * boost * 1000) / 1000));
  }

  const sum = (counts) => counts.reduce((all, count) => all + count, 0);
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

  function patterned({ text, distance }) {
    const stars = text.split("*").length - 1, unique = (list) => [...new Set(list)];
    if (stars === 1 && text.endsWith("*")) {
      const term = exact(text.slice(0, -1));
      return [unit(term, { starts: unique([fold(term), fold(text.slice(0, -1).toLowerCase())]) })];
    }
    const pieces = text.split("*").map((piece) => (piece ? fold(exact(piece)) : ""));
    return [stars ? unit(pieces.join(""), { pattern: pieces.join("*") }) : unit(exact(text), { distance })];
  }

  const linked = (units) => units.slice(1).map((right, i) => [units[i], right]).filter(([left, right]) => left.linkable && right.linkable);

  search.Engine = function (index) {
    const known = synonyms(index.words.s), { segments, total, ranks, order, dead, gone } = index;
    const everywhere = async (ask) => (await Promise.all(segments.map(ask))).flat();

    // From a query to units

    const has = async (folded) => (await everywhere((segment) => segment.terms(folded))).length > 0;
    const stands = async (term) => (await has(fold(term))) || (DIGIT.test(term) && (await everywhere((segment) => segment.terms(begin(term), true))).length > 0);

    async function unitsOf(text, open, longForms) {
      const terms = analyse(text, longForms ? known : new Map(), true), words = [], found = [];
      for (const term of terms) if (term.to - term.at === 1 && !words[term.at]) words[term.at] = term;
      const several = terms.filter((term) => term.to - term.at > 1).map(({ at, to, term }) => ({ at, to, term }));
      words.forEach((word, at) => {
        if (!DIGIT.test(word.term)) return;
        for (let to = at + 2; to <= Math.min(at + 4, words.length); to++) { // "57 nq tw"
          several.push({ at, to, term: words.slice(at, to).map((each) => inNumber(each.term)).join("") });
        }
      });
      several.sort((a, b) => b.to - a.to);
      const standing = new Map(), asked = [...new Set(several.slice(0, 60).map((one) => one.term))];
      (await Promise.all(asked.map(stands))).forEach((yes, i) => standing.set(asked[i], yes));
      for (let at = 0; at < words.length; ) {
        const one = several.find((each) => each.at === at && standing.get(each.term)), last = open && (one ? one.to : at + 1) === words.length;
        if (one) {
          found.push(unit(one.term, { single: false, starts: (await has(fold(one.term))) ? [] : [begin(one.term)] }));
          at = one.to;
          continue;
        }
        const numeral = terms.find((term) => term.at === at && term.to === at + 1 && DIGIT.test(term.term)), term = (numeral || words[at]).term;
        const raw = fold(text.slice(words[at].start, words[at].end).toLowerCase());
        found.push(unit(term, { starts: last && !DIGIT.test(term) ? [...new Set([fold(term), raw])] : [] }));
        at++;
      }
      return found;
    }

    async function take(part, asked) {
      if (part.kind === "year") { asked.years.push([part.sign, ...years(part.text)]); return; }
      const shaped = part.kind === "word" && (part.text.includes("*") || part.distance);
      const found = shaped ? patterned(part) : await unitsOf(part.text, part.open, part.kind === "words" || !part.quoted);
      for (const each of found) each.weight = part.weight;
      if (["person", "cluster", "organization", "document"].includes(part.kind)) asked.kinds.push([part.sign, part.kind, found]);
      else if (part.sign === "-") asked.excluded.push(found);
      else if (found.length) {
        asked.units.push(...found);
        (part.quoted ? asked.phrases : asked.loose).push(found);
        if (part.kind === "title") asked.titles.push(...found);
      }
    }

    this.ask = async function (query) {
      const asked = { units: [], phrases: [], loose: [], titles: [], excluded: [], kinds: [], years: [] }, seen = new Map();
      for (const part of parse(query)) await take(part, asked);
      if (asked.units.length === 1 && query.trim().length < 2 && !DIGIT.test(asked.units[0].term)) asked.units = [];
      for (const each of asked.units) seen.set(JSON.stringify([each.term, each.starts, each.pattern]), each);
      asked.units = [...seen.values()].slice(0, MOST_UNITS);
      asked.marked = [...asked.units, ...asked.kinds.flatMap(([, , units]) => units)].some((each) => each.marked);
      asked.nothing = !(asked.units.length || asked.excluded.length || asked.kinds.length || asked.years.length);
      return asked;
    };

    // From a unit to terms

    function expanded(found, each, all) {
      const before = (a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : 0);
      const ranked = found.filter(({ term }) => term[0] !== "~" && term[0] !== "@")
        .sort((a, b) => (a.fold !== each.fold) - (b.fold !== each.fold) || sum(b.counts) - sum(a.counts) || before(a, b));
      let spent = 0, kept = 0;
      return ranked.filter((one) => {
        const [texts, names, titles] = one.counts, cost = Math.min(texts, all - texts) + names + titles;
        const stays = one.fold === each.fold || (kept < EXPANSIONS && spent + cost <= EXPANDED + all);
        if (stays) { kept++; spent += cost; }
        return stays;
      });
    }

    async function variants(each, wide, segment) {
      if (each.pattern || each.distance) {
        const fits = fitting(each);
        return expanded((await segment.everyTerm()).filter((found) => fits(found.fold)), each, segment.total);
      }
      if (!each.starts.length) return (await segment.terms(each.fold)).filter((found) => accepts(each, found.term, wide));
      const lists = await Promise.all([...each.starts.map((start) => segment.terms(start, true)), segment.terms(each.fold)]);
      const folds = new Map(lists.flat().map((found) => [found.term, found]));
      return expanded([...folds.values()].filter((found) => accepts(each, found.term, wide)), each, segment.total);
    }

    /* The terms of a unit in all segments: {term, counts, boost, columns}, loaded. */
    async function termsOf(each, wide) {
      const merged = new Map();
      for (const segment of segments) for (const found of await variants(each, wide, segment)) {
        if (!merged.has(found.term)) merged.set(found.term, { term: found.term, counts: [0, 0, 0], boost: 0, columns: [] });
        const one = merged.get(found.term);
        one.columns.push(segment.postings(found));
        found.counts.forEach((count, i) => (one.counts[i] += count));
        one.boost = (found.term === each.term ? 4 : found.fold === each.fold ? 2 : 1) * each.weight;
      }
      const terms = [...merged.values()].sort((a, b) => (a.term < b.term ? -1 : 1));
      for (const one of terms) one.columns = await Promise.all(one.columns);
      return terms;
    }

    /* The fields in which each meeting has a unit; plainly: the meetings that have it with its marks. */
    function occurrences(each, terms, scores) {
      const here = new Uint8Array(total), plainly = new Uint8Array(total);
      for (const { term, counts, boost, columns } of terms) {
        const asTyped = accepts(each, term, false) || !each.linkable ? 1 : 0, weighed = weights(counts, total);
        columns.forEach((fields) => fields.forEach((list, i) => list((place, step) => {
          here[place] |= BITS[i];
          if (asTyped) plainly[place] = 1;
          if (scores) scores[place] += boost * weighed[i][step];
        })));
      }
      return { here, plainly };
    }

    async function link([left, right]) {
      const starts = right.starts.length ? right.starts : [right.fold], masks = new Uint8Array(total);
      const lists = await everywhere((segment) => Promise.all(starts.map((start) => segment.pairs(left.fold + " " + start, right.starts.length > 0))));
      for (const fields of lists.flat()) fields.forEach((list, i) => list((place) => { masks[place] |= BITS[i]; }));
      return masks;
    }

    function both(chains) {
      const masks = new Uint8Array(total).fill(7);
      for (const chain of chains) for (let place = 0; place < total; place++) masks[place] &= chain[place];
      return masks;
    }

    async function having(units) {
      const terms = await Promise.all(units.map((each) => termsOf(each, false))), chains = await Promise.all(linked(units).map(link));
      return both([...units.map((each, i) => occurrences(each, terms[i]).here.map((mask) => (mask ? 7 : 0))), ...chains]);
    }

    async function ofKind(kind, units, wide) {
      const masks = new Uint8Array(total);
      for (const one of (await this.candidates(units, wide, kind)).slice(0, MOST_NAMED)) for (const segment of segments) {
        for (const found of await segment.terms("@" + kind[0] + ":" + one.id)) {
          for (const list of await segment.postings(found)) list((place) => { masks[place] = 1; });
        }
      }
      return masks;
    }

    async function limitsOf(asked, wide) {
      const limits = [], add = (masks, sign) => limits.push(sign === "-" ? (place) => !masks[place] : (place) => masks[place] > 0);
      for (const units of asked.excluded) if (units.length) add(await having(units), "-");
      for (const [sign, kind, units] of asked.kinds) add(await ofKind.call(this, kind, units, wide), sign);
      for (const [sign, first, last] of asked.years) add(Uint8Array.from(this.years(), (year) => (first <= year && year <= last ? 1 : 0)), sign);
      return limits;
    }

    let yearOf = null;
    this.years = () => {
      if (!yearOf) {
        let at = 0;
        yearOf = new Uint16Array(total);
        for (const { said } of segments) for (const [year, count] of said.years) { yearOf.fill(year, at, at + count); at += count; }
      }
      return yearOf;
    };

    // Answers

    /* The meetings that have all that is asked (or, where partial, more than half of the words), best first. */
    this.find = async function (asked, wide, partial) {
      const { units } = asked, full = units.length, needed = partial ? Math.floor(full / 2) + 1 : full;
      const pairs = units.slice(1).map((right, i) => [units[i], right]).slice(0, MOST_LINKS).filter(([a, b]) => a.linkable && b.linkable);
      const [terms, links, phrases, limits] = await Promise.all([
        Promise.all(units.map((each) => termsOf(each, wide))), Promise.all(pairs.map(link)),
        Promise.all(asked.phrases.map((phrase) => Promise.all(linked(phrase).map(link)))), limitsOf.call(this, asked, wide),
      ]);
      const counts = new Uint8Array(total), strict = new Uint8Array(total), scores = new Float64Array(total), chain = both(links), titles = new Uint8Array(total).fill(4);
      let length = 0;
      units.forEach((each, i) => {
        const { here, plainly } = occurrences(each, terms[i], scores), alone = !each.linkable || full === 1, inTitle = asked.titles.includes(each);
        for (const { boost } of terms[i]) length += boost * boost;
        for (let place = 0; place < total; place++) {
          if (here[place]) { counts[place]++; strict[place] += plainly[place]; }
          if (alone) chain[place] &= here[place];
          if (inTitle) titles[place] &= here[place];
        }
      });
      const together = new Uint8Array(total);
      if (partial) for (const masks of links) for (let place = 0; place < total; place++) if (masks[place]) together[place]++;
      const within = phrases.filter((chains) => chains.length).map(both), classes = new Map();
      for (let rank = total - 1; rank >= 0; rank--) {
        const place = order[rank];
        if (counts[place] < needed || dead.has(place) || !titles[place]) continue;
        if (within.some((masks) => !masks[place]) || limits.some((allows) => !allows(place))) continue;
        const mask = chain[place], tier = partial || !full ? 0 : mask & TITLE ? 3 : mask & 2 ? 2 : mask & 1;
        const key = ((partial ? together[place] * 16 + counts[place] : 0) * 2 + (strict[place] === full)) * 4 + tier;
        if (!classes.has(key)) classes.set(key, []);
        classes.get(key).push(place);
      }
      const magnitude = Math.sqrt(length) || 1, hits = new Uint32Array([...classes.values()].reduce((all, list) => all + list.length, 0));
      let at = 0;
      for (const key of [...classes.keys()].sort((a, b) => b - a)) {
        const list = key % 4 < 2 && full ? ranked(classes.get(key), scores, magnitude) : classes.get(key);
        hits.set(list, at);
        at += list.length;
      }
      return { hits, tierOf: (place) => (chain[place] & TITLE ? 3 : chain[place] & 2 ? 2 : chain[place] & 1), scores, magnitude };
    };

    /* By score, then newest first: one number for both sorts fastest. */
    function ranked(places, scores, magnitude) {
      const keys = Float64Array.from(places, (place) => Math.round((scores[place] / magnitude) * 1e6) * 2097152 + ranks[place]).sort();
      return Array.from(keys, (key) => order[key % 2097152]).reverse();
    }

    /* What a query finds; where nothing has all of it as typed, what comes near. */
    this.run = async function (query, wide) {
      const asked = await this.ask(query), answer = (found, stretched, instead) => ({ ...found, stretched, asked: instead || asked, wide: wide || stretched === "marks" || stretched === "part" });
      let found = await this.find(asked, wide);
      const { hits } = found, scattered = hits.length > 0 && asked.units.length >= PARTIAL && !asked.phrases.length && !found.tierOf(hits[0]);
      if ((hits.length && !scattered) || asked.nothing) return answer(found, "");
      if (!hits.length && asked.marked && !wide && (found = await this.find(asked, true)).hits.length) return answer(found, "marks");
      for (const spelling of await this.respelt(asked)) {
        const instead = await this.ask(spelling), better = await this.find(instead, false), seen = new Set(better.hits);
        if (seen.size) return { ...answer(better, "spelling", instead), spelling, hits: Uint32Array.from([...better.hits, ...hits.filter((place) => !seen.has(place))]) };
      }
      if (hits.length) return answer(found, "");
      if (asked.units.length >= PARTIAL && !asked.phrases.length && (found = await this.find(asked, true, true)).hits.length) return answer(found, "part");
      return answer({ ...found, hits: new Uint32Array(0) }, "");
    };

    // Names

    async function bearing(each, wide, segment) {
      const lists = await Promise.all([segment.named(each.fold), ...each.starts.map((start) => segment.named(start, true))]), places = new Set();
      for (const list of lists) for (const [term, found] of list) {
        if (term[0] !== "=" && term[0] !== "@" && accepts(each, term, wide)) for (const place of found) places.add(place);
      }
      if (segment === segments[0]) for (const place of gone) places.delete(place);
      return places;
    }

    const meet = (sets) => [...sets[0]].filter((place) => sets.every((set) => set.has(place))).sort((a, b) => a - b);

    /* What bears a name with all units, those that most meetings name first. */
    this.candidates = async function (units, wide, kind) {
      if (!units.length) return [];
      return everywhere(async (segment) => {
        const sets = await Promise.all(units.map((each) => bearing(each, wide, segment)));
        if (kind) sets.push(new Set((await segment.named("@" + kind[0])).get("@" + kind[0]) || []));
        return Promise.all(meet(sets).slice(0, MOST_NAMED).map(segment.name));
      });
    };

    /* A query with one word written as in a name that has all its other words: the names, best known first. */
    this.respelt = async function (asked) {
      const { units } = asked, made = [];
      const plain = units.every((each) => each.single && !each.pattern && !each.distance);
      if (!plain || units.length < 2 || units.length > 6 || asked.kinds.length || asked.excluded.length || asked.years.length) return [];
      for (const segment of segments) {
        const sets = await Promise.all(units.map((each) => bearing(each, true, segment))), near = new Set();
        sets.forEach((_, at) => meet(sets.filter((_, i) => i !== at)).forEach((place) => near.add(place)));
        for (const place of [...near].sort((a, b) => a - b).slice(0, 20)) {
          const { label } = await segment.name(place), words = [];
          for (const term of analyse(label, new Map(), false)) if (term.to - term.at === 1) words.push(fold(term.term));
          if (alike(units.map((each) => each.fold), words)) made.push(label);
        }
      }
      return made.slice(0, 3);
    };

    function alike(asked, name) {
      for (let at = 0; at + asked.length <= name.length; at++) {
        const other = asked.map((word, i) => [word, name[at + i]]).filter(([a, b]) => a !== b);
        if (other.length === 1 && within(...other[0], 1)) return true;
      }
      return false;
    }

    /* The records that a query names, at most four; one common word, as "hội", names nothing in particular. */
    this.named = async function ({ units, phrases, kinds }, wide) {
      if (!units.length || phrases.length > 1 || kinds.length) return [];
      const found = await this.candidates(units, wide), asked = units.map((each) => each.fold).join(" ");
      const equal = (one) => [one.label, ...one.also].some((name) => search.analysis.flat(name, 1) === asked);
      const best = units.length > 1 || found.length < 5 ? found : found.filter(equal);
      return best.sort((a, b) => equal(b) - equal(a) || b.count - a.count).slice(0, 4);
    };

    /* What else a name was called before or is called now: [{name, relation}]. */
    this.related = (query) => {
      const asked = search.analysis.flat(query, 1), found = index.words.r.filter(([name]) => asked === name);
      return found.map(([, name, relation]) => ({ name, relation })).slice(0, 4);
    };

    // Facets: chosen is {facet: Set of ids}

    const columns = new Map();
    this.column = function (key) {
      if (!columns.has(key)) columns.set(key, key === "y" ? yearColumn() : merged(key));
      return columns.get(key);
    };

    async function yearColumn() {
      const years = segments.flatMap(({ said }) => said.years.map(([year]) => year)), values = [...new Set(years)].sort((a, b) => b - a);
      const places = new Map(values.map((year, i) => [year, i])), firsts = new Uint32Array(total + 1).map((_, i) => i);
      return { values: values.map((year) => ({ id: String(year), label: String(year) })), firsts, flat: Uint32Array.from(engine.years(), (year) => places.get(year)) };
    }

    async function merged(key) {
      const parts = await Promise.all(segments.map((segment) => segment.column(key))), places = new Map(), values = [];
      const flat = new Uint32Array(parts.reduce((all, part) => all + part.flat.length, 0)), firsts = new Uint32Array(total + 1);
      let at = 0, row = 0;
      for (const part of parts) {
        const own = part.values.map((value) => {
          if (!places.has(value.id)) { places.set(value.id, values.length); values.push(value); }
          return places.get(value.id);
        });
        for (let i = 1; i < part.firsts.length; i++) firsts[++row] = at + part.firsts[i];
        for (const value of part.flat) flat[at++] = own[value];
      }
      return { values, firsts, flat };
    }

    const engine = this;

    /* Which of the hits remain, and how many each value of each facet would leave: {hits, counts: {facet: Uint32Array}}. */
    this.narrow = async function (hits, chosen, keys) {
      const wanted = keys.filter((key) => chosen[key] && chosen[key].size), all = (1 << wanted.length) - 1;
      const held = Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await engine.column(key)])));
      const masks = new Uint8Array(hits.length);
      wanted.forEach((key, bit) => {
        const { values, firsts, flat } = held[key], picked = values.map(({ id }) => chosen[key].has(id));
        hits.forEach((place, i) => { for (let at = firsts[place]; at < firsts[place + 1]; at++) if (picked[flat[at]]) { masks[i] |= 1 << bit; break; } });
      });
      const counts = {};
      for (const key of keys) {
        const { values, firsts, flat } = held[key], bit = wanted.indexOf(key), free = bit < 0 ? 0 : 1 << bit, tally = (counts[key] = new Uint32Array(values.length));
        hits.forEach((place, i) => { if ((masks[i] | free) === all) for (let at = firsts[place]; at < firsts[place + 1]; at++) tally[flat[at]]++; });
      }
      return { hits: wanted.length ? hits.filter((_, i) => masks[i] === all) : hits, counts };
    };

    this.newest = (hits) => Uint32Array.from(Array.from(hits, (place) => ranks[place]).sort((a, b) => b - a), (rank) => order[rank]);
    this.card = index.card;
    this.total = total - dead.size;
    this.known = known;
    this.accepts = accepts;
  };
})(window.SoGiaoBan);
