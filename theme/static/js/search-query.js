/* What a reader typed, in parts: what plugins/search/query.py does, word for word. Any string is a query; nothing throws. */
(function (site) {
  "use strict";
  const search = site.search, { exact, fold } = search.analysis;
  const KINDS = {
    nguoi: "person", person: "person", cum: "cluster", khoi: "cluster", cluster: "cluster", "to-chuc": "organization", org: "organization",
    organization: "organization", "van-ban": "document", document: "document", nam: "year", year: "year", "tieu-de": "title", title: "title",
  };
  const QUOTES = '"“”„«»', SPACE = " \\t\\n\\r\\f\\v\\u00a0\\u2000-\\u200a\\u2028\\u2029\\u202f\\u3000";
  const TOKEN = new RegExp("([+-]?)(?:([^" + SPACE + ":" + QUOTES + "]+):)?(?:[" + QUOTES + "]([^" + QUOTES + "]*)(?:[" + QUOTES + "]|$)|([^" +
    SPACE + QUOTES + "]+))(\\^[0-9]+)?", "y");
  const SKIPPED = new RegExp("[^" + SPACE + QUOTES + "]+|[" + QUOTES + "]", "y"), BLANK = new RegExp("[" + SPACE + "]");
  const WEIGHT = /\^([0-9]{1,3})$/, DISTANCE = /~([0-9])$/, YEARS = /^([0-9]{4})?(\.\.)?([0-9]{4})?$/, HAS_WORD = /[\p{L}\p{N}]/u;

  const weightOf = (written) => (written ? Math.max(1, Math.min(+written.slice(1, 4), 100)) : 1);
  const folded = (word) => word.toLowerCase().split("-").map((piece) => (piece ? fold(exact(piece)) : "")).join("-");
  const part = (kind, text, sign, more) => ({ kind, text, sign: sign || "", weight: 1, distance: 0, quoted: false, open: false, ...more });

  function made([, sign, field, phrase, found, outer], isLast) {
    const name = field && folded(field), kind = name && Object.prototype.hasOwnProperty.call(KINDS, name) ? KINDS[name] : "";
    let word = found, weight = weightOf(outer), distance = 0;
    if (field && !kind) return null;
    if (phrase !== undefined) return part(kind || "phrase", phrase, sign, { weight, quoted: true });
    const inner = !outer && WEIGHT.exec(word);
    if (inner) [weight, word] = [weightOf(inner[0]), word.slice(0, inner.index)];
    const close = DISTANCE.exec(word);
    if (close) [distance, word] = [Math.min(+close[1], 2), word.slice(0, close.index)];
    if (kind === "year") return YEARS.test(word) && word !== ".." ? part(kind, word, sign) : null;
    if (kind) return part(kind, word.replace(/^\*+|\*+$/g, ""), sign, { weight, open: isLast || word.includes("*") });
    if (!(sign || distance || weight !== 1 || word.includes("*"))) return part("words", word);
    return HAS_WORD.test(word) ? part("word", word, sign, { weight, distance }) : null;
  }

  search.parse = function (query) {
    const text = query.normalize("NFC"), parts = [];
    let start = -1, end = -1;
    for (let at = 0; at < text.length; ) {
      if (BLANK.test(text[at])) { at++; continue; }
      TOKEN.lastIndex = SKIPPED.lastIndex = at;
      const found = TOKEN.exec(text), token = found && made(found, TOKEN.lastIndex === text.length);
      let after = TOKEN.lastIndex;
      if (!token) { SKIPPED.exec(text); after = SKIPPED.lastIndex; }
      if (!token || token.kind === "words") [start, end] = [start < 0 ? at : start, after];
      else {
        if (start >= 0) parts.push(part("words", text.slice(start, end)));
        parts.push(token);
        start = -1;
      }
      at = after;
    }
    if (start >= 0) parts.push(part("words", text.slice(start, end), "", { open: end === text.length && /[\p{L}\p{N}]$/u.test(text) }));
    return parts.filter((each) => HAS_WORD.test(each.text) || each.kind === "year");
  };

  /* First and last year of "2019..2023", "2019..", "..2023" or "2019". */
  search.years = function (text) {
    const [, first, dots, last] = YEARS.exec(text) || [];
    return [+(first || 0), +(last || (dots ? 9999 : first || 0))];
  };
})(window.SoGiaoBan);
