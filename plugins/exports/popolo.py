"""People, organizations and memberships in the shape of Popolo (popoloproject.com).

Meetings attest that somebody held a position on a day, never since when or until when, so that a membership has neither a start nor an
end but the first and last day on record, and its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Organization, Participation, Person, Source

from .texts import legal

Attested = tuple[str, str, str]
"""Person, organization, position."""


def popolo(archive: Archive, site_url: str = "") -> dict[str, list[dict[str, object]]]:
    """Sorted by id; addresses are those of the site, or relative to its root where it has none."""
    root = f"{site_url}/" if site_url else ""
    return {
        "persons": [_person(person, root) for person in archive.people.values()],
        "organizations": [_organization(body, root) for body in archive.organizations.values()],
        "memberships": list(_memberships(archive, root)),
    }


def _person(person: Person, root: str) -> dict[str, object]:
    return _known(
        id=person.id,
        name=person.name,
        other_names=[{"name": legal(name)} for name in person.variants],
        honorific_prefix=person.honorific,
        birth_date=str(person.born or ""),
        disambiguation=person.qualifier,
        links=[{"url": root + urls.person(person.id)}],
        sources=_sources(person.sources),
    )


def _organization(body: Organization, root: str) -> dict[str, object]:
    return _known(
        id=body.id,
        name=body.name,
        other_names=[{"name": legal(name)} for name in (*body.variants, *body.abbreviations)],
        classification=body.kind,
        parent_id=body.parent or "",
        founding_date=str(body.valid_from or ""),
        dissolution_date=str(body.valid_to or ""),
        links=[{"url": root + urls.organization(body.id)}],
        sources=_sources(body.sources),
    )


def _memberships(archive: Archive, root: str) -> Iterator[dict[str, object]]:
    for (person, organization, position), evidence in sorted(_attested(archive).items()):
        meetings = sorted((archive.meetings[one.meeting] for one in evidence), key=lambda meeting: (meeting.date, meeting.id))
        yield _known(
            id=f"{person}/{organization}/{position}",
            person_id=person,
            organization_id=organization,
            role=position,
            first_recorded=str(meetings[0].date),
            last_recorded=str(meetings[-1].date),
            sources=[{"url": root + urls.meeting(meeting.id)} for meeting in meetings],
        )


def _attested(archive: Archive) -> dict[Attested, list[Participation]]:
    found: defaultdict[Attested, list[Participation]] = defaultdict(list)
    for meeting in archive.meetings.values():
        for one in meeting.participations:
            for organization in one.organizations if one.person else ():
                found[one.person or "", organization, one.position].append(one)
    return found


def _sources(sources: tuple[Source, ...]) -> list[dict[str, object]]:
    return [_known(url=source.url, note=source.title) for source in sources if source.url]


def _known(**fields: object) -> dict[str, object]:
    return {name: legal(value) if isinstance(value, str) else value for name, value in fields.items() if value}
