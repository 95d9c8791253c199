/* What the pieces of the index mean: what plugins/search/pieces.py writes, read as it is needed; plugins/search/reading.py does the same. */
(function (site) {
  "use strict";
  const search = site.search, { fold } = search.analysis, { read, numbers, VALUE } = search.coding;

  /* The places that gaps tell. */
  function setOf(text) {
    const places = new Set();
    let place = -1;
    read(text || "", (gap) => places.add((place += gap + 1)));
    return places;
  }

  /* The first of so many for which isAfter(number) holds. */
  function firstThat(count, isAfter) {
    let low = 0, high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAfter(middle)) high = middle; else low = middle + 1;
    }
    return low;
  }

  /* The place of the last key that is not after what is looked for; -1 for none. */
  const placeOf = (keys, key) => firstThat(keys.length, (at) => keys[at] > key) - 1;

  function keyed(text) {
    const found = new Map();
    let before = "";
    for (const entry of text ? text.split("|") : []) {
      const space = entry.indexOf(" "), key = entry.slice(0, space);
      before = before.slice(0, VALUE[key.charCodeAt(0)]) + key.slice(1).replace(/_/g, " ");
      found.set(before, entry.slice(space + 1));
    }
    return found;
  }

  const markAt = (marks, place) => marks.slice(4 * place, 4 * place + 4);

  /* A block of the dictionary: a function that gives the terms of a fold, or of every fold that begins so. */
  function dictionary(letter) {
    return (text) => {
      const said = JSON.parse(text), terms = said.t.split(" "), counts = numbers(said.d), folds = [], ends = [];
      for (const [size] of said.p) ends.push(size + (ends.length ? ends[ends.length - 1] : 0));
      const foldAt = (at) => folds[at] || (folds[at] = fold(terms[at]));

      function foundAt(at) {
        const slot = firstThat(ends.length, (i) => ends[i] > at), place = at - (slot ? ends[slot - 1] : 0);
        const piece = letter + "p" + (said.s + slot) + "-" + said.p[slot][1];
        return { term: terms[at], fold: foldAt(at), counts: counts.slice(3 * at, 3 * at + 3), piece, place };
      }

      return (wanted, beginning) => {
        const found = [], fits = (folded) => (beginning ? folded.startsWith(wanted) : folded === wanted);
        for (let at = firstThat(terms.length, (i) => foldAt(i) >= wanted); at < terms.length && fits(foldAt(at)); at++) found.push(foundAt(at));
        return found;
      };
    };
  }

  function facet(total) {
    return (text) => {
      const held = JSON.parse(text), firsts = new Uint32Array(total + 1), flat = new (held.v.length < 65536 ? Uint16Array : Uint32Array)(held.m.length);
      let at = 0, row = 0;
      read(held.m, (value) => {
        if (value) flat[at++] = (value - 1) >> 1;
        if (!value || value % 2) firsts[++row] = at;
      });
      return { values: held.v.map(([id, label, order]) => ({ id, label, order })), firsts, flat: flat.slice(0, at) };
    };
  }

  /* One segment; the numbers of its meetings begin with start. */
  search.Segment = function (said, start, store) {
    const letter = said.id, total = said.n, name = (family, place, marks) => letter + family + place + "-" + markAt(marks, place);
    const directory = (at) => store.get(name("k", at, said.q.i), JSON.parse), marks = () => store.get(letter + "d0-" + said.c);
    const list = (written, levels) => ({ written, levels, start, total, turned: false });
    Object.assign(this, { start, total, said });

    async function blocks(first, last, wanted, beginning) {
      const asked = [];
      for (let at = first; at <= Math.min(last, said.w.k.length - 1); at++) asked.push(store.get(name("w", at, said.w.i), dictionary(letter)));
      return (await Promise.all(asked)).flatMap((terms) => terms(wanted, beginning));
    }

    this.terms = function (wanted, beginning) {
      const first = Math.max(0, placeOf(said.w.k, wanted));
      return blocks(first, beginning ? Math.max(first, placeOf(said.w.k, wanted + "\uffff")) : first, wanted, beginning);
    };

    this.everyTerm = () => blocks(0, said.w.k.length - 1, "", true);

    /* Three lists, one for each field; null where no meeting has the term there. */
    this.postings = async function (found) {
      const written = (await store.get(found.piece, (text) => text.split("|")))[found.place].split(" ");
      const lists = [0, 1, 2].map((i) => (written[i] ? list(written[i], 3) : null));
      if (found.counts[0] > said.dense * total) lists[0] = { ...list(written[0], 3), turned: true };
      return lists;
    };

    /* The lists of a pair, or of those that begin so in the first pieces that may hold them. */
    this.pairs = async function (key, beginning) {
      const names = [], keys = said.q.k;
      for (let at = Math.max(0, placeOf(keys, key)), most = beginning ? 2 : 1; at < keys.length && most; at++) {
        const held = await directory(at);
        for (let slot = Math.max(0, placeOf(held.k, key)); slot < held.k.length && most; slot++, most--) {
          if (held.k[slot] > key && !held.k[slot].startsWith(key)) { most = 0; break; }
          names.push(letter + "q" + (held.s + slot) + "-" + markAt(held.i, slot));
        }
      }
      const found = [];
      for (const entries of await Promise.all(names.map((each) => store.get(each, keyed)))) {
        if (!beginning) { if (entries.has(key)) found.push(entries.get(key)); continue; }
        for (const [pair, lists] of entries) if (pair.startsWith(key)) found.push(lists);
      }
      return found.map((entry) => entry.split(" ").map((written) => (written ? list(written, 1) : null)));
    };

    /* The numbers of the names' terms of a fold, or of every fold that begins so. */
    this.named = async function (wanted, beginning) {
      const keys = said.h.k, first = Math.max(0, placeOf(keys, wanted)), found = new Map(), parts = [];
      const last = beginning ? Math.min(Math.max(first, placeOf(keys, wanted + "\uffff")), first + 2) : first;
      for (let at = first; at <= Math.min(last, keys.length - 1); at++) parts.push(store.get(name("n", at, said.h.i), keyed));
      for (const entries of await Promise.all(parts)) for (const [term, written] of entries) {
        const folded = fold(term);
        if (folded === wanted || (beginning && folded.startsWith(wanted))) found.set(term, [...setOf(written)]);
      }
      return found;
    };

    this.name = async (place) => {
      const [kind, id, path, label, also, count] = (await store.get(name("h", Math.floor(place / 40), said.h.h), JSON.parse))[place % 40];
      return { kind, id, path, label, also, count };
    };

    this.card = async (place) => {
      const local = place - start, card = (await store.get(name("c", Math.floor(local / said.size), await marks()), JSON.parse))[local % said.size];
      const [id, title, date, day, quarter, cluster, chairs, scope, summary] = card;
      return { id, title, date, day, quarter, cluster, chairs, scope, summary };
    };

    /* Reads what came with the page, so that no query waits for that; nothing is loaded but what is damaged, and whoever needs that is told. */
    this.unpack = async () => {
      const all = (keys, read) => keys.map((_, at) => () => read(at)), block = (at) => name("w", at, said.w.i);
      const words = all(said.w.k, (at) => store.holds(block(at)) && store.get(block(at), dictionary(letter)));
      for (const read of [marks, ...all(said.q.k, directory), ...words]) {
        await Promise.resolve(read()).catch(() => {});
        if (search.late()) await search.rest();
      }
    };

    /* {values: [{id, label, order}], firsts, flat}: the values of meeting i are flat[firsts[i]] up to flat[firsts[i + 1]]. */
    this.column = (key) => store.get(letter + "f" + key + "0-" + said.f[key], facet(total));
  };

  /* The meetings in order of date: {rankOf(place), placeOf(rank), order}, where order is null if numbers are ranks. "at" says before which of the
     base a later segment's meetings stand. */
  function ordered(base, total, later) {
    if (!later.length) return { rankOf: (place) => place, placeOf: (rank) => rank, order: null };
    const ranks = new Uint32Array(total), order = new Uint32Array(total);
    let rank = 0, next = 0;
    const put = (place) => { order[rank] = place; ranks[place] = rank++; };
    for (let place = 0; place <= base; place++) {
      while (next < later.length && later[next] <= place) put(base + next++);
      if (place < base) put(place);
    }
    return { rankOf: (place) => ranks[place], placeOf: (rank) => order[rank], order };
  }

  /* The whole index. */
  search.openIndex = async function (folder, manifest) {
    const store = new search.Store(folder), said = JSON.parse(await store.get(manifest)), segments = [];
    let total = 0;
    for (const each of said.segments) {
      segments.push(new search.Segment(each, total, store));
      total += each.n;
    }
    const fronts = said.segments.map(({ id, o: mark }) => store.get(id + "o0-" + mark));
    const [words] = await Promise.all([store.get("y0-" + said.words, JSON.parse), ...fronts]), segmentOf = (place) => segments.find((segment) => place < segment.start + segment.total);
    return {
      segments, words, total, ...ordered(segments[0].total, total, numbers(said.at || "")), dead: setOf(said.dead), gone: setOf(said.gone),
      card: (place) => segmentOf(place).card(place), unpack: async () => { for (const segment of segments) await segment.unpack(); },
    };
  };
})(window.SoGiaoBan);
