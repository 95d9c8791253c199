"""Walks a tree of HTML and says what it reads, block by block."""

from __future__ import annotations

import re
from itertools import islice

from bs4.element import NavigableString, Tag

from plugins.archive.text import INVISIBLE, clean, nfc

from . import legacy
from .blocks import MAX_BLOCK_TEXT, MAX_BLOCKS, Block
from .families import OUTSIDE_TAGS
from .furniture import is_caption_text
from .inline import Inline

MAX_DEPTH = 120
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "form",
        "aside",
    ]
)
_CAPTION_CLASS = re.compile(r"caption|chu-?thich|img-alt|image_desc|photo-?desc|imgdesc|anh-mota", re.IGNORECASE)
_NOT_ARTICLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|relate|tin-?lien-?quan|tin-?khac|cac-?tin|tin-?moi|other-?news|share|sharing|social|"
    r"comments?|breadcrumbs?|sidebar|widget|menu|"
    r"pagination|toolbar|login|poll|counter|banner|advert|ads|copyright|sitelinks|most-?read)(?:$|[\s_-])",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[.:;!?…”\"/)]$")


class Walker:
    """Turns elements into blocks; ``body`` is the element that holds the article, if any is known to."""

    def __init__(self, body: Tag | None) -> None:
        self.body = body
        self.around_body = {id(parent) for parent in body.parents} if body is not None else set()
        self.blocks: list[Block] = []
        self.line = Inline()

    def walk(self, root: Tag) -> tuple[Block, ...]:
        self._children(root, 0, "paragraph", 0, self.body is None or self.body is root)
        self._flush("paragraph", 0, self.body is None)
        return tuple(self.blocks)

    def _children(self, node: Tag, depth: int, kind: str, level: int, inside: bool, font: str = "") -> None:
        for child in node.children:
            if len(self.blocks) >= MAX_BLOCKS:
                return
            if isinstance(child, NavigableString):
                self.line.text(legacy.by_font(str(child), font))
            elif isinstance(child, Tag):
                self._tag(child, depth + 1, kind, level, inside or child is self.body, font)

    def _tag(self, tag: Tag, depth: int, kind: str, level: int, inside: bool, font: str) -> None:
        if depth > MAX_DEPTH:
            self.line.text(tag.get_text(" ")[:MAX_BLOCK_TEXT])
            return
        font = str(tag.get("face") or "") or _font_of(tag) or font
        name = tag.name
        if name == "br":
            self.line.newline()
        elif name == "img":
            self._image(tag, kind, level, inside)
        elif name in _BLOCK_TAGS:
            self._block(tag, depth, kind, level, inside, font)
        else:
            with self.line.marked(tag):
                self._children(tag, depth, kind, level, inside, font)

    def _block(self, tag: Tag, depth: int, kind: str, level: int, inside: bool, font: str) -> None:
        self._flush(kind, level, inside)
        if tag is not self.body and self._is_outside(tag):
            inside = False
        if tag.name == "table" and (rows := _data_rows(tag)):
            self.blocks.append(Block("table", " | ".join(cell for row in rows for cell in row)[:MAX_BLOCK_TEXT], rows=rows, inside=inside))
            return
        own_kind, own_level = _kind_of(tag, kind, level)
        ordered = tag.name == "li" and tag.parent is not None and tag.parent.name == "ol"
        start = len(self.blocks)
        self._children(tag, depth, own_kind, own_level, inside, font)
        self._flush(own_kind, own_level, inside, ordered)
        if ordered and start < len(self.blocks) and self.blocks[start].kind == "item":
            first = self.blocks[start]
            self.blocks[start] = Block("item", first.text, first.markdown, first.level, True, inside=first.inside)

    def _is_outside(self, tag: Tag) -> bool:
        if id(tag) in self.around_body:
            return False
        if tag.name in OUTSIDE_TAGS and tag.name != "form":
            return True
        names = " ".join([*tag.get_attribute_list("class"), str(tag.get("id", ""))])[:200]
        return bool(_NOT_ARTICLE_CLASS.search(names)) and len(tag.get_text()) < 20_000

    def _image(self, tag: Tag, kind: str, level: int, inside: bool) -> None:
        self._flush(kind, level, inside)
        alternative = clean(str(tag.get("alt", "")))[:500]
        source = str(tag.get("data-src") or tag.get("data-original") or tag.get("src") or "")[:1000]
        if _pixels(tag) < 60 * 60 or not source or source.startswith("javascript:"):
            return
        self.blocks.append(Block("image", alternative if is_caption_text(alternative) else "", source=source, inside=inside))

    def _flush(self, kind: str, level: int, inside: bool, ordered: bool = False) -> None:
        for plain, marked in _lines(*self.line.take()):
            if len(self.blocks) < MAX_BLOCKS:
                self.blocks.append(Block(kind, plain[:MAX_BLOCK_TEXT], marked[:MAX_BLOCK_TEXT], level, ordered, inside=inside))


def _kind_of(tag: Tag, kind: str, level: int) -> tuple[str, int]:
    if re.fullmatch("h[1-6]", tag.name):
        return "heading", int(tag.name[1])
    if tag.name == "li":
        return "item", min(4, max(0, sum(parent.name in ("ul", "ol") for parent in islice(tag.parents, 10)) - 1))
    if tag.name == "blockquote":
        return "quote", 0
    if tag.name == "figcaption" or _CAPTION_CLASS.search(" ".join(tag.get_attribute_list("class"))):
        return "caption", 0
    return (kind, level) if kind in ("quote", "caption", "item", "heading") else ("paragraph", 0)


def _lines(plain: str, marked: str) -> list[tuple[str, str]]:
    """Line breaks in a paragraph: most begin a new paragraph, some only wrap a line."""
    lines: list[tuple[str, str]] = []
    for one, other in zip(plain.split("\n"), marked.split("\n"), strict=True):
        one, other = clean(one), INVISIBLE.sub("", nfc(other)).strip()
        if not one:
            continue
        if lines and one[0].islower() and not _GOES_ON.search(lines[-1][0]):
            lines[-1] = (f"{lines[-1][0]} {one}", f"{lines[-1][1]} {other}")
        else:
            lines.append((one, other))
    return lines


def _font_of(tag: Tag) -> str:
    found = re.search(r"font-family\s*:\s*([^;]{1,80})", str(tag.get("style", ""))[:1000], re.IGNORECASE)
    return found[1] if found else ""


def _pixels(tag: Tag) -> int:
    """The size an image is shown at, where the page says so; else large. Small ones are buttons and icons."""
    sizes = [re.match(r"\d+", str(tag.get(side, ""))) for side in ("width", "height")]
    width, height = (int(size[0][:6]) if size else 0 for size in sizes)
    return (width or height or 1000) * (height or width or 1000)


def _data_rows(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of a table that holds data; empty for one that only lays out the page."""
    if table.find(["table", "img", "p", "ul", "h1", "h2", "h3"]):
        return ()
    rows = [
        tuple(clean(cell.get_text(" "))[:500] for cell in row.find_all(["td", "th"], limit=30)) for row in table.find_all("tr", limit=500)
    ]
    rows = [row for row in rows if any(row)]
    wide = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or wide < 2 or any(len(cell) > 300 for row in rows for cell in row):
        return ()
    return tuple(row + ("",) * (wide - len(row)) for row in rows)
