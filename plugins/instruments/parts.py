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
    """One bar: ``x`` and ``width`` in per cent, ``y`` and ``height`` in pixels. ``label`` stands under it, or is empty; one that is ``minor``
    has no room on a phone."""

    x: float
    y: float
    width: float
    height: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on a drawing ``height`` pixels high and as wide as there is room, so that letters keep their size; ``base`` is where they stand,
    ``most`` what the tallest one counts."""

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


WIDE_LABELS, NARROW_LABELS = 12, 6
_OVER, _UNDER = 20, 28


def chart(counts: Sequence[int], label: Callable[[int], str], *, height: int = 180) -> Chart:
    """Bars side by side, the tallest as high as there is room; ``label`` gives the text under the bar of that place, or "". Of many labels
    some are left out, evenly."""
    base, step, most = height - _UNDER, 100 / max(len(counts), 1), max(counts, default=0)
    wide = _thinned([place for place in range(len(counts)) if label(place)], WIDE_LABELS)
    narrow = _thinned(wide, NARROW_LABELS)
    bars = []
    for place, count in enumerate(counts):
        tall = round(count / max(most, 1) * (base - _OVER), 2)
        text = label(place) if place in wide else ""
        x, width = round((place + 0.1) * step, 2), round(step * 0.8, 2)
        bars.append(Bar(x=x, y=round(base - tall, 2), width=width, height=tall, label=text, minor=bool(text) and place not in narrow))
    return Chart(height=height, base=base, most=most, bars=tuple(bars))


def _thinned(places: Sequence[int], most: int) -> Sequence[int]:
    return places[:: -(-len(places) // most) or 1]
