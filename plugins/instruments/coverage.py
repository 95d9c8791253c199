"""Which quarters of which clusters the archive knows, and which it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link, cluster_link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting
from plugins.archive.text import sort_key

from .parts import Held, View, held, sheets
from .texts import Texts

NAME = "do-phu"
YEARS_ON_A_PAGE = 4
ROWS = 150
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A quarter. ``is_gap`` where the cluster has records before and after it and none in it; ``more`` is where several lead."""

    meetings: tuple[Held, ...]
    more: str
    is_gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """``undated`` are meetings of these years whose month is unknown; they may fill a gap."""

    cluster: Link
    cells: tuple[Cell, ...]
    gaps: int
    undated: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView(View):
    """Template ``instrument_coverage.html``: four years at a time. ``periods`` leads to the others; the view's own has no path."""

    years: tuple[int, ...]
    periods: tuple[Link, ...]
    rows: tuple[ClusterRow, ...]
    gap_count: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A cluster's meetings by year and quarter, and the first and last place of them, counted in quarters."""

    by_quarter: dict[tuple[int, int | None], list[Meeting]]
    first: int
    last: int


def pages(archive: Archive, _texts: Texts) -> Iterator[OutputPage]:
    known = {id: _known(meetings) for id, meetings in archive.meetings_of_cluster.items()}
    order = sorted(
        known, key=lambda id: (sort_key(archive.organizations[archive.clusters[id].owner].label), sort_key(archive.clusters[id].label), id)
    )
    periods = _periods([year for one in known.values() for year, _ in one.by_quarter])
    for index, years in enumerate(periods):
        name = _name(index, years)
        links = tuple(_period_link(place, span, place == index) for place, span in enumerate(periods))
        rows = [row for id in order if (row := _row(archive, id, known[id], years))]
        for path, number, every, piece in sheets(name, rows, ROWS):
            view = CoverageView(
                title=N_("Độ phủ theo cụm và quý"),
                description=N_("Quý nào của cụm nào có bản ghi, quý nào còn trống"),
                sheet=number,
                sheets=every,
                years=years,
                periods=links,
                rows=tuple(piece),
                gap_count=sum(row.gaps for row in rows),
            )
            yield OutputPage(path=path, template="instrument_coverage", view=view)


def _periods(years: Sequence[int]) -> list[tuple[int, ...]]:
    """The newest first; one without years where nothing is known."""
    if not years:
        return [()]
    found = []
    for last in range(max(years), min(years) - 1, -YEARS_ON_A_PAGE):
        found.append(tuple(range(max(last - YEARS_ON_A_PAGE + 1, min(years)), last + 1)))
    return found


def _name(index: int, years: tuple[int, ...]) -> str:
    return NAME if index == 0 else f"{NAME}-{years[0]}-{years[-1]}"


def _period_link(index: int, years: tuple[int, ...], is_current: bool) -> Link:
    label = f"{years[0]} – {years[-1]}" if len(years) > 1 else "".join(map(str, years))
    return Link(label=label, path="" if is_current else urls.instrument(_name(index, years)))


def _known(meetings: Sequence[Meeting]) -> _Known:
    found: dict[tuple[int, int | None], list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault((meeting.date.year, meeting.date.quarter), []).append(meeting)
    places = [year * 4 + quarter for year, quarter in found if quarter]
    return _Known(found, min(places, default=0), max(places, default=-1))


def _row(archive: Archive, id: str, known: _Known, years: tuple[int, ...]) -> ClusterRow | None:
    """None where nothing is known of the cluster in these years."""
    cells = tuple(_cell(id, known, year, quarter) for year in years for quarter in QUARTERS)
    undated = tuple(held(meeting) for year in years for meeting in known.by_quarter.get((year, None), ()))
    gaps = sum(cell.is_gap for cell in cells)
    if not gaps and not undated and not any(cell.meetings for cell in cells):
        return None
    return ClusterRow(cluster=cluster_link(archive.clusters[id]), cells=cells, gaps=gaps, undated=undated)


def _cell(id: str, known: _Known, year: int, quarter: int) -> Cell:
    meetings = tuple(held(meeting) for meeting in known.by_quarter.get((year, quarter), ()))
    is_inside = known.first < year * 4 + quarter < known.last
    return Cell(meetings=meetings, more=urls.cluster(id) if len(meetings) > 1 else "", is_gap=is_inside and not meetings)
