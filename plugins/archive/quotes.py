"""Quotation marks that have no partner: a slip that readers stumble over and editors overlook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .frontmatter import Parsed
from .problems import Problems
from .values import Value

_PAIRS = (("“", "”"), ("«", "»"))
_MARK = re.compile("[\"“”«»]")


def check(parsed: Parsed, problems: Problems) -> None:
    """Adds the quotation marks of one file that have no partner."""
    for place, value in _header_texts(parsed.header.plain(), ()) if _has_marks(parsed.header) else ():
        if mark := unbalanced(value):
            name = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
            problems.add(parsed.path, parsed.header.line_of(place), name, "quote-unbalanced", value=mark)
    if _may_be_unbalanced(parsed.body):
        for line, paragraph, following in _paragraphs(parsed.body, parsed.body_line):
            mark = unbalanced(paragraph)
            # A quotation of several paragraphs opens each of them and closes the last.
            if mark and not (mark in "“«" and following.lstrip("> ").startswith(mark)):
                problems.add(parsed.path, line, "", "quote-unbalanced", value=mark)


def _has_marks(value: Value) -> bool:
    """Whether any text in it has one: most headers have none, and this costs a third of looking at each text with its place."""
    data = value.data
    if isinstance(data, str):
        return _MARK.search(data) is not None
    return any(map(_has_marks, data.values() if isinstance(data, dict) else data))


def unbalanced(value: str) -> str:
    """The first mark of a text that has no partner, or nothing."""
    if '"' in value and value.count('"') % 2:
        return '"'
    for opening, closing in _PAIRS:
        difference = value.count(opening) - value.count(closing)
        if difference:
            return opening if difference > 0 else closing
    return ""


def _may_be_unbalanced(body: str) -> bool:
    return bool(body.count('"') % 2) or any(body.count(opening) != body.count(closing) for opening, closing in _PAIRS)


def _header_texts(value: object, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        if place[-1] != "url":
            yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _header_texts(item, (*place, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _header_texts(item, (*place, number))


def _paragraphs(body: str, first_line: int) -> Iterator[tuple[int, str, str]]:
    """Each paragraph with its line and the paragraph that follows it."""
    found: list[tuple[int, str]] = []
    lines: list[str] = []
    for number, line in enumerate([*body.split("\n"), ""], first_line):
        if line.strip():
            lines.append(line)
        elif lines:
            found.append((number - len(lines), "\n".join(lines)))
            lines = []
    for here, after in zip(found, [*found[1:], (0, "")], strict=True):
        yield *here, after[1]
