/* How the search page looks: its words, the list of results, the records above it. Data reaches the page as text only. */
(function (site) {
  "use strict";
  const search = site.search, root = document.getElementById("search");
  const one = (name) => root.querySelector(".search__" + name), copy = (name) => document.getElementById("search-" + name).content.firstElementChild.cloneNode(true);

  /* A sentence of the template, with its values. */
  function say(key, values = {}) {
    const message = (values.n === 1 && root.dataset[key + "One"]) || root.dataset[key];
    const written = (value) => (typeof value === "number" ? value.toLocaleString(root.dataset.language) : value);
    return message.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  /* A text with marks where it matches. */
  function fill(element, text, ranges) {
    let at = 0;
    element.textContent = "";
    for (const [start, end] of ranges) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      element.append(text.slice(at, start), mark);
      at = end;
    }
    element.append(text.slice(at));
  }

  function offer(button, text) {
    button.hidden = !text;
    button.textContent = text || "";
  }

  function meta({ cluster, scope, chairs }) {
    const group = cluster || scope;
    return group && chairs ? say("meta", { cluster: group, names: chairs }) : chairs ? say("chairs", { names: chairs }) : group;
  }

  /* One result. */
  function drawn(card, place, answer, engine) {
    const item = copy("result"), find = (name) => item.querySelector(".record__" + name);
    const mark = (element, text) => fill(element, text, search.ranges(text, answer, engine, answer.tierOf(place) > 0));
    find("date").textContent = card.day;
    find("date").dateTime = card.date;
    if (card.quarter) find("quarter").textContent = say("quarter", { q: ["", "I", "II", "III", "IV"][card.quarter] });
    mark(find("link"), card.title);
    find("link").href = addressOf(card);
    mark(find("summary"), card.summary);
    mark(find("meta"), meta(card));
    if (answer.related.has(place)) find("what").appendChild(find("meta").cloneNode()).textContent = answer.related.get(place);
    return item;
  }

  /* One result, and the passage of its page once that has been read; isCurrent() tells whether it is still wanted then. */
  function result(card, place, answer, engine, isCurrent) {
    const item = drawn(card, place, answer, engine);
    item.dataset.passage = answer.asked.units.length ? "waiting" : "none";
    if (answer.asked.units.length) search.readPage(addressOf(card)).then((passages) => {
      const best = isCurrent() && passages && search.passage(passages, answer, engine, answer.tierOf(place) > 0);
      if (best) passage(item.querySelector(".record__summary"), best, addressOf(card));
      item.dataset.passage = best ? "shown" : "none";
    });
    return item;
  }

  const addressOf = ({ id }) => root.dataset.root + "ban-ghi/" + id + ".html";

  /* A result that stands on the page, as it would be drawn for an answer. */
  function redrawn(item, answer, engine) {
    const text = (name) => item.querySelector(".record__" + name).textContent;
    const card = { id: "", title: text("title"), date: "", day: text("date"), quarter: 0, cluster: text("meta"), chairs: "", scope: "", summary: text("summary") };
    return drawn(card, 0, { ...answer, related: new Map() }, engine);
  }

  /* The words of the page that were found, as a link to where they stand. */
  function passage(element, best, address) {
    const link = document.createElement(best.anchor ? "a" : "span");
    if (best.anchor) [link.href, link.className] = [address + "#" + best.anchor, "record__passage"];
    fill(link, best.text, best.ranges);
    element.replaceChildren(link);
  }

  function named(findable, answer, engine) {
    const item = copy("named"), [tag, link, count] = item.children;
    tag.textContent = say(findable.kind);
    fill(link, findable.label, search.ranges(findable.label, answer, engine));
    link.href = root.dataset.root + findable.path;
    count.textContent = say("records", { n: findable.count });
    return item;
  }

  /* What was found, in a sentence. */
  function status(answer, query, isEmpty) {
    const n = answer.hits.length, q = query.replace(/["“”]/g, "").trim();
    if (answer.asked.nothing) return n || isEmpty ? say("everything", { n }) : say("noneChosen");
    if (!n) return say("none", { q });
    const stretched = { marks: ["widened", { n }], part: ["part", { n, q }], spelling: ["spelling", { n, q, name: answer.spelling }] };
    return say(...(stretched[answer.stretched] || [answer.atLeast ? "atLeast" : "found", { n, q }]));
  }

  search.page = { root, one, say, copy, offer, result, redrawn, named, status };
})(window.SoGiaoBan);
