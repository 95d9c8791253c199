"""Years down, quarters across: what makes a gap visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.records import Meeting
from plugins.archive.viewing import view_class

QUARTERS = (1, 2, 3, 4)
Quarter = tuple[int, int | None]
"""A year and a quarter of it, or None where the month is unknown."""


@view_class
class CellLink:
    """``label`` is text, or a date to be shown without its year; ``description`` is spoken after it."""

    label: str | PartialDate
    path: str
    description: str = ""


@view_class
class Cell:
    quarter: int
    links: tuple[CellLink, ...]
    level: int
    current: bool = False


@view_class
class YearRow:
    """Four cells; ``undated`` are meetings of the year whose month is unknown; ``total`` counts all where the cells are counts."""

    year: int
    path: str
    cells: tuple[Cell, ...]
    undated: tuple[CellLink, ...] = ()
    old: bool = False
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """Two or more years in a row without a record."""

    first: int
    last: int
    cells: tuple[Cell, ...] = ()


def date_rows(
    meetings: Iterable[Meeting], has_year_page: Callable[[int], bool], elsewhere: Mapping[int, str] | None = None
) -> tuple[YearRow | GapRow, ...]:
    """The days of meetings, newest year on top; two or more empty years become one row.

    A year whose list stands ``elsewhere`` (year to path) shows how many there were in each quarter, and leads there.
    """
    found = _by_year_and_quarter(meetings)
    if not found:
        return ()
    years = range(max(year for year, _ in found), min(year for year, _ in found) - 1, -1)
    used = {year for year, _ in found}
    most = max(len(held) for held in found.values())
    return tuple(_with_gaps([_date_row(year, found, has_year_page, (elsewhere or {}).get(year, ""), most) for year in years], used))


def count_rows(archive: Archive) -> tuple[YearRow, ...]:
    """How many meetings the archive holds in each quarter, newest year on top."""
    counts = Counter((m.date.year, m.date.quarter) for m in archive.meetings.values())
    most = max(counts.values(), default=0)
    years = sorted(archive.meetings_in_year)
    span = range(years[-1], years[0] - 1, -1) if years else ()
    return tuple(_count_row(year, counts, most, year in archive.meetings_in_year) for year in span)


def folded(rows: tuple[YearRow, ...]) -> tuple[YearRow | GapRow, ...]:
    """The rows, with one for two or more empty years in a row."""
    return tuple(_with_gaps(list(rows), {row.year for row in rows if row.path}))


def marked(rows: tuple[YearRow, ...], year: int, quarter: int) -> tuple[YearRow, ...]:
    """The rows with one cell as the current one."""
    return tuple(_marked_row(row, quarter) if row.year == year else row for row in rows)


def _marked_row(row: YearRow, quarter: int) -> YearRow:
    return replace(row, cells=tuple(replace(cell, current=cell.quarter == quarter) for cell in row.cells))


def _by_year_and_quarter(meetings: Iterable[Meeting]) -> Mapping[Quarter, list[Meeting]]:
    found: dict[Quarter, list[Meeting]] = {}
    for meeting in meetings:
        found.setdefault((meeting.date.year, meeting.date.quarter), []).append(meeting)
    return found


def _date_row(year: int, found: Mapping[Quarter, list[Meeting]], has_year_page: Callable[[int], bool], list_path: str, most: int) -> YearRow:
    cells = []
    for quarter in QUARTERS:
        held = found.get((year, quarter), ())
        if held and list_path:
            links: tuple[CellLink, ...] = (CellLink(label=str(len(held)), path=list_path, description=str(year)),)
        else:
            links = tuple(_date_link(meeting) for meeting in held)
        cells.append(Cell(quarter=quarter, links=links, level=_level(len(held), most) if list_path else min(1, len(held))))
    undated = tuple(CellLink(label=meeting.title, path=urls.meeting(meeting.id)) for meeting in found.get((year, None), ()))
    return YearRow(year=year, path=urls.year(year) if has_year_page(year) else "", cells=tuple(cells), undated=undated)


def _date_link(meeting: Meeting) -> CellLink:
    return CellLink(label=meeting.date, path=urls.meeting(meeting.id), description=str(meeting.date.year))


def _with_gaps(rows: list[YearRow], used: set[int]) -> Iterator[YearRow | GapRow]:
    for is_used, group in groupby(rows, key=lambda row: row.year in used):
        run = list(group)
        if is_used or len(run) == 1:
            yield from run
        else:
            yield GapRow(first=run[-1].year, last=run[0].year)


def _level(count: int, most: int) -> int:
    """How strong the ground of a cell is: 0 where there is nothing, 1 to 3 in proportion."""
    return 0 if not count else 1 + min(2, 3 * (count - 1) // max(most, 1))


def _count_row(year: int, counts: Counter[Quarter], most: int, has_page: bool) -> YearRow:
    cells = []
    for quarter in QUARTERS:
        count = counts[year, quarter]
        links = (CellLink(label=str(count), path=urls.quarter(year, quarter)),) if count else ()
        cells.append(Cell(quarter=quarter, links=links, level=_level(count, most)))
    undated = counts[year, None]
    extra = (CellLink(label=str(undated), path=f"{urls.year(year)}#chua-ro-thang"),) if undated else ()
    total = undated + sum(counts[year, quarter] for quarter in QUARTERS)
    return YearRow(year=year, path=urls.year(year) if has_page else "", cells=tuple(cells), undated=extra, total=total)
