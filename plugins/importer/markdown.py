"""The body of a record: blocks as clean Markdown, numbered tasks as one real list under a heading of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.archive.text import fold

from . import people
from .blocks import Block
from .inline import escape, escape_start

_NUMBERED = re.compile(r"^\(?(?P<number>\d{1,2})[.)]\s+(?=\S)")
_COUNTED = re.compile(
    r"^(?:\*\*)?(?:(?P<word>Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là|Thứ (?P<ordinal>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b",
    re.IGNORECASE,
)
_WORDS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_TASKS = re.compile(r"nhiem vu|noi dung sau|de nghi|yeu cau|tap trung|giai phap|trong tam")
_GIVES = re.compile(r"phát biểu|đề nghị|yêu cầu|chỉ đạo|giao|kết luận|nhấn mạnh|lưu ý", re.IGNORECASE)
_RULE = re.compile(r"^(?:[-*_]\s*){3,}$")


def render(blocks: Sequence[Block]) -> str:
    """Markdown without raw HTML; pictures and their captions stand in the header, not here."""
    parts: list[str] = []
    kept = [block for block in blocks if block.kind not in ("image", "caption") and block.text]
    place = 0
    while place < len(kept):
        taken, part = _next(kept, place)
        parts.append(part)
        place += taken
    return "\n\n".join(part for part in parts if part)


def _next(blocks: Sequence[Block], place: int) -> tuple[int, str]:
    """The Markdown of what stands at a place, and how many blocks it takes."""
    block = blocks[place]
    if run := _run(blocks, place):
        return run, _list(blocks[place : place + run], _intro(blocks, place))
    if block.kind == "table":
        rows = _table_rows(blocks[place:])
        return len(rows[1]), rows[0]
    if block.kind == "heading":
        return 1, f"{'#' * min(4, max(2, block.level))} {block.markdown.strip('* ') or escape(block.text)}"
    if block.kind == "quote":
        return 1, f"> {_line(block)}"
    return 1, "" if _RULE.match(block.text) else _line(block)


def _line(block: Block) -> str:
    return escape_start(block.markdown or escape(block.text))


def _number(block: Block) -> int | None:
    """The place of a task in its list, as its first words give it."""
    if found := _NUMBERED.match(block.text):
        return int(found["number"])
    found = _COUNTED.match(block.text)
    return _WORDS[(found["word"] or found["ordinal"]).lower()] if found else None


def _run(blocks: Sequence[Block], place: int) -> int:
    """How many blocks from here make one list; 0 where none begins."""
    if blocks[place].kind == "item" and _number(blocks[place]) is None:
        return next((n for n in range(len(blocks) - place) if blocks[place + n].kind != "item"), len(blocks) - place)
    count = 0
    while (
        place + count < len(blocks) and blocks[place + count].kind in ("paragraph", "item") and _number(blocks[place + count]) == count + 1
    ):
        count += 1
    return count if count >= 2 else 0


def _list(blocks: Sequence[Block], intro: str) -> str:
    ordered = blocks[0].ordered or _number(blocks[0]) is not None
    lines = [
        f"{f'{n}.' if ordered else '-'} {_item(block)}" if not block.level else f"    - {_item(block)}" for n, block in enumerate(blocks, 1)
    ]
    heading = _heading(intro) if ordered and len(blocks) >= 2 else ""
    return (f"{heading}\n\n" if heading else "") + "\n".join(lines)


def _item(block: Block) -> str:
    line = block.markdown or escape(block.text)
    return escape_start(_NUMBERED.sub("", line, count=1))


def _intro(blocks: Sequence[Block], place: int) -> str:
    return blocks[place - 1].text if place and blocks[place - 1].kind == "paragraph" else ""


def _heading(intro: str) -> str:
    """ "## Nhiệm vụ do X giao" where the paragraph above names one person who gives them; "" where it speaks of no tasks."""
    if not _TASKS.search(fold(intro)) or not intro:
        return ""
    given = {m.name for m in people.find(intro)} if _GIVES.search(intro) else set()
    return f"## Nhiệm vụ do {next(iter(given))} giao" if len(given) == 1 else "## Nhiệm vụ"


def _table_rows(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    taken = list(_leading_tables(blocks))
    rows = [row for block in taken for row in block.rows]
    wide = max(len(row) for row in rows)
    cells = [[escape(cell).replace("|", "\\|") for cell in row] + [""] * (wide - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * wide, *lines[1:]]), taken


def _leading_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """A table of HTML is one block; in plain text each row is one."""
    for n, block in enumerate(blocks):
        if block.kind != "table" or (n and (len(block.rows) > 1 or len(blocks[0].rows) > 1)):
            return
        yield block
