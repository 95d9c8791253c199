"""JSON Schema for the headers of records, made from the schema, for editors such as VS Code.

Looser than the check where YAML's own types come in between (``2025`` is a number there and a date here); never stricter: what the
check accepts must not be underlined.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from plugins.archive.field_types import ID
from plugins.archive.schema import RECORD_FIELDS, Fields, RecordFields

from .ordering import field_order
from .shapes import field_groups

FOLDER = Path("docs/schema")
_SCALAR = ["string", "number", "boolean", "null"]


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of record, by folder of content/."""
    return {folder: _schema(folder, model) for folder, model in RECORD_FIELDS.items()}


def write(root: Path) -> list[Path]:
    """Writes a file for each kind below ``root``; gives those that changed."""
    changed = []
    for folder, schema in schemas().items():
        path = root / FOLDER / f"{folder}.json"
        made = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def _schema(folder: str, model: type[RecordFields]) -> dict[str, Any]:
    made = model.model_json_schema()
    groups = made.pop("$defs", {})
    by_name = {group.__name__: group for group in field_groups(model)}
    takes_text = {name for name, group in by_name.items() if _takes_text(group)}
    order = field_order(model)
    properties = made.pop("properties")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"content/{folder}/",
        "description": (model.__doc__ or "").strip(),
        "type": "object",
        "additionalProperties": False,
        "required": made.get("required", []),
        "properties": {name: _loosened(properties[name], takes_text) for name in order},
        "definitions": {name: _group(schema, takes_text) for name, schema in sorted(groups.items())},
    }


def _takes_text(group: type[Fields]) -> bool:
    """True for a group that may be written as one line of text."""
    try:
        group.model_validate("https://vi-du.example/ten")
    except ValidationError:
        return False
    return True


def _group(schema: dict[str, Any], takes_text: set[str]) -> dict[str, Any]:
    properties = {name: _loosened(value, takes_text) for name, value in schema["properties"].items()}
    return {key: value for key, value in {**schema, "properties": properties}.items() if key != "title"}


def _loosened(value: dict[str, Any], takes_text: set[str]) -> dict[str, Any]:
    kept = {key: item for key, item in value.items() if key not in ("default", "title", "format", "minLength")}
    description = {"description": kept.pop("description")} if "description" in kept else {}
    if kept.get("type") == "array" and "$ref" in kept.get("items", {}):
        return {"anyOf": _entries(_moved(kept["items"]["$ref"]), takes_text), **description}
    if "$ref" in json.dumps(kept):
        groups = [{"$ref": _moved(option["$ref"])} for option in kept["anyOf"] if "$ref" in option]
        return {"anyOf": [*groups, {"type": "null"}], **description}
    if "enum" in kept:
        return {"enum": [choice for choice in kept["enum"] if choice] + [None], **description}
    if "anyOf" in kept:
        return {"anyOf": [{"type": _SCALAR}, {"type": "array", "items": {"type": _SCALAR}}], **description}
    if kept.get("pattern") == f"^{ID.pattern}$":
        return {"type": ["string", "integer", "null"], "pattern": kept["pattern"], **description}
    return {**kept, "type": _SCALAR if kept.get("type") == "string" else ["integer", "string", "null"], **description}


def _entries(reference: str, takes_text: set[str]) -> list[dict[str, Any]]:
    """One entry, or a list of them; as text too where the group may be written so."""
    single: dict[str, Any] = {"$ref": reference}
    text = [{"type": "string"}] if reference.rpartition("/")[2] in takes_text else []
    return [{"type": "array", "items": {"anyOf": [single, *text]}}, single, *text, {"type": "null"}]


def _moved(reference: str) -> str:
    return reference.replace("#/$defs/", "#/definitions/")
