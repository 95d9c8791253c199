"""The tables as one SQLite file with full-text search, for Datasette and for SQL by hand.

The same tables give the same bytes with the same release of SQLite, which stamps its number into the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plugins.archive import text

from .splicing import NotThere
from .tables import Row, Table, Value
from .writing import LIST_SEPARATOR

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}

# Text that can be searched: the table, and the columns of it. "unmarked" is worked out: SQLite folds the marks of Latin letters
# itself but not đ, which Unicode does not take apart.
_SEARCHED = {"meetings": ("title", "summary"), "passages": ("text",)}
_UNMARKED = "unmarked"
_BEHIND_ALL = 2**62
_INDEXED_AT_ONCE = 64 * 1024 * 1024
"""So many bytes of an index SQLite gathers in memory; of a smaller one it would write parts, and merge them time and again."""


def write(path: Path, tables: Sequence[Table]) -> None:
    """Writes the database at ``path``."""
    _make(path, tables, lambda connection, table: _insert(connection, table, table.rows))


def renew(path: Path, tables: Sequence[Table], last: Path, changed: Mapping[str, Mapping[str, Sequence[Row]]]) -> None:
    """The same from the database ``last``, where the tables differ in nothing but the rows of some meetings: ``changed`` holds those, by
    table and meeting. Raises NotThere where their places in the table cannot be told.
    """
    attach = f"ATTACH '{last.absolute().as_uri()}?immutable=1' AS last"  # nothing of a text that could end the string is in it
    _make(path, tables, lambda connection, table: _copy(connection, table, changed.get(table.name, {})), attach)


def _make(path: Path, tables: Sequence[Table], put_rows: Callable[[sqlite3.Connection, Table], None], *before: str) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, uri=True)
    try:
        # Nobody reads it before it is whole, so that nothing must survive a crash.
        for command in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA page_size=4096", *before, "BEGIN"):
            connection.execute(command)
        for table in tables:
            _fill(connection, table, put_rows)
        connection.execute("COMMIT")
        if connection.execute("PRAGMA freelist_count").fetchone()[0]:
            connection.execute("VACUUM")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: Table, put_rows: Callable[[sqlite3.Connection, Table], None]) -> None:
    searched = table.name in _SEARCHED
    connection.execute(_create(table, searched))
    put_rows(connection, table)
    # The index of the key serves those who ask for its first column.
    for column in (one for one in table.refers if one != table.key[0]):
        connection.execute(f"CREATE INDEX {_quoted(f'{table.name}_{column}')} ON {_quoted(table.name)} ({_quoted(column)})")
    if searched:
        _index_text(connection, table.name, [*_SEARCHED[table.name], _UNMARKED])


def _insert(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    searched = [table.names.index(name) for name in _SEARCHED.get(table.name, ())]
    marks = ", ".join("?" * (len(table.names) + bool(searched)))
    values = ([*map(_value, row), *([unmarked(row, searched)] if searched else [])] for row in rows)
    connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", values)


def _copy(connection: sqlite3.Connection, table: Table, changed: Mapping[str, Sequence[Row]]) -> None:
    """Row by row, in their order, so that pages are filled as by those who insert each."""
    name, end = _quoted(table.name), 0
    take = f"INSERT INTO {name} SELECT * FROM last.{name} WHERE rowid > ? AND rowid < ? ORDER BY rowid"
    for first, last, meeting in sorted(_places(connection, table, changed)):
        connection.execute(take, (end, first))
        _insert(connection, table, changed[meeting])
        end = last
    connection.execute(take, (end, _BEHIND_ALL))


def _places(connection: sqlite3.Connection, table: Table, changed: Mapping[str, Sequence[Row]]) -> Iterator[tuple[int, int, str]]:
    """First and last row of each meeting in the last database."""
    owner = "meeting" if "meeting" in table.names else "id"
    kind = " AND kind = 'meeting'" if "kind" in table.key else ""
    for meeting, rows in changed.items():
        ask = f"SELECT min(rowid), max(rowid), count(*) FROM last.{_quoted(table.name)} WHERE {owner} = ?{kind}"
        first, last, count = connection.execute(ask, (meeting,)).fetchone()
        if count and count == last - first + 1:
            yield first, last, meeting
        elif count or rows:
            raise NotThere(f"{table.name}: {meeting}")


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
