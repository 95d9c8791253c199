/* The ways to narrow, as the search page shows them: lists with counts, and chips for what is chosen. */
(function (site) {
  "use strict";
  const search = site.search, { root, one, say, copy, offer } = search.page;
  const boxes = [...root.querySelectorAll("[data-facet]")], KEYS = boxes.map((box) => box.dataset.facet), unfolded = new Set(), labels = {};
  const bare = (text) => search.analysis.fold(text.toLowerCase());

  function row({ id, label, n }, isChosen) {
    const item = copy("facet"), input = item.querySelector("input");
    [input.value, input.checked] = [id, isChosen];
    item.querySelector(".facet__label").textContent = label;
    item.querySelector(".facet__count").textContent = n;
    return item;
  }

  function showBox(box, counts, values, chosen) {
    const key = box.dataset.facet, years = key === "y", find = box.querySelector(".facet__find");
    const held = document.activeElement, focused = box.contains(held) && held.type === "checkbox" && held.value;
    const rows = [], typed = bare(find.value.trim()), limit = years ? 8 : 6, open = typed || unfolded.has(key);
    values.forEach(({ id, label, order }, i) => { if (counts[i] || chosen.has(id)) rows.push({ id, label, order, n: counts[i] }); });
    if (!years) rows.sort((a, b) => b.n - a.n || a.order - b.order);
    const listed = rows.filter(({ id, label }, i) => (open ? bare(label).includes(typed) : i < limit) || chosen.has(id));
    box.hidden = !rows.length;
    box.querySelector(".facet__size").textContent = rows.length;
    find.hidden = years || (rows.length <= 14 && !typed);
    offer(box.querySelector(".facet__all"), !open && listed.length < rows.length && say("unfold", { n: rows.length }));
    box.querySelector("ul").replaceChildren(...listed.map((one) => row(one, chosen.has(one.id))));
    if (focused) for (const input of box.querySelectorAll("input")) if (input.value === focused) input.focus();
  }

  function showChips(chosen, drop) {
    const chips = Object.entries(chosen).flatMap(([key, ids]) => [...ids].map((id) => {
      const chip = copy("chip");
      chip.firstElementChild.textContent = (key !== "y" && labels[key] && labels[key].get(id)) || id;
      chip.addEventListener("click", () => drop(key, id));
      return chip;
    }));
    one("summary").textContent = chips.length ? say("filtersOn", { n: chips.length }) : say("filters");
    if (chips.length > 1) chips.push(copy("clear"));
    one("chips").replaceChildren(...chips);
    one("chips").hidden = !chips.length;
  }

  /* Shows the counts for results before they were narrowed. Each way is shown as soon as it is counted; isCurrent() tells whether it is
     still wanted. What is chosen and unknown is dropped. */
  async function show(engine, hits, chosen, drop, isCurrent) {
    const { counts } = await engine.narrow(hits, chosen, KEYS);
    for (const box of boxes) {
      const key = box.dataset.facet, { values } = await engine.column(key);
      if (search.late()) await search.rest();
      if (!isCurrent()) return;
      labels[key] = labels[key] || new Map(values.map(({ id, label }) => [id, label]));
      showBox(box, counts[key], values, chosen[key]);
    }
    for (const key of KEYS) for (const id of chosen[key]) if (!labels[key].has(id)) chosen[key].delete(id);
    showChips(chosen, drop);
  }

  search.filters = { KEYS, show, unfold: (key) => unfolded.add(key), keyOf: (element) => element.closest("[data-facet]").dataset.facet };
})(window.SoGiaoBan);
