/* The search page: reads the address and the controls, asks the engine, shows what it answers. Data reaches the page as text only. */
(function (site) {
  "use strict";
  const search = site.search, root = document.getElementById("search");
  const field = document.querySelector("[data-search-field]"), one = (name) => root.querySelector(".search__" + name);
  const data = { texts: [] }, facets = [...root.querySelectorAll("[data-facet]")], unfolded = new Set();
  const PAGE = 20, PAUSE = 150;
  let engine, state, shown = PAGE, timer;

  function say(key, values = {}) {
    const message = (values.n === 1 && root.dataset[key + "One"]) || root.dataset[key];
    const written = (value) => (typeof value === "number" ? value.toLocaleString(root.dataset.language) : value);
    return message.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  const copy = (name) => document.getElementById("search-" + name).content.firstElementChild.cloneNode(true);
  const labelOf = (key, id) => (data.facets[key].find((value) => value[0] === id) || [])[1];

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
    for (const key in data.facets) chosen[key] = new Set(asked.getAll(key).filter((id) => labelOf(key, id)));
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

  function showResult({ place, tier }, answer) {
    const card = data.cards[place], item = copy("result"), find = (name) => item.querySelector(".record__" + name);
    const mark = (element, text) => fill(element, text, engine.ranges(text, answer.parsed, answer.wide, tier > 0));
    const labels = (key) => card.facets[key].map((i) => data.facets[key][i][1]).join(", ");
    const snippet = engine.snippet(place, answer.parsed, answer.wide, tier > 0), cluster = labels("c") || labels("s"), names = labels("k");
    find("date").textContent = card.day;
    find("date").dateTime = card.date;
    if (card.quarter) find("quarter").textContent = say("quarter", { q: card.quarter });
    mark(find("link"), card.title);
    find("link").href = root.dataset.root + card.path;
    fill(find("summary"), snippet.text, snippet.ranges);
    const meta = cluster && names ? say("meta", { cluster, names }) : names ? say("chairs", { names }) : cluster;
    mark(find("meta"), meta);
    const reason = engine.reason(place, answer.parsed, answer.wide, [card.title, card.day, meta, snippet.text].join("\n"));
    if (reason) mark(find("what").appendChild(find("meta").cloneNode()), reason);
    return item;
  }

  function showNamed(findable, answer) {
    const item = copy("named"), [tag, link, count] = item.children;
    tag.textContent = say(findable.kind);
    fill(link, findable.label, engine.ranges(findable.label, answer.parsed, answer.wide));
    link.href = root.dataset.root + findable.path;
    count.textContent = say("records", { n: findable.count });
    return item;
  }

  function showFacet(box, counts) {
    const key = box.dataset.facet, years = key === "y", find = box.querySelector(".facet__find"), chosen = state.chosen[key];
    const held = document.activeElement, focused = box.contains(held) && held.type === "checkbox" && held.value;
    const rows = data.facets[key].map(([id, label], i) => ({ id, label, n: counts[i] })).filter(({ id, n }) => n || chosen.has(id));
    if (!years) rows.sort((a, b) => b.n - a.n);
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

  function status({ hits, parsed, widened }) {
    const n = hits.length, q = state.q.replace(/["“”]/g, "").trim();
    if (!parsed.units.length) return n || !data.cards.length ? say("everything", { n }) : say("noneChosen");
    return !n ? say("none", { q }) : widened ? say("widened", { n }) : say("found", { n, q });
  }

  function show(keep) {
    const answer = engine.run(state), { hits, all, counts, named, wider } = answer;
    if (!keep) [shown] = [PAGE, write()];
    one("status").textContent = status(answer);
    one("named").replaceChildren(...named.map((findable) => showNamed(findable, answer)));
    one("named").hidden = !named.length;
    showChips();
    facets.forEach((box) => showFacet(box, counts[box.dataset.facet]));
    const list = one("list"), from = keep ? list.children.length : 0;
    if (!keep) list.replaceChildren();
    list.append(...hits.slice(from, shown).map((hit) => showResult(hit, answer)));
    const left = hits.length - shown;
    offer(one("more"), left > 0 && say("more", { k: Math.min(PAGE, left), n: left }));
    offer(one("wider"), wider > 0 && say("wider", { n: wider }));
    one("order").hidden = hits.length < 2;
    one("empty").hidden = hits.length > 0;
    one("unfiltered").hidden = !all;
    one("unfiltered").firstElementChild.textContent = say("unfiltered", { n: all });
    if (keep && list.children[from]) list.children[from].querySelector("a").focus();
  }

  function typed() {
    clearTimeout(timer);
    if (!engine || field.value === state.q) return;
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
    root.addEventListener("input", ({ target }) => { if (target.className === "facet__find") show(true); });
    root.addEventListener("click", ({ target }) => {
      if (target.className === "facet__all") { unfolded.add(keyOf(target)); show(true); }
      if (target.className === "search__more") { shown += PAGE; show(true); }
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

  function start() {
    const waiting = field.value;
    engine = new search.Engine(data);
    root.dataset.state = "ready";
    restore();
    if (waiting && waiting !== state.q) { field.value = waiting; typed(); }
  }

  function fail() {
    root.dataset.state = "error";
    one("error").hidden = false;
    one("status").textContent = say("failed");
  }

  search.receive = (name, place, value) => {
    if (name === "cards") Object.assign(data, value);
    else if (name === "texts") value.forEach((text, i) => { data.texts[place + i] = text; });
    else data[name] = value;
  };

  function load(files) {
    let loaded = 0;
    const tell = () => { one("status").textContent = say("loading", { a: loaded, b: files.length }); };
    tell();
    for (const file of files) {
      const script = document.createElement("script");
      script.src = root.dataset.root + file;
      script.onerror = fail;
      script.onload = () => {
        loaded++;
        if (root.dataset.state === "error") return;
        tell();
        if (loaded === files.length) try { start(); } catch (error) { fail(); throw error; }
      };
      document.head.append(script);
    }
  }

  listen();
  load(root.dataset.files.split(" "));
})(window.SoGiaoBan);
