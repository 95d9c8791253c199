"""What every index page lists: links with a count, and meetings in rows under headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link
from plugins.archive.problems import N_
from plugins.archive.records import Meeting, Role
from plugins.archive.text import sort_key
from plugins.archive.viewing import view_class

NBSP = "\u00a0"
LONG_LIST = 10
"""So many entries of a list in the rail stand open; the others unfold."""


@view_class
class CountedLink:
    label: str
    path: str
    count: int


@view_class
class CountedLinks:
    """A list in the rail: what stands open, and what unfolds; ``left_out`` is how many rarer entries are not listed."""

    first: tuple[CountedLink, ...]
    more: tuple[CountedLink, ...]
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.first) + len(self.more) + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What somebody was at a meeting; ``label`` is a message for gettext."""

    label: str
    filled: bool = False


CHAIRED = Tag(label=N_("Chủ trì"), filled=True)
SPOKE = Tag(label=N_("Phát biểu"))
ATTENDED = Tag(label=N_("Dự"))
HOSTED = Tag(label=N_("Đăng cai"))
ORGANIZED = Tag(label=N_("Đơn vị tổ chức"))
LED = Tag(label=N_("Cụm trưởng"))
DEPUTY = Tag(label=N_("Cụm phó"))
OWNED = Tag(label=N_("Chủ quản"))
MENTIONED = Tag(label=N_("Được nhắc tới"))

TAG_OF_ROLE = {Role.CHAIR: CHAIRED, Role.SPEAKER: SPOKE, Role.PARTICIPANT: ATTENDED}


@view_class
class Row:
    """One meeting in a list."""

    path: str
    title: str
    date: PartialDate
    inferred: bool
    quarter: int | None
    summary: str
    cluster: str
    chairs: tuple[str, ...]
    tags: tuple[Tag, ...]
    detail: str


Item = TypeVar("Item")


@view_class
class Block(Generic[Item]):
    """What stands under one heading, newest first: meetings, or the rows that show them. ``year`` is the heading, ``anchor`` its id."""

    year: str
    anchor: str
    items: tuple[Item, ...]


def row(
    archive: Archive,
    meeting: Meeting,
    *,
    tags: tuple[Tag, ...] = (),
    detail: str = "",
    who: bool = True,
    cluster: bool = True,
    summary: bool = False,
) -> Row:
    """``who`` shows the cluster and the chairs, for a page on which they are news; ``cluster`` False leaves out the cluster."""
    return Row(
        path=urls.meeting(meeting.id),
        title=meeting.title,
        date=meeting.date,
        inferred=bool(meeting.date_inferred),
        quarter=meeting.date.quarter,
        summary=meeting.summary if summary else "",
        cluster=archive.clusters[meeting.cluster].label if who and cluster and meeting.cluster else "",
        chairs=chair_names(archive, meeting) if who else (),
        tags=tags,
        detail=detail,
    )


def chair_names(archive: Archive, meeting: Meeting) -> tuple[str, ...]:
    """In the order given; a person's usual name, not the spelling of this record, and no line breaks inside it."""
    chairs = meeting.with_role(Role.CHAIR)
    return tuple(archive.people[p.person].name.replace(" ", NBSP) if p.person else p.name for p in chairs)


def newest_first(meetings: Iterable[Meeting]) -> list[Meeting]:
    return sorted(meetings, key=lambda meeting: (meeting.date, meeting.id), reverse=True)


def by_year(meetings: Iterable[Meeting]) -> tuple[Block[Meeting], ...]:
    """One block for each year that has a meeting, the newest on top."""
    groups: dict[int, list[Meeting]] = {}
    for meeting in newest_first(meetings):
        groups.setdefault(meeting.date.year, []).append(meeting)
    return tuple(Block(year=str(year), anchor=f"nam-{year}", items=tuple(rows)) for year, rows in groups.items())


def shown(blocks: Iterable[Block[Meeting]], make: Callable[[Meeting], Row]) -> tuple[Block[Row], ...]:
    """The blocks, with rows in the place of meetings."""
    return tuple(Block(year=block.year, anchor=block.anchor, items=tuple(map(make, block.items))) for block in blocks)


def counted(counts: Mapping[str, int], link: Callable[[str], Link], most: int | None = None) -> CountedLinks:
    """The most frequent first, then by the alphabet; no more than ``most`` of them."""
    links = ((link(id), count) for id, count in counts.items())
    entries = sorted(links, key=lambda entry: (-entry[1], sort_key(entry[0].label), entry[0].path))
    shown = tuple(CountedLink(label=one.label, path=one.path, count=count) for one, count in entries)
    # One entry alone is not worth unfolding.
    end = LONG_LIST if len(shown) > LONG_LIST + 1 else len(shown)
    return CountedLinks(first=shown[:end], more=shown[end:most], left_out=len(shown[most:]) if most else 0)


def years_spanned(meetings: Iterable[Meeting]) -> tuple[int, int] | None:
    """First and last year with a meeting; None without one."""
    years = [meeting.date.year for meeting in meetings]
    return (min(years), max(years)) if years else None
