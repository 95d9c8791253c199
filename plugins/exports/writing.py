"""Tables as bytes: CSV for spreadsheets, JSON and JSON Lines for programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from .tables import Table, Value

LIST_SEPARATOR = "|"

# What a spreadsheet may take for the beginning of a formula (owasp.org, CSV Injection), wide forms of East Asian keyboards included.
# The apostrophe is among them so that taking one away always gives the text back.
_FORMULA = re.compile("[=+\\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]")


def cell(value: Value) -> str:
    """A value as a CSV cell: a text that could be a formula has an apostrophe before it, the parts of a list a bar between them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value
    return "'" + text if _FORMULA.match(text) else text


def uncell(text: str) -> str:
    """The text that :func:`cell` was given."""
    return text[1:] if text.startswith("'") else text


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV as RFC 4180 has it, in UTF-8 with the mark by which Excel knows that."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def json_bytes(value: object) -> bytes:
    """JSON for people and programs alike, with a line's end at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def json_list(items: Iterable[object]) -> str:
    """A list in JSON, an item a line: as fast as a program can write it, and a change shows in one line."""
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def json_tables(tables: Iterable[Table]) -> bytes:
    """An object that leads from the name of each table to its rows."""
    written = (f"{json.dumps(table.name)}: {json_list(table.objects())}" for table in tables)
    return ("{\n" + ",\n".join(written) + "\n}\n").encode("utf-8")


def json_line(value: object) -> bytes:
    # A line of JSON holds no line's end, but some readers also break at these two (ECMAScript's line terminators).
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n").encode("utf-8")


def one_object_a_meeting(meetings: Table, parts: Iterable[Table]) -> Iterator[Mapping[str, object]]:
    """Each meeting with all that belongs to it under the names of the tables, in one pass over each table."""
    found: dict[object, dict[str, object]] = {row["id"]: dict(row) for row in meetings.objects()}
    tables = list(parts)
    for row in found.values():
        row.update({table.name: [] for table in tables})
    for table in tables:
        for part in table.objects():
            owner = found.get(part.get("meeting", part.get("record")))
            if owner is not None and part.get("kind", "meeting") == "meeting":
                owner[table.name].append({key: value for key, value in part.items() if key not in ("meeting", "record", "kind")})  # type: ignore[attr-defined]
    return iter(found.values())
