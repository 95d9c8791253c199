/* The page of the reader's own list: shows it, takes notes, cites and saves it, reads it back from a file. */
(function () {
  "use strict";
  let list;
  const page = document.querySelector("[data-reading-list]");
  const entries = page.querySelector("[data-entries]"), pattern = page.querySelector("template"), status = page.querySelector("[role=status]");
  const one = (parent, name) => parent.querySelector("[data-" + name + "]");

  function entry(item) {
    const made = pattern.content.firstElementChild.cloneNode(true), link = one(made, "link"), note = one(made, "note");
    link.textContent = item.title;
    link.href = page.dataset.root + item.path + (item.anchor ? "#" + item.anchor : "");
    one(made, "date").textContent = (item.date || "").split("-").reverse().join("/");
    one(made, "place").textContent = [item.cluster, item.anchor].filter(Boolean).join(", ");
    one(made, "quote").textContent = item.quote || "";
    one(made, "quote").hidden = !item.quote;
    one(made, "citation").textContent = SoGiaoBan.exporting.vietnamese(item);
    note.value = item.note || "";
    note.addEventListener("change", () => tell(list.add([Object.assign({}, item, { note: note.value })]), ""));
    one(made, "remove").addEventListener("click", () => { list.remove(item); show(); one(page, "import").focus(); });
    return made;
  }
  function show() {
    const items = list.read();
    entries.textContent = "";
    items.forEach(item => entries.appendChild(entry(item)));
    one(page, "empty").hidden = items.length > 0;
    one(page, "all").hidden = items.length === 0;
    one(page, "count").textContent = items.length;
  }
  function tell(done, message) { status.textContent = done ? message : status.dataset.unkept; }

  async function load(file) {
    try {
      const items = list.parse(await file.text());
      tell(list.add(items), status.dataset.loaded.replace("{n}", items.length));
    } catch (unreadable) {
      status.textContent = status.dataset.unreadable;
    }
    show();
  }

  Promise.all([SoGiaoBan.load("exporting"), SoGiaoBan.load("collecting")]).then(() => {
    list = SoGiaoBan.collecting;
    page.querySelectorAll("[data-form]").forEach(button => button.addEventListener("click", () => {
      SoGiaoBan.exporting.saveAs(button.dataset.form, list.read(), "danh-sach");
    }));
    one(page, "backup").addEventListener("click", () => SoGiaoBan.exporting.save("danh-sach-so-giao-ban.json", "application/json", list.format(list.read())));
    one(page, "copy-all").addEventListener("click", event => SoGiaoBan.copy(SoGiaoBan.exporting.text(list.read()), event.currentTarget, entries));
    one(page, "clear").addEventListener("click", () => { if (confirm(page.dataset.confirm)) { list.clear(); show(); } });
    one(page, "import").addEventListener("change", event => {
      if (event.target.files.length) load(event.target.files[0]);
      event.target.value = "";
    });
    addEventListener("storage", show);
    show();
  });
})();
