// Where the cursor stands in the header of a record, and what the schema of docs/schema/ has for that place. Knows nothing of VS Code.
"use strict";
(function () {
  const KEY = /^(\s*(?:- +)*)([a-z_]*)(:)?/;

  // The number of the line that closes the header; 0 where there is no header.
  function end(lines) {
    if (!/^---\s*$/.test(lines[0] || "")) return 0;
    const found = lines.findIndex(function (line, number) { return number > 0 && /^---\s*$/.test(line); });
    return found < 0 ? lines.length : found;
  }

  // The field of a line, the fields it stands in, and whether the column is behind its colon; null outside the header.
  function place(lines, row, column) {
    if (row < 1 || row >= end(lines)) return null;
    const [, indent, name, colon] = KEY.exec(lines[row]);
    const start = indent.length;
    return {
      name: name,
      start: start,
      parents: parents(lines, row, start),
      inValue: Boolean(colon) && column > start + name.length,
    };
  }

  // Fields that end with a colon above the line and stand less far in, from the outermost.
  function parents(lines, row, start) {
    const found = [];
    let limit = start;
    for (let number = row - 1; number > 0 && limit > 0; number--) {
      const [, indent, name, colon] = KEY.exec(lines[number]);
      if (!colon || !name || indent.length >= limit) continue;
      found.unshift(name);
      limit = indent.length;
    }
    return found;
  }

  // The fields that may stand inside `names`, by name; null where the schema has none.
  function fieldsAt(schema, names) {
    return names.reduce(function (fields, name) { return fields && fields[name] ? inside(schema, fields[name]) : null; }, schema.properties);
  }

  function inside(schema, field) {
    const options = [field].concat(field.anyOf || []);
    const all = options.concat(options.reduce(function (found, option) { return found.concat((option.items && option.items.anyOf) || []); }, []));
    const group = all.find(function (option) { return option.$ref; });
    return group ? schema.definitions[group.$ref.split("/").pop()].properties : null;
  }

  function choices(field) {
    return (field.enum || []).filter(function (choice) { return choice !== null; });
  }

  // Fields that the header has already at its outermost level.
  function present(lines) {
    return lines.slice(1, end(lines)).map(function (line) { return (/^([a-z_]+):/.exec(line) || [])[1]; }).filter(Boolean);
  }

  const header = { choices: choices, end: end, fieldsAt: fieldsAt, place: place, present: present };
  if (typeof module === "undefined") window.Header = header;
  else module.exports = header;
})();
