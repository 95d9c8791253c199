"""What the catalogue's tables share: how one is put together, and things that stand within a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.archive.archive import Archive
from plugins.archive.outputs import Body
from plugins.archive.records import Meeting, Record

from .tables import KEY, Column, Table, field, rows

Bodies = Mapping[tuple[str, str], Body]
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
    refers: dict | None = None,
) -> Table:
    return Table(name=name, description=description, columns=tuple(columns), key=key, refers=refers or {}, rows=rows(columns, items()))


def place() -> list[Column]:
    return [field("meeting", "The meeting.", path="record"), field("number", "Number within the meeting, from 1.", "integer")]


def each_meeting(archive: Archive, things: Callable[[Meeting], tuple]) -> Iterator[Within]:
    for meeting in archive.meetings.values():
        yield from within("meeting", meeting.id, things(meeting))


def within(kind: str, record: str, things: Iterable[object]) -> Iterator[Within]:
    return (Within(kind, record, number, thing) for number, thing in enumerate(things, 1))
