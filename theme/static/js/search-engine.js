/* What a query finds: what plugins/search/engine.py does, step by step, with pieces of the index loaded as they are needed. No part of the
   page is touched here. Long work rests now and then (search.late, search.rest), so that the page stays awake. */
(function (site) {
  "use strict";
  const search = site.search, { synonyms } = search.analysis, { parse, years } = search, { patterned, linked, everywhere, unitsOf, termsOf, accepts } = search.units;
  const MOST_UNITS = 12, MOST_LINKS = 12, MOST_NAMED = 50, PARTIAL = 3, NAMES = 2, TITLE = 4, BITS = [1, 2, 4], PLAINLY = 8, CLASSES = 2048, AT_ONCE = 2048;
  const DIGIT = /^[0-9]/, K1 = 1.2, STEPS = [1, 2, 4], BOOSTS = [1, 3, 4];

  /* lunr's formula, lengths of fields left out: see plugins/search/scoring.py. */
  function weights(counts, total) {
    const having = counts[0] + counts[1] + counts[2], rarity = Math.log(1 + Math.abs((total - having + 0.5) / (having + 0.5)));
    return BOOSTS.map((boost) => STEPS.map((times) => Math.round(((rarity * ((K1 + 1) * times)) / (K1 + times)) * boost * 1000) / 1000));
  }

  /* Adds bits to the masks of the meetings of a list. */
  function spread(list, bits, masks) {
    const count = search.unroll(list), { places } = search;
    for (let i = 0; i < count; i++) masks[places[i]] |= bits;
    return count;
  }

  /* Adds to the scores of the meetings of the list spread last what a term is worth there. */
  function score(count, scores, worth) {
    const { places, steps } = search;
    for (let i = 0; i < count; i++) scores[places[i]] += worth[steps[i]];
  }

  const tierOf = (mask) => (mask & TITLE ? 3 : mask & NAMES ? 2 : mask & 1);

  search.Engine = function (index) {
    const known = synonyms(index.words.s), { segments, total, dead, rankOf, placeOf, order } = index;
    Object.assign(this, search.names(index), search.narrowing(index), { card: index.card, total: total - dead.size, known, accepts });
    const engine = this;

    async function take(part, asked) {
      if (part.kind === "year") { asked.years.push([part.sign, ...years(part.text)]); return; }
      const shaped = part.kind === "word" && (part.text.includes("*") || part.distance), longForms = part.kind === "words" || !part.quoted;
      const found = shaped ? patterned(part) : await unitsOf(part, longForms ? known : new Map(), segments);
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

    /* The fields in which each meeting has a unit, and whether with its marks (PLAINLY). */
    async function occurrences(each, terms, scores) {
      const masks = new Uint8Array(total);
      for (const { term, counts, boost, columns } of terms) {
        const plainly = accepts(each, term, false) || !each.linkable ? PLAINLY : 0, worth = weights(counts, total).map((steps) => steps.map((one) => one * boost));
        for (const lists of columns) for (let field = 0; field < 3; field++) {
          const count = lists[field] ? spread(lists[field], BITS[field] | plainly, masks) : 0;
          if (scores) score(count, scores, worth[field]);
          if (search.late()) await search.rest();
        }
      }
      return masks;
    }

    /* The fields in which two units stand side by side. */
    async function link([left, right]) {
      const starts = right.starts.length ? right.starts : [right.fold], masks = new Uint8Array(total);
      const found = await everywhere(segments, (segment) => Promise.all(starts.map((start) => segment.pairs(left.fold + " " + start, right.starts.length > 0))));
      for (const lists of found.flat()) {
        lists.forEach((list, field) => { if (list) spread(list, BITS[field], masks); });
        if (search.late()) await search.rest();
      }
      return masks;
    }

    const links = (pairs) => Promise.all(pairs.map(link));

    /* The bits that a place has in all of the masks. */
    function common(masks, place) {
      let bits = 15;
      for (let i = 0; i < masks.length; i++) bits &= masks[i][place];
      return bits;
    }

    // What limits the results: functions that say whether a place is allowed

    async function without(units) {
      const terms = await Promise.all(units.map((each) => termsOf(each, false, segments))), chains = await links(linked(units)), masks = [];
      for (let i = 0; i < units.length; i++) masks.push(await occurrences(units[i], terms[i].terms));
      return (place) => !(masks.every((mask) => mask[place]) && (!chains.length || common(chains, place)));
    }

    async function ofKind(kind, units, wide) {
      const masks = new Uint8Array(total);
      for (const one of (await engine.candidates(units, wide, kind)).slice(0, MOST_NAMED)) for (const segment of segments) {
        for (const found of await segment.terms("@" + kind[0] + ":" + one.id)) {
          for (const list of await segment.postings(found)) if (list) spread(list, 1, masks);
        }
      }
      return masks;
    }

    async function limitsOf({ excluded, kinds, years: spans }, wide) {
      const limits = await Promise.all(excluded.filter((units) => units.length).map(without));
      for (const [sign, kind, units] of kinds) {
        const masks = await ofKind(kind, units, wide);
        limits.push(sign === "-" ? (place) => !masks[place] : (place) => masks[place] > 0);
      }
      for (const [sign, first, last] of spans) {
        const yearOf = engine.years(), isIn = (place) => first <= yearOf[place] && yearOf[place] <= last;
        limits.push(sign === "-" ? (place) => !isIn(place) : isIn);
      }
      return limits;
    }

    // Answers

    /* The meetings that have all that is asked (or, where partial, more than half of the words), best first: {hits, tierOf, scores,
       magnitude, atLeast}; atLeast: there may be more, since a word stood for more terms than were looked up. */
    this.find = async function (asked, wide, partial) {
      const { units } = asked, full = units.length, needed = partial ? Math.floor(full / 2) + 1 : full;
      const pairs = units.slice(1).map((right, i) => [units[i], right]).slice(0, MOST_LINKS).filter(([a, b]) => a.linkable && b.linkable);
      const [terms, chains, phrases, limits] = await Promise.all([
        Promise.all(units.map((each) => termsOf(each, wide, segments))), links(pairs),
        Promise.all(asked.phrases.map((phrase) => links(linked(phrase)))), limitsOf(asked, wide),
      ]);
      const scores = new Float64Array(total), held = [];
      search.begin();
      for (let i = 0; i < full; i++) held.push(await occurrences(units[i], terms[i].terms, scores));
      const alone = held.filter((_, i) => !units[i].linkable || full === 1), titled = held.filter((_, i) => asked.titles.includes(units[i]));
      const within = phrases.filter((found) => found.length), tiered = [...chains, ...alone];
      const any = !titled.length && !within.length && !limits.length && !dead.size;
      const fits = (place) => any || (!dead.has(place) && (common(titled, place) & TITLE) > 0 && within.every((found) => common(found, place)) && limits.every((allows) => allows(place)));

      /* One number for the class of a place, or -1 for a place that is none of the results. */
      function classOf(place) {
        let count = 0, plain = 0, together = 0;
        for (let i = 0; i < full; i++) {
          const bits = held[i][place];
          if (bits) { count++; plain += bits >> 3; } else if (!partial && !terms[i].cut) return -1;
        }
        const some = count >= needed;
        if ((!some && (partial || atLeast)) || !fits(place)) return -1;
        if (!some) { atLeast = true; return -1; } // it lacks but words that stood for more terms than were looked up
        if (partial) for (const mask of chains) if (mask[place]) together++;
        return ((partial ? together * 16 + count : 0) * 2 + (plain === full ? 1 : 0)) * 4 + (partial || !full ? 0 : tierOf(common(tiered, place)));
      }

      let length = 0, atLeast = false;
      for (const { terms: found } of terms) for (const { boost } of found) length += boost * boost;
      const magnitude = Math.sqrt(length) || 1, hits = await sorted(classOf, partial ? null : rarest(held, terms), full > 0, scores, magnitude);
      return { hits, tierOf: (place) => tierOf(common(tiered, place)), scores, magnitude, atLeast };
    };

    /* The mask of the unit that fewest meetings have, of those that every result must have; null where there is none. */
    function rarest(held, terms) {
      const having = terms.map(({ terms: found, cut }) => (cut ? Infinity : found.reduce((all, { counts }) => all + counts[0] + counts[1] + counts[2], 0)));
      const least = Math.min(...having);
      return least < Infinity ? held[having.indexOf(least)] : null;
    }

    /* The places that have a class, the highest class first; in the lower two of each four by score where scores count, then newest first.
       must: a mask that none of them lacks. */
    async function sorted(classOf, must, scored, scores, magnitude) {
      const found = { places: new Uint32Array(total), classes: new Uint16Array(total), sizes: new Uint32Array(CLASSES), count: 0 };
      for (let rank = total; rank > 0; rank -= AT_ONCE) {
        classify(classOf, must, rank, Math.max(0, rank - AT_ONCE), found);
        if (search.late()) await search.rest();
      }
      const { places, classes, sizes, count } = found, hits = new Uint32Array(count), ends = new Uint32Array(CLASSES);
      for (let own = CLASSES - 1, end = 0; own >= 0; own--) { ends[own] = end; end += sizes[own]; }
      for (let i = 0; i < count; i++) hits[ends[classes[i]]++] = places[i];
      for (let own = 0; own < CLASSES; own++) if (scored && sizes[own] > 1 && own % 4 < 2) byScore(hits.subarray(ends[own] - sizes[own], ends[own]), scores, magnitude);
      return hits;
    }

    /* Adds what has a class of the ranks before one, down to another. Not in the function that awaits: such a one runs several times slower. */
    function classify(classOf, must, before, last, found) {
      const { places, classes, sizes } = found;
      let { count } = found;
      for (let rank = before - 1; rank >= last; rank--) {
        const place = order ? order[rank] : rank, own = must && !must[place] ? -1 : classOf(place);
        if (own < 0) continue;
        places[count] = place;
        classes[count++] = own;
        sizes[own]++;
      }
      found.count = count;
    }

    /* By score, then newest first: one number for both sorts fastest. */
    function byScore(places, scores, magnitude) {
      const keys = new Float64Array(places.length);
      for (let i = 0; i < places.length; i++) keys[i] = Math.round((scores[places[i]] / magnitude) * 1e6) * 2097152 + rankOf(places[i]);
      keys.sort();
      for (let i = 0, last = keys.length - 1; i <= last; i++) {
        const key = keys[last - i];
        places[i] = placeOf(key - Math.floor(key / 2097152) * 2097152); // % takes five times as long
      }
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
  };
})(window.SoGiaoBan);
