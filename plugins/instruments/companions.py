"""Who appears together: pairs of people, and of organizations, and the meetings that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link, organization_link, person_link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting
from plugins.archive.text import sort_key

from .parts import Held, View, held
from .texts import Texts

NAME = "cung-co-mat"
LEAST = 2
"""Once together may be chance."""
PAIRS = 40
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """``meetings`` are the newest; ``count`` is of all."""

    first: Link
    second: Link
    count: int
    meetings: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionsView(View):
    """Template ``instrument_companions.html``; ``left_out`` counts the pairs there is no room for."""

    people: tuple[Pair, ...]
    people_left_out: int
    organizations: tuple[Pair, ...]
    organizations_left_out: int


def pages(archive: Archive, _texts: Texts) -> Iterator[OutputPage]:
    people, more_people = _pairs(archive, _people, lambda id: person_link(archive.people[id]))
    bodies, more_bodies = _pairs(archive, _organizations, lambda id: organization_link(archive.organizations[id]))
    view = CompanionsView(
        title=N_("Cùng có mặt"),
        description=N_("Những người, những tổ chức cùng có tên trong nhiều hội nghị"),
        people=people,
        people_left_out=more_people,
        organizations=bodies,
        organizations_left_out=more_bodies,
    )
    yield OutputPage(path=urls.instrument(NAME), template="instrument_companions", view=view)


def _people(meeting: Meeting) -> set[str]:
    return {one.person for one in meeting.participations if one.person}


def _organizations(meeting: Meeting) -> set[str]:
    return {*meeting.hosts, *meeting.organizers, *(id for one in meeting.participations for id in one.organizations)}


def _pairs(archive: Archive, who: Callable[[Meeting], set[str]], link: Callable[[str], Link]) -> tuple[tuple[Pair, ...], int]:
    """The most frequent pairs, and how many more there are."""
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for meeting in archive.meetings.values():
        for pair in combinations(sorted(who(meeting)), 2):
            together[pair].append(meeting.id)
    often = sorted((pair for pair, found in together.items() if len(found) >= LEAST), key=lambda pair: (-len(together[pair]), pair))
    shown = [_pair(archive.meetings, link, pair, together[pair]) for pair in often[:PAIRS]]
    shown.sort(key=lambda pair: (-pair.count, sort_key(pair.first.label), sort_key(pair.second.label), pair.first.path))
    return tuple(shown), max(len(often) - PAIRS, 0)


def _pair(meetings: Mapping[str, Meeting], link: Callable[[str], Link], ids: tuple[str, str], found: list[str]) -> Pair:
    first, second = sorted((link(id) for id in ids), key=lambda one: (sort_key(one.label), one.path))
    newest = tuple(held(meetings[id]) for id in reversed(found[-SHOWN:]))
    return Pair(first=first, second=second, count=len(found), meetings=newest)
