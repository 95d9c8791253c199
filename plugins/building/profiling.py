"""Where the time of a build went: by phase, by plugin and by kind of page, in seconds of all processors and by the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.archive.problems import N_, Translate, decimal

if TYPE_CHECKING:
    from rich.table import Table

START = N_("Khởi động, xem tệp nào đã đổi")
_PHASES, _PLUGINS, _PAGES = N_("Các bước"), N_("Từng plugin"), N_("Từng loại trang")
_TIME = (N_("CPU, giây"), N_("đồng hồ, giây"), N_("phần CPU"))
_TIMES = (N_("số lần"), N_("ms CPU mỗi lần"))
LEAST = 0.005
"""Seconds; what took less of the processors and by the clock is not shown."""


@dataclass(slots=True)
class Spent:
    """Seconds of processors and by the clock, and how many times."""

    cpu: float = 0.0
    wall: float = 0.0
    times: int = 0

    def add(self, cpu: float, wall: float, times: int = 1) -> None:
        self.cpu += cpu
        self.wall += wall
        self.times += times


class Tally:
    """Adds up what is done again and again in one process, under a name; tallies of several processes can be merged."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self.of(name).add(time.process_time() - cpu, time.perf_counter() - wall)

    def of(self, name: str) -> Spent:
        return self.spent.setdefault(name, Spent())

    def merge(self, other: Tally) -> None:
        for name, spent in other.spent.items():
            self.of(name).add(spent.cpu, spent.wall, spent.times)


class Stopwatch:
    """From one ``begin`` to the next, all time belongs to its name: this process and every one that it waited for."""

    def __init__(self, name: str) -> None:
        self.tally = Tally()
        self._name, self._since = name, _now()

    def begin(self, name: str) -> None:
        """What ran until now is over. An empty name: what comes is nobody's."""
        now = _now()
        if self._name:
            self.tally.of(self._name).add(now[0] - self._since[0], now[1] - self._since[1])
        self._name, self._since = name, now

    @contextmanager
    def during(self, name: str) -> Iterator[None]:
        self.begin(name)
        try:
            yield
        finally:
            self.begin("")


@dataclass(slots=True)
class Profile:
    """What ``build --profile`` collects and shows. ``pages`` is by template."""

    phases: Stopwatch = field(default_factory=lambda: Stopwatch(START))
    plugins: Stopwatch = field(default_factory=lambda: Stopwatch(""))
    pages: Tally = field(default_factory=Tally)

    def tables(self, translate: Translate) -> Iterator[Table]:
        """A table each for phases, plugins and pages, the costliest first; none for what there was nothing of."""
        self.phases.begin("")
        whole = sum(spent.cpu for spent in self.phases.tally.spent.values())
        yield from _table(translate(_PHASES), self.phases.tally, whole, translate)
        yield from _table(translate(_PLUGINS), self.plugins.tally, whole, translate)
        yield from _table(translate(_PAGES), self.pages, whole, translate, repeated=True)


def _table(title: str, tally: Tally, whole: float, translate: Translate, repeated: bool = False) -> Iterator[Table]:
    shown = {name: spent for name, spent in tally.spent.items() if max(spent.cpu, spent.wall) >= LEAST}
    if not shown:
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for heading in ("", *_TIME, *(_TIMES if repeated else ())):
        table.add_column(translate(heading) if heading else "", justify="right" if heading else "left", no_wrap=not heading)
    for name, spent in sorted(shown.items(), key=lambda entry: (-entry[1].cpu, entry[0])):
        share = f"{decimal(100 * spent.cpu / whole, 1, translate)} %" if whole else ""
        times = (str(spent.times), decimal(1000 * spent.cpu / spent.times, 2, translate)) if repeated else ()
        table.add_row(Text(translate(name)), *(decimal(seconds, 2, translate) for seconds in (spent.cpu, spent.wall)), share, *times)
    yield table


def _now() -> tuple[float, float]:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system, time.perf_counter()
