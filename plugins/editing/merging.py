"""What a form saves, written into the file it came from: fields that say the same keep their lines, and so does the body.

A form hands back the whole record, rewritten its own way. Put into the file as it is, a corrected comma would show as fifty changed
lines, and comments and short forms would be gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from plugins.archive import frontmatter
from plugins.archive.problems import Problems
from plugins.archive.schema import RECORD_FIELDS, RecordFields

from .mending import mend
from .ordering import field_order
from .writing import header_text, long_form, record_text, without_empty

_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:\s|$)")


def for_form(source: str, folder: str) -> str:
    """A record's file with its short forms written out; as it is where it has errors."""
    values, body = _read(source)
    fields = _checked(values, folder)
    if fields is None:
        return source
    return record_text(folder, {**values, **long_form(fields)}).removesuffix("\n") + "\n" + body


def from_form(saved: str, folder: str, old: str | None = None) -> str:
    """The text to be written for what a form saved; ``old`` is the file's present text, None for a new record."""
    values, body = _read(saved)
    values = _short_lists(without_empty(values))
    if old is None or _checked(values, folder) is None:
        return mend(record_text(folder, values, body), folder)
    return mend(_merged(values, body, old, folder), folder)


def _merged(values: dict[str, Any], body: str, old: str, folder: str) -> str:
    old_values, old_body = _read(old)
    before, after = _checked(old_values, folder), _checked(values, folder)
    if before is None or after is None:
        return record_text(folder, values, body)
    blocks = _blocks(old)
    kept = {name: blocks[name] for name in values if name in blocks and getattr(before, name) == getattr(after, name)}
    order = field_order(RECORD_FIELDS[folder])
    header = "".join(kept[name] if name in kept else header_text({name: values[name]}) for name in order if name in values)
    same_body = body.strip() == old_body.strip()
    return f"---\n{header}---\n{old_body if same_body else body.strip(chr(10)) + chr(10)}"


def _read(source: str) -> tuple[dict[str, Any], str]:
    parsed = frontmatter.parse(source.replace("\r\n", "\n"), "", Problems())
    return (parsed.plain(), parsed.body) if parsed is not None else ({}, source)


def _checked(values: Mapping[str, Any], folder: str) -> RecordFields | None:
    try:
        return RECORD_FIELDS[folder].model_validate(dict(values))
    except ValidationError:
        return None


def _blocks(source: str) -> dict[str, str]:
    """The lines of each field of a header, with the comments right above it."""
    lines = source.replace("\r\n", "\n").split("\n")
    stop = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    blocks: dict[str, list[str]] = {}
    waiting: list[str] = []
    current: list[str] = []
    for line in lines[1:stop]:
        key = _KEY.match(line)
        if key:
            current = blocks[key[1]] = [*waiting, line]
            waiting = []
        elif line.startswith("#"):
            waiting.append(line)
        else:
            current += [*waiting, line]
            waiting = []
    return {name: "".join(line + "\n" for line in block) for name, block in blocks.items()}


def _short_lists(values: Any) -> Any:
    """Inside an entry, one organization stands as text, as editors write it; a semicolon would divide it."""
    if isinstance(values, dict):
        return {key: _short_lists(_only(item) if key == "organization" else item) for key, item in values.items()}
    return [_short_lists(item) for item in values] if isinstance(values, list) else values


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 and ";" not in value[0] else value
