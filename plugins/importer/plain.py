"""Plain text of a page becomes blocks: one line, one paragraph; what stood between the lines is told by its shape."""

from __future__ import annotations

import re

from plugins.archive.text import clean

from .blocks import MAX_BLOCK_TEXT, MAX_BLOCKS, Block, Page
from .furniture import image_mark
from .inline import escape

MAX_CHARACTERS = 6_000_000
_BULLET = re.compile(r"^[•●▪◦*·+]\s+|^-\s+(?=\S)")
_TABLE_ROW = re.compile(r"^\|?[^|]+\|[^|]+\|")
_WRAPPED = 160


def read(text: str, *, url: str = "", encoding: str = "utf-8") -> Page:
    """Plain text as blocks."""
    blocks: list[Block] = []
    for line in _joined(text[:MAX_CHARACTERS].split("\n")):
        if line and len(blocks) < MAX_BLOCKS:
            blocks.append(_block(line[:MAX_BLOCK_TEXT]))
    return Page(blocks=tuple(blocks), family="text", encoding=encoding, url=url)


def _joined(lines: list[str]) -> list[str]:
    """Lines of a text that was wrapped at a fixed width become paragraphs again."""
    cleaned = [clean(line) for line in lines]
    lengths = sorted(len(line) for line in cleaned if line)
    is_wrapped = len(lengths) > 12 and lengths[-1] <= _WRAPPED and lengths[len(lengths) // 2] > 60
    if not is_wrapped:
        return cleaned
    joined: list[str] = []
    for line in cleaned:
        if joined and joined[-1] and line and len(joined[-1].rsplit("\n", 1)[-1]) > 55 and not _BULLET.match(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _block(line: str) -> Block:
    if found := image_mark(line):
        return Block("image", "", source=found)
    if bullet := _BULLET.match(line):
        return Block("item", line[bullet.end() :], escape(line[bullet.end() :]))
    if _TABLE_ROW.match(line):
        cells = tuple(clean(cell) for cell in line.strip("| ").split("|"))
        if all(len(cell) < 300 for cell in cells):
            return Block("table", " | ".join(cells), rows=(cells,))
    return Block("paragraph", line, escape(line))
