"""Long lists on several pages: no page carries more than about 75 meetings.

A record's own page keeps the newest headings. Each older heading gets a page of its own, ``<record's path>_<heading>.html``: an id
never holds an underscore, so that no such path can be another record's; and an address once given stays, because a heading only
ever moves from the record's page to its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plugins.archive.outputs import OutputPage

from .rows import Block, CountedLink, Link, Row

LIMIT = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """The blocks of the first page, and one (path, block) for each further page, newest first."""

    first: tuple[Block, ...]
    further: tuple[tuple[str, Block], ...]

    @property
    def older(self) -> tuple[CountedLink, ...]:
        """Links to the further pages."""
        return tuple(CountedLink(label=block.year, path=path, count=len(block.items)) for path, block in self.further)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """Template ``part.html``: the meetings of one heading, from a list too long for one page."""

    section: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    subject: Link
    heading: str
    items: tuple[Row, ...]
    newer: Link | None
    older: Link | None


def paged(path: str, blocks: Iterable[Block], limit: int = LIMIT) -> Paged:
    """Keeps whole blocks for the page at ``path`` until ``limit`` rows are reached; one block at least."""
    pieces = [piece for block in blocks for piece in _pieces(block, limit)]
    total, kept = 0, 0
    for piece in pieces:
        total += len(piece.items)
        if kept and total > limit:
            break
        kept += 1
    further = tuple((_path(path, piece), piece) for piece in pieces[kept:])
    return Paged(first=tuple(pieces[:kept]), further=further)


def parts(paged: Paged, subject: Link, section: str, crumbs: Sequence[Link], description: str = "") -> Iterator[OutputPage]:
    """The further pages of a list that belongs to ``subject``."""
    addresses = [subject.path, *(path for path, _ in paged.further)]
    labels = [subject.label, *(block.year for _, block in paged.further)]
    for index, (path, block) in enumerate(paged.further, start=1):
        view = PartView(
            section=section,
            title=f"{subject.label}, {block.year}",
            description=description,
            crumbs=(*crumbs, subject),
            subject=subject,
            heading=block.year,
            items=block.items,
            newer=Link(label=labels[index - 1], path=addresses[index - 1]),
            older=Link(label=labels[index + 1], path=addresses[index + 1]) if index + 1 < len(labels) else None,
        )
        yield OutputPage(path=path, template="part", view=view)


def _pieces(block: Block, limit: int) -> Iterator[Block]:
    """The block, or where it alone is too long, its rows in pieces; the oldest piece keeps its number when a newer one is added."""
    if len(block.items) <= limit:
        yield block
        return
    count = -(-len(block.items) // limit)
    start = 0
    for number in range(count, 0, -1):
        end = len(block.items) - (number - 1) * limit
        yield replace(block, year=f"{block.year} ({number}/{count})", anchor=f"{block.anchor}-{number}", items=block.items[start:end])
        start = end


def _path(path: str, block: Block) -> str:
    return f"{path.removesuffix('.html')}_{block.anchor.removeprefix('nam-')}.html"
