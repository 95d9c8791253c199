/* The pieces of the index: classic scripts, because file:// refuses fetch(); each hands over a text and its checksum. What
   plugins/search/coding.py writes is read here, search-segments.js knows what it means. */
(function (site) {
  "use strict";
  const search = (site.search = site.search || {});
  const SIGNS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((sign) => !'"\\<|'.includes(sign));
  const BASE = 90, SHORT = 62, PAIRED = 26, TWO = SHORT + PAIRED * BASE, FOUR = TWO + BASE ** 3, LEVELS = 3, KEPT = 400, SLICE = 12, PRIME = 16777619;
  const VALUE = new Uint8Array(128).fill(255), encoder = new TextEncoder();
  let bytes = new Uint8Array(1 << 17);
  SIGNS.forEach((sign, value) => { VALUE[sign.charCodeAt(0)] = value; });

  /* Of the bytes of a text, four at a time: see plugins/search/coding.py. */
  function checksum(text) {
    if (bytes.length < text.length * 3 + 4) bytes = new Uint8Array((text.length * 3 + 4 + 3) & ~3);
    const { written } = encoder.encodeInto(text, bytes), end = (written + 3) >> 2, words = new Uint32Array(bytes.buffer, 0, end);
    bytes.fill(0, written, 4 * end);
    let sum = written;
    for (let at = 0; at < end; at++) sum = (Math.imul(sum, PRIME) + words[at]) | 0;
    return sum >>> 0;
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

  /* A list of meetings is {written, levels, start, total, turned}: its text, 3 where it says how often each has the term and 1 where not,
     the first number that it may hold and how many there are; turned where it tells those without. unroll puts it into search.places and
     search.steps, which the next list overwrites, and gives how many there are. */
  search.places = new Uint32Array(0);
  search.steps = new Uint8Array(0);
  search.unroll = function ({ written, levels, start, total, turned }) {
    if (search.places.length < total) [search.places, search.steps] = [new Uint32Array(total), new Uint8Array(total)];
    const { places, steps } = search, length = written.length;
    let place = start - 1, count = 0;
    for (let at = 0; at < length; ) {
      let value = VALUE[written.charCodeAt(at++)];
      if (value >= SHORT) {
        const lead = value, signs = lead < SHORT + PAIRED ? 1 : lead === BASE - 2 ? 3 : 5;
        let rest = 0;
        for (let i = 0; i < signs; i++) rest = rest * BASE + VALUE[written.charCodeAt(at++)];
        value = signs === 1 ? SHORT + (lead - SHORT) * BASE + rest : (signs === 3 ? TWO : FOUR) + rest;
      }
      const gap = levels === 1 ? value : (value / LEVELS) | 0;
      place += gap + 1;
      steps[count] = value - gap * levels;
      places[count++] = place;
    }
    return turned ? turn(start, total, count) : count;
  };

  function turn(start, total, count) {
    const { places, steps } = search, missing = places.slice(0, count);
    let found = 0, next = 0;
    for (let place = start; place < start + total; place++) if (place === missing[next]) next++; else places[found++] = place;
    steps.fill(0, 0, found);
    return found;
  }

  /* Long work is done in slices, so that the page can draw and listen between them: begin() where it begins, and await rest() where late()
     says so. */
  const channel = new MessageChannel(), resting = [];
  let began = 0;
  channel.port1.onmessage = () => { search.begin(); resting.shift()(); };
  search.begin = () => { began = performance.now(); };
  search.late = () => performance.now() - began > SLICE;
  search.rest = () => new Promise((resolve) => { resting.push(resolve); channel.port2.postMessage(0); });

  /* What scripts hand over: each a piece of its own name, but for what the page may name as well, of which one can hold several. */
  const handed = new Map();
  search.receive = (name, text, sum) => { handed.set(name, { text, sum }); };

  function taken(name) {
    const { text, sum } = handed.get(name) || {};
    if (text === undefined || checksum(text) !== sum) throw new Error("missing or damaged: " + name);
    return text;
  }

  /* What was read is kept, the latest some hundred of it. */
  search.Store = function (folder) {
    const kept = new Map();

    const fetchText = (name) => new Promise((resolve, reject) => {
      const script = document.createElement("script"), done = () => {
        script.remove();
        try { resolve(taken(name)); } catch (error) { reject(error); }
        handed.delete(name);
      };
      script.src = folder + name + ".js";
      script.onload = script.onerror = done;
      document.head.append(script);
    });

    /* Whether a piece can be had without loading anything. */
    this.holds = (name) => handed.has(name);

    this.get = function (name, make) {
      let found = kept.get(name);
      if (found) kept.delete(name);
      else {
        found = handed.has(name) ? Promise.resolve(name).then(taken) : fetchText(name);
        if (make) found = found.then(make);
        found.catch(() => kept.delete(name));
      }
      kept.set(name, found);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
      return found;
    };
  };

  search.coding = { read, numbers, checksum, VALUE };
})((window.SoGiaoBan = window.SoGiaoBan || {}));
