"""The names an archive knows, for completion in the form and at the prompt."""

from __future__ import annotations

from typing import Any

from plugins.archive.archive import Archive
from plugins.archive.records import Organization, Person
from plugins.archive.text import sort_key


def names(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    """People and organizations as plain data, in Vietnamese order; ``meetings`` is how many name them."""
    return {
        "people": [_named(p, len(archive.meetings_of_person.get(p.id, ()))) for p in _sorted(archive.people.values())],
        "organizations": [_named(o, _meetings(archive, o.id)) for o in _sorted(archive.organizations.values())],
    }


def _sorted(records: Any) -> list[Any]:
    return sorted(records, key=lambda record: (sort_key(record.name), record.id))


def _meetings(archive: Archive, id: str) -> int:
    indexes = (archive.meetings_of_union, archive.meetings_hosted_by, archive.meetings_organized_by)
    meetings = {meeting.id for index in indexes for meeting in index.get(id, ())}
    return len(meetings | {p.meeting for p in archive.participations_for_organization.get(id, ())})


def _named(record: Person | Organization, meetings: int) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "variants": list(record.variants),
        "authority": record.has_authority,
        "meetings": meetings,
    }
