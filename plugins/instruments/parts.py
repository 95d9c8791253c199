"""What the instruments are made of: the frame of a view, rows that go on over several pages, bars in a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from plugins.archive import urls
from plugins.archive.dates import PartialDate
from plugins.archive.records import Meeting


T = TypeVar("T")
SECTION = "instruments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting as a link: its day is the label, its title is spoken after it."""

    date: PartialDate
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every view of an instrument has; ``title`` and ``description`` are messages, ``sheets`` the pages it goes over."""

    section: str = SECTION
    title: str
    description: str = ""
    sheet: int = 1
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in units of the drawing; ``label`` stands under it, or is empty."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on a drawing ``width`` by ``height``; ``base`` is where they stand, ``most`` what the tallest one counts."""

    width: int
    height: int
    base: int
    most: int
    bars: tuple[Bar, ...]


def held(meeting: Meeting) -> Held:
    return Held(date=meeting.date, title=meeting.title, path=urls.meeting(meeting.id))


def sheets(name: str, rows: Sequence[T], size: int) -> Iterator[tuple[str, int, tuple[str, ...], Sequence[T]]]:
    """Path, number, paths of all sheets, and rows of each sheet; one empty sheet where there are no rows."""
    pieces = [rows[start : start + size] for start in range(0, len(rows), size)] or [rows]
    paths = tuple(urls.instrument(name, number) for number in range(1, len(pieces) + 1))
    for number, piece in enumerate(pieces, 1):
        yield paths[number - 1], number, paths if len(paths) > 1 else (), piece


def chart(counts: Sequence[int], label: Callable[[int], str], *, width: int = 640, height: int = 160) -> Chart:
    """Bars side by side, the tallest as high as there is room; ``label`` gives the text under the bar of that place, or ""."""
    base, step = height - 20, width / max(len(counts), 1)
    most = max(counts, default=0)
    bars = tuple(
        Bar(
            x=round(place * step + step * 0.1, 2),
            y=round(base - count / max(most, 1) * (base - 12), 2),
            width=round(step * 0.8, 2),
            height=round(count / max(most, 1) * (base - 12), 2),
            label=label(place),
        )
        for place, count in enumerate(counts)
    )
    return Chart(width=width, height=height, base=base, most=most, bars=bars)
