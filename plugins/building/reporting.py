"""What the person at the keyboard sees of a build: its phases, the problems, how it ended. All of it on standard error."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.control import strip_control_codes
from rich.segment import Segment, Segments
from rich.text import Text

from plugins.archive.problems import N_, Problem, Refusal, Severity, Translate

if TYPE_CHECKING:
    from .profiling import Profile
    from .progress import Phases

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
_WIDTH = 120
_LABELS = {Severity.ERROR: N_("lỗi"), Severity.WARNING: N_("nhắc")}


class Report:
    """Speaks through ``translate``, in colour where a terminal shows it; lines are never broken, so that tools can read them."""

    def __init__(
        self, translate: Translate = str, *, debug: bool = False, console: Console | None = None, profile: Profile | None = None
    ) -> None:
        self.gettext = translate
        self.debug = debug
        self.profile = profile
        self.console = console or Console(stderr=True, highlight=False)
        self._phases: Phases | None = None

    @contextmanager
    def phases(self) -> Iterator[None]:
        """While open, each phase named is a line that moves; without a terminal it is a line that stands."""
        if not self.console.is_terminal:
            yield
            return
        from .progress import Phases  # here and in profiling: moving lines and tables take a while to load

        with Phases(self.console, self.gettext) as self._phases:
            yield

    def phase(self, message: str, **values: object) -> None:
        if self.profile:
            self.profile.phases.begin(message)
        text = self.gettext(message) % values
        if self._phases:
            self._phases.begin(text)
        else:
            self._say(text)

    def reached(self, done: int, total: int) -> None:
        """Of the present phase so much is done."""
        if self._phases:
            self._phases.reached(done, total)

    def profiled(self) -> None:
        """Where the time went, if that is asked for."""
        if self.profile:
            for table in self.profile.tables(self.gettext):
                self.console.print(table, width=_WIDTH, crop=False)

    def problems(self, problems: Iterable[Problem]) -> None:
        """One on each line. They may be hundreds, and a Text for each would take as long as many a build."""
        self.console.print(Segments([piece for problem in problems for piece in self._line(problem)]), soft_wrap=True)

    def _line(self, problem: Problem) -> Iterator[Segment]:
        yield Segment(f"{self.gettext(_LABELS[problem.severity])}: ", self.console.get_style(_STYLES[problem.severity]))
        said = problem.render(self.gettext)
        yield Segment(f"{said if said.isprintable() else strip_control_codes(said)}\n")

    def advises(self, message: str, **values: object) -> None:
        """Something to think of that is wrong with no record."""
        line = Text(f"{self.gettext(_LABELS[Severity.WARNING])}: ", style=_STYLES[Severity.WARNING])
        self._say(line.append(self.gettext(message) % values, style="default"))

    def failed(self, message: str, **values: object) -> None:
        self._say(Text(self.gettext(message) % values, style="bold red"))

    def refused(self, error: Refusal) -> None:
        self._say(Text(error.render(self.gettext), style="bold red"))

    def succeeded(self, message: str, **values: object) -> None:
        self._say(Text(self.gettext(message) % values, style="bold green"))

    def crashed(self, error: Exception) -> None:
        """Our own mistake: whoever mends it needs the trace."""
        self._say("".join(traceback.format_exception(error)))
        self.failed(N_("chương trình hỏng, không phải tại nội dung; xin báo lỗi kèm các dòng trên"))

    def _say(self, text: str | Text) -> None:
        self.console.print(text, soft_wrap=True, markup=False)
