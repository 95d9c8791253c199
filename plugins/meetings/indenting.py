"""Lists within lists, as every other Markdown and the form's own editor write them: Python-Markdown asks for four blanks a step.

Fewer blanks, as many as the mark of the item above is wide, would make a second item or words of the first, without anybody being told.
"""

from __future__ import annotations

import re

_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}\.)( +)(?=\S)")
_STEP = 4
_DEEPEST = 12
"""As deep as :mod:`archive.body_limits` lets lists lie within each other; what is deeper stays as it was typed."""


def deepened(source: str) -> str:
    """The source with what belongs to an item of a list indented by at least four blanks for each list around it."""
    if "\n " not in source:
        return source
    columns: list[int] = []  # where the text of each open item begins
    lines = []
    after_blank = True
    for line in source.split("\n"):
        lines.append(_deepened(line, columns, after_blank))
        after_blank = not line.strip()
    return "\n".join(lines)


def _deepened(line: str, columns: list[int], after_blank: bool) -> str:
    """One line; ``columns`` are those of the items that are open before it, and then after it."""
    text = line.lstrip(" ")
    indent, item = len(line) - len(text), _ITEM.match(line)
    if not text or not (item or after_blank):
        return line  # a line right below another goes on with it, wherever it begins
    while columns and indent < columns[-1]:
        columns.pop()
    depth = len(columns)
    if item and (depth or indent < _STEP):
        columns.append(item.end() if len(item[1]) <= _STEP else item.start(1) + 1)
    return line if depth > _DEEPEST else " " * max(0, _STEP * depth - indent) + line
