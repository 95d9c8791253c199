"""Years and quarters: what met when, and when nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import Gathered, LatePage, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting

from .paging import MeetingList, Paged, paged, parts
from .quarters import QUARTERS, GapRow, YearRow, count_rows, folded, marked
from .rows import Block, Row, newest_first, row

SECTION = "calendar"
ROMAN = ("I", "II", "III", "IV")
LIMIT = 100
"""So many meetings stand on the page of a year; past that its quarters have them, and past that the months of a quarter are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """Template ``calendar.html``."""

    section: str
    title: str
    description: str
    rows: tuple[YearRow | GapRow, ...]
    meeting_count: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter of the year page; ``items`` is empty where a year is so full that its quarters have pages instead."""

    quarter: int
    path: str
    count: int
    items: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """Template ``year.html``: quarters with meetings, the newest first; ``undated`` are those whose month is unknown."""

    section: str
    title: str
    description: str
    year: int
    meeting_count: int
    quarters: tuple[Quarter, ...]
    undated: tuple[Row, ...]
    rows: tuple[YearRow | GapRow, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The nearest quarter with a meeting on one side."""

    year: int
    quarter: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterView:
    """Template ``quarter.html``; ``has_months`` where a block is a month, because there are too many for one list."""

    section: str
    title: str
    description: str
    year: int
    quarter: int
    meeting_count: int
    meetings: Paged[Row]
    has_months: bool
    rows: tuple[YearRow | GapRow, ...]
    previous: Neighbour | None
    next: Neighbour | None


Rows = Mapping[str, tuple[YearRow, ...]]
"""Under "all", how many meetings there are in each quarter of each year."""
Groups = Mapping[tuple[int, int], tuple[Meeting, ...]]
"""The meetings of each year and quarter that has some."""


def pages(archive: Archive, _gathered: Gathered) -> Iterator[OutputPage | LatePage]:
    counted = archive.table("calendar/rows", lambda: {"all": count_rows(archive)})
    yield OutputPage(path=urls.CALENDAR, template="calendar", view=_calendar(archive, counted["all"]))
    for year in sorted(archive.meetings_in_year):
        yield LatePage(path=urls.year(year), template="year", make=partial(_year, archive, year, counted), read=())
    yield from _quarters(archive, counted)


def _calendar(archive: Archive, rows: tuple[YearRow, ...]) -> CalendarView:
    return CalendarView(
        section=SECTION,
        title=N_("Lịch theo quý"),
        description="",
        rows=folded(rows),
        meeting_count=len(archive.meetings),
        years=(rows[-1].year, rows[0].year) if rows else None,
    )


def _year(archive: Archive, year: int, counted: Rows) -> YearView:
    meetings = newest_first(archive.meetings_in_year[year])
    years = sorted(archive.meetings_in_year)
    index = years.index(year)
    return YearView(
        section=SECTION,
        title=str(year),
        description="",
        year=year,
        meeting_count=len(meetings),
        quarters=tuple(_quarters_of_year(archive, year, meetings)),
        undated=tuple(row(archive, meeting) for meeting in meetings if meeting.date.quarter is None),
        rows=folded(counted["all"]),
        previous=_year_link(years[max(index - 1, 0) : index]),
        next=_year_link(years[index + 1 : index + 2]),
    )


def _year_link(years: list[int]) -> Link | None:
    return Link(label=str(years[0]), path=urls.year(years[0])) if years else None


def _quarters_of_year(archive: Archive, year: int, meetings: list[Meeting]) -> Iterator[Quarter]:
    in_full = len(meetings) <= LIMIT
    for quarter in reversed(QUARTERS):
        own = [meeting for meeting in meetings if meeting.date.quarter == quarter]
        if own:
            items = tuple(row(archive, meeting) for meeting in own) if in_full else ()
            yield Quarter(quarter=quarter, path=urls.quarter(year, quarter), count=len(own), items=items)


def _quarters(archive: Archive, counted: Rows) -> Iterator[LatePage]:
    groups = archive.table("calendar/quarters", lambda: _groups(archive))
    for key in groups:
        with archive.noting() as read:
            whole = _list(archive, *key, groups[key])
        make = partial(_quarter, counted, groups, key, whole)
        yield LatePage(path=whole.subject.path, template="quarter", make=make, read=read)
        yield from parts(whole, read)


def _groups(archive: Archive) -> Groups:
    dated = sorted((m for m in archive.meetings.values() if m.date.quarter), key=_year_and_quarter)
    return {key: tuple(own) for key, own in groupby(dated, key=_year_and_quarter)}


def _year_and_quarter(meeting: Meeting) -> tuple[int, int]:
    return meeting.date.year, meeting.date.quarter or 0


def _list(archive: Archive, year: int, quarter: int, meetings: Sequence[Meeting]) -> MeetingList:
    path = urls.quarter(year, quarter)
    return MeetingList(
        subject=Link(label=f"{ROMAN[quarter - 1]}/{year}", path=path),
        section=SECTION,
        meetings=paged(path, _blocks(meetings, by_month=len(meetings) > LIMIT), LIMIT, together=None),
        make=lambda meeting: row(archive, meeting),
        crumbs=(Link(label=str(year), path=urls.year(year)),),
    )


def _quarter(counted: Rows, groups: Groups, key: tuple[int, int], whole: MeetingList) -> QuarterView:
    (year, quarter), meetings = key, groups[key]
    order = list(groups)
    index = order.index(key)
    return QuarterView(
        section=SECTION,
        title=whole.subject.label,
        description="",
        year=year,
        quarter=quarter,
        meeting_count=len(meetings),
        meetings=whole.first(),
        has_months=len(meetings) > LIMIT,
        rows=folded(marked(counted["all"], year, quarter)),
        previous=_neighbour(order, index - 1),
        next=_neighbour(order, index + 1),
    )


def _blocks(meetings: Sequence[Meeting], by_month: bool) -> Iterator[Block[Meeting]]:
    """All in one block, or a block for each month; the newest first."""
    for month, own in groupby(newest_first(meetings), key=lambda meeting: meeting.date.month if by_month else None):
        found = tuple(own)
        label = f"{month:02}/{found[0].date.year}" if month else ""
        yield Block(year=label, anchor=f"thang-{month:02}" if month else "hoi-nghi", items=found)


def _neighbour(order: Sequence[tuple[int, int]], index: int) -> Neighbour | None:
    if not 0 <= index < len(order):
        return None
    year, quarter = order[index]
    return Neighbour(year=year, quarter=quarter, path=urls.quarter(year, quarter))
