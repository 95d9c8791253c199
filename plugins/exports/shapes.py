"""What the catalogue's tables share: how one is put together, and things that stand within a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from plugins.archive.archive import Archive
from plugins.archive.outputs import Body
from plugins.archive.records import Meeting, Record

from .tables import KEY, Column, Table, field, worked_out

TextOf = Callable[[str], Body | None]
"""The text of a meeting, by id."""
Fingerprint = Callable[[Record], str]


@dataclass(frozen=True, slots=True)
class Within:
    """The number of a thing within its record, from 1, and the thing."""

    kind: str
    record: str
    number: int
    it: object


def table(
    name: str,
    description: str,
    items: Callable[[], Iterable[object]],
    columns: list[Column],
    key: tuple[str, ...] = KEY,
    refers: dict[str, str] | None = None,
) -> Table:
    return Table(name=name, description=description, columns=tuple(columns), key=key, refers=refers or {}, items=items)


def place() -> list[Column]:
    return [field("meeting", "The meeting.", path="record"), field("number", "Number within the meeting, from 1.", "integer")]


def of_records(
    name: str, description: str, records: Mapping[str, Record], page: Callable[[str], str], columns: list[Column], refers: dict[str, str] | None = None
) -> Table:
    """One row a record: its id, what the columns say of it, its page."""
    first = field("id", "Permanent id; also the name of its page.")
    last = worked_out("page", "Its page in the site.", lambda record: page(record.id))
    return table(name, description, records.values, [first, *columns, last], refers=refers)


def of_meetings(
    archive: Archive, name: str, description: str, things: str, columns: list[Column], refers: dict[str, str] | None = None
) -> Table:
    """One row for each of the things (an attribute of meetings) that belong to a meeting, numbered within it."""
    items = partial(each_meeting, archive, attrgetter(things))
    return table(name, description, items, [*place(), *columns], ("meeting", "number"), {"meeting": "meetings", **(refers or {})})


def count(name: str, description: str, archive: Archive, index: str) -> Column:
    """How many entries of an index of the archive a record has."""
    return worked_out(name, description, lambda record: len(getattr(archive, index).get(record.id, ())), "integer")


def each_meeting(archive: Archive, things: Callable[[Meeting], tuple[Any, ...]]) -> Iterator[Within]:
    for meeting in archive.meetings.values():
        yield from within("meeting", meeting.id, things(meeting))


def within(kind: str, record: str, things: Iterable[object]) -> Iterator[Within]:
    return (Within(kind, record, number, thing) for number, thing in enumerate(things, 1))
