/* The reader's own list of meetings and passages, kept in this browser and nowhere else. */
window.SoGiaoBan = window.SoGiaoBan || {};
SoGiaoBan.collecting = (function () {
  "use strict";
  const NAME = "so-giao-ban-danh-sach", FIELDS = ["id", "title", "date", "site", "edition", "url", "path", "sha256", "cluster", "chairs", "report",
    "publisher", "published", "anchor", "quote", "note"];
  const ID = /^[a-z0-9][a-z0-9-]*$/, ANCHOR = /^[a-z]+-[0-9]+$/, ADDRESS = /^https?:\/\//;

  const key = item => item.anchor ? item.id + "#" + item.anchor : item.id;

  /* What comes from a file or from storage is not trusted: known fields, texts only, no address that is not of a page. */
  function checked(item) {
    if (!item || typeof item !== "object" || typeof item.id !== "string" || !ID.test(item.id) || typeof item.title !== "string" || !item.title) return null;
    const made = {};
    FIELDS.forEach(name => { if (typeof item[name] === "string" && item[name]) made[name] = item[name].normalize("NFC").slice(0, 4000); });
    made.path = "ban-ghi/" + made.id + ".html";
    if (!ADDRESS.test(made.url || "")) delete made.url;
    if (!ANCHOR.test(made.anchor || "")) delete made.anchor;
    return made;
  }
  function parse(text) {
    const data = JSON.parse(text), items = Array.isArray(data) ? data : data && data.items;
    if (!Array.isArray(items)) throw new SyntaxError("no list of items");
    return items.map(checked).filter(Boolean);
  }
  function format(items) { return JSON.stringify({ version: 1, items: items }, null, 1) + "\n"; }

  function read() {
    try { return parse(localStorage.getItem(NAME) || "[]"); } catch (unreadable) { return []; }
  }
  /* False where the browser keeps nothing. */
  function write(items) {
    try { localStorage.setItem(NAME, format(items)); return true; } catch (refused) { return false; }
  }
  /* Each change reads first: the list may have grown in another window. */
  function add(items) {
    const found = new Map(read().map(item => [key(item), item]));
    items.forEach(item => found.set(key(item), Object.assign({}, found.get(key(item)), checked(item))));
    return write(Array.from(found.values()));
  }
  function remove(item) { return write(read().filter(other => key(other) !== key(item))); }
  function has(item) { return read().some(other => key(other) === key(item)); }

  return { key: key, parse: parse, format: format, read: read, add: add, remove: remove, has: has, clear: () => write([]) };
})();
