"""Links to records, as views hand them to templates: a label for readers and an output path."""

from __future__ import annotations

from collections.abc import Iterable

from . import urls
from .archive import Archive
from .records import Cluster, Meeting, Organization, Person
from .viewing import view_class


@view_class
class Link:
    label: str
    path: str


def person_link(person: Person) -> Link:
    return Link(label=person.label, path=urls.person(person.id))


def organization_link(organization: Organization) -> Link:
    return Link(label=organization.label, path=urls.organization(organization.id))


def cluster_link(cluster: Cluster) -> Link:
    return Link(label=cluster.label, path=urls.cluster(cluster.id))


def meeting_link(meeting: Meeting) -> Link:
    return Link(label=meeting.title, path=urls.meeting(meeting.id))


def organization_links(archive: Archive, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(organization_link(archive.organizations[id]) for id in ids)
