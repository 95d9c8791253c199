"""Entries become records: every name an id. Authority records first, then meetings in order of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from . import documents as document_records
from .archive import Archive
from .clusters import Clusters, check_leads
from .meetings import Meetings
from .posts import same_post_pairs
from .problems import Problems, nearest
from .reading import Entry, common_fields
from .records import Meeting, NearNames, Organization, Page, Person, Record
from .registry import Organizations, People, Place, near_pairs
from .succession import check_parents, check_successions, redirects

R = TypeVar("R", bound=Record)


def resolve(entries: Iterable[Entry], problems: Problems) -> Archive:
    """The archive of all entries. Names that cannot be resolved are problems; their record goes without them."""
    return _Resolver(problems).run(list(entries))


@dataclass(slots=True)
class _Resolver:
    problems: Problems
    people: People = field(init=False)
    organizations: Organizations = field(init=False)
    clusters: Clusters = field(init=False)
    meetings: Meetings = field(init=False)

    def __post_init__(self) -> None:
        self.people = People(self.problems)
        self.organizations = Organizations(self.problems)
        self.clusters = Clusters(self.problems, self.organizations)
        self.meetings = Meetings(self.problems, self.people, self.organizations, self.clusters)

    def run(self, entries: list[Entry]) -> Archive:
        by_kind = self._by_kind(entries)
        self._register(by_kind)
        organizations = {e.id: self._organization(e) for e in by_kind["organizations"]}
        for entry in by_kind["clusters"]:
            self.clusters.add(entry, organizations)
        ordered = sorted(by_kind["meetings"], key=lambda e: (e.fields.date, e.id))
        documents, citations = document_records.resolve(by_kind["documents"], ordered, self.problems)
        meetings = {e.id: self.meetings.record(e, citations[e.id]) for e in ordered}
        archive = Archive(
            meetings=meetings,
            people=_in_order({**self._people(by_kind["people"]), **self.people.implied_records()}),
            organizations=_in_order({**organizations, **self.organizations.implied_records()}),
            clusters=_in_order(self.clusters.records),
            documents=_in_order(documents),
            pages=_in_order({e.id: self._page(e) for e in by_kind["pages"]}),
            near_names=self._near_names(by_kind["people"], meetings),
        )
        check_successions(by_kind["organizations"], archive.organizations, self.problems)
        check_parents(by_kind["organizations"], archive.organizations, self.problems)
        check_leads(archive, self.problems)
        return replace(archive, redirects=redirects(entries, archive, self.problems))

    # Registering

    def _by_kind(self, entries: list[Entry]) -> defaultdict[str, list[Entry]]:
        by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
        first: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            known = first.setdefault((entry.kind, entry.id), entry)
            if known is entry:
                by_kind[entry.kind].append(entry)
            else:
                self.problems.add(entry.path, 0, "", "id-duplicate", value=entry.id, other=f"content/{known.path}")
        return by_kind

    def _register(self, by_kind: dict[str, list[Entry]]) -> None:
        self.clusters.meeting_ids.update(entry.id for entry in by_kind["meetings"])
        for entry in by_kind["people"]:
            self.people.add(entry.id, entry.fields)
        for entry in by_kind["organizations"]:
            self.organizations.add(entry.id, entry.fields)

    # Authority records

    def _organization(self, entry: Entry) -> Organization:
        fields = entry.fields
        parent = self.organizations.resolve_all([fields.parent], Place(entry, ("parent",)))
        return Organization(
            **common_fields(entry),
            name=fields.name,
            variants=fields.variants,
            abbreviations=fields.abbreviations,
            kind=fields.kind,
            parent=parent[0] if parent else None,
            province=fields.province,
            level=fields.level,
            valid_from=fields.valid_from,
            valid_to=fields.valid_to,
            predecessors=self.organizations.resolve_all(fields.predecessors, Place(entry, ("predecessors",))),
            successors=self.organizations.resolve_all(fields.successors, Place(entry, ("successors",))),
            scope=fields.scope or fields.province or next(iter(fields.abbreviations), fields.name),
        )

    def _people(self, entries: list[Entry]) -> dict[str, Person]:
        people = {}
        for entry in entries:
            fields = entry.fields
            for number, id in enumerate(fields.not_same_as):
                place = Place(entry, ("not_same_as", number))
                if id == entry.id:
                    place.add(self.problems, "self-reference")
                elif id not in self.people.names:
                    place.add(self.problems, "person-unknown", value=id, nearest=nearest(id, self.people.names))
            known = tuple(id for id in fields.not_same_as if id in self.people.names and id != entry.id)
            people[entry.id] = Person(
                **common_fields(entry), name=fields.name, variants=fields.variants, honorific=fields.honorific, born=fields.born,
                qualifier=fields.qualifier, not_same_as=known,
            )
        return people

    def _page(self, entry: Entry) -> Page:
        return Page(**common_fields(entry), title=entry.fields.title, order=entry.fields.order or 0, summary=entry.fields.summary)

    # Names that may be one

    def _near_names(self, entries: list[Entry], meetings: Mapping[str, Meeting]) -> tuple[NearNames, ...]:
        told_apart = {frozenset((entry.id, id)) for entry in entries for id in entry.fields.not_same_as}
        near = []
        in_one_post = same_post_pairs((p for meeting in meetings.values() for p in meeting.participations), self.people.names)
        for registry, further in ((self.people, in_one_post), (self.organizations, [])):
            for first, second in sorted({*near_pairs(registry.names), *further}):
                implied = [id for id in (first, second) if id in registry.implied]
                if not implied or frozenset((first, second)) in told_apart:
                    continue
                other = second if implied[-1] == first else first
                registry.implied[implied[-1]].add(self.problems, "name-near", value=registry.names[implied[-1]], other=registry.names[other])
                near.append(NearNames(first=first, second=second))
        return tuple(near)


def _in_order(records: dict[str, R]) -> dict[str, R]:
    return dict(sorted(records.items()))
