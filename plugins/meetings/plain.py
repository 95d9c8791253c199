"""The quick way for bodies that are plain: paragraphs, headings and simple lists without inline marks, as most reports are.

Python-Markdown takes two milliseconds for a report, most of them to find that there is nothing to do. What is recognised here gives
byte for byte what :mod:`meetings.markup` and the sanitiser give (a property test compares them); anything else is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import pairwise
from unicodedata import is_normalized

from plugins.archive import citations, text
from plugins.archive.outputs import Body, Task

from .announcing import giver_of_tasks

# Characters that some pattern of Python-Markdown could act on, or that the sanitiser writes otherwise.
_MARKS = "`*_[]<>\\|~"
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)
_LINE = r"(?:[^\W\d_]|[“\"(‘])[^\n]*|\d+[^\W\d_][^\n]*|\d+ [^\n]*"
_PARAGRAPH = re.compile(rf"(?:{_LINE})(?:\n(?:{_LINE}))*")
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
_ORDERED = re.compile(r"1\. [^\W\d_][^\n]*(?:\n\d{1,3}\. [^\W\d_][^\n]*)*")
_UNORDERED = re.compile(r"- [^\W\d_][^\n]*(?:\n- [^\W\d_][^\n]*)*")
_ITEM = re.compile(r"^(?:\d+\.|-) +(.*)$", re.MULTILINE)


def render(source: str, document_path: Callable[[str, str], str]) -> Body | None:
    """The body of a plain source, not yet tidied; None where the source is not plain."""
    if _is_marked(source):
        return None
    blocks = [block for piece in source.split("\n\n") if (block := piece.strip("\n"))]
    kinds = [_kind(block) for block in blocks]
    known = [(kind, block) for kind, block in zip(kinds, blocks, strict=True) if kind is not None]
    if not blocks or len(known) < len(blocks) or any(a in ("ol", "ul") and b in ("ol", "ul") for a, b in pairwise(kinds)):
        return None
    return _Writer(source, document_path).write(known)


def _is_marked(source: str) -> bool:
    # What is not printable is a tab, a wide space, or one of the characters that Python-Markdown keeps for itself.
    return bool(
        not source.replace("\n", "").isprintable()
        or "  \n" in source
        or any(map(source.__contains__, _MARKS))  # a tenth of the time that a pattern takes
        or ("&" in source and _ENTITY.search(source))
    )


def _kind(block: str) -> str | None:
    for kind, pattern in (("p", _PARAGRAPH), ("h", _HEADING), ("ol", _ORDERED), ("ul", _UNORDERED)):
        if pattern.fullmatch(block):
            return kind
    return None


class _Writer:
    """Writes one body and gathers its passages."""

    def __init__(self, source: str, document_path: Callable[[str, str], str]) -> None:
        self._document_path = document_path
        # What is printable, NFC and without two spaces in a row holds no line that is anything else.
        self._is_clean = "  " not in source and is_normalized("NFC", source)
        self._passages: list[tuple[str, str]] = []
        self._tasks: list[Task] = []
        self._given_by = ""
        self._paragraphs = self._headings = 0

    def write(self, blocks: list[tuple[str, str]]) -> Body:
        place = self._find_tasks(blocks)
        html = "\n".join(self._block(kind, block, number == place, number + 1 == place) for number, (kind, block) in enumerate(blocks))
        return Body(
            html=html,
            text="\n".join(passage for _, passage in self._passages),
            tasks=tuple(self._tasks),
            given_by=self._given_by,
            passages=tuple(self._passages),
        )

    def _find_tasks(self, blocks: list[tuple[str, str]]) -> int:
        """The number of the list that holds the tasks, or -2."""
        for number, ((kind, block), (following, _)) in enumerate(pairwise(blocks), 1):
            giver = giver_of_tasks(text.clean(block.lstrip("#"))) if kind == "h" and following == "ol" else None
            if giver is not None:
                self._given_by = giver
                return number
        return -2

    def _block(self, kind: str, block: str, is_tasks: bool, announces: bool) -> str:
        if kind == "p":
            return f'<p id="{self._anchor(block)}">{self._linked(block)}</p>'
        if kind == "h":
            return self._heading(block, announces)
        return self._list(kind, block, is_tasks)

    def _heading(self, block: str, announces: bool) -> str:
        marks, _, title = block.partition(" ")
        self._headings += 1
        level, anchor = max(2, len(marks)), f"muc-{self._headings}"
        self._passages.append((anchor, self._clean(title)))
        return f'<h{level}{" class=" + chr(34) + "tasks-heading" + chr(34) if announces else ""} id="{anchor}">{_escaped(title.strip())}</h{level}>'

    def _list(self, kind: str, block: str, is_tasks: bool) -> str:
        items = (item[1] for item in _ITEM.finditer(block))
        rows = [self._item(item, number if is_tasks else 0) for number, item in enumerate(items, 1)]
        return "\n".join((f"<{kind}{' class=' + chr(34) + 'tasks' + chr(34) if is_tasks else ''}>", *rows, f"</{kind}>"))

    def _item(self, item: str, task: int) -> str:
        if not task:
            return f'<li id="{self._anchor(item)}">{self._linked(item)}</li>'
        anchor, content = f"nv-{task}", self._clean(item)
        self._tasks.append(Task(number=task, anchor=anchor, text=content))
        self._passages.append((anchor, content))
        return f'<li id="{anchor}"><a class="task-number" href="#{anchor}">{task}</a> {self._linked(item)}</li>'

    def _anchor(self, passage: str) -> str:
        self._paragraphs += 1
        anchor = f"doan-{self._paragraphs}"
        self._passages.append((anchor, self._clean(passage)))
        return anchor

    def _clean(self, passage: str) -> str:
        return passage.strip(" ") if self._is_clean and "\n" not in passage else text.clean(passage)

    def _linked(self, passage: str) -> str:
        mentions = citations.find(passage)
        return "".join(self._pieces(passage, mentions)) if mentions else _escaped(passage)

    def _pieces(self, passage: str, mentions: Iterable[citations.Mention]) -> Iterator[str]:
        end = 0
        for mention in mentions:
            target = self._document_path(mention.type, mention.number)
            if target:
                yield _escaped(passage[end : mention.start])
                yield f'<a class="cite" href="{escape(target)}">{_escaped(passage[mention.start : mention.end])}</a>'
                end = mention.end
        yield _escaped(passage[end:])


def _escaped(passage: str) -> str:
    return passage.replace("&", "&amp;")  # a plain source holds no other mark of HTML
