"""Pages of organizations: what they hosted and led, who spoke for them, and what they were before and after a merger."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, cluster_link, organization_link, organization_links
from plugins.archive.outputs import Gathered, LatePage, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting, Organization, Participation, Person
from plugins.archive.text import sort_key

from . import organization_list
from .apparatus import Apparatus, apparatus
from .organization_list import KINDS, SECTION
from .paging import MeetingList, Paged, paged, parts
from .rows import (
    DEPUTY,
    HOSTED,
    LED,
    MENTIONED,
    ORGANIZED,
    OWNED,
    TAG_OF_ROLE,
    CountedLinks,
    Row,
    Tag,
    by_year,
    counted,
    row,
    years_spanned,
)
from .terms import Evidence, evidence

MEMBER = Tag(label=N_("Thành viên"))
REPRESENTATIVES = 10
"""So many stand open in the rail; the others unfold."""
LEVELS = {"trung ương": N_("Trung ương"), "tỉnh": N_("Tỉnh"), "cơ sở": N_("Cơ sở")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRole:
    """What the organization was in a cluster in one year."""

    year: int
    cluster: Link
    role: Tag
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who spoke for it, with the position and date of the newest record; ``path`` is empty where the name has no page."""

    name: str
    path: str
    position: str
    date: PartialDate
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another organization in its history."""

    label: str
    path: str
    valid_from: PartialDate | None
    valid_to: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView:
    """Template ``organization.html``; ``kind`` and ``level`` are messages, ``names`` its other names and abbreviations."""

    section: str
    title: str
    description: str
    kind: str
    level: str
    province: str
    parent: Link | None
    names: tuple[str, ...]
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]
    hosted: int
    attended: int
    years_led: int
    meeting_count: int
    years: tuple[int, int] | None
    roles: tuple[ClusterRole, ...]
    meetings: Paged[Row]
    representatives: tuple[Representative, ...]
    more_representatives: tuple[Representative, ...]
    clusters: CountedLinks
    children: tuple[Link, ...]
    apparatus: Apparatus


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage | LatePage]:
    tags = archive.table("organizations/tags", lambda: {id: _tags(archive, id) for id in archive.organizations})
    met = archive.table("organizations/met", lambda: {id: tuple(archive.meetings[one] for one in found) for id, found in tags.items()})
    yield from organization_list.index(archive, {id: len(found) for id, found in tags.items()})
    for id in archive.organizations:
        with archive.noting() as read:
            organization = archive.organizations[id]
            whole = _list(archive, organization, met[id], tags[id])
        make = partial(_organization, archive, gathered, organization, whole, met[id])
        yield LatePage(path=urls.organization(id), template="organization", make=make, read=read)
        yield from parts(whole, read)


def _list(archive: Archive, organization: Organization, meetings: Sequence[Meeting], tags: Mapping[str, tuple[Tag, ...]]) -> MeetingList:
    return MeetingList(
        subject=organization_link(organization),
        section=SECTION,
        meetings=paged(urls.organization(organization.id), by_year(meetings)),
        make=lambda meeting: _row(archive, meeting, organization.id, tags[meeting.id]),
        description=organization.province,
    )


def _organization(
    archive: Archive, gathered: Gathered, organization: Organization, whole: MeetingList, meetings: Sequence[Meeting]
) -> OrganizationView:
    id = organization.id
    participations = archive.participations_for_organization.get(id, ())
    people = _representatives(archive, participations)
    return OrganizationView(
        section=SECTION,
        title=organization.label,
        description=organization.province,
        kind=KINDS[organization.kind] if organization.kind else "",
        level=LEVELS.get(organization.level, ""),
        province=organization.province,
        parent=organization_link(archive.organizations[organization.parent]) if organization.parent else None,
        names=(*organization.variants, *organization.abbreviations),
        valid_from=organization.valid_from,
        valid_to=organization.valid_to,
        predecessors=_relatives(archive, organization.predecessors),
        successors=_relatives(archive, organization.successors),
        hosted=len(archive.meetings_hosted_by.get(id, ())),
        attended=len({p.meeting for p in participations}),
        years_led=len({term.year for term in archive.terms_of_organization.get(id, ()) if id in term.lead}),
        meeting_count=len(meetings),
        years=years_spanned(meetings),
        roles=_roles(archive, id),
        meetings=whole.first(),
        representatives=people[:REPRESENTATIVES],
        more_representatives=people[REPRESENTATIVES:],
        clusters=_owned_clusters(archive, id),
        children=_children(archive, id),
        apparatus=apparatus(organization, "organization", gathered),
    )


def _tags(archive: Archive, id: str) -> dict[str, tuple[Tag, ...]]:
    """Every meeting it had to do with, and what it was there."""
    tags: defaultdict[str, dict[Tag, None]] = defaultdict(dict)
    for index, tag in ((archive.meetings_hosted_by, HOSTED), (archive.meetings_organized_by, ORGANIZED)):
        for meeting in index.get(id, ()):
            tags[meeting.id][tag] = None
    for p in archive.participations_for_organization.get(id, ()):
        tags[p.meeting][TAG_OF_ROLE[p.role]] = None
    for meeting, tag in _led(archive, id):
        tags[meeting.id][tag] = None
    for meeting in archive.meetings_of_union.get(id, ()):
        tags[meeting.id][OWNED] = None
    for meeting in archive.meetings_mentioning_organization.get(id, ()):
        tags[meeting.id][MENTIONED] = None
    return {meeting: tuple(found) for meeting, found in tags.items()}


def _led(archive: Archive, id: str) -> Iterator[tuple[Meeting, Tag]]:
    """The meetings a cluster held in the years in which the organization led it or was deputy."""
    for term in archive.terms_of_organization.get(id, ()):
        meetings = archive.meetings_of_cluster.get(term.cluster, ())
        first, end = (bisect_left(meetings, year, key=lambda meeting: meeting.date.year) for year in (term.year, term.year + 1))
        for meeting in meetings[first:end]:
            yield meeting, LED if id in term.lead else DEPUTY


def _row(archive: Archive, meeting: Meeting, id: str, tags: tuple[Tag, ...]) -> Row:
    names = dict.fromkeys(p.name for p in meeting.participations if id in p.organizations and p.person)
    return row(archive, meeting, tags=tags, detail=", ".join(names), who=False)


def _roles(archive: Archive, id: str) -> tuple[ClusterRole, ...]:
    """Newest year first; who leads is a member without saying so."""
    found: list[tuple[int, str, Tag, tuple[Evidence, ...]]] = []
    for term in archive.terms_of_organization.get(id, ()):
        role = LED if id in term.lead else DEPUTY
        found.append((term.year, term.cluster, role, evidence(archive, term.meeting, term.decided)))
    led = {(year, cluster) for year, cluster, _, _ in found}
    for cluster in archive.clusters_with_member.get(id, ()):
        for one in cluster.members:
            if id in one.organizations and (one.year, cluster.id) not in led:
                found.append((one.year, cluster.id, MEMBER, evidence(archive, one.meeting, decided=False)))
    found.sort(key=lambda one: (-one[0], one[1], one[2].label))
    return tuple(_merged(archive, found))


def _merged(archive: Archive, found: list[tuple[int, str, Tag, tuple[Evidence, ...]]]) -> Iterator[ClusterRole]:
    """The same role told by several meetings is one line."""
    for (year, cluster, role), group in groupby(found, key=lambda one: one[:3]):
        pieces = dict.fromkeys(piece for one in group for piece in one[3])
        yield ClusterRole(year=year, cluster=cluster_link(archive.clusters[cluster]), role=role, evidence=tuple(pieces))


def _representatives(archive: Archive, participations: Iterable[Participation]) -> tuple[Representative, ...]:
    """People, each once, the most recently recorded first."""
    newest = {p.person: p for p in participations if p.person}
    found = [_representative(archive, archive.people[id], p) for id, p in newest.items()]
    found.sort(key=lambda one: sort_key(one.name))
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def _representative(archive: Archive, person: Person, p: Participation) -> Representative:
    return Representative(
        name=person.label,
        path=urls.person(person.id),
        position=p.position,
        date=archive.meetings[p.meeting].date,
        record=urls.meeting(p.meeting),
    )


def _relatives(archive: Archive, ids: Iterable[str]) -> tuple[Relative, ...]:
    found = (archive.organizations[id] for id in ids)
    return tuple(Relative(label=o.label, path=urls.organization(o.id), valid_from=o.valid_from, valid_to=o.valid_to) for o in found)


def _owned_clusters(archive: Archive, id: str) -> CountedLinks:
    counts = {cluster.id: len(archive.meetings_of_cluster.get(cluster.id, ())) for cluster in archive.clusters_of_owner.get(id, ())}
    return counted(counts, lambda cluster: cluster_link(archive.clusters[cluster]))


def _children(archive: Archive, id: str) -> tuple[Link, ...]:
    children = sorted(archive.children_of.get(id, ()), key=lambda child: (sort_key(child.label), child.id))
    return organization_links(archive, [child.id for child in children])
