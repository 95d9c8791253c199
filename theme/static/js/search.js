/* The search page: reads the address and the controls, asks the engine, shows what it answers. */
(function (site) {
  "use strict";
  const search = site.search, { root, one, say, offer } = search.page, { KEYS } = search.filters, field = document.querySelector("[data-search-field]");
  const PAGE = 20, STEP = 10, PAUSE = 150, MOST_EXPORTED = 1000;
  let index, engine, state, answer, shown = PAGE, timer, turn = 0;

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

  /* What was found under the names that a name had before or has now stands below the rest, and says why. */
  async function addRelated(found) {
    found.related = new Map();
    const names = found.asked.nothing ? [] : engine.related(state.q), seen = new Set(names.length ? found.hits : []), added = [];
    for (const { name, relation } of names) {
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
        search.forgetPages();
      }
      const wanted = KEYS.filter((key) => chosen[key].size);
      found.hits = wanted.length ? (await engine.narrow(found.all, chosen, wanted)).hits : found.all;
      if (mine !== turn || !(await showHits(mine, keep))) return;
      write();
      await showFacets(mine);
      if (mine === turn) root.dataset.answered = q;
    } catch (error) {
      if (mine !== turn) return;
      write();
      fail();
    } finally {
      if (mine === turn) root.removeAttribute("aria-busy");
    }
  }

  /* Where nothing is asked for, the page holds what would be drawn: the newest. True where that is so, and the page is new. */
  function stands() {
    const list = one("list"), untouched = "standing" in list.dataset;
    delete list.dataset.standing;
    return untouched && answer.asked.nothing && answer.hits === answer.all && !state.order;
  }

  /* Results are drawn in steps, each as soon as its cards are there; then the records that the query names, above them. */
  async function showHits(mine, keep) {
    if (!keep && stands()) {
      showFrame();
      return shownAll();
    }
    const list = one("list"), from = keep ? list.children.length : 0, places = answer.hits.slice(from, shown);
    let cards = await cardsOf(places, 0);
    if (mine !== turn) return false;
    search.begin();
    showFrame();
    if (!keep) list.replaceChildren();
    if (!(await append(cards, places, mine))) return false;
    await search.rest(); // these are seen before more is asked for
    if (mine !== turn) return false;
    const above = keep ? null : engine.named(answer.asked, answer.wide);
    if (above) above.catch(() => {}); // who awaits it sees what failed
    for (let at = STEP; at < places.length; at += STEP) {
      cards = await cardsOf(places, at);
      if (!(await append(cards, places.subarray(at), mine))) return false;
    }
    if (above) showNamed(await above, mine);
    if (mine !== turn) return false;
    if (keep && list.children[from]) list.children[from].querySelector("a").focus();
    return shownAll();
  }

  const cardsOf = (places, at) => Promise.all(Array.from(places.slice(at, at + STEP), engine.card));

  function showNamed(found, mine) {
    if (mine !== turn) return;
    one("named").replaceChildren(...found.map((each) => search.page.named(each, answer, engine)));
    one("named").hidden = !found.length;
  }

  function shownAll() {
    root.dataset.state = "ready";
    one("list").dataset.drawn = state.q;
    search.readPages();
    return true;
  }

  /* Appends results, and rests where that takes long; whether they are still wanted at the end. */
  async function append(cards, places, mine) {
    const now = answer, isCurrent = () => now === answer;
    for (let i = 0; i < cards.length; i++) {
      if (mine !== turn) return false;
      one("list").append(search.page.result(cards[i], places[i], now, engine, isCurrent));
      if (search.late()) await search.rest();
    }
    return mine === turn;
  }

  /* What stands around the list. */
  function showFrame() {
    const { hits, all, asked, wide } = answer, left = hits.length - shown;
    one("error").hidden = true;
    one("status").textContent = search.page.status(answer, state.q, !engine.total);
    offer(one("more"), left > 0 && say("more", { k: Math.min(PAGE, left), n: left }));
    offer(one("wider"), asked.marked && !wide && hits.length > 0 && say("wider"));
    one("order").hidden = hits.length < 2;
    one("files").hidden = !hits.length;
    one("empty").hidden = hits.length > 0;
    one("unfiltered").hidden = hits.length > 0 || !all.length;
    one("unfiltered").firstElementChild.textContent = say("unfiltered", { n: all.length });
  }

  /* Counts come after the results: what they are counted from is loaded only then. */
  function showFacets(mine) {
    const drop = (key, id) => { state.chosen[key].delete(id); field.focus(); show(); };
    return search.filters.show(engine, answer.all, state.chosen, drop, () => mine === turn);
  }

  /* The list of results as a file. */
  async function exportAs(form) {
    const cards = await Promise.all(Array.from(answer.hits.slice(0, MOST_EXPORTED), engine.card)), { site: name, edition, address } = root.dataset;
    site.exporting.saveAs(form, cards.map(({ id, title, date, cluster, chairs }) => {
      const path = "ban-ghi/" + id + ".html";
      return { id, title, date, site: name, edition, path, cluster, chairs, url: address && address.replace(/\/$/, "") + "/" + path };
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
      if (target.type === "checkbox") state.chosen[search.filters.keyOf(target)][target.checked ? "add" : "delete"](target.value);
      else if (target.id === "xep") state.order = target.value;
      else return;
      show();
    });
    root.addEventListener("input", ({ target }) => { if (target.className === "facet__find") showFacets(turn); });
    root.addEventListener("click", ({ target }) => {
      if (target.className === "facet__all") { search.filters.unfold(search.filters.keyOf(target)); showFacets(turn); }
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
    return show();
  }

  /* Before anyone waits for it: what came with the page is read, a query is rehearsed, and the results that stand on the page are drawn out of
     sight, so that their words, and with them many that other results will show, have been analysed. */
  async function prepare() {
    const first = turn, isAtRest = () => first === turn;
    search.begin();
    await index.unpack();
    const answer = await search.rehearse(isAtRest);
    for (const item of isAtRest() ? [...one("list").children] : []) {
      search.page.redrawn(item, answer, engine);
      if (search.late()) await search.rest();
    }
    root.dataset.rehearsed = "";
  }

  async function start() {
    try {
      const path = root.dataset.manifest, cut = path.lastIndexOf("/") + 1, folder = root.dataset.root + path.slice(0, cut);
      index = await search.openIndex(folder, path.slice(cut).replace(/\.js$/, ""));
      engine = new search.Engine(index);
    } catch (error) {
      fail();
      return;
    }
    const waiting = field.value;
    const first = restore();
    if (waiting && waiting !== state.q) { field.value = waiting; typed(); }
    await first;
    await prepare();
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

  root.setAttribute("aria-busy", "true");
  listen();
  start();
})(window.SoGiaoBan);
