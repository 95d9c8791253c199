/* What to show of a text: where a query matches it, and the passage that says most. The text of a page comes from the page itself, opened
   out of sight: on file:// a page can be read in no other way. */
(function (site) {
  "use strict";
  const search = site.search, { analyse } = search.analysis;
  const SNIPPET = 160, LEAD = 50, AT_ONCE = 4, PATIENCE = 4000, SILENCE = 500;

  /* [start, end] of what a query matches in a text: its words side by side where they stand so; else, unless wholeOnly, each of them, and
     each quoted phrase whole. */
  search.ranges = function (text, { asked, wide }, engine, wholeOnly) {
    if (!asked.units.length) return [];
    const terms = analyse(text, engine.known), merged = [];
    const spansOf = (each) => (each.distance || each.pattern ? [] : terms.filter((term) => engine.accepts(each, term.term, wide)));
    const chains = (list) => {
      let found = spansOf(list[0]).map((span) => [span]);
      for (const spans of list.slice(1).map(spansOf)) {
        const from = new Map(spans.map((span) => [span.at, span]));
        found = found.flatMap((chain) => { const next = from.get(chain[chain.length - 1].to); return next ? [[...chain, next]] : []; });
      }
      return found.flat();
    };
    // A word that a phrase has twice is one unit: its second place is the phrase's to tell.
    const whole = chains(asked.units), quoted = asked.phrases.flatMap(chains);
    const spans = whole.length ? [...whole, ...quoted] : wholeOnly ? [] : [...asked.loose.flat().flatMap(spansOf), ...quoted];
    for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
      const before = merged[merged.length - 1];
      if (before && (span.start < before[1] || (span.at === before[2] && !/[.;:!?\n]/.test(text.slice(before[1], span.start))))) {
        if (span.end > before[1]) [before[1], before[2]] = [span.end, span.to];
      } else merged.push([span.start, span.end, span.to]);
    }
    return merged;
  };

  /* The passage of a page that says most: {anchor, text, ranges, weight}, or null. passages: [[anchor, text]]. */
  search.passage = function (passages, answer, engine, wholeOnly) {
    let best = null;
    for (const [anchor, text] of passages) {
      const ranges = search.ranges(text, answer, engine, wholeOnly);
      ranges.forEach((range, i) => {
        const near = ranges.slice(i).filter(([start]) => start < range[0] + SNIPPET - LEAD), weight = near.reduce((all, [start, end]) => all + end - start, 0);
        if (!best || weight > best.weight) best = { anchor, text, ranges, at: range[0], end: range[1], weight };
      });
    }
    return best && cut(best);
  };

  function cut({ anchor, text, ranges, at, end: needed, weight }) {
    let start = at > LEAD ? text.indexOf(" ", at - LEAD) + 1 : 0, end = start + SNIPPET;
    if (start > at) start = at;
    end = end >= text.length ? text.length : Math.max(text.lastIndexOf(" ", end), needed, start);
    const lead = start > 0 ? "…" : "", shown = ranges.filter((range) => range[0] >= start && range[1] <= end);
    return {
      anchor, weight, text: lead + text.slice(start, end) + (end < text.length ? "…" : ""),
      ranges: shown.map((range) => [range[0] - start + lead.length, range[1] - start + lead.length]),
    };
  }

  // Reading pages, some at a time; what is not wanted any more is not opened.

  const queue = [], open = new Map(), kept = new Map();

  function next() {
    while (open.size < AT_ONCE && queue.length) {
      const { address, resolve } = queue.shift(), frame = document.createElement("iframe");
      const done = (passages) => {
        if (!open.has(frame)) return;
        open.delete(frame);
        clearTimeout(timer);
        frame.remove();
        if (passages) kept.set(address, passages);
        resolve(passages);
        next();
      };
      const timer = setTimeout(done, PATIENCE, null);
      open.set(frame, done);
      frame.onload = () => setTimeout(done, SILENCE, null); // a page that has nothing to tell
      frame.hidden = true;
      frame.tabIndex = -1;
      frame.setAttribute("aria-hidden", "true");
      frame.src = address + "#doc=1";
      document.body.append(frame);
    }
  }

  window.addEventListener("message", ({ source, data }) => {
    for (const [frame, done] of open) if (frame.contentWindow === source) done(Array.isArray(data && data.passages) ? data.passages.filter(isPassage) : null);
  });
  const isPassage = (one) => Array.isArray(one) && one.length === 2 && one.every((text) => typeof text === "string");

  /* The passages of a page, or null where it does not tell them. Pages are opened when readPages() says so: results come first. */
  search.readPage = (address) => (kept.has(address) ? Promise.resolve(kept.get(address)) : new Promise((resolve) => { queue.push({ address, resolve }); }));
  search.readPages = next;

  search.forgetPages = function () {
    for (const { resolve } of queue.splice(0)) resolve(null);
    if (kept.size > 200) kept.clear();
  };
})(window.SoGiaoBan);
