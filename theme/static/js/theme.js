/* Before anything is painted: the ground and the size of text that the reader chose on this device; whether the address asks for something. */
(function () {
  "use strict";
  if (/[?#&]\w+=./.test(location.search + location.hash)) document.documentElement.setAttribute("data-asked", ""); // search.css
  ["theme", "size"].forEach(function (name) {
    try {
      var value = localStorage.getItem("so-giao-ban-" + name);
      if (value) document.documentElement.setAttribute("data-" + name, value);
    } catch (refused) { /* no storage, as in some browsers on file:// */ }
  });
})();
