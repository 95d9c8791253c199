"""The archive as flat tables: what the data files hold, column by column. Every format is written from these, none from the records.

A value is text, a whole number, True or False, a tuple of texts, or None where nothing is known. Dates are texts in ISO form, as much
as is known of them ("2025", "2025-10", "2025-10-09").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from .texts import legal

Value = str | int | bool | tuple[str, ...] | None
Row = tuple[Value, ...]
KEY = ("id",)


@dataclass(frozen=True, slots=True)
class Column:
    """``type`` is string, integer, boolean, date (ISO, perhaps in part) or list (of texts); ``read`` takes a row's object."""

    name: str
    type: str
    description: str
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``key`` are the columns that together name a row; ``refers`` leads from a column to the table whose ``id`` it holds."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: Mapping[str, str]
    items: Callable[[], Iterable[Any]]
    """The rows' objects, in the order of the archive."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> Iterator[Row]:
        """They are worked out anew for everyone who asks: all texts of an archive have no place in memory."""
        reads = [column.read for column in self.columns]
        return (tuple([plain(read(item)) for read in reads]) for item in self.items())

    def objects(self) -> Iterator[dict[str, Value]]:
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)


def field(name: str, description: str, type: str = "string", path: str = "") -> Column:
    """A column that holds an attribute of the row's object; ``path`` names it where it is not ``name``, with dots for deeper ones."""
    return Column(name, type, description, attrgetter(path or name))


def worked_out(name: str, description: str, read: Callable[[Any], Any], type: str = "string") -> Column:
    return Column(name, type, description, read)


def plain(value: Any) -> Value:
    """A value as a table holds it: an empty text or an unknown date is None."""
    if isinstance(value, str):
        return (value if value.isprintable() else legal(value)) or None  # what can be printed, every format can hold
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, tuple):
        return tuple(legal(str(one)) for one in value)
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)
