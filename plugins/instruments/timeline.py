"""How many meetings the archive holds, quarter by quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_

from .parts import Chart, View, chart
from .texts import Texts

NAME = "dong-thoi-gian"
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A year; ``quarters`` holds a link for each quarter with a meeting, else None. ``undated`` counts those without a month."""

    year: Link
    quarters: tuple[Link | None, ...]
    undated: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView(View):
    """Template ``instrument_timeline.html``."""

    chart: Chart
    rows: tuple[YearRow, ...]
    total: int


def pages(archive: Archive, _texts: Texts) -> Iterator[OutputPage]:
    counts = Counter((meeting.date.year, meeting.date.quarter) for meeting in archive.meetings.values())
    years = sorted(archive.meetings_in_year)
    span = range(years[0], years[-1] + 1) if years else range(0)

    def label(place: int) -> str:
        year, quarter = span[place // 4], place % 4
        return str(year) if quarter == 0 else ""

    view = TimelineView(
        title=N_("Dòng thời gian"),
        description=N_("Số hội nghị có trong kho theo từng quý"),
        chart=chart([counts[year, quarter] for year in span for quarter in QUARTERS], label),
        rows=tuple(_row(year, counts) for year in reversed(span)),
        total=len(archive.meetings),
    )
    yield OutputPage(path=urls.instrument(NAME), template="instrument_timeline", view=view)


def _row(year: int, counts: Counter[tuple[int, int | None]]) -> YearRow:
    total = sum(counts[year, quarter] for quarter in (*QUARTERS, None))
    quarters = tuple(
        Link(label=str(counts[year, quarter]), path=urls.quarter(year, quarter)) if counts[year, quarter] else None for quarter in QUARTERS
    )
    return YearRow(
        year=Link(label=str(year), path=urls.year(year) if total else ""), quarters=quarters, undated=counts[year, None], total=total
    )
