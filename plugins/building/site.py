"""Builds the site as cheaply as it can be done with the same result: not at all where nothing has changed, else anew.

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from plugins.archive.hosting import MB
from plugins.archive.problems import N_, ContentProblems, Refusal, Severity, decimal

from . import collecting, disk, hosting, keeping
from .circumstances import Moment
from .outcome import FAILURE, INTERRUPTED, SUCCESS, BuildError, UsageError
from .reporting import Report
from .request import Haste, Request
from .staging import Place, check_ours, entered
from .work import Built, Work

__all__ = ["Haste", "Request", "build"]


def build(request: Request, report: Report, *, clean: bool = False, haste: Haste = Haste()) -> int:
    """Sees to it that the site stands in its place; gives the exit status. Unless it is 0, what stood there before stands there still.

    With ``clean`` nothing of the last build is used.
    """
    started = time.monotonic()
    collecting.seldom()
    try:
        with report.phases():
            built = _build(request, report, clean, haste)
    except ContentProblems as error:
        return _content_failed(error, report)
    except Refusal as error:
        report.refused(error)
        return error.status if isinstance(error, BuildError) else FAILURE
    except KeyboardInterrupt:
        report.failed(N_("đã dừng; bản cũ vẫn còn nguyên"))
        return INTERRUPTED
    except Exception as error:  # whatever it is, it must be shown and must not pass for a success
        report.crashed(error)
        return FAILURE
    _tell(built, time.monotonic() - started, report)
    return SUCCESS


def _tell(built: Built, seconds: float, report: Report) -> None:
    report.problems(built.warnings)
    for message, values in hosting.advice(built.files):
        report.advises(message, **values)
    report.profiled()
    figures = {"size": sum(built.files.values()) / MB, "seconds": seconds}
    said = {name: decimal(figure, 1, report.gettext) for name, figure in figures.items()}
    report.succeeded(_said(built), count=len(built.files), written=built.written, path=built.output, **said)


def _said(built: Built) -> str:
    if not built.written:
        return N_("Không có gì thay đổi: %(count)s tệp, %(size)s MB, ở %(path)s")
    if built.written < len(built.files):
        return N_("Xong: viết lại %(written)s trong %(count)s tệp, %(size)s MB, trong %(seconds)s giây, ở %(path)s")
    return N_("Xong: %(count)s tệp, %(size)s MB, trong %(seconds)s giây, ở %(path)s")


def _build(request: Request, report: Report, clean: bool, haste: Haste) -> Built:
    moment = Moment.of(request)
    _check_places(moment.content, moment.output)
    with entered(moment.output) as place, disk.blamed(place.workshop):
        work = Work(request, report, moment, place, haste)
        if clean:
            _forget_all(place)
        kept = keeping.load(place.workshop)
        return (kept and work.go_on(kept)) or work.anew(kept)


def _forget_all(place: Place) -> None:
    keeping.forget(place.workshop)
    shutil.rmtree(place.templates, ignore_errors=True)


def _check_places(content: Path, output: Path) -> None:
    if output.is_relative_to(content.resolve()):
        raise UsageError(N_("kết quả không thể nằm trong thư mục nội dung %(path)s"), path=content)
    if content.resolve().is_relative_to(output):
        raise UsageError(N_("nội dung %(path)s nằm trong thư mục kết quả; hãy chọn thư mục khác"), path=content)
    check_ours(output)  # what lies in a site of ours is looked at by whoever goes on from it, or puts another in its place


def _content_failed(error: ContentProblems, report: Report) -> int:
    report.problems(error.problems)
    errors = sum(problem.severity is Severity.ERROR for problem in error.problems)
    report.failed(N_("%(count)s chỗ phải sửa; bản cũ vẫn còn nguyên"), count=errors)
    return FAILURE
