"""What a query can name besides meetings: people, clusters, organizations and documents, shown above the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Cluster, Document, Meeting, Organization, Person
from plugins.archive.text import given_name_key, sort_key

Key = tuple[str, str]
"""Kind and id: a person and an organization may share an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """A record that a query can name."""

    kind: str
    id: str
    path: str
    label: str
    also: tuple[str, ...]
    """Other names."""
    count: int
    """Meetings that name it."""

    @property
    def key(self) -> Key:
        return self.kind, self.id


def mark(key: Key) -> str:
    """The term under which the meetings of a record are found; no text can contain it."""
    kind, id = key
    return f"@{kind[0]}:{id}"


def findables(archive: Archive, counts: Counter[Key]) -> list[Findable]:
    """People in order of given name, then clusters, organizations and documents in order of the alphabet; each that has a page.
    ``counts``: how many meetings name each."""
    return [*_people(archive, counts), *_clusters(archive, counts), *_organizations(archive, counts), *_documents(archive, counts)]


def named_by(meeting: Meeting, archive: Archive) -> set[Key]:
    """Everything findable that a meeting names, its union included."""
    union = union_of(meeting, archive)
    return taking_part(meeting) | ({("organization", union)} if union else set())


def taking_part(meeting: Meeting) -> set[Key]:
    """Everything findable that a meeting names for itself, not for the union it belongs to."""
    bodies = {*meeting.hosts, *meeting.organizers, *(id for p in meeting.participations for id in p.organizations)}
    bodies |= {id for term in meeting.leads for id in (*term.lead, *term.deputies)}
    people = {("person", p.person) for p in meeting.participations if p.person}
    cited = {("document", citation.document) for citation in meeting.citations}
    cluster = {("cluster", meeting.cluster)} if meeting.cluster else set()
    return {("organization", id) for id in bodies} | people | cited | cluster


def union_of(meeting: Meeting, archive: Archive) -> str | None:
    """The union whose meeting it is, or that owns its cluster."""
    return meeting.union or (archive.clusters[meeting.cluster].owner if meeting.cluster else None)


def _people(archive: Archive, counts: Counter[Key]) -> Iterator[Findable]:
    def make(person: Person) -> Findable:
        path, also, count = urls.person(person.id), (person.name, *person.variants), counts["person", person.id]
        return Findable(kind="person", id=person.id, path=path, label=person.label, also=also, count=count)

    return map(make, sorted(archive.people.values(), key=lambda p: (given_name_key(p.label), p.id)))


def _clusters(archive: Archive, counts: Counter[Key]) -> Iterator[Findable]:
    def make(cluster: Cluster) -> Findable:
        path, count = urls.cluster(cluster.id), counts["cluster", cluster.id]
        return Findable(kind="cluster", id=cluster.id, path=path, label=cluster.label, also=cluster.variants, count=count)

    return map(make, sorted(archive.clusters.values(), key=lambda c: (sort_key(c.label), c.id)))


def _organizations(archive: Archive, counts: Counter[Key]) -> Iterator[Findable]:
    def make(body: Organization) -> Findable:
        also, count = (*body.variants, *body.abbreviations), counts["organization", body.id]
        return Findable(kind="organization", id=body.id, path=urls.organization(body.id), label=body.label, also=also, count=count)

    return map(make, sorted(archive.organizations.values(), key=lambda o: (sort_key(o.label), o.id)))


def _documents(archive: Archive, counts: Counter[Key]) -> Iterator[Findable]:
    def make(document: Document) -> Findable:
        also = tuple(name for name in (document.title, *document.variants) if name)
        path, count = urls.document(document.id), counts["document", document.id]
        return Findable(kind="document", id=document.id, path=path, label=document.label, also=also, count=count)

    return map(make, sorted(archive.documents.values(), key=lambda d: (sort_key(d.label), d.id)))
