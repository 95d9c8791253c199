"""Positions over time. A record proves a position on one day; what lies between two records is left open."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, organization_links
from plugins.archive.records import Mention, Participation
from plugins.archive.text import match_key, sort_key
from plugins.archive.viewing import view_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The years that the line of dots spans: the whole archive's, so that people can be compared."""

    first: int
    last: int

    @property
    def middle(self) -> int | None:
        """A year to be named in between, where there is room for one."""
        return (self.first + self.last) // 2 if self.last - self.first > 2 and (self.first + self.last) % 2 == 0 else None

    def position(self, date: PartialDate) -> float:
        """Per cent from the left, between 1 and 99 so that a dot at an end stays whole."""
        start, end = datetime.date(self.first, 1, 1).toordinal(), datetime.date(self.last, 1, 1).toordinal()
        day = (date.first_day.toordinal() + date.last_day.toordinal()) / 2
        return round(1 + 98 * (day - start) / (end - start), 1)


@view_class
class Dated:
    """A meeting by its date."""

    date: PartialDate
    path: str
    title: str


@view_class
class Office:
    """One position in the same organizations; ``records`` ascending, ``dots`` in per cent of the axis."""

    position: str
    organizations: tuple[Link, ...]
    records: tuple[Dated, ...]
    dots: tuple[float, ...]


def axis(archive: Archive) -> Axis:
    """From the first year of the archive to the end of the last; raises ValueError where there is no meeting."""
    years = archive.meetings_in_year
    return Axis(first=min(years), last=max(years) + 1)


def offices(archive: Archive, participations: Sequence[Participation], span: Axis) -> tuple[Office, ...]:
    """Each position that a record states, the latest attested first."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Participation]] = defaultdict(list)
    for p in participations:
        if p.position:
            groups[match_key(p.position), p.organizations].append(p)
    found = [_office(archive, group, span) for group in groups.values()]
    found.sort(key=lambda office: sort_key(office.position))
    return tuple(sorted(found, key=lambda office: office.records[-1].date, reverse=True))


def detail(archive: Archive, participations: Iterable[Participation | Mention]) -> str:
    """The positions of one meeting as text, with the organizations that the position does not name itself."""
    return "; ".join(dict.fromkeys(text for p in participations if (text := position_text(archive, p))))


def position_text(archive: Archive, p: Participation | Mention) -> str:
    """As "Phó Chủ tịch, Hội Làm vườn"; empty where neither is known."""
    labels = [archive.organizations[id].label for id in p.organizations]
    key = match_key(p.position)
    return ", ".join([*([p.position] if p.position else []), *(label for label in labels if match_key(label) not in key)])


def _office(archive: Archive, group: Sequence[Participation], span: Axis) -> Office:
    meetings = {p.meeting: archive.meetings[p.meeting] for p in group}.values()
    newest = group[-1]
    key = match_key(newest.position)
    unnamed = [id for id in newest.organizations if match_key(archive.organizations[id].label) not in key]
    return Office(
        position=newest.position,
        organizations=organization_links(archive, unnamed),
        records=tuple(Dated(date=m.date, path=urls.meeting(m.id), title=m.title) for m in meetings),
        dots=tuple(dict.fromkeys(span.position(m.date) for m in meetings)),
    )
