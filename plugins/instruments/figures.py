"""Numbers that meetings report, each with the words around it and the paragraph it stands in. Nothing is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.problems import N_

from .numbers import numbers
from .parts import Held, View, held, sheets
from .texts import TextPage, Texts, anchored

NAME = "so-lieu"
ROWS = 400
AROUND = 70
"""Characters shown on either side of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` as written, between the words ``before`` and ``after`` it; ``path`` leads to the paragraph."""

    value: str
    before: str
    after: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFigures:
    meeting: Held
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView(View):
    """Template ``instrument_figures.html``: one year. ``years`` leads to the others; the view's own has no path."""

    year: int | None
    years: tuple[Link, ...]
    meetings: tuple[MeetingFigures, ...]
    count: int


def pages(archive: Archive, texts: Texts) -> Iterator[TextPage]:
    numbers = texts.counts.numbers
    found = {year: [(id, numbers[id]) for id in reversed(ids) if numbers.get(id)] for year, ids in texts.counts.of_year.items()}
    years = sorted((year for year, counted in found.items() if counted), reverse=True)
    for index, year in enumerate(years or [None]):
        paths = (urls.instrument(_name(place, one)) for place, one in enumerate(years))
        links = tuple(Link(label=str(one), path="" if one == year else path) for one, path in zip(years, paths, strict=True))
        yield from _year(archive, texts, _name(index, year), year, links, found[year] if year else [])


def _name(index: int, year: int | None) -> str:
    return f"{NAME}-{year}" if index else NAME


def _year(
    archive: Archive, texts: Texts, name: str, year: int | None, years: tuple[Link, ...], counted: list[tuple[str, int]]
) -> Iterator[TextPage]:
    """``counted`` are the meetings and how many numbers each tells."""
    count = sum(figures for _, figures in counted)
    size = max(1, ROWS * len(counted) // max(count, 1))
    for path, number, every, piece in sheets(name, [id for id, _ in counted], size):
        view = partial(
            FiguresView,
            title=N_("Số liệu được nêu"),
            description=N_("Những con số các hội nghị nêu ra, mỗi số dẫn tới đoạn văn có nó"),
            sheet=number,
            sheets=every,
            year=year,
            years=years,
            count=count,
        )
        make = partial(_sheet, archive, texts, view, piece)
        yield TextPage(path=path, template="instrument_figures", make=make, texts=piece, told=(years, number, every, count, tuple(piece)))


def _sheet(archive: Archive, texts: Texts, view: Callable[..., FiguresView], meetings: Sequence[str]) -> FiguresView:
    told = (MeetingFigures(meeting=held(archive.meetings[id]), figures=tuple(_of_meeting(id, texts))) for id in meetings)
    return view(meetings=tuple(told))


def _of_meeting(id: str, texts: Texts) -> Iterator[Figure]:
    body = texts.of(id)
    for anchor, text in anchored(body) if body else ():
        for start, end in numbers(text):
            yield Figure(value=text[start:end], before=_tail(text[:start]), after=_head(text[end:]), path=f"{urls.meeting(id)}#{anchor}")


def _tail(text: str) -> str:
    """The last words, cut at a space."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"
