"""Snippets for VS Code, made from the schema: a record of each kind and every group of fields, with the schema's own words.

VS Code offers them while a header is typed, also where its extension for this archive (.vscode/extensions/) was not installed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from plugins.archive.schema import RECORD_FIELDS, Fields, RecordFields

from .form import LABELS as FOLDER_LABELS
from .ordering import field_order
from .shapes import choices_of, group_of

FILE = Path(".vscode/so-giao-ban.code-snippets")


def write(root: Path) -> list[Path]:
    """Writes the file below ``root``; gives it where it changed."""
    made = json.dumps(snippets(), ensure_ascii=False, indent=2) + "\n"
    path = root / FILE
    if path.exists() and path.read_text(encoding="utf-8") == made:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made, encoding="utf-8", newline="\n")
    return [path]


def snippets() -> dict[str, dict[str, Any]]:
    """Snippets by title, as VS Code reads them."""
    made: dict[str, dict[str, Any]] = {}
    for folder, model in RECORD_FIELDS.items():
        made[f"Mẫu {FOLDER_LABELS[folder][1]}"] = _snippet(folder, _record(model), (model.__doc__ or "").strip())
        for name in field_order(model):
            field = model.model_fields[name]
            # Kinds differ from one record to the other; all else that bears a name is the same everywhere.
            title = f"{name} ({FOLDER_LABELS[folder][1]})" if choices_of(field) else name
            made.setdefault(title, _snippet(name, _lines(model, name, 1)[0], field.description or ""))
    return dict(sorted(made.items()))


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, Any]:
    return {"scope": "markdown,yaml", "prefix": prefix, "body": body, "description": description}


def _record(model: type[RecordFields]) -> list[str]:
    wanted = [name for name in field_order(model) if model.model_fields[name].is_required()]
    if model is RECORD_FIELDS["meetings"]:
        wanted += ["cluster", "chairs", "sources"]
    lines, stop = ["---"], 1
    for name in wanted:
        added, stop = _lines(model, name, stop)
        lines += added
    return [*lines, "---", "$0"]


def _lines(model: type[Fields], name: str, stop: int) -> tuple[list[str], int]:
    """The lines of one field, its tab stops numbered from ``stop``; and the next number."""
    field = model.model_fields[name]
    choices = choices_of(field)
    if choices:
        return [f"{name}: ${{{stop}|{','.join(choices)}|}}"], stop + 1
    group, is_list = group_of(field)
    if group is None:
        return [f"{name}: ${{{stop}}}"], stop + 1
    lines = [f"{name}:"]
    for number, inner in enumerate(group.model_fields):
        mark = "  - " if is_list and not number else "    " if is_list else "  "
        lines.append(f"{mark}{inner}: ${{{stop}}}")
        stop += 1
    return lines, stop
