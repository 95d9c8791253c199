"""The meetings of one cluster around one of them: before and after, and by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.dates import PartialDate
from plugins.archive.records import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The meeting before or after."""

    title: str
    path: str
    date: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class StripLink:
    date: PartialDate
    path: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StripCell:
    quarter: int
    links: tuple[StripLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StripYear:
    year: int
    cells: tuple[StripCell, ...]


def strip(meetings: Sequence[Meeting], current: Meeting) -> tuple[StripYear, ...]:
    """At most three years, ascending: the one before with a record, its own, the one after with a record.

    A meeting whose month is unknown stands in no quarter.
    """
    years = sorted({meeting.date.year for meeting in meetings})
    place = years.index(current.date.year)
    return tuple(_year(year, meetings, current) for year in years[max(0, place - 1) : place + 2])


def neighbours(meetings: Sequence[Meeting], current: Meeting) -> tuple[Neighbour | None, Neighbour | None]:
    """The meetings right before and after, of ``meetings`` in order of date; None at the ends."""
    place = next(index for index, meeting in enumerate(meetings) if meeting is current)
    before = meetings[place - 1] if place else None
    after = meetings[place + 1] if place + 1 < len(meetings) else None
    return _neighbour(before), _neighbour(after)


def _year(year: int, meetings: Sequence[Meeting], current: Meeting) -> StripYear:
    cells = []
    for quarter in (1, 2, 3, 4):
        held = [m for m in meetings if m.date.year == year and m.date.quarter == quarter]
        links = tuple(StripLink(date=m.date, path=urls.meeting(m.id), current=m is current) for m in held)
        cells.append(StripCell(quarter=quarter, links=links))
    return StripYear(year=year, cells=tuple(cells))


def _neighbour(meeting: Meeting | None) -> Neighbour | None:
    return meeting and Neighbour(title=meeting.title, path=urls.meeting(meeting.id), date=meeting.date)
