"""The ways to narrow results: scope, cluster, host, chair, kind. Years need none: meetings are numbered by date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting, Role
from plugins.archive.text import given_name_key, slugify, sort_key

Value = tuple[str, str]
"""Id, as it stands in an address, and label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to narrow results: its values in the order of the alphabet, and the ids of those that each meeting has, meetings in
    their order. Equal ids of many meetings are one tuple."""

    key: str
    """One letter, which stands in addresses that readers keep: never change it."""
    values: tuple[Value, ...]
    of_meeting: Sequence[tuple[str, ...]]


def facets(meetings: Sequence[Meeting], archive: Archive) -> list[Facet]:
    """All facets of the archive's meetings or of some of them, in the order in which the page shows them; people in order of given name."""
    return [
        _facet("s", meetings, archive, _scope, sort_key),
        _facet("c", meetings, archive, _cluster, sort_key),
        _facet("h", meetings, archive, _hosts, sort_key),
        _facet("k", meetings, archive, _chairs, given_name_key),
        _facet("l", meetings, archive, _kind, sort_key),
    ]


def _facet(
    key: str,
    meetings: Sequence[Meeting],
    archive: Archive,
    values_of: Callable[[Meeting, Archive], Iterable[Value]],
    order: Callable[[str], object],
) -> Facet:
    labels: dict[str, str] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    of_meeting = []
    for meeting in meetings:
        found = dict(values_of(meeting, archive))
        labels |= found
        ids = tuple(found)
        of_meeting.append(shared.setdefault(ids, ids))
    values = sorted(labels.items(), key=lambda value: (order(value[1]), value[0]))
    return Facet(key=key, values=tuple(values), of_meeting=of_meeting)


def _scope(meeting: Meeting, archive: Archive) -> Iterator[Value]:
    if meeting.union:
        union = archive.organizations[meeting.union]
        label = union.scope or union.label
        yield slugify(label), label  # by label: unions that followed one another in one province are one scope


def _cluster(meeting: Meeting, archive: Archive) -> Iterator[Value]:
    if meeting.cluster:
        yield meeting.cluster, archive.clusters[meeting.cluster].label


def _hosts(meeting: Meeting, archive: Archive) -> Iterator[Value]:
    return ((id, archive.organizations[id].label) for id in meeting.hosts)


def _chairs(meeting: Meeting, archive: Archive) -> Iterator[Value]:
    for chair in meeting.with_role(Role.CHAIR):
        if chair.person:
            yield chair.person, archive.people[chair.person].label
        else:
            # A person and an organization may share an id; the sign keeps them apart.
            yield from ((f"~{id}", archive.organizations[id].label) for id in chair.organizations)


def _kind(meeting: Meeting, archive: Archive) -> Iterator[Value]:
    if meeting.kind:
        yield slugify(meeting.kind), meeting.kind
