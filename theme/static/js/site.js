/* What a page gains from a script; without one, what needs it stays hidden (data-needs-script). */
(function () {
  "use strict";
  var root = document.documentElement;

  function all(selector) { return Array.from(document.querySelectorAll(selector)); }
  function onClick(selector, act) {
    all(selector).forEach(function (element) { element.addEventListener("click", function (event) { act(element, event); }); });
  }

  function choose(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
    try { localStorage.setItem("so-giao-ban-" + name, value); } catch (refused) { /* it holds for this page */ }
    showChoices();
  }
  function showChoices() {
    all("[data-setting]").forEach(function (button) {
      button.setAttribute("aria-pressed", (root.getAttribute("data-" + button.dataset.setting) || "") === button.dataset.value);
    });
  }

  /* Spaces that do not break are for the eye; what is copied has plain ones. */
  function copy(button) {
    var source = document.getElementById(button.dataset.copy);
    var status = button.parentNode.querySelector("[role=status]");
    function refused() {
      getSelection().selectAllChildren(source);
      status.textContent = button.dataset.refused;
    }
    function done() { status.textContent = button.dataset.done; }
    if (!navigator.clipboard) return refused();
    navigator.clipboard.writeText(source.textContent.replace(/\s+/g, " ").trim()).then(done, refused);
  }

  function lightbox(dialog) {
    var links = all("[data-photo]"), caption = dialog.querySelector("p"), at = 0;
    var image = dialog.querySelector("[data-stage]").appendChild(new Image());
    image.className = "lightbox__image";
    function show(index) {
      at = (index + links.length) % links.length;
      image.src = links[at].href;
      image.alt = links[at].querySelector("img").alt;
      caption.textContent = dialog.dataset.counter.replace("{n}", at + 1).replace("{total}", links.length) + " " +
        links[at].closest("figure").querySelector("figcaption").textContent.trim();
    }
    onClick("[data-photo]", function (link, event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(links.indexOf(link));
      dialog.showModal();
    });
    onClick("[data-close]", function () { dialog.close(); });
    onClick("[data-step]", function (button) { show(at + Number(button.dataset.step)); });
    dialog.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) show(at + step);
    });
    dialog.addEventListener("close", function () { links[at].focus(); });
  }

  /* "/" leads to the search field, or to the search page where there is none. */
  function shortcut(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || all("dialog[open]").length) return;
    var field = document.querySelector("[data-search-field]");
    event.preventDefault();
    if (field) field.focus(); else location.href = document.querySelector("[data-search-link]").href;
  }

  all("[data-needs-script]").forEach(function (element) { element.hidden = false; });
  onClick("[data-setting]", function (button) { choose(button.dataset.setting, button.dataset.value); });
  onClick("[data-copy]", copy);
  onClick("[data-print]", function () { window.print(); });
  all("[data-lightbox]").forEach(function (dialog) { if (dialog.showModal) lightbox(dialog); });
  document.addEventListener("keydown", shortcut);
  showChoices();
  // The search has opened this page out of sight, to read its passages.
  if (window.parent !== window && location.hash === "#doc=1") {
    document.head.appendChild(Object.assign(document.createElement("script"), { src: document.currentScript.src.replace("site.js", "passage.js") }));
  }
})();
