"""The tables as one SQLite file with full-text search, for Datasette and for SQL by hand.

The same tables give the same bytes with the same release of SQLite, which stamps its number into the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from plugins.archive import text

from .tables import Table, Value
from .writing import LIST_SEPARATOR

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}

# Text that can be searched: the table, and the columns of it. "unmarked" is worked out: SQLite folds the marks of Latin letters
# itself but not đ, which Unicode does not take apart.
_SEARCHED = {"meetings": ("title", "summary"), "passages": ("text",)}
_UNMARKED = "unmarked"
_INDEXED_AT_ONCE = 64 * 1024 * 1024
"""So many bytes of an index SQLite gathers in memory; of a smaller one it would write parts, and merge them time and again."""


def write(path: Path, tables: Sequence[Table]) -> None:
    """Writes the database at ``path``, where nothing stands yet."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # Nobody reads it before it is whole, so that nothing must survive a crash.
        for command in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA page_size=4096", "BEGIN"):
            connection.execute(command)
        for table in tables:
            _fill(connection, table)
        connection.execute("COMMIT")
        if connection.execute("PRAGMA freelist_count").fetchone()[0]:
            connection.execute("VACUUM")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    searched = [table.names.index(name) for name in _SEARCHED.get(table.name, ())]
    names = [*table.names, *([_UNMARKED] if searched else [])]
    connection.execute(_create(table, bool(searched)))
    marks = ", ".join("?" * len(names))
    rows = ([*map(_value, row), *([unmarked(row, searched)] if searched else [])] for row in table.rows)
    connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
    # The index of the key serves those who ask for its first column.
    for column in (one for one in table.refers if one != table.key[0]):
        connection.execute(f"CREATE INDEX {_quoted(f'{table.name}_{column}')} ON {_quoted(table.name)} ({_quoted(column)})")
    if searched:
        _index_text(connection, table.name, [*_SEARCHED[table.name], _UNMARKED])


def _create(table: Table, is_searched: bool) -> str:
    columns = [f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}" for column in table.columns]
    if is_searched:
        columns.append(f"{_quoted(_UNMARKED)} TEXT")
    key = "PRIMARY KEY (" + ", ".join(map(_quoted, table.key)) + ")"
    foreign = [f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(other)} (id)" for column, other in table.refers.items()]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join([*columns, key, *foreign])})"


def _index_text(connection: sqlite3.Connection, table: str, columns: list[str]) -> None:
    # content= is how Datasette finds the index of a table.
    listed = ", ".join(columns)
    index = f"{table}_fts"
    connection.execute(f'CREATE VIRTUAL TABLE {index} USING fts5({listed}, content="{table}", tokenize="unicode61 remove_diacritics 0")')
    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('hashsize', {_INDEXED_AT_ONCE})")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def unmarked(row: Sequence[Value], places: list[int]) -> str:
    """The text at these places, folded. It is done word by word: Vietnamese has few thousand syllables, and each is folded once."""
    searched = " ".join(str(row[place]) for place in places if row[place])
    return " ".join(map(text.fold, searched.split(" ")))


def _value(value: Value) -> str | int | None:
    return LIST_SEPARATOR.join(value) or None if isinstance(value, tuple) else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
