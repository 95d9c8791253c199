"""The lists at the foot of a record: documents it cites, sources it goes back to, meetings related to it."""

from __future__ import annotations

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.records import Citation, Meeting, Role
from plugins.archive.viewing import view_class

from .citing import published
from .related import CLUSTER, PERSON, Feature, Related

NBSP = "\u00a0"
SHOWN = 3
"""So many of the things that two meetings share are named."""


@view_class
class CitedDocument:
    """``dates`` and ``issuer`` as this record gives them, else as other records do. ``count`` is of records that cite it."""

    label: str
    path: str
    anchor: str
    title: str
    issuer: str
    dates: tuple[PartialDate, ...]
    as_written: str
    count: int


@view_class
class SourceEntry:
    title: str
    url: str
    site: str
    byline: str
    note: str
    published: Timestamp | None
    retrieved: PartialDate | None


@view_class
class RelatedMeeting:
    """A meeting in a list, with what it shares by name; where it shares only words, with its cluster and chairs."""

    title: str
    path: str
    date: PartialDate
    inferred: bool
    quarter: int | None
    shared: tuple[str, ...]
    cluster: str
    chairs: tuple[str, ...]


def cited_documents(archive: Archive, meeting: Meeting) -> tuple[CitedDocument, ...]:
    """Each once, in the order in which the record names them."""
    first: dict[str, Citation] = {}
    for citation in meeting.citations:
        first.setdefault(citation.document, citation)
    return tuple(_document(archive, citation) for citation in first.values())


def source_entries(meeting: Meeting) -> tuple[SourceEntry, ...]:
    return tuple(
        SourceEntry(
            title=source.title or source.url or source.site,
            url=source.url,
            site=source.site,
            byline=source.byline,
            note=source.note,
            published=published(meeting, source),
            retrieved=source.retrieved,
        )
        for source in meeting.sources
    )


def related_meetings(archive: Archive, entries: tuple[Related, ...]) -> tuple[RelatedMeeting, ...]:
    return tuple(_related(archive, archive.meetings[entry.meeting], entry) for entry in entries)


def _document(archive: Archive, citation: Citation) -> CitedDocument:
    document = archive.documents[citation.document]
    dates = (citation.date,) if citation.date else document.dates or ((document.date,) if document.date else ())
    return CitedDocument(
        label=document.label,
        path=urls.document(document.id),
        anchor=urls.document_anchor(document.id),
        title=document.title,
        issuer=citation.issuer or document.issuer,
        dates=dates,
        as_written="" if document.number in citation.as_written else citation.as_written,
        count=archive.count_citing[document.id],
    )


def _related(archive: Archive, meeting: Meeting, entry: Related) -> RelatedMeeting:
    shared = tuple(_name(archive, feature) for feature in entry.shared[:SHOWN])
    return RelatedMeeting(
        title=meeting.title,
        path=urls.meeting(meeting.id),
        date=meeting.date,
        inferred=bool(meeting.date_inferred),
        quarter=meeting.date.quarter,
        shared=shared,
        cluster=archive.clusters[meeting.cluster].label if meeting.cluster and not shared else "",
        chairs=() if shared else _chairs(archive, meeting),
    )


def _name(archive: Archive, feature: Feature) -> str:
    kind, id = feature
    if kind == CLUSTER:
        return archive.clusters[id].label
    return archive.people[id].label if kind == PERSON else archive.documents[id].label


def _chairs(archive: Archive, meeting: Meeting) -> tuple[str, ...]:
    return tuple(archive.people[p.person].name.replace(" ", NBSP) if p.person else p.name for p in meeting.with_role(Role.CHAIR))
