/* The search page: reads the address and the controls, asks the engine, shows what it answers. Data reaches the page as text only. */
(function (site) {
  "use strict";
  const search = site.search, root = document.getElementById("search");
  const field = document.querySelector("[data-search-field]"), one = (name) => root.querySelector(".search__" + name);
  const facets = [...root.querySelectorAll("[data-facet]")], KEYS = facets.map((box) => box.dataset.facet), unfolded = new Set();
  const PAGE = 20, PAUSE = 150, MOST_EXPORTED = 1000;
  let engine, state, answer, shown = PAGE, timer, turn = 0, labels = {};

  function say(key, values = {}) {
    const message = (values.n === 1 && root.dataset[key + "One"]) || root.dataset[key];
    const written = (value) => (typeof value === "number" ? value.toLocaleString(root.dataset.language) : value);
    return message.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  const copy = (name) => document.getElementById("search-" + name).content.firstElementChild.cloneNode(true);
  const labelOf = (key, id) => (key === "y" ? id : labels[key] && labels[key].get(id)) || id;

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

  /* The address: #q=…&s=…&so=n; ?q= comes from the forms of other pages. */
  function read() {
    const asked = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search), chosen = {};
    for (const key of KEYS) chosen[key] = new Set(asked.getAll(key));
    const so = asked.get("so");
    return { q: asked.get("q") || "", order: so === "n" || so === "o" ? so : "", wide: asked.get("d") === "0", chosen };
  }

  function write() {
    const asked = new URLSearchParams();
    if (state.q) asked.set("q", state.q);
    for (const key in state.chosen) for (const id of state.chosen[key]) asked.append(key, id);
    if (state.order) asked.set("so", state.order);
    if (state.wide) asked.set("d", "0");
    history.replaceState(null, "", location.pathname + (asked + "" && "#" + asked));
  }

  function showResult(card, place) {
    const item = copy("result"), find = (name) => item.querySelector(".record__" + name), now = answer, whole = now.tierOf(place) > 0;
    const mark = (element, text) => fill(element, text, search.ranges(text, now, engine, whole)), address = root.dataset.root + "ban-ghi/" + card.id + ".html";
    const meta = card.group && card.chairs ? say("meta", { cluster: card.group, names: card.chairs }) : card.chairs ? say("chairs", { names: card.chairs }) : card.group;
    find("date").textContent = card.day;
    find("date").dateTime = card.date;
    if (card.quarter) find("quarter").textContent = say("quarter", { q: ["", "I", "II", "III", "IV"][card.quarter] });
    mark(find("link"), card.title);
    find("link").href = address;
    mark(find("summary"), card.summary);
    mark(find("meta"), meta);
    if (now.related.has(place)) find("what").appendChild(find("meta").cloneNode()).textContent = now.related.get(place);
    item.dataset.passage = now.asked.units.length ? "waiting" : "none";
    if (now.asked.units.length) search.readPage(address).then((passages) => {
      const best = now === answer && passages && search.passage(passages, now, engine, whole);
      if (best) showPassage(find("summary"), best, address);
      item.dataset.passage = best ? "shown" : "none";
    });
    return item;
  }

  /* The words of the page that were found, as a link to where they stand. */
  function showPassage(element, best, address) {
    const link = document.createElement(best.anchor ? "a" : "span");
    if (best.anchor) [link.href, link.className] = [address + "#" + best.anchor, "record__passage"];
    fill(link, best.text, best.ranges);
    element.replaceChildren(link);
  }

  function showNamed(findable) {
    const item = copy("named"), [tag, link, count] = item.children;
    tag.textContent = say(findable.kind);
    fill(link, findable.label, search.ranges(findable.label, answer, engine));
    link.href = root.dataset.root + findable.path;
    count.textContent = say("records", { n: findable.count });
    return item;
  }

  function showFacet(box, counts, values) {
    const key = box.dataset.facet, years = key === "y", find = box.querySelector(".facet__find"), chosen = state.chosen[key];
    const held = document.activeElement, focused = box.contains(held) && held.type === "checkbox" && held.value;
    const rows = values.map(({ id, label, order }, i) => ({ id, label, order, n: counts[i] })).filter(({ id, n }) => n || chosen.has(id));
    if (!years) rows.sort((a, b) => b.n - a.n || a.order - b.order);
    const bare = (text) => search.analysis.fold(text.toLowerCase()), typed = bare(find.value.trim()), limit = years ? 8 : 6, open = typed || unfolded.has(key);
    const listed = rows.filter(({ id, label }, i) => (open ? bare(label).includes(typed) : i < limit) || chosen.has(id));
    box.hidden = !rows.length;
    box.querySelector(".facet__size").textContent = rows.length;
    find.hidden = years || (rows.length <= 14 && !typed);
    offer(box.querySelector(".facet__all"), !open && listed.length < rows.length && say("unfold", { n: rows.length }));
    box.querySelector("ul").replaceChildren(...listed.map(({ id, label, n }) => {
      const item = copy("facet"), input = item.querySelector("input");
      [input.value, input.checked] = [id, chosen.has(id)];
      item.querySelector(".facet__label").textContent = label;
      item.querySelector(".facet__count").textContent = n;
      return item;
    }));
    if (focused) for (const input of box.querySelectorAll("input")) if (input.value === focused) input.focus();
  }

  function showChips() {
    const chips = Object.entries(state.chosen).flatMap(([key, ids]) => [...ids].map((id) => {
      const chip = copy("chip");
      chip.firstElementChild.textContent = labelOf(key, id);
      chip.addEventListener("click", () => { state.chosen[key].delete(id); field.focus(); show(); });
      return chip;
    }));
    one("summary").textContent = chips.length ? say("filtersOn", { n: chips.length }) : say("filters");
    if (chips.length > 1) chips.push(copy("clear"));
    one("chips").replaceChildren(...chips);
    one("chips").hidden = !chips.length;
  }

  function status() {
    const n = answer.hits.length, q = state.q.replace(/["“”]/g, "").trim();
    if (answer.asked.nothing) return n || !engine.total ? say("everything", { n }) : say("noneChosen");
    if (!n) return say("none", { q });
    return { marks: () => say("widened", { n }), part: () => say("part", { n, q }), spelling: () => say("spelling", { n, q, name: answer.spelling }) }[answer.stretched]?.() || say("found", { n, q });
  }

  /* What was found under the names that a name had before or has now stands below the rest, and says why. */
  async function addRelated(found) {
    found.related = new Map();
    if (found.asked.nothing) return found;
    const seen = new Set(found.hits), added = [];
    for (const { name, relation } of engine.related(state.q)) {
      for (const place of (await engine.find(await engine.ask("“" + name + "”"), false)).hits) {
        if (seen.has(place)) continue;
        seen.add(place);
        added.push(place);
        found.related.set(place, say(relation, { name }));
      }
    }
    if (added.length) found.hits = Uint32Array.from([...found.hits, ...added]);
    return found;
  }

  async function show(keep) {
    const mine = ++turn, { q, order, wide, chosen } = state;
    root.dataset.answered = "";
    root.setAttribute("aria-busy", "true");
    try {
      const found = keep && answer ? answer : await search.quietly(() => engine.run(q, wide).then(addRelated));
      if (mine !== turn) return;
      if (!keep) {
        [shown, answer] = [PAGE, found];
        found.all = order === "n" ? engine.newest(found.hits) : order === "o" ? engine.newest(found.hits).reverse() : found.hits;
        found.tierOf = found.tierOf || (() => 0);
        write();
        search.forgetPages();
      }
      const wanted = KEYS.filter((key) => chosen[key].size);
      found.hits = wanted.length ? (await engine.narrow(found.all, chosen, wanted)).hits : found.all;
      if (mine !== turn || !(await showHits(mine, keep))) return;
      await showFacets(mine);
      if (mine === turn) root.dataset.answered = q;
    } catch (error) {
      if (mine === turn) fail();
    } finally {
      if (mine === turn) root.removeAttribute("aria-busy");
    }
  }

  async function showHits(mine, keep) {
    const list = one("list"), from = keep ? list.children.length : 0, places = answer.hits.slice(from, shown);
    const [cards, named] = await Promise.all([Promise.all(Array.from(places, engine.card)), keep ? null : engine.named(answer.asked, answer.wide)]);
    if (mine !== turn) return false;
    const { hits, all, asked, wide } = answer, left = hits.length - shown;
    root.dataset.state = "ready";
    one("error").hidden = true;
    one("status").textContent = status();
    if (named) one("named").replaceChildren(...named.map(showNamed));
    if (named) one("named").hidden = !named.length;
    if (!keep) list.replaceChildren();
    list.append(...cards.map((card, i) => showResult(card, places[i])));
    list.dataset.drawn = state.q;
    offer(one("more"), left > 0 && say("more", { k: Math.min(PAGE, left), n: left }));
    offer(one("wider"), asked.marked && !wide && hits.length > 0 && say("wider"));
    one("order").hidden = hits.length < 2;
    one("files").hidden = !hits.length;
    one("empty").hidden = hits.length > 0;
    one("unfiltered").hidden = hits.length > 0 || !all.length;
    one("unfiltered").firstElementChild.textContent = say("unfiltered", { n: all.length });
    if (keep && list.children[from]) list.children[from].querySelector("a").focus();
    return true;
  }

  /* Counts come after the results: what they are counted from is loaded only then. */
  async function showFacets(mine) {
    const { counts } = await engine.narrow(answer.all, state.chosen, KEYS);
    for (const key of KEYS) {
      const { values } = await engine.column(key);
      labels[key] = labels[key] || new Map(values.map(({ id, label }) => [id, label]));
      if (mine !== turn) return;
      showFacet(facets[KEYS.indexOf(key)], counts[key], values);
    }
    for (const key of KEYS) for (const id of state.chosen[key]) if (!labels[key].has(id)) state.chosen[key].delete(id);
    showChips();
  }

  /* The list of results as a file. */
  async function exportAs(form) {
    const cards = await Promise.all(Array.from(answer.hits.slice(0, MOST_EXPORTED), engine.card)), { site: name, edition, address } = root.dataset;
    site.exporting.saveAs(form, cards.map(({ id, title, date, group, chairs }) => {
      const path = "ban-ghi/" + id + ".html";
      return { id, title, date, site: name, edition, path, cluster: group, chairs, url: address && address.replace(/\/$/, "") + "/" + path };
    }), "tim-kiem");
  }

  function typed() {
    clearTimeout(timer);
    if (!engine || (field.value === state.q && root.dataset.state !== "error")) return;
    [state.q, state.wide] = [field.value, false];
    show();
  }

  /* ↓ and ↑ walk through the results; the field is above the first. */
  function walk(event) {
    const links = [...root.querySelectorAll(".record__link")], at = links.indexOf(event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || (at < 0 && event.target !== field)) return;
    const to = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : at === 0 && field, Escape: at >= 0 && field }[event.key];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  const keyOf = (element) => element.closest("[data-facet]").dataset.facet;

  function listen() {
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(typed, PAUSE); });
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      typed();
      if (matchMedia("(pointer: coarse)").matches) field.blur(); // hides the keyboard of a phone
    });
    document.addEventListener("keydown", walk);
    window.addEventListener("hashchange", () => { if (engine) restore(); });
    root.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") state.chosen[keyOf(target)][target.checked ? "add" : "delete"](target.value);
      else if (target.id === "xep") state.order = target.value;
      else return;
      show();
    });
    root.addEventListener("input", ({ target }) => { if (target.className === "facet__find") showFacets(turn); });
    root.addEventListener("click", ({ target }) => {
      if (target.className === "facet__all") { unfolded.add(keyOf(target)); showFacets(turn); }
      if (target.className === "search__more") { shown += PAGE; show(true); }
      if (target.dataset.export) exportAs(target.dataset.export).catch(fail);
      if (target.className === "search__wider") { state.wide = true; field.focus(); show(); }
      if (target.className === "search__clear") { for (const key in state.chosen) state.chosen[key].clear(); field.focus(); show(); }
    });
    const desktop = matchMedia("(min-width: 60em)"), fit = () => { root.querySelector("details").open = desktop.matches; };
    desktop.onchange = fit;
    fit();
  }

  function restore() {
    state = read();
    field.value = state.q;
    one("select").value = state.order;
    show();
  }

  async function start() {
    try {
      const path = root.dataset.manifest, cut = path.lastIndexOf("/") + 1, folder = root.dataset.root + path.slice(0, cut);
      engine = new search.Engine(await search.openIndex(folder, path.slice(cut).replace(/\.js$/, "")));
    } catch (error) {
      fail();
      return;
    }
    const waiting = field.value;
    restore();
    if (waiting && waiting !== state.q) { field.value = waiting; typed(); }
  }

  function fail() {
    root.dataset.state = "error";
    root.removeAttribute("aria-busy");
    one("error").hidden = false;
    one("status").textContent = say("failed");
    one("list").replaceChildren();
  }

  /* Says that the index is being loaded, where that takes long enough to be noticed. */
  search.quietly = async function (work) {
    const late = setTimeout(() => { one("status").textContent = say("loading"); }, 400);
    try { return await work(); } finally { clearTimeout(late); }
  };

  one("status").textContent = say("loading");
  root.setAttribute("aria-busy", "true");
  listen();
  start();
})(window.SoGiaoBan);
