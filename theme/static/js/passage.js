/* A meeting's page that the search has opened out of sight tells it its passages: [[anchor, text]]. What it tells is what the page shows. */
(function () {
  "use strict";
  if (window.parent === window || location.hash !== "#doc=1") return;
  const passages = [];
  const plain = (element) => {
    const copy = element.cloneNode(true);
    for (const line of copy.querySelectorAll(".card__detail")) line.before(", ");
    for (const mark of copy.querySelectorAll(".mark-ref")) mark.remove();
    return copy.textContent.replace(/\s+/g, " ").replace(/ ,/g, ",").trim().normalize("NFC");
  };
  const tell = (anchor, element) => { const text = plain(element); if (text) passages.push([anchor, text]); };
  for (const element of document.querySelectorAll(".band__sapo")) tell("", element);
  for (const element of document.querySelectorAll(".prose > :not(ol):not(ul), .prose li")) tell(element.id || (element.querySelector("[id]") || element).id, element);
  for (const element of document.querySelectorAll("article dd, figcaption")) tell("", element);
  window.parent.postMessage({ passages }, "*");
})();
