"""What a citation of a record is made of; the template writes the sentences, in the language of the site."""

from __future__ import annotations

from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.records import Meeting, Source
from plugins.archive.viewing import view_class


@view_class
class Reference:
    """``report`` and ``publisher`` name the report that the record goes back to, or are empty."""

    title: str
    date: PartialDate
    id: str
    report: str
    publisher: str
    published: Timestamp | None


def reference(meeting: Meeting) -> Reference:
    """The record, and the report that appeared first; of reports without a date the first one listed."""
    source = min(meeting.sources, key=_appearance, default=None)
    return Reference(
        title=meeting.title,
        date=meeting.date,
        id=meeting.id,
        report=source.title if source else "",
        publisher=source.site if source else "",
        published=published(meeting, source) if source else None,
    )


def published(meeting: Meeting, source: Source) -> Timestamp | None:
    """When a report appeared; the record's own date of publication holds for its first source where that states none."""
    return source.published or (meeting.published if source is meeting.sources[0] else None)


def _appearance(source: Source) -> tuple[bool, str]:
    return source.published is None, source.published.isoformat() if source.published else ""
