"""The quick way for headers that are plain: one field a line, short forms in braces or brackets, lists and groups by indentation.

libyaml and its wrapper take a sixth of a millisecond for a header, and most headers use none of what makes YAML hard. What is
recognised here gives the very values, lines included, that :mod:`archive.yaml_header` gives (a property test compares them);
anything else, and whatever may be a mistake, is left to it.
"""

from __future__ import annotations

from functools import lru_cache

from .values import MAX_DEPTH, MAX_FIELDS, PLAIN_NULLS, Value

_FIRST_LINE = 2
"""Of a header, under the fence that opens its file."""
_OPENERS = "“«(…"
"""What may begin a plain text beside letters and digits; nothing else does so safely."""
_FLOW_MARKS = frozenset(",[]{}#?\"'")


def load(source: str) -> Value | None:
    """The mapping that a header holds; None where the header is not plain."""
    # Tabs, wide spaces and line ends that only YAML knows are not printable.
    if not source.replace("\n", "").isprintable():
        return None
    numbered = enumerate(source.split("\n"), _FIRST_LINE)
    lines = [(len(line) - len(text), text, number) for number, line in numbered if (text := line.lstrip(" ")) and text[0] != "#"]
    try:
        return _Reader(lines).read() if lines else None
    except _NotPlain:
        return None


class _NotPlain(Exception):
    """Something stands there that YAML may read in another way than it looks."""


class _Reader:
    """Reads lines, each (indentation, text, number), as nested blocks."""

    def __init__(self, lines: list[tuple[int, str, int]]) -> None:
        # A line that ends all blocks, so that there always is a next one.
        self._lines = [*lines, (-1, "", 0)]
        self._at = 0

    def read(self) -> Value:
        header = self._mapping(0, 1)
        if self._at < len(self._lines) - 1:
            raise _NotPlain
        return header

    def _mapping(self, indent: int, depth: int) -> Value:
        if depth >= MAX_DEPTH:
            raise _NotPlain
        fields: dict[str, Value] = {}
        first = self._lines[self._at][2]
        while self._lines[self._at][0] == indent:
            _, text, line = self._lines[self._at]
            key, colon, written = text.partition(":")
            if not colon or not _is_key(key) or key in fields or (written and written[0] != " "):
                raise _NotPlain
            self._at += 1
            written = written.strip(" ")
            fields[key] = _value(written, line) if written else self._under(indent, line, depth)
        if len(fields) > MAX_FIELDS:
            raise _NotPlain
        return Value(fields, first)

    def _under(self, indent: int, line: int, depth: int) -> Value:
        """What stands below a key: a list, a group, or nothing. It has the line of the key, for that is what an editor looks for."""
        deeper, text, _ = self._lines[self._at]
        if text.startswith("- ") and deeper >= indent:
            return Value(self._items(deeper, depth + 1), line)
        if deeper > indent:
            return Value(self._mapping(deeper, depth + 1).data, line)
        return Value("", line)

    def _items(self, indent: int, depth: int) -> list[Value]:
        items = []
        while self._lines[self._at][0] == indent and self._lines[self._at][1].startswith("- "):
            _, text, line = self._lines[self._at]
            item = text[2:].strip(" ")
            key, colon, after = item.partition(":")
            if colon and _is_key(key) and after[:1] in ("", " "):
                inner = indent + len(text) - len(text[2:].lstrip(" "))
                self._lines[self._at] = (inner, item, line)
                items.append(self._mapping(inner, depth + 1))
            else:
                self._at += 1
                items.append(_value(item, line))
        return items


@lru_cache(maxsize=1024)
def _is_key(text: str) -> bool:
    return text.isidentifier() and text.isascii() and len(text) < 100


def _value(written: str, line: int) -> Value:
    """One line's value: a short form, or a text."""
    if written[:1] == "{" and written[-1] == "}":
        return Value(_short_mapping(written[1:-1], line), line)
    if written[:1] == "[" and written[-1] == "]":
        return Value([Value(_short_text(item.strip(" ")), line) for item in written[1:-1].split(", ")], line)
    return Value(_quoted(written) if written[:1] in ("'", '"') else _plain(written), line)


def _short_mapping(written: str, line: int) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    entries = written.split(", ")
    if len(entries) > MAX_FIELDS:
        raise _NotPlain
    for entry in entries:
        key, _, text = entry.strip(" ").partition(": ")
        if not _is_key(key) or key in fields:
            raise _NotPlain
        fields[key] = Value(_short_text(text.strip(" ")), line)
    return fields


def _short_text(written: str) -> str:
    if written[:1] in ("'", '"'):
        return _quoted(written)
    if not _FLOW_MARKS.isdisjoint(written):
        raise _NotPlain
    return _plain(written)


def _quoted(written: str) -> str:
    mark, text = written[0], written[1:-1]
    if len(written) < 2 or written[-1] != mark or mark in text or (mark == '"' and "\\" in text):
        raise _NotPlain
    return text


def _plain(written: str) -> str:
    first = written[:1]
    if not (first.isalnum() or (first and first in _OPENERS)) or ": " in written or " #" in written or written[-1] == ":":
        raise _NotPlain
    return "" if written.lower() in PLAIN_NULLS else written
