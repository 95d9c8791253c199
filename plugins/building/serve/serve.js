// Only under `tasks.py serve`: reloads the page after a good build, shows the problems of a bad one.
"use strict";
(function () {
  var known = -1;

  function ask() {
    var script = document.createElement("script");
    script.src = "/.sogiaoban/news.js?after=" + Math.max(known, 0) + "&t=" + Date.now();
    script.onload = function () { script.remove(); };
    script.onerror = function () { script.remove(); setTimeout(ask, 1500); };
    document.head.appendChild(script);
  }

  function show(problems) {
    var box = document.getElementById("sogiaoban-serve");
    if (!problems) {
      if (box) { box.remove(); }
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.id = "sogiaoban-serve";
      box.setAttribute("role", "alert");
      box.tabIndex = 0;
      document.body.appendChild(box);
    }
    box.textContent = problems;
  }

  window.SoGiaoBanServe = function (news) {
    var changed = known >= 0 && news.number !== known;
    known = news.number;
    if (changed && !news.problems) {
      location.reload();
      return;
    }
    show(news.problems);
    ask();
  };

  // A script that waits would hold the load event up, and with it everything that listens for it.
  window.addEventListener("load", function () { setTimeout(ask, 0); });
}());
