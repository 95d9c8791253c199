// The header of a record in VS Code: fields and choices are offered, explained, and checked when a file is saved.
// The YAML extension does not look into Markdown files (redhat-developer/vscode-yaml, issue 207), so that this reads docs/schema/ itself.
"use strict";
const { execFile } = require("child_process");
const fs = require("fs");
const path = require("path");
const vscode = require("vscode");
const header = require("./header.js");

const SELECTOR = { language: "markdown", pattern: "**/content/**/*.md" };
const schemas = new Map();

function root() { return vscode.workspace.workspaceFolders[0].uri.fsPath; }

// The schema of the folder of content/ that a document lies in; null for any other document.
function schemaOf(document) {
  const [content, folder] = path.relative(root(), document.uri.fsPath).split(path.sep);
  const file = path.join(root(), "docs", "schema", folder + ".json");
  if (content !== "content" || !fs.existsSync(file)) return null;
  if (!schemas.has(folder)) schemas.set(folder, JSON.parse(fs.readFileSync(file, "utf8")));
  return schemas.get(folder);
}

// Where a position stands: its place, its schema and the fields of that place; null outside a header.
function found(document, position) {
  const schema = schemaOf(document);
  const lines = document.getText().split(/\r?\n/);
  const place = schema && header.place(lines, position.line, position.character);
  const fields = place && header.fieldsAt(schema, place.parents);
  return fields ? { lines: lines, place: place, fields: fields } : null;
}

const completion = {
  provideCompletionItems: function (document, position) {
    const here = found(document, position);
    if (!here) return [];
    const { place, fields, lines } = here;
    if (place.inValue) return fields[place.name] ? header.choices(fields[place.name]).map(asChoice) : [];
    const taken = place.parents.length ? [] : header.present(lines);
    return Object.keys(fields).filter(function (name) { return name === place.name || !taken.includes(name); })
      .map(function (name) { return asField(name, fields[name]); });
  },
};

function asField(name, field) {
  const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
  item.insertText = name + ": ";
  item.detail = field.description;
  item.sortText = "0" + name;
  return item;
}

function asChoice(choice) {
  const item = new vscode.CompletionItem(choice, vscode.CompletionItemKind.EnumMember);
  item.sortText = "0" + choice;
  return item;
}

const hover = {
  provideHover: function (document, position) {
    const here = found(document, position);
    const field = here && !here.place.inValue && here.fields[here.place.name];
    if (!field) return null;
    const choices = header.choices(field);
    return new vscode.Hover([field.description].concat(choices.length ? ["Một trong: " + choices.join(", ")] : []));
  },
};

// The check of tasks.py, whose words are those of every other place; one at a time, and once more if something was saved meanwhile.
function checker(problems) {
  let running = false;
  let again = false;
  return function check() {
    again = running;
    if (running) return;
    running = true;
    const python = process.platform === "win32" ? "py" : "python3";
    const options = { cwd: root(), maxBuffer: 50_000_000, env: Object.assign({}, process.env, { PYTHONUTF8: "1" }) };
    execFile(python, ["tasks.py", "check", "--format", "json"], options, function (_error, output) {
      running = false;
      show(problems, output);
      if (again) check();
    });
  };
}

// Where the check could not run there is nothing to show: its own task tells why.
function show(problems, output) {
  let told;
  try { told = JSON.parse(output); } catch { return; }
  problems.clear();
  const byFile = new Map();
  told.forEach(function (problem) { byFile.set(problem.file, (byFile.get(problem.file) || []).concat(asDiagnostic(problem))); });
  byFile.forEach(function (diagnostics, file) { problems.set(vscode.Uri.file(path.join(root(), file)), diagnostics); });
}

function asDiagnostic(problem) {
  const line = Math.max(problem.line, 1) - 1;
  const text = (problem.field ? problem.field + ": " : "") + problem.message + "; " + problem.hint;
  const severity = problem.severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, 1000), text, severity);
  diagnostic.source = "Sổ Giao Ban";
  diagnostic.code = problem.code;
  return diagnostic;
}

exports.activate = function (context) {
  if (!vscode.workspace.workspaceFolders) return;
  const problems = vscode.languages.createDiagnosticCollection("so-giao-ban");
  const check = checker(problems);
  context.subscriptions.push(
    problems,
    vscode.languages.registerCompletionItemProvider(SELECTOR, completion, " "),
    vscode.languages.registerHoverProvider(SELECTOR, hover),
    vscode.workspace.onDidSaveTextDocument(function (document) { if (schemaOf(document)) check(); }),
  );
  check();
};
