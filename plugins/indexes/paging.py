"""Long lists on several pages: no page carries more than about 75 meetings.

A record's own page keeps the newest headings. Each older heading gets a page of its own, ``<record's path>_<heading>.html``: an id
never holds an underscore, so that no such path can be another record's; and an address once given stays, because a heading only
ever moves from the record's page to its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic

from plugins.archive.links import Link
from plugins.archive.outputs import LatePage
from plugins.archive.records import Meeting

from .rows import Block, CountedLink, Item, Row, shown

LIMIT = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[Item]):
    """The blocks of the first page, and one (path, block) for each further page, newest first."""

    first: tuple[Block[Item], ...]
    further: tuple[tuple[str, Block[Meeting]], ...]

    @property
    def older(self) -> tuple[CountedLink, ...]:
        """Links to the further pages."""
        return tuple(CountedLink(label=block.year, path=path, count=len(block.items)) for path, block in self.further)

    def shown(self: Paged[Meeting], make: Callable[[Meeting], Row]) -> Paged[Row]:
        """With the rows of the first page, which needs no others."""
        return Paged(first=shown(self.first, make), further=self.further)


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


def paged(path: str, blocks: Iterable[Block[Meeting]], limit: int = LIMIT) -> Paged[Meeting]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingList:
    """The meetings of a record, ``subject``, on its own page and further ones; ``make`` makes a row, and ``crumbs``, ``description`` are
    those of the further pages."""

    subject: Link
    section: str
    meetings: Paged[Meeting]
    make: Callable[[Meeting], Row]
    crumbs: tuple[Link, ...] = ()
    description: str = ""

    def first(self) -> Paged[Row]:
        return self.meetings.shown(self.make)


def parts(whole: MeetingList) -> Iterator[LatePage]:
    """The further pages of a list."""
    for index, (path, _) in enumerate(whole.meetings.further):
        yield LatePage(path=path, template="part", make=partial(_part, whole, index))


def _part(whole: MeetingList, index: int) -> PartView:
    further = whole.meetings.further
    _, block = further[index]
    return PartView(
        section=whole.section,
        title=f"{whole.subject.label}, {block.year}",
        description=whole.description,
        crumbs=(*whole.crumbs, whole.subject),
        subject=whole.subject,
        heading=block.year,
        items=tuple(map(whole.make, block.items)),
        newer=_part_link(further[index - 1]) if index else whole.subject,
        older=_part_link(further[index + 1]) if index + 1 < len(further) else None,
    )


def _part_link(part: tuple[str, Block[Meeting]]) -> Link:
    path, block = part
    return Link(label=block.year, path=path)


def _pieces(block: Block[Meeting], limit: int) -> Iterator[Block[Meeting]]:
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


def _path(path: str, block: Block[Meeting]) -> str:
    return f"{path.removesuffix('.html')}_{block.anchor.removeprefix('nam-')}.html"
