"""Checks the records without building the site, and mends what a machine may mend."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from plugins.archive.archive import Archive
from plugins.archive.dates import VIETNAM
from plugins.archive.loading import load
from plugins.archive.problems import N_, Problem, Problems, Severity, Translate

from .guarding import guard, look_ahead

Check = Callable[[Archive, Path, Problems], None]
"""Adds what another room knows to be wrong, as a picture that cannot be read."""

FORMATS = ("text", "json", "github", "gitlab")


def check(
    content: Path,
    only: Sequence[Path],
    format: str,
    translate: Translate,
    stream: TextIO,
    *,
    mend: bool = False,
    further: Sequence[Check] = (),
) -> int:
    """Writes every problem of the records to ``stream``; gives 1 where one of them is an error, 2 where nothing could be checked.

    ``only`` names files or folders to hear about; everything is read all the same, since records name each other. ``format`` is
    text (one line each), json (a list of objects), github (annotations of a workflow) or gitlab (a code quality report). With
    ``mend``, what a machine may mend is mended first, and in the form "text" the changes are shown. ``further`` checks of other
    rooms are asked after the archive was read.
    """
    fault = _wrong_usage(content, only, format)
    if fault:
        print(translate(fault[0]) % fault[1], file=stream)
        return 2
    if mend:
        _mend(content, only, translate, stream if format == "text" else None)
    problems = find(content, further)
    shown = [problem for problem in problems if _concerns(content / problem.path, only)]
    stream.write(_written(shown, content, format, translate))
    return 1 if any(problem.severity is Severity.ERROR for problem in shown) else 0


def find(content: Path, further: Sequence[Check] = ()) -> list[Problem]:
    """Every problem of an archive, in order of file and line."""
    archive, problems = load(content)
    for check_further in (*further, _guard):
        check_further(archive, content, problems)
    return list(problems)


def _guard(archive: Archive, content: Path, problems: Problems) -> None:
    guard(content, problems)
    look_ahead(archive, content, problems, datetime.datetime.now(VIETNAM).date())


def _mend(content: Path, only: Sequence[Path], translate: Translate, stream: TextIO | None) -> None:
    from .fixing import fix  # and with it YAML, which a check alone may well do without

    mended = fix(content, only)
    if stream is not None and mended:
        stream.write("".join(change.difference for change in mended))
        stream.write(translate(N_("đã sửa %(count)s tệp; xem lại các dòng trên")) % {"count": len(mended)} + "\n\n")


def _wrong_usage(content: Path, only: Sequence[Path], format: str) -> tuple[str, dict[str, object]] | None:
    if format not in FORMATS:
        return N_("không có dạng «%(value)s»; chọn một trong: %(known)s"), {"value": format, "known": ", ".join(FORMATS)}
    if not content.is_dir():
        return N_("không có thư mục nội dung %(path)s"), {"path": content}
    for path in only:
        if not path.exists() or not path.resolve().is_relative_to(content.resolve()):
            return N_("không có %(path)s trong thư mục nội dung %(content)s"), {"path": path, "content": content}
    return None


def _concerns(file: Path, only: Sequence[Path]) -> bool:
    return not only or any(file.resolve().is_relative_to(path.resolve()) for path in only)


def _written(problems: Iterable[Problem], content: Path, format: str, translate: Translate) -> str:
    prefix = f"{content.as_posix()}/"
    if format == "json":
        return json.dumps([_as_object(p, prefix, translate) for p in problems], ensure_ascii=False, indent=2) + "\n"
    if format == "gitlab":
        return json.dumps([_as_quality(p, prefix, translate) for p in problems], ensure_ascii=False, indent=2) + "\n"
    if format == "github":
        return "".join(_as_annotation(p, prefix, translate) + "\n" for p in problems)
    return _as_text(list(problems), prefix, translate)


def _as_text(problems: list[Problem], prefix: str, translate: Translate) -> str:
    labels = {Severity.ERROR: translate(N_("lỗi")), Severity.WARNING: translate(N_("nhắc"))}
    lines = [f"{labels[p.severity]}: {p.render(translate, prefix)}" for p in problems]
    errors = sum(p.severity is Severity.ERROR for p in problems)
    total = translate(N_("%(errors)s lỗi, %(warnings)s lời nhắc")) % {"errors": errors, "warnings": len(problems) - errors}
    return "\n".join([*lines, total, ""])


def _as_object(problem: Problem, prefix: str, translate: Translate) -> dict[str, str | int]:
    return {
        "file": prefix + problem.path,
        "line": problem.line,
        "field": problem.field,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message(translate),
        "hint": problem.hint(translate),
    }


def _as_quality(problem: Problem, prefix: str, translate: Translate) -> dict[str, object]:
    """An entry of a code quality report: docs.gitlab.com, "Code Quality", "Code Quality report format"."""
    return {
        "description": _described(problem, translate),
        "check_name": problem.code,
        # The line is left out: a problem that only moved is not a new one.
        "fingerprint": hashlib.sha256(repr((problem.path, problem.field, problem.code, problem.values)).encode()).hexdigest(),
        "severity": "major" if problem.severity is Severity.ERROR else "minor",
        "location": {"path": prefix + problem.path, "lines": {"begin": max(problem.line, 1)}},
    }


def _described(problem: Problem, translate: Translate) -> str:
    field = f"{problem.field}: " if problem.field else ""
    return f"{field}{problem.message(translate)}; {problem.hint(translate)}"


def _as_annotation(problem: Problem, prefix: str, translate: Translate) -> str:
    """A workflow command: docs.github.com, "Workflow commands for GitHub Actions"."""
    place = f"file={_property(prefix + problem.path)},line={max(problem.line, 1)},title={_property(problem.code)}"
    return f"::{problem.severity.value} {place}::{_data(_described(problem, translate))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
