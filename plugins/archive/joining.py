"""Meetings that are new or were edited join an archive whose names were resolved before: their own pages can be shown while all names are resolved anew.

Every name is looked up as ever, among those that the archive knows. What a meeting makes of other records (a name that it is now the first to spell, a
document that it was the last to cite) takes all entries, and is left to whoever resolves these. Where anything is wrong with it, or where it parts a document
in two by giving its number another year, a meeting does not join.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from . import urls
from .archive import Archive
from .clusters import Clusters
from .documents import resolve_among
from .meetings import Meetings
from .problems import Problems
from .reading import Entry, read_entry
from .records import Meeting
from .registry import Organizations, People


def joined(archive: Archive, files: Mapping[str, str | None]) -> tuple[Archive, Mapping[str, Meeting]] | None:
    """The archive with these meetings, and them by id; None where nothing less than the whole archive tells what comes of them.

    ``files`` are paths of meetings below the content folder, each with the id of the meeting that the archive has of it, or None.
    """
    problems = Problems()
    entries = [read_entry(archive.content / path, archive.content, problems) for path in sorted(files)]
    sound = [entry for entry in entries if entry is not None and _is_a_meeting_of_its_own(entry, files[entry.path], archive)]
    if len({entry.id for entry in sound}) < len(entries):
        return None
    made = _with(sorted(sound, key=lambda entry: (entry.fields.date, entry.id)), archive, problems)
    return None if problems.errors else made


def _is_a_meeting_of_its_own(entry: Entry, before: str | None, archive: Archive) -> bool:
    """It has the address that it had, or one that nobody had, and no picture that has not been looked at."""
    known = archive.meetings.get(entry.id)
    if (known.id if known else None) != before or urls.meeting(entry.id) in [redirect.old for redirect in archive.redirects]:
        return False
    pictures, former = ({image.file for image in known.images}, known.former_ids) if known else (set(), ())
    return entry.fields.former_ids == former and {image.file for image in entry.fields.images} <= pictures


class _Names:
    """Who goes by which name in an archive."""

    def __init__(self, archive: Archive, problems: Problems) -> None:
        self.people, self.organizations = People(problems), Organizations(problems)
        clusters = Clusters(problems, self.organizations)
        for registry, records in ((self.people, archive.people), (self.organizations, archive.organizations)):
            for id, record in records.items():
                registry.add(id, record) if record.has_authority else registry.know(id, record.name)
        for cluster in archive.clusters.values():
            clusters.know(cluster)
        self.meetings = Meetings(problems, self.people, self.organizations, clusters)


def _with(entries: list[Entry], archive: Archive, problems: Problems) -> tuple[Archive, Mapping[str, Meeting]] | None:
    found = resolve_among(archive.documents, entries, problems)
    if found is None or not found[0].keys().isdisjoint(archive.documents):
        return None
    documents, citations = found
    names = _Names(archive, problems)
    meetings = {entry.id: names.meetings.record(entry, citations[entry.id]) for entry in entries}
    in_order = sorted({**archive.meetings, **meetings}.values(), key=lambda meeting: (meeting.date, meeting.id))
    whole = replace(
        archive,
        meetings={meeting.id: meeting for meeting in in_order},
        people={**archive.people, **names.people.implied_records()},
        organizations={**archive.organizations, **names.organizations.implied_records()},
        documents={**archive.documents, **documents},
    )
    return whole, meetings
