/* The ways to narrow results, their counts, and the order by date. */
(function (site) {
  "use strict";
  const search = site.search;

  /* One column of those of several segments: {values, firsts, flat}, as search-segments.js has it. */
  function merged(parts, total) {
    if (parts.length === 1) return parts[0];
    const places = new Map(), values = [], flat = new Uint32Array(parts.reduce((all, part) => all + part.flat.length, 0)), firsts = new Uint32Array(total + 1);
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

  search.narrowing = function ({ segments, total, rankOf, placeOf }) {
    const columns = new Map();
    let yearOf = null;

    function years() {
      if (!yearOf) {
        let at = 0;
        yearOf = new Uint16Array(total);
        for (const { said } of segments) for (const [year, count] of said.years) { yearOf.fill(year, at, at + count); at += count; }
      }
      return yearOf;
    }

    function yearColumn() {
      const values = [...new Set(years())].sort((a, b) => b - a), places = new Map(values.map((year, i) => [year, i]));
      const firsts = new Uint32Array(total + 1), flat = new Uint16Array(total);
      for (let place = 0; place < total; place++) { firsts[place + 1] = place + 1; flat[place] = places.get(yearOf[place]); }
      return { values: values.map((year) => ({ id: String(year), label: String(year) })), firsts, flat };
    }

    function column(key) {
      if (!columns.has(key)) {
        const made = key === "y" ? Promise.resolve().then(yearColumn) : Promise.all(segments.map((segment) => segment.column(key))).then((parts) => merged(parts, total));
        made.catch(() => columns.delete(key));
        columns.set(key, made);
      }
      return columns.get(key);
    }

    /* Calls each(i, place) for every hit, and rests now and then. */
    async function over(hits, each) {
      search.begin();
      for (let i = 0; i < hits.length; i++) {
        each(i, hits[i]);
        if (i % 4096 === 4095 && search.late()) await search.rest();
      }
    }

    /* Which of the hits remain, and how many each value of each facet would leave: {hits, counts: {facet: Uint32Array}}; chosen is
       {facet: Set of ids}. */
    async function narrow(hits, chosen, keys) {
      const wanted = keys.filter((key) => chosen[key] && chosen[key].size), all = (1 << wanted.length) - 1, masks = new Uint8Array(hits.length), counts = {};
      const held = Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await column(key)])));
      for (const [bit, key] of wanted.entries()) {
        const { values, firsts, flat } = held[key], picked = values.map(({ id }) => chosen[key].has(id));
        await over(hits, (i, place) => { for (let at = firsts[place]; at < firsts[place + 1]; at++) if (picked[flat[at]]) { masks[i] |= 1 << bit; break; } });
      }
      for (const key of keys) {
        const { values, firsts, flat } = held[key], bit = wanted.indexOf(key), free = bit < 0 ? 0 : 1 << bit, tally = (counts[key] = new Uint32Array(values.length));
        await over(hits, (i, place) => { if ((masks[i] | free) === all) for (let at = firsts[place]; at < firsts[place + 1]; at++) tally[flat[at]]++; });
      }
      return { hits: wanted.length ? hits.filter((_, i) => masks[i] === all) : hits, counts };
    }

    const newest = (hits) => Uint32Array.from(hits, rankOf).sort().reverse().map(placeOf);

    return { column, narrow, newest, years };
  };
})(window.SoGiaoBan);
