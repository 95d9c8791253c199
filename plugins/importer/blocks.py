"""A page as a row of blocks, in the order of reading: what HTML, plain text and Word have in common from here on."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BLOCKS = 4_000
MAX_BLOCK_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, item, table, quote, image or caption."""

    kind: str
    text: str = ""
    """One line of plain text; the alternative text of an image."""
    markdown: str = ""
    """The same with emphasis and links, where it has any."""
    level: int = 0
    """Of a heading: 1 to 6. Of an item: its depth, from 0."""
    ordered: bool = False
    source: str = ""
    """Of an image: the address in the page."""
    rows: tuple[tuple[str, ...], ...] = ()
    inside: bool = True
    """False where the page's markup says that it is not part of the article."""

    @property
    def is_prose(self) -> bool:
        return self.kind in ("paragraph", "item", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All of a page that can matter. ``hints`` are what its markup says of itself; the text may know better."""

    blocks: tuple[Block, ...]
    family: str = ""
    encoding: str = "utf-8"
    titles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    byline: str = ""
    site: str = ""
    url: str = ""
    marked: bool = False
    """True where ``inside`` was told by markup and is not merely the default."""
