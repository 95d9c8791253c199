"""What a body must not hold, told before it is rendered: raw HTML, and what would keep the renderer busy for seconds (docs/limits.md)."""

from __future__ import annotations

import re

from .frontmatter import Parsed
from .problems import Problems

_HTML = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^<>\n]{0,200}>")
_CODE = re.compile(r"`[^`\n]*`")
# Quotations and lists within each other, be it on one line (but no rule of "- - -") or by indentation.
_DEEP = re.compile(
    r"\n(?:(?![-* \t]+$)(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){13}|(?: {48}|\t{12})[ \t]*\S)", re.MULTILINE
)
# Python-Markdown takes the square of some counts: of what may open a link, and of all that may be a mark, in one paragraph.
_BLANK = re.compile(r"(\n[ \t]*\n)")
_MARKS = "[*_`!<&\\"
MAX_LINES = 5_000
MAX_BRACKETS = 300
"""Of one paragraph; ten times as many in a body."""
MAX_MARKS = 1_000
"""Of one paragraph; twenty times as many in a body."""


def check(parsed: Parsed, problems: Problems) -> None:
    """Adds what is wrong with the body of a file."""
    _check_size(parsed, problems)
    lines = "\n" + parsed.body  # a pattern that begins with one certain character is found faster than one that begins with ^
    if deep := _DEEP.search(lines):
        problems.add(parsed.path, parsed.body_line + lines.count("\n", 0, deep.start()), "", "body-depth")
    if "<" in lines:
        _check_html(parsed, problems)


def _check_html(parsed: Parsed, problems: Problems) -> None:
    for number, line in enumerate(parsed.body.split("\n"), parsed.body_line):
        if "<" in line and (found := _HTML.search(_CODE.sub("", line))):
            problems.add(parsed.path, number, "", "body-html", value=f"<{found[1]}>")


def _check_size(parsed: Parsed, problems: Problems) -> None:
    """Names what would keep the renderer busy for seconds (docs/limits.md)."""
    body = parsed.body
    if (lines := body.count("\n")) > MAX_LINES:
        problems.add(parsed.path, parsed.body_line, "", "body-lines", size=lines, limit=MAX_LINES)
    if body.count("[") <= MAX_BRACKETS and _count_marks(body) <= MAX_MARKS:
        return
    _check_marks(body, parsed.body_line, MAX_BRACKETS * 10, MAX_MARKS * 20, parsed.path, problems)
    line = parsed.body_line
    for piece in _BLANK.split(body):
        _check_marks(piece, line, MAX_BRACKETS, MAX_MARKS, parsed.path, problems)
        line += piece.count("\n")


def _check_marks(piece: str, line: int, max_brackets: int, max_marks: int, path: str, problems: Problems) -> None:
    for size, limit, marks in ((piece.count("["), max_brackets, "["), (_count_marks(piece), max_marks, _MARKS)):
        if size > limit:
            problems.add(path, line, "", "body-marks", value=marks, size=size, limit=limit)


def _count_marks(paragraph: str) -> int:
    return sum(map(paragraph.count, _MARKS)) + paragraph.count("  \n")
