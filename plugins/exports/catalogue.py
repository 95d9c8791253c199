"""Which tables the archive is told in. A new column is a line here or in the modules beside it; every format, the description and the
data page follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.archive import urls
from plugins.archive.archive import Archive

from . import apparatus, authorities
from .shapes import Fingerprint, TextOf, Within, of_meetings, place, table, within
from .tables import Column, Table, field, worked_out


def tables(archive: Archive, text_of: TextOf, fingerprint: Fingerprint, site_url: str = "") -> tuple[Table, ...]:
    """All tables. ``site_url`` has no slash at its end; without it the addresses of pages are unknown."""
    return (
        _meetings(archive, fingerprint, site_url),
        _participations(archive),
        _mentions(archive),
        authorities.people(archive),
        authorities.organizations(archive),
        authorities.clusters(archive),
        authorities.cluster_years(archive),
        authorities.leads(archive),
        authorities.documents(archive),
        _citations(archive),
        _tasks(archive, text_of),
        _images(archive),
        apparatus.sources(archive),
        apparatus.notes(archive),
        apparatus.corrections(archive),
        apparatus.records(archive, fingerprint),
    )


def passages(archive: Archive, text_of: TextOf) -> Table:
    """The text of the meetings, block by block: too much for a spreadsheet, so that only some formats carry it."""

    def items() -> Iterator[Within]:
        for id in archive.meetings:
            body = text_of(id)
            yield from within("meeting", id, body.passages if body else ())

    return table(
        "passages",
        "A paragraph, list item, task or heading of a meeting's text.",
        items,
        [
            *place(),
            worked_out(
                "anchor", "Fragment of the meeting's page that leads to it; empty where it has none.", lambda row: row.it[0] or None
            ),
            worked_out("text", "Plain text.", lambda row: row.it[1]),
        ],
        key=("meeting", "number"),
        refers={"meeting": "meetings"},
    )


def _meetings(archive: Archive, fingerprint: Fingerprint, site_url: str) -> Table:
    return table(
        "meetings",
        "A meeting, as one or more sources tell it.",
        archive.meetings.values,
        [
            field("id", "Permanent id of the record; also the name of its page."),
            field("title", "Title the archive gives it."),
            field("date", "Day on which it began.", "date"),
            field("date_end", "Last day, of a meeting of several days.", "date"),
            field("date_inferred", "Why the date is what it is, where the source does not state all of it."),
            field("session", "Part of the day: sáng, chiều, tối, cả ngày."),
            field("kind", "Kind of meeting, in Vietnamese."),
            field("review", "Period it looks back on: 2025-Q3, 2025-6M, 2025-9M, 2025-H2 or 2025."),
            field("plan", "Period it plans."),
            field("published", "When the first report appeared, with the time where known."),
            field("cluster", "Cluster whose meeting it is."),
            field("union", "Union whose meeting it is, or which the cluster belongs to."),
            field("hosts", "Organizations that hosted it, as the source says.", "list"),
            field("organizers", "Organizations that organized it.", "list"),
            field("venue", "Place, as text."),
            field("province", "Province, as it was called that day."),
            field("attendance", "Who attended, as groups."),
            field("summary", "One or two sentences."),
            field("tags", "Topics.", "list"),
            worked_out("page", "Its page in the site.", lambda meeting: urls.meeting(meeting.id)),
            worked_out(
                "url", "Address of its page on the web.", lambda meeting: f"{site_url}/{urls.meeting(meeting.id)}" if site_url else None
            ),
            worked_out("sha256", "SHA-256 of the record's source file.", fingerprint),
        ],
        refers={"cluster": "clusters", "union": "organizations"},
    )


def _participations(archive: Archive) -> Table:
    return of_meetings(
        archive,
        "participations",
        "Who did what at a meeting, with the position of that day.",
        "participations",
        [field("role", "chair, speaker or participant.", path="it.role.value"), *_somebody()],
        {"person": "people"},
    )


def _mentions(archive: Archive) -> Table:
    about = "A report of the meeting names somebody, or a body, without saying that they took part."
    return of_meetings(archive, "mentions", about, "mentions", _somebody(), {"person": "people"})


def _somebody() -> list[Column]:
    return [
        field("person", "The person; empty where it is an organization.", path="it.person"),
        field("name", "Name as written on this meeting.", path="it.name"),
        field("honorific", "Form of address or academic title, as written.", path="it.honorific"),
        field("position", "Position (chức vụ) of that day, as written.", path="it.position"),
        field("organizations", "The organization, or those that the position belongs to.", "list", path="it.organizations"),
    ]


def _citations(archive: Archive) -> Table:
    return of_meetings(
        archive,
        "citations",
        "A meeting names a document.",
        "citations",
        [
            field("document", "The document.", path="it.document"),
            field("as_written", "Its number as this record writes it.", path="it.as_written"),
            field("date", "Date that this record gives.", "date", path="it.date"),
            field("issuer", "Issuer that this record gives.", path="it.issuer"),
            field("listed", "True where the editor listed it, false where only the text names it.", "boolean", path="it.listed"),
        ],
        {"document": "documents"},
    )


def _tasks(archive: Archive, text_of: TextOf) -> Table:
    def items() -> Iterator[tuple[Any, ...]]:
        for id in archive.meetings:
            if body := text_of(id):
                yield from ((id, task, body.given_by) for task in body.tasks)

    return table(
        "tasks",
        "A numbered task that a meeting sets.",
        items,
        [
            worked_out("meeting", "The meeting.", lambda row: row[0]),
            worked_out("number", "Number within the meeting, from 1.", lambda row: row[1].number, "integer"),
            worked_out("anchor", "Fragment of the meeting's page that leads to it.", lambda row: row[1].anchor),
            worked_out("text", "Plain text.", lambda row: row[1].text),
            worked_out("given_by", "Who gave it, where the source says so.", lambda row: row[2] or None),
        ],
        key=("meeting", "number"),
        refers={"meeting": "meetings"},
    )


def _images(archive: Archive) -> Table:
    return of_meetings(
        archive,
        "images",
        "A picture of a meeting, or the caption of one that is lost.",
        "images",
        [
            field("file", "File below content/images/; empty where the picture is lost.", path="it.file"),
            field("caption", "Caption.", path="it.caption"),
            field("alt", "What it shows, for those who cannot see it.", path="it.alt"),
            field("credit", "Who took it.", path="it.credit"),
        ],
    )
