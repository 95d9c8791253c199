"""The tables of what every record may have: sources, notes, corrections; and of the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from plugins.archive.archive import Archive
from plugins.archive.records import Record

from .shapes import Fingerprint, Within, table, within
from .tables import Column, Table, field, worked_out


def sources(archive: Archive) -> Table:
    return _of_all_records(
        archive,
        "sources",
        "Where a report was published that a record goes back to.",
        lambda record: record.sources,
        [
            field("url", "Address of the report.", path="it.url"),
            field("site", "Who published it.", path="it.site"),
            field("title", "Its title.", path="it.title"),
            field("published", "When it appeared, with the time where known.", path="it.published"),
            field("retrieved", "When it was fetched.", "date", path="it.retrieved"),
            field("byline", "Whom it names as its author.", path="it.byline"),
            field("note", "Note.", path="it.note"),
        ],
    )


def notes(archive: Archive) -> Table:
    return _of_all_records(
        archive,
        "notes",
        "What the editor wants a careful reader to know.",
        lambda record: record.notes,
        [field("about", "Field that the note is about.", path="it.about"), field("text", "The note.", path="it.text")],
    )


def corrections(archive: Archive) -> Table:
    return _of_all_records(
        archive,
        "corrections",
        "A change of substance.",
        lambda record: record.corrections,
        [field("date", "When it was made.", "date", path="it.date"), field("text", "What was changed.", path="it.text")],
    )


def records(archive: Archive, fingerprint: Fingerprint) -> Table:
    return table(
        "records",
        "Every record that an editor wrote, with the digest of its source file.",
        lambda: ((kind, record) for kind, record in archive.records() if record.has_authority),
        [
            worked_out("kind", "meeting, person, organization, cluster, document or page.", lambda row: row[0]),
            worked_out("id", "Permanent id.", lambda row: row[1].id),
            worked_out("file", "Source file below content/.", lambda row: row[1].path),
            worked_out("sha256", "SHA-256 of the source file.", lambda row: fingerprint(row[1])),
        ],
        key=("kind", "id"),
    )


def _of_all_records(archive: Archive, name: str, description: str, things: Callable[[Record], Iterable[Any]], columns: list[Column]) -> Table:
    def items() -> Iterator[Within]:
        for kind, record in archive.records():
            yield from within(kind, record.id, things(record))

    place = [
        field("kind", "Kind of record: meeting, person, organization, cluster, document or page."),
        field("record", "Id of the record."),
        field("number", "Number within the record, from 1.", "integer"),
    ]
    return table(name, description, items, [*place, *columns], key=("kind", "record", "number"))
