/* The names that a query holds: records that bear them, names spelt nearly so, names before and after a merger. plugins/search/names.py
   does the same. */
(function (site) {
  "use strict";
  const search = site.search, { fold, analyse, flat } = search.analysis, { accepts, within, everywhere } = search.units;
  const MOST_NAMED = 50;

  /* Whether a name has the words, all but one as they are and one with a letter more, less or other. */
  function alike(asked, name) {
    for (let at = 0; at + asked.length <= name.length; at++) {
      const other = asked.map((word, i) => [word, name[at + i]]).filter(([a, b]) => a !== b);
      if (other.length === 1 && within(...other[0], 1)) return true;
    }
    return false;
  }

  const meet = (sets) => [...sets[0]].filter((place) => sets.every((set) => set.has(place))).sort((a, b) => a - b);

  search.names = function ({ segments, words, gone }) {
    async function bearing(each, wide, segment) {
      const lists = await Promise.all([segment.named(each.fold), ...each.starts.map((start) => segment.named(start, true))]), places = new Set();
      for (const list of lists) for (const [term, found] of list) {
        if (term[0] !== "=" && term[0] !== "@" && accepts(each, term, wide)) for (const place of found) places.add(place);
      }
      if (segment === segments[0]) for (const place of gone) places.delete(place);
      return places;
    }

    /* What bears a name with all units, those that most meetings name first. */
    async function candidates(units, wide, kind) {
      if (!units.length) return [];
      return everywhere(segments, async (segment) => {
        const sets = await Promise.all(units.map((each) => bearing(each, wide, segment)));
        if (kind) sets.push(new Set((await segment.named("@" + kind[0])).get("@" + kind[0]) || []));
        return Promise.all(meet(sets).slice(0, MOST_NAMED).map(segment.name));
      });
    }

    /* A query with one word written as in a name that has all its other words: the names, best known first. */
    async function respelt({ units, kinds, excluded, years }) {
      const made = [], plain = units.every((each) => each.single && !each.pattern && !each.distance);
      if (!plain || units.length < 2 || units.length > 6 || kinds.length || excluded.length || years.length) return [];
      for (const segment of segments) {
        const sets = await Promise.all(units.map((each) => bearing(each, true, segment))), near = new Set();
        sets.forEach((_, at) => meet(sets.filter((_, i) => i !== at)).forEach((place) => near.add(place)));
        for (const place of [...near].sort((a, b) => a - b).slice(0, 20)) {
          const { label } = await segment.name(place), spelt = [];
          for (const term of analyse(label, new Map(), false)) if (term.to - term.at === 1) spelt.push(fold(term.term));
          if (alike(units.map((each) => each.fold), spelt)) made.push(label);
        }
      }
      return made.slice(0, 3);
    }

    /* The records that a query names, at most four; one common word, as "hội", names nothing in particular. */
    async function named({ units, phrases, kinds }, wide) {
      if (!units.length || phrases.length > 1 || kinds.length) return [];
      const found = await candidates(units, wide), asked = units.map((each) => each.fold).join(" ");
      const equal = (one) => [one.label, ...one.also].some((name) => flat(name, 1) === asked);
      const best = units.length > 1 || found.length < 5 ? found : found.filter(equal);
      return best.sort((a, b) => equal(b) - equal(a) || b.count - a.count).slice(0, 4);
    }

    /* What else a name was called before or is called now: [{name, relation}]. */
    function related(query) {
      const asked = flat(query, 1), found = words.r.filter(([name]) => asked === name);
      return found.map(([, name, relation]) => ({ name, relation })).slice(0, 4);
    }

    return { candidates, respelt, named, related };
  };
})(window.SoGiaoBan);
