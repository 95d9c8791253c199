"""Entries of meetings become records: of which union and cluster each is, who took part in it and who is named."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import Any

from .clusters import Clusters
from .dates import Timestamp
from .problems import Problems
from .reading import Entry, common_fields
from .records import Citation, Image, Meeting, Mention, Participation, Role
from .registry import Organizations, People, Place


@dataclass(slots=True)
class Meetings:
    """Made once it is known who goes by which name."""

    problems: Problems
    people: People
    organizations: Organizations
    clusters: Clusters

    def record(self, entry: Entry, citations: tuple[Citation, ...]) -> Meeting:
        """A name that cannot be resolved is a problem, and the record goes without it; one that is nobody's yet implies a record."""
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


def _first_published(entry: Entry) -> Timestamp | None:
    return min((s.published for s in entry.fields.sources if s.published), default=None)
