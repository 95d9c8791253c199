"""Builds the site as cheaply as it can be done with the same result: not at all where nothing has changed, else anew.

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import copy
import logging
import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.archive.problems import N_, ContentProblems, Problem

from . import circumstances, disk, hosting, inputs, keeping, trees, twin
from .circumstances import Moment
from .keeping import Kept
from .outcome import FAILURE, INTERRUPTED, SUCCESS, BuildError, UsageError
from .reporting import Report
from .request import Request
from .staging import Place, check, drawer, entered, fresh

if TYPE_CHECKING:
    from .carrying import Carrying
    from .packing import Pack

__all__ = ["Request", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site that stands at ``output``: the size of every file by its path, how many of them were written, and what is doubtful in its
    records."""

    output: Path
    files: Mapping[str, int]
    written: int
    warnings: tuple[Problem, ...]


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
        if refused := disk.refusal(error, _workshop(request)):
            report.refused(refused)
        else:
            report.crashed(error)
        return FAILURE
    _tell(built, time.monotonic() - started, report)
    return SUCCESS


def _tell(built: Built, seconds: float, report: Report) -> None:
    report.problems(built.warnings)
    for message, values in hosting.advice(built.files):
        report.advises(message, **values)
    size = f"{sum(built.files.values()) / hosting.MB:.1f}"
    report.profiled()
    report.succeeded(_said(built), count=len(built.files), written=built.written, size=size, seconds=seconds, path=built.output)


def _said(built: Built) -> str:
    if not built.written:
        return N_("Không có gì thay đổi: %(count)s tệp, %(size)s MB, ở %(path)s")
    if built.written < len(built.files):
        return N_("Xong: viết lại %(written)s trong %(count)s tệp, %(size)s MB, trong %(seconds).1f giây, ở %(path)s")
    return N_("Xong: %(count)s tệp, %(size)s MB, trong %(seconds).1f giây, ở %(path)s")


def _build(request: Request, report: Report, clean: bool) -> Built:
    moment = Moment.of(request)
    _check_places(moment.content, moment.output)
    with entered(moment.output) as place:
        work = _Work(request, report, moment, place)
        if clean:
            _forget_all(place)
        kept = keeping.load(place.workshop)
        return (kept and work.go_on(kept)) or work.anew(kept)


def _workshop(request: Request) -> Path:
    values = circumstances.settings(request)
    return Place((request.settings.resolve().parent / values["OUTPUT_PATH"]).resolve()).workshop


def _forget_all(place: Place) -> None:
    keeping.forget(place.workshop)
    shutil.rmtree(place.templates, ignore_errors=True)


def _sizes(outputs: Mapping[str, trees.Standing]) -> dict[str, int]:
    return {path: standing[0] for path, standing in outputs.items() if path != trees.MARKER}


def _check_places(content: Path, output: Path) -> None:
    if output.is_relative_to(content.resolve()):
        raise UsageError(N_("kết quả không thể nằm trong thư mục nội dung %(path)s"), path=content)
    check(output)


class _Work:
    """One build, in a workshop that is held."""

    def __init__(self, request: Request, report: Report, moment: Moment, place: Place) -> None:
        self.request, self.report, self.moment, self.place = request, report, moment, place
        self.more: set[str] = set()

    def _look(self, more: Iterable[str]) -> inputs.Sight:
        """Looks at all that this build reads: the usual places, and ``more`` files that it knows of."""
        self.more.update(more)
        return inputs.look([*self.moment.roots, *map(Path, sorted(self.more))])

    def go_on(self, kept: Kept) -> Built | None:
        """Does what is left to be done since the last build; None where all must be done again."""
        if not self.moment.is_as(kept) or trees.look(self.place.output) != kept.outputs:
            return None
        before = self._look(kept.more)
        changed, now = inputs.compare(before, kept.inputs)
        if changed or self.moment.git != kept.git:
            return self._go_on_with(kept, before, changed)
        if now != kept.inputs:
            keeping.keep(self.place.workshop, replace(kept, inputs=now))
        return Built(output=self.place.output, files=_sizes(kept.outputs), written=0, warnings=kept.warnings)

    def _go_on_with(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """The site with what changed, by the shortest way there is; None where everything must be made again."""
        if not kept.pack or not all(map(self._is_followed, changed)):
            return None
        try:
            return self._revise(kept, before, changed) or self._renew(kept, before)
        except (BuildError, ContentProblems):
            raise
        except Exception as error:  # whatever is wrong with what was kept, everything can be made without it
            if disk.refusal(error, self.place.workshop):
                raise
            self.report.advises(N_("không dùng được kết quả lần trước (%(reason)s); dựng lại từ đầu"), reason=_reason(error))
            logging.getLogger(__name__).debug("a clean build follows", exc_info=True)
            return None

    def _is_followed(self, path: str) -> bool:
        """Whether it is known what an edited file touches; of the program and its words nobody knows."""
        followed = (self.moment.content, self.moment.theme / "templates", self.moment.theme / "static")
        return any(path.startswith(os.path.join(os.path.abspath(folder), "")) for folder in followed) and not path.endswith((".py", ".po"))

    def _revise(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        content = os.path.join(os.path.abspath(self.moment.content), "")
        if self.moment.git != kept.git or not all(path.startswith(content) for path in changed):
            return None
        return self._revise_texts(kept, before, {Path(path.removeprefix(content)).as_posix() for path in changed})

    def _renew(self, kept: Kept, before: inputs.Sight) -> Built:
        """Reads and checks everything, and writes the pages that read something else than they did."""
        from . import remembering
        from .carrying import Carrying
        from .packing import Pack

        pack = Pack(self.place.workshop / kept.pack, kept.index)
        carrying = Carrying(remembering.ledger(pack), kept.outputs)
        with drawer(self.place) as new:
            context = self._run(new, pack, carrying, KEPT=partial(pack.get, "kept"))
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            written = twin.renew(self.place, new, carrying.carried, kept.outputs)
        remembering.keep_records(pack, context, carrying, self.moment.content)
        self._keep(before, kept, pack, tuple(context["problems"]))
        return self._built(context, written)

    def _revise_texts(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """Writes what shows the texts of some meetings, where nothing else has changed."""
        from plugins.archive.outputs import Standing

        from . import remembering
        from .packing import Pack

        pack, carried = Pack(self.place.workshop / kept.pack, kept.index), set[str]()
        meetings = remembering.revised(pack, changed, self.moment.content, kept.warnings)
        if meetings is None:
            return None
        revision = remembering.revision(pack, self.moment.content, meetings, kept.warnings, kept.outputs, carried)
        with drawer(self.place) as new:
            context = self._run(new, pack, REVISION=revision, STANDING=Standing(carried=carried))
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            written = twin.renew(self.place, new, carried, kept.outputs)
        remembering.keep_texts(pack, revision)
        self._keep(before, kept, pack, tuple(context["problems"]))
        return self._built(context, written)

    def anew(self, kept: Kept | None) -> Built:
        """Everything is read and written; nothing of the last build is used but the hashes of files that are as they were."""
        from .carrying import Carrying
        from .packing import Pack

        before = self._look([*(kept.more if kept else ()), *map(str, circumstances.modules())])
        pack, carrying = Pack(keeping.fresh_pack(self.place.workshop), {}), Carrying()
        with fresh(self.place) as new:
            context = self._run(new, pack, carrying)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
        self._keep_all(before, kept, pack, context, carrying)
        return self._built(context)

    def _keep_all(self, before: inputs.Sight, kept: Kept | None, pack: Pack, context: Mapping[str, Any], carrying: Carrying) -> None:
        from . import remembering

        try:
            pack.flush()
            remembering.keep_records(pack, context, carrying, self.moment.content)
            made = twin.make(self.place)
        except OSError:  # a record that was deleted meanwhile, a full disk
            keeping.forget(self.place.workshop)
        else:
            self._keep(before, kept, pack if made else None, tuple(context["problems"]))

    def _run(self, new: Path, pack: Pack, carrying: Carrying | None = None, **given: Any) -> Mapping[str, Any]:
        """Writes a site into a folder; gives Pelican's context."""
        from pelican.settings import read_settings

        from plugins.archive.outputs import Standing

        from . import remembering, running

        # Pelican adds to lists and dicts of the settings, which the module that they come from would hand to the next build.
        settings = read_settings(str(self.request.settings), copy.deepcopy(dict(self.moment.values)))
        settings["JINJA_ENVIRONMENT"]["bytecode_cache"] = self._compiled()
        keep = remembering.Keeper(pack)
        try:
            given = {"OUTPUT_PATH": str(new), "SCRATCH": str(self.place.workshop), "KEEP": keep, **given}
            if carrying:
                standing = Standing(carried=carrying.carried, carry=carrying.carry)
                given |= {"CARRYING": carrying, "TRACER": carrying.tracer, "STANDING": standing}
            return running.run({**settings, **given}, self.report)
        finally:
            keep.stop()

    def _compiled(self) -> Any:
        """The templates that are compiled already. Which Python they become depends on the program, on its catalogues and on settings."""
        from . import compiled

        files = [file for folder in (circumstances.ROOT / "plugins", self.moment.theme) for file in folder.rglob("*")]
        sources = [file for file in files if file.suffix in {".py", ".po", ".html"}]
        digest = compiled.digest_of(sources, self.moment.program, self.moment.settings or secrets.token_hex())
        return compiled.Compiled(self.place.templates, digest)

    def _keep(self, before: inputs.Sight, kept: Kept | None, pack: Pack | None, warnings: tuple[Problem, ...]) -> None:
        """Keeps what the next build may go on from; nothing where something was changed while this one ran."""
        after = self._look(map(str, circumstances.modules()))
        known = inputs.unchanged_since(before, after, kept.inputs if kept else {}, self.more - before.signatures.keys())
        if known is None or self.moment.settings is None or circumstances.of_git(self.moment.content) != self.moment.git:
            keeping.forget(self.place.workshop)
            return
        made = Kept(
            program=self.moment.program,
            settings=self.moment.settings,
            git=self.moment.git,
            more=tuple(sorted(self.more)),
            inputs=known,
            outputs=trees.look(self.place.output),
            warnings=warnings,
            pack=pack.path.name if pack else "",
            index=pack.index if pack else {},
        )
        try:
            if pack:
                pack.flush()
            keeping.keep(self.place.workshop, made)
        except OSError:
            keeping.forget(self.place.workshop)

    def _built(self, context: Mapping[str, Any], written: int | None = None) -> Built:
        files = _sizes(trees.look(self.place.output))
        warnings = tuple(context["problems"])
        return Built(output=self.place.output, files=files, written=len(files) if written is None else written, warnings=warnings)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _content_failed(error: ContentProblems, report: Report) -> int:
    report.problems(error.problems)
    report.failed(N_("%(count)s chỗ phải sửa; bản cũ vẫn còn nguyên"), count=len(error.problems))
    return FAILURE
