"""Builds the whole site with Pelican, in this process."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican, log, signals
from pelican.settings import read_settings
from rich.logging import RichHandler

from plugins.archive.problems import N_, ContentProblems, Problem

from . import trees
from .outcome import FAILURE, INTERRUPTED, SUCCESS, BuildError, UsageError
from .reporting import Report
from .staging import check, staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to build; None leaves it to the settings. Relative paths are those of the working directory."""

    settings: Path
    content: Path | None = None
    output: Path | None = None
    language: str | None = None
    site_url: str | None = None
    """Where the site will stand on the web; None where it is not published."""


def build(request: Request, report: Report) -> int:
    """Builds and puts the site in its place; gives the exit status. Unless it is 0, what stood there before stands there still."""
    started = time.monotonic()
    try:
        settings = _settings(request)
        with report.phases():
            pages, warnings = _build(settings, report)
    except ContentProblems as error:
        return _content_failed(error, report)
    except BuildError as error:
        report.refused(error)
        return error.status
    except KeyboardInterrupt:
        report.failed(N_("đã dừng; bản cũ vẫn còn nguyên"))
        return INTERRUPTED
    except Exception as error:  # whatever it is, it must be shown and must not pass for a success
        report.crashed(error)
        return FAILURE
    report.problems(warnings)
    report.succeeded(
        N_("Xong: %(count)s tệp trong %(seconds).1f giây, ở %(path)s"),
        count=pages,
        seconds=time.monotonic() - started,
        path=settings["OUTPUT_PATH"],
    )
    return SUCCESS


def _settings(request: Request) -> dict[str, Any]:
    given = {
        "PATH": request.content and str(request.content.resolve()),
        "OUTPUT_PATH": request.output and str(request.output.resolve()),
        "DEFAULT_LANG": request.language,
        "SITEURL": request.site_url and request.site_url.rstrip("/"),
    }
    if request.site_url is not None and not request.site_url.startswith(("https://", "http://")):
        raise UsageError(N_("--site-url phải là địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://"))
    if request.content and not request.content.is_dir():  # Pelican itself would only show a trace
        raise UsageError(N_("không có thư mục nội dung %(path)s"), path=request.content)
    # Sorting and dates must not depend on the locale of the machine: both are done by our own code.
    settings = read_settings(str(request.settings), {"LOCALE": ["C"], **{key: value for key, value in given.items() if value}})
    _check_places(Path(settings["PATH"]), Path(settings["OUTPUT_PATH"]))
    return settings


def _check_places(content: Path, output: Path) -> None:
    if output.resolve().is_relative_to(content.resolve()):
        raise UsageError(N_("kết quả không thể nằm trong thư mục nội dung %(path)s"), path=content)
    check(output.resolve())


def _build(settings: dict[str, Any], report: Report) -> tuple[int, tuple[Problem, ...]]:
    """Gives the number of files and the warnings."""
    with staged(Path(settings["OUTPUT_PATH"])) as new:
        warnings = _run_pelican({**settings, "OUTPUT_PATH": str(new), "PROGRESS_CONSOLE": report.console}, report)
        report.phase(N_("Đưa bản mới vào chỗ"))
    return sum(1 for _ in trees.files(Path(settings["OUTPUT_PATH"]))), warnings


def _run_pelican(settings: dict[str, Any], report: Report) -> tuple[Problem, ...]:
    report.phase(N_("Đọc và kiểm tra nội dung"))
    watcher = _Watcher(report)
    with _logged_errors(report) as errors, _pelican_silent():
        pelican = Pelican(settings)
        _refuse(errors)  # a plugin that could not be loaded: Pelican goes on without it
        signals.all_generators_finalized.connect(watcher.read)
        try:
            pelican.run()
        finally:
            signals.all_generators_finalized.disconnect(watcher.read)
        _refuse(errors)
    return watcher.warnings()


class _Watcher:
    """Hears when all is read, and keeps the context: Pelican hands it to nobody who stands outside."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.context: Mapping[str, Any] = {}

    def read(self, generators: Iterable[Any]) -> None:
        self.context = next(iter(generators)).context
        self.report.phase(N_("Viết các trang"))

    def warnings(self) -> tuple[Problem, ...]:
        return tuple(self.context.get("problems", ()))


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


def _content_failed(error: ContentProblems, report: Report) -> int:
    report.problems(error.problems)
    report.failed(N_("%(count)s chỗ phải sửa; bản cũ vẫn còn nguyên"), count=len(error.problems))
    return FAILURE
