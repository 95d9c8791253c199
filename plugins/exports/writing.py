"""Tables as text, row by row: CSV for spreadsheets, JSON and JSON Lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from .tables import Table, Value

LIST_SEPARATOR = "|"

# What a spreadsheet may take for the beginning of a formula (owasp.org, CSV Injection), wide forms of East Asian keyboards included.
# The apostrophe is among them so that taking one away always gives the text back.
_FORMULA = frozenset("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")


def cell(value: Value) -> str:
    """A value as a CSV cell: a text that could be a formula has an apostrophe before it, the parts of a list a bar between them."""
    if value is None:
        return ""
    if isinstance(value, str | tuple):
        text = value if isinstance(value, str) else LIST_SEPARATOR.join(value)
        return "'" + text if text[:1] in _FORMULA else text
    return str(value).lower()


def uncell(text: str) -> str:
    """The text that :func:`cell` was given."""
    return text[1:] if text.startswith("'") else text


class _Echo:
    """Gives back to the writer of CSV what that would put into a file."""

    @staticmethod
    def write(line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Rows of CSV as RFC 4180 has it, each with its end."""
    line = csv.writer(_Echo(), lineterminator="\r\n").writerow
    return (cast(str, line([cell(value) for value in row])) for row in rows)


def json_bytes(value: object) -> bytes:
    """JSON for people and programs alike, with a line's end at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


json_text = json.JSONEncoder(ensure_ascii=False).encode
"""A value in JSON, on one line."""


def json_objects(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Rows, each as an object in JSON."""
    frame = _frame(names, ", ", ": ")
    return (frame % tuple([_json_value(value, ", ") for value in row]) for row in rows)


def _frame(names: Iterable[str], comma: str, colon: str) -> str:
    """An object with a place for each value; the encoder of Python would take five times as long for as small a one."""
    return "{" + comma.join(f"{json_text(name)}{colon}%s" for name in names) + "}"


def _json_value(value: Value, comma: str) -> str:
    if isinstance(value, str):
        return json_text(value)
    if isinstance(value, tuple):
        return "[" + comma.join(map(json_text, value)) + "]"
    return "null" if value is None else str(value).lower()


def json_lines(meetings: Table, parts: Sequence[Table]) -> Iterator[str]:
    """Each meeting on a line, with all that belongs to it under the names of the tables ``parts``; those read each text once."""
    frame = _frame([*meetings.names, *(table.name for table in parts)], ",", ":")
    followers = [_Part(table) for table in parts]
    for row in meetings.rows:
        values = [_json_value(value, ",") for value in row]
        lists = [f"[{','.join(part.of(row[0]))}]" for part in followers]
        # A line of JSON holds no line's end, but some readers also break at these two (ECMAScript's line terminators).
        yield (frame % (*values, *lists)).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


# How a table says which record a row belongs to; one with a kind tells of other records behind the meetings.
_OWNER = {"meeting", "record", "kind"}


class _Part:
    """Goes along a table as the meetings go by, which stand in one order there and here."""

    def __init__(self, table: Table) -> None:
        names = table.names
        self._told = [place for place, name in enumerate(names) if name not in _OWNER]
        self._frame = _frame([names[place] for place in self._told], ",", ":")
        self._owner = names.index("meeting" if "meeting" in names else "record")
        kind = names.index("kind") if "kind" in names else None
        self._rows = table.rows if kind is None else (row for row in table.rows if row[kind] == "meeting")
        self._next = next(self._rows, None)

    def of(self, meeting: Value) -> Iterator[str]:
        """What belongs to the next meeting."""
        while self._next is not None and self._next[self._owner] == meeting:
            row, self._next = self._next, next(self._rows, None)
            yield self._frame % tuple([_json_value(row[place], ",") for place in self._told])
