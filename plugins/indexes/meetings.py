"""The list of all meetings: the newest in full, the others by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.problems import N_

from .rows import Block, CountedLink, Row, by_year, newest_first, row, shown

SECTION = "meetings"
NEWEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsView:
    """Template ``meetings.html``: ``newest`` in year blocks, and every year with its count, the newest first."""

    section: str
    title: str
    description: str
    newest: tuple[Block[Row], ...]
    newest_count: int
    meeting_count: int
    years: tuple[CountedLink, ...]


def pages(archive: Archive, _gathered: Gathered) -> Iterator[OutputPage]:
    newest = list(islice(newest_first(archive.meetings.values()), NEWEST))
    years = sorted(archive.meetings_in_year.items(), reverse=True)
    view = MeetingsView(
        section=SECTION,
        title=N_("Hội nghị"),
        description="",
        newest=shown(by_year(newest), lambda meeting: row(archive, meeting)),
        newest_count=len(newest),
        meeting_count=len(archive.meetings),
        years=tuple(CountedLink(label=str(year), path=urls.year(year), count=len(meetings)) for year, meetings in years),
    )
    yield OutputPage(path=urls.MEETINGS, template="meetings", view=view)
