"""The archive: every record by id, and every reverse index a page needs. Immutable once built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from .records import (
    Citation,
    Cluster,
    Document,
    LeadTerm,
    Meeting,
    NearNames,
    Organization,
    Page,
    Participation,
    Person,
    Record,
    Redirect,
)

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def group(items: Iterable[T], keys: Callable[[T], Iterable[K]]) -> dict[K, tuple[T, ...]]:
    """Groups items under each of their keys, each group in the order of the items and without repeats; one pass."""
    groups: defaultdict[K, dict[int, T]] = defaultdict(dict)
    for item in items:
        for key in keys(item):
            groups[key][id(item)] = item  # by identity: hashing a whole record would hash its text
    return {key: tuple(members.values()) for key, members in groups.items()}


@dataclass(frozen=True)
class Archive:
    """All records, resolved. Meetings stand in order of date, then id; the mappings in order of id.

    Every id that a record holds is a key here. Drafts are not in it.
    """

    meetings: Mapping[str, Meeting]
    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    clusters: Mapping[str, Cluster]
    documents: Mapping[str, Document]
    pages: Mapping[str, Page]
    redirects: tuple[Redirect, ...] = ()
    near_names: tuple[NearNames, ...] = ()
    content: Path = Path()
    """The folder that the records were read from, where their texts are still: see :mod:`archive.rereading`."""

    def records(self) -> Iterator[tuple[str, Record]]:
        """Every record with its kind, in the order of the archive."""
        for kind, records in self.kinds():
            yield from ((kind, record) for record in records.values())

    def kinds(self) -> tuple[tuple[str, Mapping[str, Record]], ...]:
        """The records of each kind, under its name."""
        return (
            ("meeting", self.meetings),
            ("person", self.people),
            ("organization", self.organizations),
            ("cluster", self.clusters),
            ("document", self.documents),
            ("page", self.pages),
        )

    # A build that will be gone on from wants to know what a page was made of (see tracing.py): whoever makes pages works by these three, so that
    # nothing is read for a page behind its back.

    def noting(self) -> AbstractContextManager[set[tuple[str, Hashable]] | None]:
        """Notes what is read within the block; gives None where nobody wants to know."""
        return nullcontext()

    def table(self, name: str, make: Callable[[], Mapping[K, V]], told: Callable[[Any], object] | None = None) -> Mapping[K, V]:
        """What ``make`` works out of the whole archive for many pages, of which each reads a few keys. ``name`` is its own.

        ``told`` gives for a key what is another whenever the value is, where the value itself is dear or cannot be pickled.
        """
        return make()

    def asked(
        self, name: str, answer: Callable[[K], V], told: Callable[[V], object] | None = None, basis: Callable[[K], bytes] | None = None
    ) -> Callable[[K], V]:
        """The same function; a page that asks it depends on the answer, and on nothing that was read to find it.

        ``told`` gives of an answer what is another whenever the answer is, where it is the cheaper to compare. ``basis`` gives for a key what is another
        whenever the answer may be another, where that is cheaper than to find the answer.
        """
        return answer

    # Each index below maps an id to a tuple in order of date; an id without an entry is not a key: use .get(id, ()).

    @cached_property
    def participations_of_person(self) -> Mapping[str, tuple[Participation, ...]]:
        return group(self._participations(), lambda p: [p.person] if p.person else [])

    @cached_property
    def participations_for_organization(self) -> Mapping[str, tuple[Participation, ...]]:
        """Who took part for it: people whose position that day was in it, and the organization itself as a chair."""
        return group(self._participations(), lambda p: p.organizations)

    @cached_property
    def meetings_of_person(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: [p.person for p in m.participations if p.person])

    @cached_property
    def meetings_mentioning_person(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Meetings whose report names a person without saying that the person took part."""
        return group(self.meetings.values(), lambda m: [one.person for one in m.mentions if one.person])

    @cached_property
    def meetings_mentioning_organization(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: [id for one in m.mentions for id in one.organizations])

    @cached_property
    def meetings_of_cluster(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: [m.cluster] if m.cluster else [])

    @cached_property
    def meetings_of_union(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Meetings that are the union's own or a cluster's of the union."""
        return group(self.meetings.values(), lambda m: [m.union] if m.union else [])

    @cached_property
    def meetings_hosted_by(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: m.hosts)

    @cached_property
    def meetings_organized_by(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: m.organizers)

    @cached_property
    def meetings_citing(self) -> Mapping[str, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: [c.document for c in m.citations])

    @cached_property
    def count_citing(self) -> Mapping[str, int]:
        """How many meetings cite a document."""
        return {id: len(meetings) for id, meetings in self.meetings_citing.items()}

    @cached_property
    def citations_of(self) -> Mapping[str, tuple[Citation, ...]]:
        return group((c for m in self.meetings.values() for c in m.citations), lambda c: [c.document])

    @cached_property
    def meetings_in_year(self) -> Mapping[int, tuple[Meeting, ...]]:
        return group(self.meetings.values(), lambda m: [m.date.year])

    @cached_property
    def clusters_of_owner(self) -> Mapping[str, tuple[Cluster, ...]]:
        return group(self.clusters.values(), lambda c: [c.owner])

    @cached_property
    def children_of(self) -> Mapping[str, tuple[Organization, ...]]:
        return group(self.organizations.values(), lambda o: [o.parent] if o.parent else [])

    @cached_property
    def leads_of_cluster(self) -> Mapping[str, tuple[LeadTerm, ...]]:
        """By cluster, ascending by year; what a meeting decided stands before what is merely attested."""
        decided = [term for m in self.meetings.values() for term in m.leads]
        attested = [term for c in self.clusters.values() for term in c.leads]
        terms = sorted([*decided, *attested], key=lambda term: (term.year, not term.decided, term.meeting or ""))
        return group(terms, lambda term: [term.cluster])

    @cached_property
    def terms_of_organization(self) -> Mapping[str, tuple[LeadTerm, ...]]:
        """The terms in which an organization is lead or deputy, ascending by year."""
        terms = sorted((t for terms in self.leads_of_cluster.values() for t in terms), key=lambda t: (t.year, t.cluster))
        return group(terms, lambda term: [*term.lead, *term.deputies])

    @cached_property
    def clusters_with_member(self) -> Mapping[str, tuple[Cluster, ...]]:
        return group(self.clusters.values(), lambda c: [o for m in c.members for o in m.organizations])

    def _participations(self) -> Iterable[Participation]:
        return (p for meeting in self.meetings.values() for p in meeting.participations)
