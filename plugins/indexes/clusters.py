"""Pages of the clusters: when they met, who led them in which year and which meeting says so, who belongs to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link, cluster_link, organization_link
from plugins.archive.outputs import Gathered, LatePage, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Cluster, Meeting, Membership
from plugins.archive.text import sort_key

from .apparatus import Apparatus, apparatus
from .paging import MeetingList, Paged, paged, parts
from .quarters import GapRow, YearRow, date_rows
from .rows import CountedLinks, Row, by_year, counted, row, years_spanned
from .terms import Evidence, TermRow, evidence, term_rows

SECTION = "clusters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The units known in one year; ``count`` is how many there were, where a meeting says so."""

    year: int
    count: int | None
    known: CountedLinks
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """Template ``cluster.html``. ``latest`` is the newest meeting (None without one); ``members`` the latest list (None where none is
    known), ``former_members`` those before."""

    section: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    owner: Link
    level: str
    variants: tuple[str, ...]
    meeting_count: int
    latest: Row | None
    years: tuple[int, int] | None
    quarters: tuple[YearRow | GapRow, ...]
    terms: tuple[TermRow, ...]
    meetings: Paged[Row]
    members: Members | None
    former_members: tuple[Members, ...]
    seen: CountedLinks
    siblings: CountedLinks
    apparatus: Apparatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterEntry:
    """One cluster in the index; ``years`` is None without a meeting."""

    label: str
    path: str
    count: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The clusters of one owner."""

    label: str
    anchor: str
    owner: Link
    clusters: tuple[ClusterEntry, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClustersView:
    """Template ``clusters.html``: scopes in the order of the alphabet."""

    section: str
    title: str
    description: str
    scopes: tuple[Scope, ...]
    cluster_count: int


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage | LatePage]:
    yield OutputPage(path=urls.CLUSTERS, template="clusters", view=_index(archive))
    for id in archive.clusters:
        with archive.noting() as read:
            cluster = archive.clusters[id]
            whole = _list(archive, cluster)
        yield LatePage(path=urls.cluster(id), template="cluster", make=partial(_cluster, archive, gathered, cluster, whole), read=read)
        yield from parts(whole, read)


def scope_label(archive: Archive, cluster: Cluster) -> str:
    """What tells this cluster from those of the same number elsewhere."""
    owner = archive.organizations[cluster.owner]
    return owner.scope or owner.label


def _list(archive: Archive, cluster: Cluster) -> MeetingList:
    meetings = archive.meetings_of_cluster.get(cluster.id, ())
    return MeetingList(
        subject=cluster_link(cluster),
        section=SECTION,
        meetings=paged(urls.cluster(cluster.id), by_year(meetings)),
        make=lambda meeting: row(archive, meeting, cluster=False, summary=len(meetings) <= 3),
        crumbs=_crumbs(archive, cluster),
        description=archive.organizations[cluster.owner].label,
    )


def _cluster(archive: Archive, gathered: Gathered, cluster: Cluster, whole: MeetingList) -> ClusterView:
    meetings = archive.meetings_of_cluster.get(cluster.id, ())
    present = _presence(meetings)
    members = [_members(archive, membership, present) for membership in reversed(_distinct(cluster.members))]
    listed = whole.first()
    return ClusterView(
        section=SECTION,
        title=cluster.label,
        description=whole.description,
        crumbs=whole.crumbs,
        owner=organization_link(archive.organizations[cluster.owner]),
        level=cluster.level,
        variants=cluster.variants,
        meeting_count=len(meetings),
        latest=listed.first[0].items[0] if listed.first else None,
        years=years_spanned(meetings),
        quarters=date_rows(meetings, lambda year: year in archive.meetings_in_year, _elsewhere(listed)),
        terms=term_rows(archive, cluster),
        meetings=listed,
        members=members[0] if members else None,
        former_members=tuple(members[1:]),
        seen=_seen(archive, cluster, present),
        siblings=_siblings(archive, cluster),
        apparatus=apparatus(cluster, "cluster", gathered),
    )


def _elsewhere(listed: Paged[Row]) -> dict[int, str]:
    """Where the years are listed that stand on further pages; one so full that it is cut in pieces keeps its dates."""
    return {int(block.year): part.place(block) for part in listed.further for block in part.blocks if block.year.isdecimal()}


def _crumbs(archive: Archive, cluster: Cluster) -> tuple[Link, ...]:
    return (Link(label=scope_label(archive, cluster), path=f"{urls.CLUSTERS}#{cluster.owner}"),)


def _presence(meetings: Sequence[Meeting]) -> Counter[str]:
    """In how many of the meetings each organization hosted or was spoken for."""
    return Counter(id for m in meetings for id in {*m.hosts, *(o for p in m.participations for o in p.organizations)})


def _distinct(memberships: Sequence[Membership]) -> list[Membership]:
    """Those that say something new: a list repeated from the year before is left out."""
    kept: list[Membership] = []
    for one in memberships:
        if not kept or (set(kept[-1].organizations), kept[-1].count) != (set(one.organizations), one.count):
            kept.append(one)
    return kept


def _members(archive: Archive, membership: Membership, present: Counter[str]) -> Members:
    known = {id: present[id] for id in membership.organizations}
    return Members(
        year=membership.year,
        count=membership.count,
        known=counted(known, lambda id: organization_link(archive.organizations[id])),
        evidence=evidence(archive, membership.meeting, decided=False),
    )


def _seen(archive: Archive, cluster: Cluster, present: Counter[str]) -> CountedLinks:
    """Organizations met at its meetings of which nobody says that they are members."""
    members = {id for membership in cluster.members for id in membership.organizations}
    others = {id: count for id, count in present.items() if id not in members and id != cluster.owner}
    return counted(others, lambda id: organization_link(archive.organizations[id]))


def _siblings(archive: Archive, cluster: Cluster) -> CountedLinks:
    counts = {
        other.id: len(archive.meetings_of_cluster.get(other.id, ()))
        for other in archive.clusters_of_owner[cluster.owner]
        if other.id != cluster.id
    }
    return counted(counts, lambda id: cluster_link(archive.clusters[id]))


def _index(archive: Archive) -> ClustersView:
    scopes = [_scope(archive, owner, clusters) for owner, clusters in archive.clusters_of_owner.items()]
    return ClustersView(
        section=SECTION,
        title=N_("Cụm, khối thi đua"),
        description="",
        scopes=tuple(sorted(scopes, key=lambda scope: (sort_key(scope.label), scope.anchor))),
        cluster_count=len(archive.clusters),
    )


def _scope(archive: Archive, owner: str, clusters: Sequence[Cluster]) -> Scope:
    entries = tuple(_entry(archive, cluster) for cluster in sorted(clusters, key=lambda c: (sort_key(c.label), c.id)))
    return Scope(
        label=scope_label(archive, clusters[0]),
        anchor=owner,
        owner=organization_link(archive.organizations[owner]),
        clusters=entries,
        count=sum(entry.count for entry in entries),
    )


def _entry(archive: Archive, cluster: Cluster) -> ClusterEntry:
    meetings = archive.meetings_of_cluster.get(cluster.id, ())
    return ClusterEntry(label=cluster.label, path=urls.cluster(cluster.id), count=len(meetings), years=years_spanned(meetings))
