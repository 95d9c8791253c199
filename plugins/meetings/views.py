"""The pages of meetings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, organization_link
from plugins.archive.outputs import Body, Gathered, Keep, LatePage, OutputPage, keep_nothing
from plugins.archive.records import Correction, Meeting
from plugins.archive.viewing import view_class

from .cards import Card, card
from .citing import Reference, reference
from .gallery import PhotoGroup, photo_groups
from .listing import CitedDocument, RelatedMeeting, SourceEntry, cited_documents, related_meetings, source_entries
from .related import Related, Relations, told
from .strip import Neighbour, StripYear, Timeline


@view_class
class MeetingView:
    """Template ``meeting.html``. ``marks`` leads from a field's name to the numbers of the notes about it.

    ``strip`` is empty and ``previous`` and ``next`` go through the union's meetings where there is no cluster; ``in_cluster`` tells which.
    ``photo_count`` counts pictures that are lost, too; ``pictures_kept`` those that can be shown.
    """

    section: str
    title: str
    description: str
    id: str
    date: PartialDate
    date_end: PartialDate | None
    crumbs: tuple[Link, ...]
    letter_body: Link | None
    letter_unit: Link | None
    place: str
    summary: str
    strip: tuple[StripYear, ...]
    card: Card
    marks: Mapping[str, tuple[int, ...]]
    body: Body | None
    documents: tuple[CitedDocument, ...]
    photos: tuple[PhotoGroup, ...]
    photo_count: int
    pictures_kept: int
    notes: tuple[str, ...]
    sources: tuple[SourceEntry, ...]
    reference: Reference
    source_file: str
    """File of the record, relative to content/."""
    corrections: tuple[Correction, ...]
    related: tuple[RelatedMeeting, ...]
    in_cluster: bool
    previous: Neighbour | None
    next: Neighbour | None
    contact: str
    """Output path of the page that says how to report an error, or empty."""


_RELATED = "meetings/related/"
"""Under this and a meeting's id is kept to whom it is related."""


def pages(archive: Archive, gathered: Gathered, keep: Keep = keep_nothing) -> Iterator[LatePage]:
    """A page for every meeting; those of one cluster one after the other, since they name the same people, bodies and meetings."""
    relations = Relations(archive)
    lines, find = _Lines(archive), archive.asked("meetings/related", relations, told, relations.basis)
    for meeting in sorted(archive.meetings.values(), key=lambda meeting: meeting.cluster or meeting.union or ""):
        make = partial(_view_with_related, archive, gathered, lines, find, keep, meeting.id)
        yield LatePage(path=urls.meeting(meeting.id), template="meeting", make=make, read=())


def page_again(archive: Archive, gathered: Gathered, id: str, kept: Callable[[str], Any]) -> OutputPage:
    """The page of a meeting that got another text; to whom it is related was ``kept``, and of a new one is told by a build that looks at all."""
    try:
        found = tuple(Related(*one) for one in kept(_RELATED + id))
    except KeyError:
        found = ()
    return OutputPage(path=urls.meeting(id), template="meeting", view=_view(archive, gathered, _Lines(archive), found, id))


class _Lines:
    """The lines of meetings, each worked out once for all that stand in it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lines: dict[str, Timeline] = {}

    def of(self, meeting: Meeting) -> Timeline:
        """The archive is asked for the meetings every time, so that a page is known to show them."""
        archive = self._archive
        if meeting.cluster:
            return self._line(f"clusters/{meeting.cluster}", archive.meetings_of_cluster[meeting.cluster])
        if meeting.union:
            return self._line(f"unions/{meeting.union}", archive.meetings_of_union[meeting.union])
        return self._line("", archive.meetings.values())

    def _line(self, name: str, meetings: Collection[Meeting]) -> Timeline:
        if name not in self._lines:
            self._lines[name] = Timeline(tuple(meetings))
        return self._lines[name]


def _view_with_related(
    archive: Archive, gathered: Gathered, lines: _Lines, find: Callable[[str], tuple[Related, ...]], keep: Keep, id: str
) -> MeetingView:
    found = find(id)
    keep(_RELATED + id, told(found))
    return _view(archive, gathered, lines, found, id)


def _view(archive: Archive, gathered: Gathered, lines: _Lines, found: tuple[Related, ...], id: str) -> MeetingView:
    meeting = archive.meetings[id]
    line = lines.of(meeting)
    previous, following = line.neighbours(meeting)
    shown = card(archive, meeting)
    photos = photo_groups(meeting.images, gathered.pictures)
    return MeetingView(
        section="meetings",
        title=meeting.title,
        description=meeting.summary,
        id=meeting.id,
        date=meeting.date,
        date_end=meeting.date_end,
        crumbs=_crumbs(archive, meeting),
        letter_body=_union(archive, meeting),
        letter_unit=_unit(archive, meeting),
        place=meeting.province,
        summary=meeting.summary,
        strip=line.strip(meeting) if meeting.cluster else (),
        card=shown,
        marks=shown.marks,
        body=gathered.bodies.get(("meeting", meeting.id)),
        documents=cited_documents(archive, meeting),
        photos=photos,
        photo_count=len(meeting.images),
        pictures_kept=sum(len(group.shots) for group in photos),
        notes=tuple(note.text for note in meeting.notes),
        sources=source_entries(meeting),
        reference=reference(meeting),
        source_file=meeting.path,
        corrections=tuple(sorted(meeting.corrections, key=lambda correction: correction.date, reverse=True)),
        related=related_meetings(archive, found),
        in_cluster=bool(meeting.cluster),
        previous=previous,
        next=following,
        contact=_contact(archive),
    )


def _crumbs(archive: Archive, meeting: Meeting) -> tuple[Link, ...]:
    union = archive.organizations[meeting.union] if meeting.union else None
    links = [Link(label=union.scope or union.name, path=urls.organization(union.id))] if union else []
    unit = _unit(archive, meeting)
    return (*links, unit) if unit else tuple(links)


def _union(archive: Archive, meeting: Meeting) -> Link | None:
    return organization_link(archive.organizations[meeting.union]) if meeting.union else None


def _unit(archive: Archive, meeting: Meeting) -> Link | None:
    if not meeting.cluster:
        return None
    cluster = archive.clusters[meeting.cluster]
    return Link(label=cluster.short_label, path=urls.cluster(cluster.id))


def _contact(archive: Archive) -> str:
    return urls.page("lien-he") if "lien-he" in archive.pages else ""
