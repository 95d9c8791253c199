"""Entries become records: every name an id. Authority records first, then meetings in order of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any

from . import documents as document_records
from . import text
from .archive import Archive
from .clusters import Clusters, check_leads
from .dates import Timestamp
from .posts import same_post_pairs
from .problems import Problems, nearest
from .reading import Entry, common_fields
from .records import (
    Citation,
    Image,
    Meeting,
    Mention,
    NearNames,
    Organization,
    Page,
    Participation,
    Person,
    Role,
)
from .registry import Organizations, People, Place, near_pairs
from .succession import check_parents, check_successions, redirects


def resolve(entries: Iterable[Entry], problems: Problems) -> Archive:
    """The archive of all entries. Names that cannot be resolved are problems; their record goes without them."""
    return _Resolver(problems).run(list(entries))


@dataclass(slots=True)
class _Resolver:
    problems: Problems
    people: People = field(init=False)
    organizations: Organizations = field(init=False)
    clusters: Clusters = field(init=False)

    def __post_init__(self) -> None:
        self.people = People("people", self.problems, "person-unknown")
        self.organizations = Organizations("organizations", self.problems, "organization-unknown")
        self.clusters = Clusters(self.problems, self.organizations)

    def run(self, entries: list[Entry]) -> Archive:
        by_kind = self._by_kind(entries)
        self._register(by_kind)
        organizations = {e.id: self._organization(e) for e in by_kind["organizations"]}
        for entry in by_kind["clusters"]:
            self.clusters.add(entry, organizations)
        ordered = sorted(by_kind["meetings"], key=lambda e: (e.fields.date, e.id))
        documents, citations = document_records.resolve(by_kind["documents"], ordered, self.problems)
        meetings = {e.id: self._meeting(e, citations[e.id]) for e in ordered}
        archive = Archive(
            meetings=meetings,
            people=_in_order(self._people(by_kind["people"])),
            organizations=_in_order(self._with_implied(organizations)),
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
            self.people.add(entry.id, [entry.fields.name, *entry.fields.variants])
        for entry in by_kind["organizations"]:
            fields = entry.fields
            self.organizations.add(entry.id, [fields.name, *fields.variants])
            self.organizations.valid[entry.id] = (fields.valid_from, fields.valid_to)
            for abbreviation in fields.abbreviations:
                self.organizations.abbreviations[text.match_key(abbreviation)].append(entry.id)

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
        for id in self.people.implied:
            people[id] = Person(id=id, path="", name=self.people.names[id])
        return people

    def _with_implied(self, organizations: dict[str, Organization]) -> dict[str, Organization]:
        names = self.organizations.names
        implied = {id: Organization(id=id, path="", name=names[id], scope=names[id]) for id in self.organizations.implied}
        return {**organizations, **implied}

    def _page(self, entry: Entry) -> Page:
        return Page(**common_fields(entry), title=entry.fields.title, order=entry.fields.order or 0, summary=entry.fields.summary)

    # Meetings

    def _meeting(self, entry: Entry, citations: tuple[Citation, ...]) -> Meeting:
        fields = entry.fields
        day = Place(entry, (), date=fields.date)
        cluster = self.clusters.find(fields.cluster, day.at("cluster")) if fields.cluster else None
        union = self.organizations.resolve_all([fields.union], day.at("union"))
        union_id = union[0] if union else self.clusters.records[cluster].owner if cluster else None
        place = Place(entry, (), date=fields.date, union=union_id)
        self._check_dates(entry)
        return Meeting(
            **common_fields(entry),
            title=fields.title,
            date=fields.date,
            date_end=fields.date_end,
            date_inferred=fields.date_inferred,
            session=fields.session,
            published=fields.published or _first_published(entry),
            kind=fields.kind,
            review=fields.period.review if fields.period else None,
            plan=fields.period.plan if fields.period else None,
            cluster=cluster,
            union=union_id,
            participations=self._participations(entry, place),
            mentions=self._mentions(entry, place),
            attendance=fields.attendance,
            hosts=self.organizations.resolve_all(fields.host, place.at("host")),
            organizers=self.organizations.resolve_all(fields.organizer, place.at("organizer")),
            venue=intern(fields.venue),
            province=intern(fields.province),
            leads=self.clusters.terms(entry, cluster, decided=True, union=union_id),
            citations=citations,
            named=entry.named_digest,
            images=tuple(
                Image(file=i.file, caption=i.caption, alt=i.alt, credit=i.credit, line=entry.image_lines[n])
                for n, i in enumerate(fields.images)
            ),
            summary=fields.summary,
            tags=fields.tags,
        )

    def _check_dates(self, entry: Entry) -> None:
        fields = entry.fields
        if fields.date_end and fields.date_end.last_day < fields.date.first_day:
            self.problems.add(entry.path, entry.line("date_end"), "date_end", "date-order", value=fields.date_end, other=fields.date)
        published = fields.published or _first_published(entry)
        if published is None:
            return
        if published.day < fields.date.first_day:
            code = "event-after-publication"
        elif (published.day - fields.date.last_day).days > 180:
            code = "event-long-before"
        else:
            return
        self.problems.add(entry.path, entry.line("date"), "date", code, value=fields.date, other=published.date)

    def _participations(self, entry: Entry, place: Place) -> tuple[Participation, ...]:
        lists = ((Role.CHAIR, "chairs"), (Role.SPEAKER, "speakers"), (Role.PARTICIPANT, "participants"))
        everyone = ((role, listed, place.at(name, n)) for role, name in lists for n, listed in enumerate(getattr(entry.fields, name)))
        made = [self._participation(*one) for one in everyone]
        return tuple(p for p in made if p is not None)

    def _participation(self, role: Role, listed: Any, place: Place) -> Participation | None:
        """``listed`` is what the meeting's fields say of a person, or of an organization that is named alone."""
        organizations = self.organizations.resolve_all(listed.organization, place.at("organization"))
        alone = not (listed.name or listed.person)
        person = None if alone else self.people.resolve(listed.name, listed.person, place.at("person" if listed.person else "name"))
        if person is None and not (alone and organizations):
            return None
        name = listed.name or (self.organizations.names[organizations[0]] if person is None else self.people.names[person])
        # Names and offices stand in many records, and are most of what these hold.
        name, honorific, position = map(intern, (name, listed.honorific, listed.role))
        return Participation(
            meeting=place.entry.id, role=role, person=person, name=name, honorific=honorific, position=position, organizations=organizations
        )

    def _mentions(self, entry: Entry, place: Place) -> tuple[Mention, ...]:
        mentions = enumerate(entry.fields.mentions)
        found = (self._participation(Role.PARTICIPANT, listed, place.at("mentions", n)) for n, listed in mentions)
        fields = ("meeting", "person", "name", "honorific", "position", "organizations")
        return tuple(Mention(**{name: getattr(one, name) for name in fields}) for one in found if one)

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


def _in_order(records: dict) -> dict:
    return dict(sorted(records.items()))


def _first_published(entry: Entry) -> Timestamp | None:
    return min((s.published for s in entry.fields.sources if s.published), default=None)

