/* The index, piece by piece: what plugins/search/pieces.py writes, read as it is needed. Pieces are classic scripts, because file:// refuses
   fetch(); each hands over a text and its checksum. */
(function (site) {
  "use strict";
  const search = (site.search = site.search || {}), { fold } = search.analysis;
  const SIGNS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((sign) => !'"\\<|'.includes(sign));
  const BASE = 90, SHORT = 62, PAIRED = 26, TWO = SHORT + PAIRED * BASE, FOUR = TWO + BASE ** 3, LEVELS = 3, KEPT = 400;
  const VALUE = new Uint8Array(128).fill(255), CRC = new Uint32Array(256);
  SIGNS.forEach((sign, value) => { VALUE[sign.charCodeAt(0)] = value; });
  for (let i = 0; i < 256; i++) { let c = i; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; CRC[i] = c; }

  function checksum(text) {
    let sum = -1;
    for (const byte of new TextEncoder().encode(text)) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ -1) >>> 0;
  }

  /* Calls take(number) for each number of a text. */
  function read(text, take) {
    for (let at = 0; at < text.length; ) {
      let value = VALUE[text.charCodeAt(at++)];
      if (value >= SHORT) {
        const lead = value, signs = lead < SHORT + PAIRED ? 1 : lead === BASE - 2 ? 3 : 5;
        let rest = 0;
        for (let i = 0; i < signs; i++) rest = rest * BASE + VALUE[text.charCodeAt(at++)];
        value = signs === 1 ? SHORT + (lead - SHORT) * BASE + rest : (signs === 3 ? TWO : FOUR) + rest;
      }
      take(value);
    }
  }

  function numbers(text) {
    const found = [];
    read(text, (value) => found.push(value));
    return found;
  }

  /* The places that gaps tell. */
  function setOf(text) {
    const places = new Set();
    let place = -1;
    read(text || "", (gap) => places.add((place += gap + 1)));
    return places;
  }

  /* The place of the last key that is not after what is looked for; -1 for none. */
  function placeOf(keys, key) {
    let low = 0, high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

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

  const waiting = new Map();
  search.receive = (name, text, sum) => {
    const asked = waiting.get(name);
    if (asked && checksum(text) === sum) asked.text = text;
  };

  /* What was read is kept, the latest some hundred of it. */
  search.Store = function (folder) {
    const kept = new Map();

    function fetchText(name) {
      const asked = { text: null };
      waiting.set(name, asked);
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = folder + name + ".js";
        script.onload = script.onerror = () => {
          waiting.delete(name);
          script.remove();
          if (asked.text === null) reject(new Error("missing or damaged: " + name)); else resolve(asked.text);
        };
        document.head.append(script);
      });
    }

    this.get = function (name, make) {
      let found = kept.get(name);
      if (found) kept.delete(name);
      else found = fetchText(name).then(make || ((text) => text));
      kept.set(name, found);
      found.catch(() => kept.delete(name));
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
      return found;
    };
  };

  const markAt = (marks, place) => marks.slice(4 * place, 4 * place + 4);

  function dictionary(letter) {
    return (text) => {
      const said = JSON.parse(text), terms = said.t.split(" "), counts = numbers(said.d), made = [];
      said.p.forEach(([size, mark], i) => {
        for (let place = 0; place < size; place++) {
          const at = made.length, term = terms[at];
          made.push({ term, fold: fold(term), counts: counts.slice(3 * at, 3 * at + 3), piece: letter + "p" + (said.s + i) + "-" + mark, place });
        }
      });
      return made;
    };
  }

  /* One segment; the numbers of its meetings begin with start. plugins/search/reading.py does the same. */
  search.Segment = function (said, start, store) {
    const letter = said.id, name = (family, place, marks) => letter + family + place + "-" + markAt(marks, place);
    const block = (at) => store.get(name("w", at, said.w.i), dictionary(letter));
    const directory = (at) => store.get(name("k", at, said.q.i), JSON.parse);
    Object.assign(this, { start, total: said.n, said });

    async function blocks(first, last) {
      const places = [];
      for (let at = first; at <= Math.min(last, said.w.k.length - 1); at++) places.push(block(at));
      return (await Promise.all(places)).flat();
    }

    this.terms = async function (wanted, beginning) {
      const first = Math.max(0, placeOf(said.w.k, wanted)), last = beginning ? Math.max(first, placeOf(said.w.k, wanted + "\uffff")) : first;
      return (await blocks(first, last)).filter((found) => (beginning ? found.fold.startsWith(wanted) : found.fold === wanted));
    };

    this.everyTerm = () => blocks(0, said.w.k.length - 1);

    const decode = (written, levels, take) => {
      let place = start - 1;
      read(written, (value) => { place += Math.floor(value / levels) + 1; take(place, value % levels); });
    };

    /* Three functions, one for each field: each calls take(place, step) for every meeting that has the term. */
    this.postings = async function (found) {
      const lists = (await store.get(found.piece, (text) => text.split("|")))[found.place].split(" ");
      const columns = [0, 1, 2].map((i) => (take) => { if (lists[i]) decode(lists[i], LEVELS, take); });
      if (found.counts[0] > said.dense * said.n) columns[0] = (take) => {
        let next = start;
        const upTo = (end) => { for (; next < end; next++) take(next, 0); };
        decode(lists[0], LEVELS, (place) => { upTo(place); next = place + 1; });
        upTo(start + said.n);
      };
      return columns;
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
      return found.map((entry) => entry.split(" ").map((written) => (take) => decode(written, 1, take)));
    };

    /* The lists of the names' terms of a fold, or of every fold that begins so. */
    this.named = async function (wanted, beginning) {
      const keys = said.h.k, first = Math.max(0, placeOf(keys, wanted)), lists = new Map(), parts = [];
      const last = beginning ? Math.min(Math.max(first, placeOf(keys, wanted + "\uffff")), first + 2) : first;
      for (let at = first; at <= Math.min(last, keys.length - 1); at++) parts.push(store.get(name("n", at, said.h.i), keyed));
      for (const entries of await Promise.all(parts)) for (const [term, written] of entries) {
        const folded = fold(term), places = [];
        if (folded !== wanted && !(beginning && folded.startsWith(wanted))) continue;
        decode(written, 1, (place) => places.push(place - start));
        lists.set(term, places);
      }
      return lists;
    };

    this.name = async (place) => {
      const [kind, id, path, label, also, count] = (await store.get(name("h", Math.floor(place / 40), said.h.h), JSON.parse))[place % 40];
      return { kind, id, path, label, also, count };
    };

    this.card = async (place) => {
      const marks = await store.get(letter + "d0-" + said.c), local = place - start;
      const card = (await store.get(name("c", Math.floor(local / said.size), marks), JSON.parse))[local % said.size];
      const [id, title, date, day, quarter, group, chairs, hosts, summary] = card;
      return { id, title, date, day, quarter, group, chairs, hosts, summary };
    };

    /* {values: [{id, label, order}], firsts, flat}: the values of meeting i are flat[firsts[i]] up to flat[firsts[i + 1]]. */
    this.column = (key) => store.get(letter + "f" + key + "0-" + said.f[key], (text) => {
      const held = JSON.parse(text), firsts = new Uint32Array(said.n + 1), flat = [];
      let at = 0;
      read(held.m, (value) => {
        if (value) flat.push((value - 1) >> 1);
        if (!value || value % 2) firsts[++at] = flat.length;
      });
      return { values: held.v.map(([id, label, order]) => ({ id, label, order })), firsts, flat: Uint32Array.from(flat) };
    });
  };

  /* The whole index. */
  search.openIndex = async function (folder, manifest) {
    const store = new search.Store(folder), said = JSON.parse(await store.get(manifest));
    const words = JSON.parse(await store.get("y0-" + said.words)), segments = [];
    let total = 0;
    for (const each of said.segments) {
      segments.push(new search.Segment(each, total, store));
      total += each.n;
    }
    const base = segments[0].total, ranks = new Uint32Array(total), order = new Uint32Array(total), later = numbers(said.at || "");
    let rank = 0, next = 0;
    const put = (place) => { order[rank] = place; ranks[place] = rank++; };
    for (let place = 0; place <= base; place++) {
      while (next < later.length && later[next] <= place) put(base + next++);
      if (place < base) put(place);
    }
    const segmentOf = (place) => segments.find((segment) => place < segment.start + segment.total);
    return { segments, words, total, ranks, order, dead: setOf(said.dead), gone: setOf(said.gone), card: (place) => segmentOf(place).card(place), segmentOf };
  };

  search.coding = { numbers, checksum };
})((window.SoGiaoBan = window.SoGiaoBan || {}));
