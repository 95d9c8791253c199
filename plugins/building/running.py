"""Runs Pelican in this process, so that nothing it says gets lost."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from pelican import Pelican, log, signals
from rich.logging import RichHandler

from plugins.archive.problems import N_

from . import steps, templates
from .outcome import BuildError
from .reporting import Report


def run(settings: dict[str, Any], report: Report) -> Mapping[str, Any]:
    """Writes the site that ``settings`` describe into their OUTPUT_PATH; gives Pelican's context. Raises ContentProblems and BuildError."""
    report.phase(N_("Đọc và kiểm tra nội dung"))
    watcher = _Watcher()
    waiting = steps.pages_alone() if settings.get("PAGES_FIRST") else nullcontext()
    with _logged_errors(report) as errors, _pelican_silent(), steps.told(report), waiting, ExitStack() as begun:
        tally = report.profile and report.profile.pages
        pelican = Pelican({**settings, "PROGRESS": report, "PROGRESS_CONSOLE": report.console, "PAGE_TALLY": tally, "BEGUN": begun})
        _refuse(errors)  # a plugin that could not be loaded: Pelican goes on without it
        signals.all_generators_finalized.connect(watcher.read)
        try:
            with templates.blamed(Path(settings["THEME"])):
                pelican.run()
        finally:
            signals.all_generators_finalized.disconnect(watcher.read)
        _refuse(errors)
    return watcher.context


class _Watcher:
    """Hears when all is read, and keeps the context: Pelican hands it to nobody who stands outside."""

    def __init__(self) -> None:
        self.context: Mapping[str, Any] = {}

    def read(self, generators: Iterable[Any]) -> None:
        self.context = next(iter(generators)).context


class _Errors(logging.Handler):
    """Collects what Pelican logs as an error and then passes over."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))


@contextmanager
def _logged_errors(report: Report) -> Iterator[list[str]]:
    errors = _Errors()
    shown = RichHandler(console=report.console, level=logging.DEBUG if report.debug else logging.WARNING)
    shown.addFilter(lambda record: report.debug or record.levelno < logging.ERROR)  # errors are said once, at the end
    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.DEBUG if report.debug else logging.WARNING)
    for handler in (errors, shown):
        logger.addHandler(handler)
    try:
        yield errors.messages
    finally:
        for handler in (errors, shown):
            logger.removeHandler(handler)
        logger.setLevel(level)


def _refuse(errors: list[str]) -> None:
    if errors:
        raise BuildError(N_("Pelican báo %(count)s lỗi:\n%(errors)s"), count=len(errors), errors="\n".join(errors))


@contextmanager
def _pelican_silent() -> Iterator[None]:
    """Pelican counts articles and pages at the end; the archive has none, and "0 articles" would frighten an editor."""
    quiet, log.console.quiet = log.console.quiet, True
    try:
        yield
    finally:
        log.console.quiet = quiet
