"""When a record last changed, as far as the record itself says so; the clock and the file system are never asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.records import Meeting, Record


def last_change(record: Record) -> datetime.date | None:
    """The latest day on which a source was published or fetched, or the record corrected; None where no such day is known."""
    return max(_days(record), default=None)


def changed_pages(archive: Archive) -> dict[str, datetime.date]:
    """The last change of each page that shows records, by output path; a page of which none is known has no entry."""
    pages: dict[str, datetime.date] = {}
    for path, records in _shown(archive):
        days = [day for record in records if (day := last_change(record))]
        if days:
            pages[path] = max([*days, *([pages[path]] if path in pages else [])])
    return pages


def _days(record: Record) -> Iterator[datetime.date]:
    published = [record.published] if isinstance(record, Meeting) else []
    for moment in (*published, *(source.published for source in record.sources)):
        if isinstance(moment, Timestamp):
            yield moment.day
    for date in (*(source.retrieved for source in record.sources), *(correction.date for correction in record.corrections)):
        if isinstance(date, PartialDate) and date.day:
            yield date.first_day


def _shown(archive: Archive) -> Iterator[tuple[str, Iterable[Record]]]:
    """Output paths and the records they show; a path may come more than once."""
    meetings = archive.meetings.values()
    yield from ((path, meetings) for path in (urls.HOME, urls.MEETINGS, urls.CALENDAR))
    for meeting in meetings:
        yield urls.meeting(meeting.id), [meeting]
        yield urls.year(meeting.date.year), [meeting]
        if meeting.date.quarter:
            yield urls.quarter(meeting.date.year, meeting.date.quarter), [meeting]
    yield from ((urls.page(page.id), [page]) for page in archive.pages.values())
    yield from _with_meetings(archive.clusters, urls.cluster, archive.meetings_of_cluster)
    yield from _with_meetings(archive.people, urls.person, archive.meetings_of_person)
    yield from _with_meetings(archive.documents, urls.document, archive.meetings_citing)
    for index in (archive.meetings_of_union, archive.meetings_hosted_by, archive.meetings_organized_by):
        yield from _with_meetings(archive.organizations, urls.organization, index)


def _with_meetings(
    records: Mapping[str, Record], path: Callable[[str], str], index: Mapping[str, tuple[Meeting, ...]]
) -> Iterator[tuple[str, Iterable[Record]]]:
    return ((path(id), [record, *index.get(id, ())]) for id, record in records.items())
