"""Entries that records write as one line of text, with what each of them says in full.

A form in a browser shows a list of groups only where every entry is a group. It learns from here what a line of text such as
«TS. Lê Thử – Chủ tịch» stands for, in the words of the schema itself, so that no second reader of short forms need be kept in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from plugins.archive import files, frontmatter
from plugins.archive.problems import Problems
from plugins.archive.schema import RECORD_FIELDS, Fields

from .shapes import group_of
from .writing import plain


def short_forms(content: Path) -> dict[str, dict[str, Any]]:
    """By name of the group and text of the entry: the fields it stands for. Texts that are no sound entry are left out."""
    found: dict[str, dict[str, Any]] = {}
    for group, text in _entries(content):
        known = found.setdefault(group.__name__, {})
        if text not in known and (fields := _read(group, text)):
            known[text] = fields
    return {name: dict(sorted(entries.items())) for name, entries in sorted(found.items()) if entries}


def _entries(content: Path) -> Iterator[tuple[type[Fields], str]]:
    for folder, model in RECORD_FIELDS.items():
        groups = {name: group for name, field in model.model_fields.items() if (group := group_of(field)[0])}
        for file in sorted((content / folder).rglob("*.md")):
            for name, value in _header(file).items():
                if name in groups and isinstance(value, list):
                    yield from ((groups[name], item) for item in value if isinstance(item, str))


def _header(file: Path) -> dict[str, Any]:
    """The fields of a file; none where it cannot be read, which the check tells."""
    read = files.read(file, file.name, Problems())
    parsed = frontmatter.parse(read.text, file.name, Problems()) if read is not None else None
    return parsed.plain() if parsed is not None else {}


def _read(group: type[Fields], text: str) -> dict[str, Any]:
    try:
        entry = plain(group.model_validate(text))
    except ValidationError:
        return {}
    return {name: value for name, value in entry.items() if value}
