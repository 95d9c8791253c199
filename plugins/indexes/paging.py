"""Long lists on several pages: no page carries more than about 75 meetings.

A record's own page keeps the newest headings. Older years stand on pages of five years, ``<record's path>_2016-2020.html``, bounded by the
calendar and by nothing in the archive; five years that are too many for one page have a page for each year, and such a year a page for
each piece. An id never holds an underscore, so that no such path can be another record's.

An address once given stays, whatever comes to the archive and to whichever year: a heading only ever moves from the record's page to one of
these, and what grows too long for its page becomes an overview there, which leads to the pages that now carry its meetings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Generic

from plugins.archive.links import Link
from plugins.archive.outputs import LatePage, Reads
from plugins.archive.records import Meeting

from .rows import Block, CountedLink, Item, Row, shown

LIMIT = 75
YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A further page of a list: ``blocks`` of meetings, or as an overview only the ``parts`` that carry them. ``above`` are the overviews
    it stands under."""

    path: str
    heading: str
    blocks: tuple[Block[Meeting], ...]
    parts: tuple[Part, ...] = ()
    above: tuple[Link, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(block.items) for block in self.blocks)

    @property
    def link(self) -> Link:
        return Link(label=self.heading, path=self.path)

    def place(self, block: Block[Meeting]) -> str:
        """What leads to one of the blocks."""
        return self.path if len(self.blocks) == 1 else f"{self.path}#{block.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[Item]):
    """The blocks of the first page, and the further pages with the others, newest first, and with their overviews."""

    first: tuple[Block[Item], ...]
    further: tuple[Part, ...]
    overviews: tuple[Part, ...] = ()

    @property
    def older(self) -> tuple[CountedLink, ...]:
        """Links to the further pages."""
        return _counted(self.further)

    def shown(self: Paged[Meeting], make: Callable[[Meeting], Row]) -> Paged[Row]:
        """With the rows of the first page, which needs no others."""
        return Paged(first=shown(self.first, make), further=self.further, overviews=self.overviews)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """Template ``part.html``: some of the meetings of a list too long for one page, or links to the ``parts`` that have them."""

    section: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    subject: Link
    heading: str
    count: int
    blocks: tuple[Block[Row], ...]
    parts: tuple[CountedLink, ...]
    newer: Link | None
    older: Link | None


def five_years(block: Block[Meeting]) -> str:
    """The page on which a year belongs, as 2016-2020."""
    year = block.items[0].date.year
    first = year - (year - 1) % YEARS
    return f"{first}-{first + YEARS - 1}"


def paged(
    path: str, blocks: Iterable[Block[Meeting]], limit: int = LIMIT, together: Callable[[Block[Meeting]], str] | None = five_years
) -> Paged[Meeting]:
    """Keeps whole blocks for the page at ``path`` until ``limit`` rows are reached; one block at least. Of the others, those for which
    ``together`` gives the same name share a page if they can."""
    pieces = [piece for block in blocks for piece in _pieces(block, limit, together)]
    total, kept = 0, 0
    for piece in pieces:
        total += len(piece.block.items)
        if kept and total > limit:
            break
        kept += 1
    pages = tuple(_divided(path, pieces[kept:], limit))
    return Paged(
        first=tuple(piece.block for piece in pieces[:kept]),
        further=tuple(page for page in pages if not page.parts),
        overviews=tuple(page for page in pages if page.parts),
    )


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


def parts(whole: MeetingList, read: Reads | None) -> Iterator[LatePage]:
    """The further pages of a list, for which so much was ``read``."""
    further = whole.meetings.further
    places = {part.path: place for place, part in enumerate(further)}
    for place, part in enumerate(further):
        yield LatePage(path=part.path, template="part", make=partial(_part, whole, part, place, place), read=read)
    for part in whole.meetings.overviews:
        carried = [places[path] for path in _carriers(part)]
        yield LatePage(path=part.path, template="part", make=partial(_part, whole, part, carried[0], carried[-1]), read=read)


def _part(whole: MeetingList, part: Part, first: int, last: int) -> PartView:
    """What the page shows lies on the further pages from ``first`` to ``last``."""
    further = whole.meetings.further
    return PartView(
        section=whole.section,
        title=f"{whole.subject.label}, {part.heading}",
        description=whole.description,
        crumbs=(*whole.crumbs, whole.subject, *part.above),
        subject=whole.subject,
        heading=part.heading,
        count=part.count,
        blocks=() if part.parts else shown(part.blocks, whole.make),
        parts=_counted(part.parts),
        newer=further[first - 1].link if first else whole.subject,
        older=further[last + 1].link if last + 1 < len(further) else None,
    )


def _carriers(part: Part) -> Iterator[str]:
    if not part.parts:
        yield part.path
    for inner in part.parts:
        yield from _carriers(inner)


def _counted(parts: Iterable[Part]) -> tuple[CountedLink, ...]:
    return tuple(CountedLink(label=part.heading, path=part.path, count=part.count) for part in parts)


# --- Where to cut ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """``names`` of the pages that can carry it: the one shared by most first, the last one for it alone. ``year`` is the heading of what
    it was cut from."""

    block: Block[Meeting]
    names: tuple[str, ...]
    year: str


def _pieces(block: Block[Meeting], limit: int, together: Callable[[Block[Meeting]], str] | None) -> Iterator[_Piece]:
    """The block, or where it alone is too long, its rows in pieces; the oldest piece keeps its number when a newer one is added."""
    own = block.anchor.removeprefix("nam-")
    names = (together(block), own) if together else (own,)
    count = -(-len(block.items) // limit)
    if count == 1:
        yield _Piece(block, (*names, f"{own}-1"), block.year)
        return
    start = 0
    for number in range(count, 0, -1):
        end = len(block.items) - (number - 1) * limit
        cut = replace(block, year=f"{block.year} ({number}/{count})", anchor=f"{block.anchor}-{number}", items=block.items[start:end])
        yield _Piece(cut, (*names, f"{own}-{number}"), block.year)
        start = end


def _divided(path: str, pieces: Sequence[_Piece], limit: int, level: int = 0, above: tuple[Link, ...] = ()) -> Iterator[Part]:
    """A page for all pieces of one name, or where they are too many an overview and pages for their next names."""
    for name, group in groupby(pieces, key=lambda piece: piece.names[level]):
        own = tuple(group)
        whole = Part(path=f"{path.removesuffix('.html')}_{name}.html", heading=_heading(own), blocks=_blocks(own), above=above)
        if whole.count <= limit:
            yield whole
        else:
            inner = tuple(_divided(path, own, limit, level + 1, (*above, whole.link)))
            yield replace(whole, parts=tuple(part for part in inner if len(part.above) == len(above) + 1))
            yield from inner


def _blocks(pieces: Iterable[_Piece]) -> tuple[Block[Meeting], ...]:
    return tuple(piece.block for piece in pieces)


def _heading(pieces: Sequence[_Piece]) -> str:
    if len(pieces) == 1:
        return pieces[0].block.year
    newest, oldest = pieces[0].year, pieces[-1].year
    return newest if newest == oldest else f"{oldest} – {newest}"
