"""The meetings of one cluster around one of them: before and after, and by quarter."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.dates import PartialDate
from plugins.archive.records import Meeting
from plugins.archive.viewing import view_class


@view_class
class Neighbour:
    """The meeting before or after."""

    title: str
    path: str
    date: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class StripLink:
    date: PartialDate
    path: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StripCell:
    """Made once for all meetings that show it, and so, with ``eq`` False, known again at a glance by what remembers its markup."""

    quarter: int
    links: tuple[StripLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StripYear:
    """As a cell of it."""

    year: int
    cells: tuple[StripCell, ...]


class Timeline:
    """The meetings of one cluster (or union) in order of date, indexed once for all their pages."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        self._meetings = meetings
        self._places = {meeting.id: place for place, meeting in enumerate(meetings)}
        self._years = sorted({meeting.date.year for meeting in meetings})
        self._held: defaultdict[tuple[int, int | None], list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            self._held[meeting.date.year, meeting.date.quarter].append(meeting)
        self._shown: dict[int, StripYear] = {}

    def strip(self, current: Meeting) -> tuple[StripYear, ...]:
        """At most three years, ascending: the one before with a record, its own, the one after with a record.

        A meeting whose month is unknown stands in no quarter.
        """
        place = bisect_left(self._years, current.date.year)
        return tuple(self._year(year) for year in self._years[max(0, place - 1) : place + 2])

    def neighbours(self, current: Meeting) -> tuple[Neighbour | None, Neighbour | None]:
        """The meetings right before and after; None at the ends."""
        place = self._places[current.id]
        before = self._meetings[place - 1] if place else None
        after = self._meetings[place + 1] if place + 1 < len(self._meetings) else None
        return _neighbour(before), _neighbour(after)

    def _year(self, year: int) -> StripYear:
        if year not in self._shown:
            self._shown[year] = StripYear(year=year, cells=tuple(self._cell(year, quarter) for quarter in (1, 2, 3, 4)))
        return self._shown[year]

    def _cell(self, year: int, quarter: int) -> StripCell:
        held = self._held.get((year, quarter), ())
        return StripCell(quarter=quarter, links=tuple(StripLink(date=m.date, path=urls.meeting(m.id)) for m in held))


def _neighbour(meeting: Meeting | None) -> Neighbour | None:
    return None if meeting is None else Neighbour(title=meeting.title, path=urls.meeting(meeting.id), date=meeting.date)
