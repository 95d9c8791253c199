"""Every data file of the site, as pairs of output path and bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from plugins.archive import urls
from plugins.archive.outputs import Body
from plugins.archive.text import slugify

from . import references
from .calendars import calendars
from .catalogue import passages, tables
from .datapackage import NAME, package
from .offers import Exports, list_path
from .popolo import popolo
from .tables import Table
from .writing import csv_bytes, json_bytes, json_line, json_tables, one_object_a_meeting

DATABASE = urls.data("archive.sqlite")

# What belongs to one meeting and goes with it into its line of meetings.jsonl.
_PARTS = ("participations", "mentions", "citations", "tasks", "images", "sources", "notes", "corrections")


class DataFiles:
    """The data of one archive. Nothing is worked out before it is asked for."""

    def __init__(self, exports: Exports, bodies: Mapping[tuple[str, str], Body]) -> None:
        self.exports = exports
        self._bodies = bodies

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        exports = self.exports
        return tables(exports.archive, self._bodies, exports.fingerprint, exports.site_url)

    @cached_property
    def searched_tables(self) -> tuple[Table, ...]:
        """Those of the database: the text is among them."""
        return (*self.tables, self._passages)

    @cached_property
    def _passages(self) -> Table:
        return passages(self.exports.archive, self._bodies)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All but the database, which SQLite writes itself."""
        yield from self._described()
        yield urls.data("archive.json"), json_tables(self.tables)
        yield urls.data("meetings.jsonl"), b"".join(map(json_line, self._whole_meetings()))
        yield urls.data("popolo.json"), json_bytes(popolo(self.exports.archive, self.exports.site_url))
        yield from self._references()
        yield from self._lists()
        yield from calendars(self.exports.archive, self.exports.site_url)

    def _described(self) -> Iterator[tuple[str, bytes]]:
        """The tables as CSV, and the description of them."""
        written = {f"{table.name}.csv": csv_bytes(table.names, table.rows) for table in self.tables}
        about = self.exports
        name = slugify(about.site) or "archive"
        described = package(self.tables, written, name=name, title=about.site, edition=about.edition, address=about.site_url)
        yield from ((urls.data(path), data) for path, data in written.items())
        yield urls.data(NAME), json_bytes(described)

    def _whole_meetings(self) -> Iterator[Mapping[str, object]]:
        by_name = {table.name: table for table in self.searched_tables}
        return one_object_a_meeting(by_name["meetings"], [by_name[name] for name in (*_PARTS, "passages")])

    def _references(self) -> Iterator[tuple[str, bytes]]:
        cited = [self.exports.reference(meeting) for meeting in self.exports.archive.meetings.values()]
        yield urls.data("meetings.bib"), "\n".join(map(references.bibtex, cited)).encode("utf-8")
        yield urls.data("meetings.ris"), "\r\n".join(map(references.ris, cited)).encode("utf-8")
        yield urls.data("meetings.csl.json"), references.csl_json(cited).encode("utf-8")

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        """The meetings of each channel: the rows of meetings.csv that are its own."""
        table = self.tables[0]
        rows = {row[0]: row for row in table.rows}
        for channel in (one for one in self.exports.channels.by_page.values() if one.meetings):
            yield list_path(channel.stem), csv_bytes(table.names, [rows[meeting.id] for meeting in channel.meetings])
