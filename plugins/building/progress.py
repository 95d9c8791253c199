"""The phases of a build as lines in a terminal: how far each is, how fast it goes, how long it still takes."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.text import Text

from plugins.archive.problems import N_, Translate, decimal

_RATE = N_("%(done)s/%(total)s, %(rate)s mỗi giây, còn %(left)s giây")
_DONE = N_("%(total)s, %(rate)s mỗi giây")


class Phases:
    """One line a phase: the current one moves, those that are over keep their time. Nothing at all without a terminal."""

    def __init__(self, console: Console, translate: Translate) -> None:
        words = TextColumn("{task.description}", markup=False)
        columns = (SpinnerColumn(finished_text="✓"), words, BarColumn(24), _Figures(translate), _Seconds(translate))
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._current: TaskID | None = None

    def __enter__(self) -> Phases:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._progress.stop()

    def begin(self, text: str) -> None:
        self._end()
        self._current = self._progress.add_task(text, total=None)

    def reached(self, done: int, total: int) -> None:
        """Of the current phase so much is done."""
        if self._current is not None:
            self._progress.update(self._current, completed=done, total=total)

    def _end(self) -> None:
        if self._current is not None:
            counted = next(task.total for task in self._progress.tasks if task.id == self._current) or 1
            self._progress.update(self._current, total=counted, completed=counted)
            self._current = None


class _Figures(ProgressColumn):
    """How many of how many, how many a second, how many seconds are left; nothing where nothing is counted."""

    def __init__(self, translate: Translate) -> None:
        super().__init__()
        self._translate = translate

    def render(self, task: Task) -> Text:
        seconds = _seconds(task)
        if not task.total or task.total < 2 or not seconds:
            return Text("")
        rate = task.completed / seconds
        left = (task.total - task.completed) / rate if rate else 0
        message = _DONE if task.finished else _RATE
        values = {"done": f"{task.completed:.0f}", "total": f"{task.total:.0f}", "rate": f"{rate:.0f}", "left": f"{left:.0f}"}
        return Text(self._translate(message) % values, style="progress.percentage")


class _Seconds(ProgressColumn):
    """Seconds since the phase began, or that it took."""

    def __init__(self, translate: Translate) -> None:
        super().__init__()
        self._translate = translate

    def render(self, task: Task) -> Text:
        return Text(f"{decimal(_seconds(task), 1, self._translate)} s", style="progress.elapsed")


def _seconds(task: Task) -> float:
    return (task.finished_time if task.finished else task.elapsed) or 0.0
