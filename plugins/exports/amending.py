"""The data files after the edit of texts, made from those of the last site: all but a few lines of each is as it was.

Nothing but the texts of some meetings has changed (:class:`archive.outputs.Revision`). Then a file that tells nothing of texts may differ
in the digests of these meetings' source files, and most not even in that. Where something stands otherwise than thought, NotThere is
raised, and all files are to be written as ever.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Revision, Task
from plugins.archive.records import Meeting

from . import bibliography, channels, database, datapackage, feeds, flat
from .files import DATABASE, FOLDER, LINES, DataFiles, Job
from .offers import Exports, list_path
from .splicing import NotThere, Piece, splice
from .tables import Row, Table
from .writing import csv_lines, json_bytes, json_objects

MOST = 20
"""The files are searched for each of the meetings; more of them are as quickly written with all the rest."""
_CSV = tuple(map(urls.data, ("meetings.csv", "records.csv", "tasks.csv")))
_OF_A_TEXT = ("meetings", "tasks", "records", "passages")
Bodies = Mapping[tuple[str, str], Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What data files tell of one meeting: its line, its tasks as CSV and as JSON, its rows in the tables that know of its text."""

    line: str
    tasks: tuple[str, str]
    rows: Mapping[str, list[Row]]


def jobs(exports: Exports, revision: Revision, bodies: Bodies) -> tuple[Job, ...]:
    """Together they write every data file that the texts change; ``bodies`` are those of now. NotThere may be raised here and by each."""
    if len(revision.meetings) > MOST:
        raise NotThere("too many texts")
    last = _last_texts(revision)
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    rows: defaultdict[str, dict[str, list[Row]]] = defaultdict(dict)
    for id, meeting in revision.meetings.items():
        digest, body = last[id]
        before, now = _told(exports, replace(meeting, sha256=digest), body), _told(exports, meeting, bodies["meeting", id])
        for path, piece in (*_of_digest(revision.site, meeting, digest), *_of_text(before, now)):
            pieces[path].append(piece)
        for table, some in now.rows.items():
            rows[table][id] = some
    described = {path: pieces.pop(path) for path in _CSV if path in pieces}
    spliced = [partial(_spliced, revision.site, {path: of_path}) for path, of_path in pieces.items()]
    searched = DataFiles(exports, bodies).searched_tables
    return (partial(_renewed, revision.site, searched, rows), *spliced, partial(_described, revision.site, described))


def is_told(revision: Revision, bodies: Bodies) -> bool:
    """Whether feeds tell of the texts something else than they did."""
    last, now = _last_texts(revision), revision.meetings
    return any(feeds.summary(now[id], body) != feeds.summary(now[id], bodies["meeting", id]) for id, (_, body) in last.items())


def _last_texts(revision: Revision) -> Mapping[str, tuple[str, Body]]:
    """Of each meeting the digest of its file and the text, as the data files of the last site know them: its database does."""
    with closing(sqlite3.connect(f"{(revision.site / DATABASE).absolute().as_uri()}?immutable=1", uri=True)) as last:
        return {id: (_last_digest(last, id), _last_body(last, id)) for id in revision.meetings}


def _last_digest(last: sqlite3.Connection, id: str) -> str:
    found = last.execute("SELECT sha256 FROM meetings WHERE id = ?", (id,)).fetchone()
    if not found or not found[0]:
        raise NotThere(f"{DATABASE}: {id}")
    return str(found[0])


def _last_body(last: sqlite3.Connection, id: str) -> Body:
    """As far as data files tell of it."""
    tasks = last.execute("SELECT number, anchor, text, given_by FROM tasks WHERE meeting = ? ORDER BY number", (id,)).fetchall()
    passages = last.execute("SELECT anchor, text FROM passages WHERE meeting = ? ORDER BY number", (id,)).fetchall()
    return Body(
        html="",
        text="\n".join(text or "" for _, text in passages),
        tasks=tuple(Task(number=number, anchor=anchor or "", text=text or "") for number, anchor, text, _ in tasks),
        given_by=tasks[0][3] or "" if tasks else "",
        passages=tuple((anchor or "", text or "") for anchor, text in passages),
    )


def _told(exports: Exports, meeting: Meeting, body: Body) -> _Told:
    only = Archive(meetings={meeting.id: meeting}, people={}, organizations={}, clusters={}, documents={}, pages={})
    data = DataFiles(replace(exports, archive=only), {("meeting", meeting.id): body})
    rows = {table.name: list(table.rows) for table in data.searched_tables if table.name in _OF_A_TEXT}
    (tasks,) = (table for table in data.tables if table.name == "tasks")
    told = "".join(csv_lines(rows["tasks"])), ",\n".join(json_objects(tasks.names, rows["tasks"]))
    return _Told(line="".join(data.lines()), tasks=told, rows=rows)


def _of_digest(site: Path, meeting: Meeting, before: str) -> Iterator[tuple[str, Piece]]:
    """What tells the digest of the meeting's file: the tables, its reference, the lists that it stands in."""
    once = Piece(before.encode(), meeting.sha256.encode())
    yield urls.data(flat.ARCHIVE), replace(once, times=2)
    yield from ((urls.data(name), once) for name in ("meetings.csv", "records.csv", *bibliography.NAMES))
    lists = (list_path(stem) for stem in sorted(channels.stems(meeting)))
    yield from ((path, once) for path in lists if (site / path).exists())


def _of_text(before: _Told, now: _Told) -> Iterator[tuple[str, Piece]]:
    yield LINES, Piece(before.line.encode(), now.line.encode())
    for path, old, new in zip((urls.data("tasks.csv"), urls.data(flat.ARCHIVE)), before.tasks, now.tasks, strict=True):
        if bool(old) != bool(new):
            raise NotThere(f"{path}: no place for the first tasks of a meeting")
        if old != new:
            yield path, Piece(old.encode(), new.encode())


def _spliced(last: Path, pieces: Mapping[str, Sequence[Piece]], site: Path) -> list[str]:
    for path, of_path in pieces.items():
        splice(last / path, site / path, of_path)
    return list(pieces)


def _described(last: Path, pieces: Mapping[str, Sequence[Piece]], site: Path) -> list[str]:
    """The tables as CSV, and the description of these."""
    written = _spliced(last, pieces, site)
    package = json.loads((last / FOLDER / datapackage.NAME).read_text(encoding="utf-8"))
    (site / FOLDER / datapackage.NAME).write_bytes(json_bytes(datapackage.renewed(package, site / FOLDER)))
    return [*written, urls.data(datapackage.NAME)]


def _renewed(last: Path, tables: Sequence[Table], rows: Mapping[str, Mapping[str, list[Row]]], site: Path) -> list[str]:
    database.renew(site / DATABASE, tables, last / DATABASE, rows)
    return [DATABASE]
