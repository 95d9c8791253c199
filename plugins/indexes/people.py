"""Pages of people: positions as attested, each with its meeting; an end of office is never invented."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, cluster_link, organization_link, person_link
from plugins.archive.outputs import Gathered, LatePage, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting, Mention, Participation, Person, Role
from plugins.archive.text import given_name_key, match_key

from .alphabet import Entry, Group, by_letter, letter_pages, split_long
from .apparatus import Apparatus, apparatus
from .companions import Companions, companions
from .offices import Axis, Dated, Office, axis, detail, offices, position_text
from .paging import MeetingList, Paged, paged, parts
from .rows import (
    MENTIONED,
    TAG_OF_ROLE,
    CountedLinks,
    Row,
    by_year,
    counted,
    row,
    years_spanned,
)

SECTION = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest recorded position: not the present one."""

    text: str
    record: Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A name as records write it; ``count`` 0 where only the person's own file gives it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Template ``person.html``. ``spellings`` is empty where every record writes the same name."""

    section: str
    title: str
    description: str
    latest: Latest | None
    honorific: str
    born: PartialDate | None
    chaired: int
    attended: int
    meeting_count: int
    years: tuple[int, int] | None
    spellings: tuple[Spelling, ...]
    not_same_as: tuple[Link, ...]
    offices: tuple[Office, ...]
    axis: Axis | None
    meetings: Paged[Row]
    companions: Companions
    organizations: CountedLinks
    clusters: CountedLinks
    apparatus: Apparatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesView:
    """Templates ``people.html`` and ``organizations.html``: all names in groups; ``split`` where each group has its own page."""

    section: str
    title: str
    description: str
    groups: tuple[Group, ...]
    total: int
    split: bool


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage | LatePage]:
    yield from _index(archive)
    span = archive.table("people/span", lambda: {"axis": axis(archive)} if archive.meetings else {})
    namesakes = archive.table("people/namesakes", lambda: _namesakes(archive))
    for id in archive.people:
        with archive.noting() as read:
            person = archive.people[id]
            whole = _list(archive, person)
            make = partial(_person, archive, gathered, person, whole, span.get("axis"), namesakes.get(id, ()))
        yield LatePage(path=urls.person(id), template="person", make=make, read=read)
        yield from parts(whole, read)


def _list(archive: Archive, person: Person) -> MeetingList:
    latest = _latest(archive, _stated(archive, person.id))
    return MeetingList(
        subject=person_link(person),
        section=SECTION,
        meetings=paged(urls.person(person.id), by_year(_listed(archive, person.id))),
        make=lambda meeting: _row(archive, meeting, person.id),
        description=latest.text if latest else "",
    )


def _person(
    archive: Archive, gathered: Gathered, person: Person, whole: MeetingList, span: Axis | None, namesakes: tuple[str, ...]
) -> PersonView:
    participations = archive.participations_of_person.get(person.id, ())
    meetings = archive.meetings_of_person.get(person.id, ())
    listed = _listed(archive, person.id)
    chaired = {p.meeting for p in participations if p.role is Role.CHAIR}
    return PersonView(
        section=SECTION,
        title=person.label,
        description=whole.description,
        latest=_latest(archive, _stated(archive, person.id)),
        honorific=person.honorific,
        born=person.born,
        chaired=len(chaired),
        attended=len(meetings) - len(chaired),
        meeting_count=len(listed),
        years=years_spanned(listed),
        spellings=_spellings(person, participations),
        not_same_as=tuple(person_link(archive.people[id]) for id in namesakes),
        offices=offices(archive, participations, span) if span else (),
        axis=span,
        meetings=whole.first(),
        companions=companions(archive, person.id, meetings),
        organizations=_organizations(archive, participations),
        clusters=_clusters(archive, meetings),
        apparatus=apparatus(person, "person", gathered),
    )


def _stated(archive: Archive, person: str) -> list[Participation] | list[Mention]:
    """Where the person's position stands, in order of date; a meeting that merely names the person counts where no other tells it."""
    taken = [p for p in archive.participations_of_person.get(person, ()) if p.position]
    named = (one for meeting in archive.meetings_mentioning_person.get(person, ()) for one in meeting.mentions)
    return taken or [one for one in named if one.person == person and one.position]


def _latest(archive: Archive, stated: list[Participation] | list[Mention]) -> Latest | None:
    if not stated:
        return None
    meeting = archive.meetings[stated[-1].meeting]
    record = Dated(date=meeting.date, path=urls.meeting(meeting.id), title=meeting.title)
    # One record may give two positions; the sentence names both.
    return Latest(text=detail(archive, [p for p in stated if p.meeting == meeting.id]), record=record)


def _row(archive: Archive, meeting: Meeting, person: str) -> Row:
    own = [p for p in meeting.participations if p.person == person]
    named = [mention for mention in meeting.mentions if mention.person == person]
    tags = dict.fromkeys([*(TAG_OF_ROLE[p.role] for p in own), *(MENTIONED for _ in named)])
    return row(archive, meeting, tags=tuple(tags), detail=detail(archive, own or named), who=False)


def _listed(archive: Archive, person: str) -> tuple[Meeting, ...]:
    """The meetings at which the person took part, and those whose report merely names the person; each once."""
    found = (*archive.meetings_of_person.get(person, ()), *archive.meetings_mentioning_person.get(person, ()))
    return tuple({meeting.id: meeting for meeting in found}.values())


def _spellings(person: Person, participations: tuple[Participation, ...]) -> tuple[Spelling, ...]:
    counts = Counter(p.name for p in participations)
    for variant in person.variants:
        counts.setdefault(variant, 0)
    if set(counts) <= {person.name}:
        return ()
    return tuple(
        Spelling(name=name, count=count) for name, count in sorted(counts.items(), key=lambda one: (-one[1], given_name_key(one[0])))
    )


def _organizations(archive: Archive, participations: tuple[Participation, ...]) -> CountedLinks:
    pairs = {(p.meeting, id) for p in participations for id in p.organizations}
    return counted(Counter(id for _, id in pairs), lambda id: organization_link(archive.organizations[id]))


def _clusters(archive: Archive, meetings: tuple[Meeting, ...]) -> CountedLinks:
    return counted(Counter(m.cluster for m in meetings if m.cluster), lambda id: cluster_link(archive.clusters[id]))


def _namesakes(archive: Archive) -> Mapping[str, tuple[str, ...]]:
    """Whom a reader may take for whom: people of one name, and what editors say; always both ways."""
    others: defaultdict[str, set[str]] = defaultdict(set)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for person in archive.people.values():
        by_name[match_key(person.name)].append(person.id)
        for other in person.not_same_as:
            others[person.id].add(other)
            others[other].add(person.id)
    for ids in by_name.values():
        for id in ids:
            others[id].update(ids)
    return {id: tuple(sorted(found - {id})) for id, found in others.items()}


def _index(archive: Archive) -> Iterator[OutputPage]:
    people = sorted(archive.people.values(), key=lambda person: (given_name_key(person.name), person.label, person.id))
    pairs = [(person.name.split(" ")[-1], _entry(archive, person)) for person in people]
    groups, split = split_long(by_letter(pairs, urls.people_of_letter))
    title = N_("Người")
    view = NamesView(section=SECTION, title=title, description="", groups=groups, total=len(people), split=split)
    yield OutputPage(path=urls.PEOPLE, template="people", view=view)
    yield from letter_pages(groups, Link(label=title, path=urls.PEOPLE), SECTION)


def _entry(archive: Archive, person: Person) -> Entry:
    stated = _stated(archive, person.id)
    return Entry(
        label=person.label,
        path=urls.person(person.id),
        note=position_text(archive, stated[-1]) if stated else "",
        count=len(_listed(archive, person.id)),
    )
