/* On a meeting's page: keep the meeting, or passages of it, on the reader's list; cite a passage. */
(function () {
  "use strict";
  const box = document.querySelector("[data-collecting]");
  if (!box) return;
  const list = SoGiaoBan.collecting, meeting = JSON.parse(box.dataset.collecting), status = box.querySelector("[role=status]");
  const star = box.querySelector("[data-star]"), choosing = box.querySelector("[data-choose]"), pattern = box.querySelector("template");
  const passages = Array.from(document.querySelectorAll(".prose [id^='doan-'], .prose [id^='nv-']")).map(element => ({
    element: element,
    item: Object.assign({}, meeting, { anchor: element.id, quote: element.textContent.replace(/\s+/g, " ").trim() })
  }));

  function show(button, item) {
    const kept = list.has(item);
    button.setAttribute("aria-pressed", String(kept));
    button.textContent = kept ? button.dataset.kept : button.dataset.keep;
    box.querySelector("[data-count]").textContent = list.read().length;
  }
  function binds(button, item) {
    button.addEventListener("click", () => {
      const done = list.has(item) ? list.remove(item) : list.add([item]);
      show(button, item);
      status.textContent = done ? "" : status.dataset.unkept;
    });
    show(button, item);
  }
  function mark(passage) {
    const tools = pattern.content.firstElementChild.cloneNode(true);
    tools.querySelector("[data-number]").textContent = passage.element.id.split("-")[1];
    binds(tools.querySelector("[data-star]"), passage.item);
    const cite = tools.querySelector("[data-cite]");
    cite.addEventListener("click", () => SoGiaoBan.load("exporting").then(() => SoGiaoBan.copy(SoGiaoBan.exporting.vietnamese(passage.item), cite)));
    passage.element.appendChild(tools);
  }

  binds(star, meeting);
  choosing.addEventListener("click", () => {
    const on = choosing.getAttribute("aria-pressed") !== "true";
    choosing.setAttribute("aria-pressed", String(on));
    document.querySelectorAll(".prose .passage").forEach(tools => tools.remove());
    if (on) passages.forEach(mark);
    if (on && passages.length) passages[0].element.scrollIntoView();
  });
  choosing.hidden = passages.length === 0;
})();
