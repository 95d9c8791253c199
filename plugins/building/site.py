"""Builds the site as cheaply as it can be done with the same result: not at all where nothing has changed, else anew.

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import copy
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plugins.archive.problems import N_, ContentProblems, Problem

from . import circumstances, hosting, inputs, keeping, trees
from .keeping import Kept
from .outcome import FAILURE, INTERRUPTED, SUCCESS, BuildError, UsageError
from .reporting import Report
from .request import Request
from .staging import Place, check, entered, fresh

__all__ = ["Request", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site that stands at ``output``: the size of every file by its path, and what is doubtful in its records."""

    output: Path
    files: Mapping[str, int]
    warnings: tuple[Problem, ...]
    is_new: bool = True


def build(request: Request, report: Report, *, clean: bool = False) -> int:
    """Sees to it that the site stands in its place; gives the exit status. Unless it is 0, what stood there before stands there still.

    With ``clean`` nothing of the last build is used.
    """
    started = time.monotonic()
    try:
        with report.phases():
            built = _build(request, report, clean)
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
    _tell(built, time.monotonic() - started, report)
    return SUCCESS


def _tell(built: Built, seconds: float, report: Report) -> None:
    report.problems(built.warnings)
    for message, values in hosting.advice(built.files):
        report.advises(message, **values)
    size = f"{sum(built.files.values()) / hosting.MB:.1f}"
    done = N_("Xong: %(count)s tệp, %(size)s MB, trong %(seconds).1f giây, ở %(path)s")
    message = done if built.is_new else N_("Không có gì thay đổi: %(count)s tệp, %(size)s MB, ở %(path)s")
    report.profiled()
    report.succeeded(message, count=len(built.files), size=size, seconds=seconds, path=built.output)


def _build(request: Request, report: Report, clean: bool) -> Built:
    moment = _Moment.of(request)
    _check_places(moment.content, moment.output)
    with entered(moment.output) as place:
        kept = None if clean else keeping.load(place.workshop)
        if kept is not None and (known := _still(kept, moment, place)) is not None:
            return Built(output=place.output, files=_sizes(known.outputs), warnings=known.warnings, is_new=False)
        return _anew(request, moment, kept, place, report)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What a build depends on, as it is now; ``settings`` is None where settings cannot be compared."""

    values: Mapping[str, Any]
    roots: tuple[Path, ...]
    content: Path
    theme: Path
    output: Path
    program: str
    settings: str | None
    git: str

    @classmethod
    def of(cls, request: Request) -> _Moment:
        values = circumstances.settings(request)
        base = request.settings.resolve().parent
        return cls(
            values=values,
            roots=tuple(circumstances.roots(values, request)),
            content=base / values["PATH"],
            theme=base / values["THEME"],
            output=(base / values["OUTPUT_PATH"]).resolve(),
            program=circumstances.of_program(),
            settings=circumstances.of_settings(values),
            git=circumstances.of_git(base / values["PATH"]),
        )

    def is_as(self, kept: Kept) -> bool:
        return (self.program, self.settings, self.git) == (kept.program, kept.settings, kept.git)


def _sizes(outputs: Mapping[str, trees.Standing]) -> dict[str, int]:
    return {path: standing[0] for path, standing in outputs.items() if path != trees.MARKER}


def _check_places(content: Path, output: Path) -> None:
    if output.is_relative_to(content.resolve()):
        raise UsageError(N_("kết quả không thể nằm trong thư mục nội dung %(path)s"), path=content)
    check(output)


def _still(kept: Kept, moment: _Moment, place: Place) -> Kept | None:
    """What is known of the site that stands there, where it is the one that would be built; else None."""
    if not moment.is_as(kept) or trees.look(place.output) != kept.outputs:
        return None
    changed, now = inputs.compare(inputs.look([*moment.roots, *map(Path, kept.more)]), kept.inputs)
    if changed:
        return None
    known = replace(kept, inputs=now)
    if now != kept.inputs:
        keeping.keep(place.workshop, known)
    return known


def _anew(request: Request, moment: _Moment, kept: Kept | None, place: Place, report: Report) -> Built:
    """Everything is read and written; nothing of the last build is used but the hashes of files that are as they were."""
    before = inputs.look([*moment.roots, *map(Path, kept.more if kept else ()), *circumstances.modules()])
    with fresh(place) as new:
        warnings = _run(request, moment, place, {"OUTPUT_PATH": str(new)}, report)
        report.phase(N_("Đưa bản mới vào chỗ"))
    outputs = trees.look(place.output)
    _keep(moment, before, kept, outputs, warnings, place)
    return Built(output=place.output, files=_sizes(outputs), warnings=warnings)


def _run(request: Request, moment: _Moment, place: Place, given: Mapping[str, Any], report: Report) -> tuple[Problem, ...]:
    from pelican.settings import read_settings

    from . import running

    # Pelican adds to lists and dicts of the settings, which the module that they come from would hand to the next build.
    settings = read_settings(str(request.settings), copy.deepcopy(dict(moment.values)))
    settings["JINJA_ENVIRONMENT"]["bytecode_cache"] = _compiled(moment, place)
    return running.run({**settings, **given}, report)


def _compiled(moment: _Moment, place: Place) -> Any:
    """The templates that are compiled already. Which Python they become depends on the program, on its catalogues and on settings."""
    from . import compiled

    files = [file for folder in (circumstances.ROOT / "plugins", moment.theme) for file in folder.rglob("*")]
    sources = [file for file in files if file.suffix in {".py", ".po", ".html"}]
    return compiled.Compiled(place.templates, compiled.digest_of(sources, moment.program, moment.settings or secrets.token_hex()))


def _keep(
    moment: _Moment, before: inputs.Sight, kept: Kept | None, outputs: Mapping[str, trees.Standing], warnings: tuple[Problem, ...], place: Place
) -> None:
    """Keeps what the next build may go on from; nothing where something was changed while this one ran."""
    usual = inputs.look(moment.roots).signatures.keys()
    came = {str(path) for path in circumstances.modules()} - before.signatures.keys()
    more = tuple(sorted((before.signatures.keys() | came) - usual))
    after = inputs.look([*moment.roots, *map(Path, more)])
    known = inputs.unchanged_since(before, after, kept.inputs if kept else {}, came)
    if known is None or moment.settings is None or circumstances.of_git(moment.content) != moment.git:
        keeping.forget(place.workshop)
        return
    made = Kept(
        program=moment.program, settings=moment.settings, git=moment.git, more=more, inputs=known, outputs=outputs, warnings=warnings
    )
    with suppress(OSError):
        keeping.keep(place.workshop, made)


def _content_failed(error: ContentProblems, report: Report) -> int:
    report.problems(error.problems)
    report.failed(N_("%(count)s chỗ phải sửa; bản cũ vẫn còn nguyên"), count=len(error.problems))
    return FAILURE
