/* Lists of meetings and passages as files: what plugins/exports/references.py and writing.py write, from the same plain records.
   A record holds texts: id, title, date, site, edition, url, path, sha256, cluster, chairs, report, publisher, published, anchor, quote,
   note; what is missing is unknown. docs/exports.md says what each means. */
window.SoGiaoBan = window.SoGiaoBan || {};
SoGiaoBan.exporting = (function () {
  "use strict";
  const COLUMNS = ["id", "anchor", "title", "date", "cluster", "chairs", "quote", "note", "site", "edition", "url", "path", "sha256",
    "report", "publisher", "published"];
  const TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const TYPES = { csv: "text/csv", json: "application/json", jsonl: "application/jsonl", bibtex: "application/x-bibtex", ris: "application/x-research-info-systems",
    csl: "application/vnd.citationstyles.csl+json", text: "text/plain" };
  const ENDS = { csv: ".csv", json: ".json", jsonl: ".jsonl", bibtex: ".bib", ris: ".ris", csl: ".csl.json", text: ".txt" };

  const clean = text => String(text || "").normalize("NFC").replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ").trim();
  const known = fields => fields.filter(field => field[1]);
  const dayFirst = date => (date || "").split("-").reverse().join("/");
  const key = r => r.anchor ? r.id + "-" + r.anchor : r.id;
  const address = r => r.url ? r.url + (r.anchor ? "#" + r.anchor : "") : "";
  const tex = text => String(text || "").replace(/[\\{}~^$&%#_]/g, mark => TEX[mark] || "\\" + mark);

  function place(r) {
    return [r.site + ", bản ghi " + r.id, r.anchor, r.edition && "phiên bản " + r.edition].filter(Boolean).join(", ") + ".";
  }
  function origin(r) {
    if (!r.report && !r.publisher) return "";
    return "Theo " + [r.report && "“" + r.report + "”", r.publisher, dayFirst(r.published)].filter(Boolean).join(", ") + ".";
  }
  function note(r) {
    return [origin(r), r.sha256 && "SHA-256 của hồ sơ: " + r.sha256 + "."].filter(Boolean).join(" ");
  }
  function vietnamese(r) {
    const where = address(r);
    return ["“" + r.title + "”, hội nghị " + dayFirst(r.date) + ".", place(r), where && where + ".", origin(r)].filter(Boolean).join(" ");
  }
  function apa(r) {
    const parts = (r.date || "").split("-").map(Number);
    const day = parts.length === 3 ? ", " + parts[2] + " tháng " + parts[1] : parts.length === 2 ? ", tháng " + parts[1] : "";
    const edition = r.edition ? " (Phiên bản " + r.edition + ")" : "", end = address(r) ? " " + address(r) : "";
    return r.site + ". (" + (r.date || "").split("-")[0] + day + "). " + r.title + " [Bản ghi hội nghị]" + edition + "." + end;
  }

  function bibtexOne(r) {
    const parts = (r.date || "").split("-");
    const lines = known([["title", "{" + tex(r.title) + "}"], ["author", "{" + tex(r.site) + "}"], ["date", r.date], ["year", parts[0]],
      ["month", parts[1] && String(Number(parts[1]))], ["howpublished", tex(place(r).slice(0, -1))], ["version", r.edition], ["url", address(r)],
      ["language", "vietnamese"], ["abstract", tex(r.quote)], ["note", tex(note(r))]]);
    return "@misc{" + key(r) + ",\n" + lines.map(line => "  " + line[0] + " = {" + line[1] + "}").join(",\n") + "\n}\n";
  }
  function risOne(r) {
    const date = (r.date || "").split("-").concat("", "").slice(0, 3).join("/") + "/";
    const lines = known([["TY", "ELEC"], ["ID", key(r)], ["TI", r.title], ["T2", r.site], ["PB", r.site], ["PY", (r.date || "").slice(0, 4)], ["DA", date],
      ["ET", r.edition], ["AN", r.id], ["LA", "vi"], ["UR", address(r)], ["AB", r.quote], ["N1", note(r)]]);
    return lines.map(line => line[0] + "  - " + clean(line[1]) + "\r\n").join("") + "ER  - \r\n";
  }
  function cslOne(r) {
    const parts = { "date-parts": [(r.date || "").split("-").map(Number)] }, made = {};
    known([["id", key(r)], ["type", "webpage"], ["title", r.title], ["container-title", r.site], ["publisher", r.site], ["issued", r.date && parts],
      ["event-date", r.date && parts], ["version", r.edition], ["archive_location", r.id], ["URL", address(r)], ["language", "vi"],
      ["abstract", r.quote], ["note", note(r)]]).forEach(field => { made[field[0]] = field[1]; });
    return made;
  }

  /* A spreadsheet must take no text for a formula; the apostrophe is doubled so that taking one away gives the text back. */
  function cell(value) {
    const text = String(value === undefined || value === null ? "" : value), safe = /^[=+\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }
  function csv(records) {
    const rows = [COLUMNS].concat(records.map(record => COLUMNS.map(name => record[name])));
    return "\ufeff" + rows.map(row => row.map(cell).join(",") + "\r\n").join("");
  }

  /* A record a line; some readers would break a line also at these two. */
  const line = record => JSON.stringify(record).replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029") + "\n";

  /* Hands a text to the reader as a file. */
  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  const forms = {
    csv: csv,
    json: records => JSON.stringify(records, null, 1) + "\n",
    jsonl: records => records.map(line).join(""),
    bibtex: records => records.map(bibtexOne).join("\n"),
    ris: records => records.map(risOne).join("\r\n"),
    csl: records => JSON.stringify(records.map(cslOne), null, 1) + "\n",
    text: records => records.map(vietnamese).join("\n\n") + "\n"
  };
  /* form: csv, json, jsonl, bibtex, ris, csl or text; stem: the file's name without its end. */
  const saveAs = (form, records, stem) => save(stem + ENDS[form], TYPES[form], forms[form](records));
  return Object.assign({ vietnamese: vietnamese, apa: apa, clean: clean, save: save, saveAs: saveAs }, forms);
})();
