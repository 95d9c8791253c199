"""Who led a cluster in which year, as far as a meeting decided or attests it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, person_link
from plugins.archive.records import Cluster, LeadTerm, Meeting
from plugins.archive.viewing import view_class

_LEAD_WORDS = re.compile(r"(?:cụm|khối) trưởng|trưởng (?:cụm|khối)", re.IGNORECASE)
_DEPUTY_WORDS = re.compile(r"(?:cụm|khối) phó|phó (?:cụm|khối)", re.IGNORECASE)


@view_class
class Unit:
    """A unit that led, and the people who stood for it at the cluster's meetings of that year."""

    label: str
    path: str
    people: tuple[Link, ...]


@view_class
class Evidence:
    """The meeting behind a statement; ``decided`` is False where it merely attests it."""

    path: str
    date: PartialDate
    title: str
    decided: bool


@view_class
class TermRow:
    """One year; ``first`` differs from ``year`` where nothing is known of several years in a row."""

    year: int
    first: int
    lead: tuple[Unit, ...] = ()
    deputies: tuple[Unit, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def term_rows(archive: Archive, cluster: Cluster) -> tuple[TermRow, ...]:
    """The newest year on top; years that meetings or terms span, and of which nothing is known, are there and empty."""
    terms = archive.leads_of_cluster.get(cluster.id, ())
    if not terms:
        return ()
    meetings = archive.meetings_of_cluster.get(cluster.id, ())
    years = [term.year for term in terms] + [meeting.date.year for meeting in meetings]
    by_year = {year: list(group) for year, group in groupby(terms, key=lambda term: term.year)}
    rows: list[TermRow] = []
    for year in range(max(years), min(years) - 1, -1):
        if year in by_year:
            rows.extend(_rows_of_year(archive, by_year[year], [m for m in meetings if m.date.year == year]))
        elif rows and not rows[-1].evidence and not rows[-1].lead and not rows[-1].deputies:
            rows[-1] = TermRow(year=rows[-1].year, first=year)
        else:
            rows.append(TermRow(year=year, first=year))
    return tuple(rows)


def evidence(archive: Archive, meeting: str | None, decided: bool) -> tuple[Evidence, ...]:
    """One piece, or none where no meeting is named."""
    if meeting is None:
        return ()
    found = archive.meetings[meeting]
    return (Evidence(path=urls.meeting(found.id), date=found.date, title=found.title, decided=decided),)


def _rows_of_year(archive: Archive, terms: Sequence[LeadTerm], meetings: Sequence[Meeting]) -> Iterator[TermRow]:
    """Terms that agree are one row; contradicting ones stand under each other."""
    merged: list[list[LeadTerm]] = []
    for term in terms:
        agreeing = next((group for group in merged if all(_agree(term, other) for other in group)), None)
        if agreeing is None:
            merged.append([term])
        else:
            agreeing.append(term)
    for group in merged:
        yield TermRow(
            year=group[0].year,
            first=group[0].year,
            lead=_units(archive, _distinct(term.lead for term in group), meetings, _LEAD_WORDS),
            deputies=_units(archive, _distinct(term.deputies for term in group), meetings, _DEPUTY_WORDS),
            evidence=tuple(piece for term in group for piece in evidence(archive, term.meeting, term.decided)),
        )


def _agree(one: LeadTerm, other: LeadTerm) -> bool:
    pairs = ((one.lead, other.lead), (one.deputies, other.deputies))
    return all(not left or not right or set(left) == set(right) for left, right in pairs)


def _distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _units(archive: Archive, ids: Iterable[str], meetings: Iterable[Meeting], words: re.Pattern[str]) -> tuple[Unit, ...]:
    units = []
    for id in ids:
        found = {
            p.person: person_link(archive.people[p.person])
            for meeting in meetings
            for p in meeting.participations
            if p.person and id in p.organizations and words.search(p.position)
        }
        units.append(Unit(label=archive.organizations[id].label, path=urls.organization(id), people=tuple(found.values())))
    return tuple(units)
