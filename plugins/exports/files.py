"""Every data file of the site: jobs that can be done side by side, each of which writes some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from plugins.archive import urls
from plugins.archive.outputs import Body
from plugins.archive.text import slugify

from . import bibliography, database, datapackage, flat
from .calendars import calendars
from .catalogue import passages, tables
from .offers import Exports, list_path
from .popolo import popolo
from .tables import Table
from .writing import csv_lines, json_bytes, json_lines

FOLDER = urls.data("")
DATABASE = urls.data("archive.sqlite")
LINES = urls.data("meetings.jsonl")
POPOLO = urls.data("popolo.json")

# What belongs to one meeting and goes with it into its line of meetings.jsonl.
_PARTS = ("participations", "mentions", "citations", "tasks", "images", "sources", "notes", "corrections")

Job = Callable[[Path], list[str]]
"""Writes files below the folder of the site, in FOLDER, and gives their output paths."""


class DataFiles:
    """The data of one archive. Nothing is worked out before it is asked for, and no job holds more texts than a few meetings have."""

    def __init__(self, exports: Exports, bodies: Mapping[tuple[str, str], Body]) -> None:
        self.exports = exports
        # Two tables tell of a text, and where both go along the meetings, one after the other asks for it.
        self._text_of = lru_cache(maxsize=1)(lambda id: bodies.get(("meeting", id)))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        exports = self.exports
        return tables(exports.archive, self._text_of, exports.fingerprint, exports.site_url)

    @cached_property
    def searched_tables(self) -> tuple[Table, ...]:
        """Those of the database: the text is among them."""
        return (*self.tables, passages(self.exports.archive, self._text_of))

    def jobs(self) -> tuple[Job, ...]:
        """Together they write every data file; the longest comes first."""
        return (self._database, self._tables, self._lines, self._graph, self._references, self._lists, self._calendars)

    def _database(self, site: Path) -> list[str]:
        database.write(site / DATABASE, self.searched_tables)
        return [DATABASE]

    def _tables(self, site: Path) -> list[str]:
        """The tables as CSV and as JSON, and the description of the CSV."""
        about, folder = self.exports, site / FOLDER
        flat.write(self.tables, folder)
        name = slugify(about.site) or "archive"
        described = datapackage.package(self.tables, folder, name=name, title=about.site, edition=about.edition, address=about.site_url)
        (folder / datapackage.NAME).write_bytes(json_bytes(described))
        return [urls.data(name) for name in (*map(flat.csv_name, self.tables), flat.ARCHIVE, datapackage.NAME)]

    def _lines(self, site: Path) -> list[str]:
        return _put(site, LINES, self.lines())

    def lines(self) -> Iterator[str]:
        """Each meeting with all that belongs to it."""
        by_name = {table.name: table for table in self.searched_tables}
        return json_lines(by_name["meetings"], [by_name[name] for name in (*_PARTS, "passages")])

    def _graph(self, site: Path) -> list[str]:
        (site / POPOLO).write_bytes(json_bytes(popolo(self.exports.archive, self.exports.site_url)))
        return [POPOLO]

    def _references(self, site: Path) -> list[str]:
        cited = map(self.exports.reference, self.exports.archive.meetings.values())
        bibliography.write(cited, site / FOLDER)
        return [urls.data(name) for name in bibliography.NAMES]

    def _lists(self, site: Path) -> list[str]:
        """The meetings of each channel: the rows of meetings.csv that are its own."""
        table = self.tables[0]
        head, *lines = csv_lines([table.names, *table.rows])
        line_of = dict(zip(self.exports.archive.meetings, lines, strict=True))
        written = []
        for channel in (one for one in self.exports.channels.by_page.values() if one.meetings):
            with flat.open_csv(site / list_path(channel.stem)) as file:
                file.writelines([head, *(line_of[meeting.id] for meeting in channel.meetings)])
            written.append(list_path(channel.stem))
        return written

    def _calendars(self, site: Path) -> list[str]:
        written = []
        for path, data in calendars(self.exports.archive, self.exports.site_url):
            (site / path).write_bytes(data)
            written.append(path)
        return written


def _put(site: Path, path: str, texts: Iterable[str]) -> list[str]:
    with (site / path).open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
    return [path]
