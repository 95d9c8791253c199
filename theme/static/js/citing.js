/* Buttons beside citations and lists: copy exactly as it stands, save as a file, save the meetings that a page lists. */
window.SoGiaoBan = window.SoGiaoBan || {};
(function () {
  "use strict";
  const here = document.currentScript.src, loading = {};
  /* Another script of this folder, fetched when it is first needed and not before; a promise. */
  SoGiaoBan.load = name => loading[name] = loading[name] || new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = resolve;
    script.onerror = reject;
    script.src = here.replace(/[^/]*$/, name + ".js");
    document.head.appendChild(script);
  });

  const all = (selector, parent) => Array.from((parent || document).querySelectorAll(selector));

  /* Tells what became of a copy in the nearest status line; where the browser refuses, the text is selected instead. */
  function copy(text, button, shown) {
    const status = button.closest("[data-statuses]").querySelector("[role=status]");
    const refused = () => {
      if (shown) getSelection().selectAllChildren(shown);
      status.textContent = status.dataset.refused;
    };
    if (!navigator.clipboard) return refused();
    navigator.clipboard.writeText(text).then(() => { status.textContent = status.dataset.done; }, refused);
  }
  SoGiaoBan.copy = copy;

  all("[data-copy-exact]").forEach(button => button.addEventListener("click", () => {
    const source = document.getElementById(button.dataset.copyExact);
    copy(source.textContent, button, source);
  }));
  all("[data-save]").forEach(button => button.addEventListener("click", () => {
    SoGiaoBan.load("exporting").then(() => {
      SoGiaoBan.exporting.save(button.dataset.file, "text/plain", document.getElementById(button.dataset.save).textContent);
    });
  }));

  /* The meetings that stand in this page's lists, each once. */
  function listed(site) {
    const found = new Map();
    all(".record").forEach(entry => {
      const link = entry.querySelector(".record__link"), match = link && link.href.split("#")[0].match(/ban-ghi\/([^/]+)\.html$/);
      if (!match || found.has(match[1])) return;
      const time = entry.querySelector("time"), clean = SoGiaoBan.exporting.clean, path = "ban-ghi/" + match[1] + ".html";
      found.set(match[1], { id: match[1], title: clean(link.textContent), date: time ? time.getAttribute("datetime") : "", site: site.name,
        edition: site.edition, url: site.url ? site.url + "/" + path : "", path: path });
    });
    return Array.from(found.values());
  }
  all("[data-export-list]").forEach(group => {
    const site = JSON.parse(group.dataset.exportList);
    group.hidden = !document.querySelector(".record__link");
    all("[data-form]", group).forEach(button => button.addEventListener("click", () => {
      SoGiaoBan.load("exporting").then(() => SoGiaoBan.exporting.saveAs(button.dataset.form, listed(site), group.dataset.stem));
    }));
  });
})();
