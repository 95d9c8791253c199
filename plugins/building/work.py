"""One build, in a workshop that is held: by the shortest of the ways there are from the last build (docs/builds.md).

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import copy
import logging
import os
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plugins.archive.problems import N_, ContentProblems, Problem

from . import circumstances, disk, inputs, keeping, trees, twin
from .circumstances import Moment
from .keeping import Kept
from .outcome import BuildError
from .reporting import Report
from .request import Request
from .staging import Place, drawer, fresh

if TYPE_CHECKING:
    from .carrying import Carrying
    from .packing import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site that stands at ``output``: the size of every file by its path, how many of them were written, and what is doubtful in its
    records."""

    output: Path
    files: Mapping[str, int]
    written: int
    warnings: tuple[Problem, ...]


_LARGEST = 3
"""So many times its lean size a pack may grow."""


class Work:
    """Of one build."""

    def __init__(self, request: Request, report: Report, moment: Moment, place: Place, pages_first: bool = False) -> None:
        self.request, self.report, self.moment, self.place = request, report, moment, place
        self.pages_first = pages_first
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
        if changed or kept.pending or self.moment.git != kept.git:
            return self._go_on_with(replace(kept, inputs=now), before, changed.union(kept.pending))
        if now != kept.inputs:
            keeping.keep(self.place.workshop, replace(kept, inputs=now))
        return Built(output=self.place.output, files=_sizes(kept.outputs), written=0, warnings=kept.warnings)

    def _go_on_with(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """The site with what changed, by the shortest way there is; None where everything must be made again."""
        if not kept.pack or not all(map(self._is_followed, changed)):
            return None
        try:
            revised = self._revise(kept, before, changed) if kept.has_other_texts_only else None
            return revised or self._renew(kept, before, changed)
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
        return any(path.startswith(_below(folder)) for folder in followed) and not path.endswith((".py", ".po"))

    def _is_record(self, path: str) -> bool:
        return path.startswith(_below(self.moment.content)) and path.endswith(".md")

    def _revise(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        content = _below(self.moment.content)
        if self.moment.git != kept.git or not all(path.startswith(content) for path in changed):
            return None
        return self._revise_texts(kept, before, {Path(path.removeprefix(content)).as_posix(): path for path in changed})

    def _renew(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built:
        """Reads and checks everything, and writes the pages that read something else than they did."""
        from . import remembering
        from .carrying import Carrying
        from .packing import Pack

        pack = Pack(self.place.workshop / kept.pack, kept.index)
        carrying = Carrying(remembering.ledger(pack), kept.outputs)
        with drawer(self.place) as new:
            context = self._run(new, pack, carrying, PAGES_FIRST=self.pages_first, KEPT=partial(pack.get, "kept"), DIGESTS=self._digests(kept.inputs))
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            if self.pages_first:
                carrying.leave_the_rest(trees.files(new))
            renewed = twin.renew(self.place, new, carrying.carried, kept.outputs)
        remembering.keep_records(pack, context, carrying, self.moment.content)
        built = self._built(context, renewed)
        self._keep(before, kept, pack, renewed.outputs, built.warnings, changed)
        return built

    def _digests(self, known: Mapping[str, inputs.File]) -> dict[str, str]:
        """Of the files below the content folder."""
        content = _below(self.moment.content)
        below = ((path.removeprefix(content).replace(os.sep, "/"), file.digest) for path, file in known.items() if path.startswith(content))
        return {path: digest for path, digest in below if digest}

    def _revise_texts(self, kept: Kept, before: inputs.Sight, changed: Mapping[str, str]) -> Built | None:
        """Writes what shows the texts of some meetings, where nothing else has changed; ``changed`` are whole paths by paths below the content folder."""
        from plugins.archive.outputs import Standing

        from . import remembering
        from .packing import Pack

        pack, carried = Pack(self.place.workshop / kept.pack, kept.index), set[str]()
        meetings = remembering.revised(pack, changed, self.moment.content, kept.warnings)
        if meetings is None:
            return None
        revision = remembering.revision(pack, self.moment.content, meetings, kept.warnings, kept.outputs, carried, self.place.output)
        with drawer(self.place) as new:
            context = self._run(new, pack, PAGES_FIRST=self.pages_first, REVISION=revision, STANDING=Standing(carried=carried))
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            if self.pages_first:
                carried |= kept.outputs.keys() - {trees.MARKER}
            renewed = twin.renew(self.place, new, carried, kept.outputs)
        remembering.keep_texts(pack, revision)
        built = self._built(context, renewed)
        self._keep(before, kept, pack, renewed.outputs, built.warnings, changed.values(), texts_only=True)
        return built

    def anew(self, kept: Kept | None) -> Built:
        """Everything is read and written; nothing of the last build is used but the hashes of files that are as they were."""
        from .carrying import Carrying
        from .packing import Pack

        before = self._look([*(kept.more if kept else ()), *map(str, circumstances.modules())])
        pack, carrying = Pack(keeping.fresh_pack(self.place.workshop), {}), Carrying()
        with fresh(self.place) as new:
            context = self._run(new, pack, carrying)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
        outputs = trees.look(self.place.output)
        built = self._built(context, twin.Renewed(outputs=outputs, written=len(outputs) - 1))
        self._keep_all(before, kept, pack, outputs, context, carrying)
        return built

    def _keep_all(
        self, before: inputs.Sight, kept: Kept | None, pack: Pack, outputs: Mapping[str, trees.Standing], context: Mapping[str, Any], carrying: Carrying
    ) -> None:
        from plugins.archive.sharing import meanwhile, processes_of

        from . import remembering

        try:
            pack.flush()
            with meanwhile(remembering.jobs(pack, context, carrying, self.moment.content), workers=processes_of(self.moment.values)):
                made = twin.make(self.place)  # here, not there: who outlives a builder that was killed must touch no site
        except OSError:  # a record that was deleted meanwhile, a full disk
            keeping.forget(self.place.workshop)
        else:
            records = context["archive"].records()
            read = inputs.as_read(before, self.moment.content, ((record.path, record.sha256) for _, record in records if record.path))
            self._keep(before, kept, pack if made else None, outputs, tuple(context["problems"]), read=read)

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
        """The templates that are compiled already. Which Python each becomes depends on the program, on its catalogues and on settings."""
        from . import compiled

        files = [file for folder in (circumstances.ROOT / "plugins", self.moment.theme) for file in folder.rglob("*")]
        sources = [file for file in files if file.suffix in {".py", ".po"}]
        digest = compiled.digest_of(sources, self.moment.program, self.moment.settings or secrets.token_hex())
        return compiled.Compiled(self.place.templates, digest)

    def _keep(
        self, before: inputs.Sight, kept: Kept | None, pack: Pack | None, outputs: Mapping[str, trees.Standing], warnings: tuple[Problem, ...],
        changed: Iterable[str] = (), *, texts_only: bool = False, read: Mapping[str, inputs.File] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Keeps what the next build may go on from. Records that were edited while this one ran, and after pages alone all that had ``changed``, are left
        to that one; where anything else was, nothing is kept. ``read`` are files whose digests are known from reading them."""
        after = self._look(map(str, circumstances.modules()))
        known, doubtful = inputs.known_between(before, after, {**(kept.inputs if kept else {}), **read}, self.more - before.signatures.keys())
        is_unknown = not all(map(self._is_record, doubtful)) or circumstances.of_git(self.moment.content) != self.moment.git
        if is_unknown or self.moment.settings is None:
            keeping.forget(self.place.workshop)
            return
        try:
            pack = pack and self._settled(pack, kept)
            made = Kept(
                program=self.moment.program,
                settings=self.moment.settings,
                git=self.moment.git,
                more=tuple(sorted(self.more)),
                inputs=known,
                outputs=outputs,
                warnings=warnings,
                pending=tuple(sorted(doubtful.union(changed if self.pages_first else ()))),
                has_other_texts_only=not doubtful and (texts_only or not self.pages_first),
                pack=pack.path.name if pack else "",
                lean=self._lean(pack, kept) if pack else 0,
                index=pack.index if pack else {},
            )
            keeping.keep(self.place.workshop, made)
        except OSError:
            keeping.forget(self.place.workshop)

    def _settled(self, pack: Pack, kept: Kept | None) -> Pack:
        """The pack with all that was put into it, by other processes too; a lean one in its place where most of it would be what was replaced."""
        pack.flush()
        if pack.size < _LARGEST * self._lean(pack, kept):
            return pack
        return pack.lean(keeping.fresh_pack(self.place.workshop))

    def _lean(self, pack: Pack, kept: Kept | None) -> int:
        return kept.lean if kept and kept.pack == pack.path.name else pack.size

    def _built(self, context: Mapping[str, Any], renewed: twin.Renewed) -> Built:
        return Built(output=self.place.output, files=_sizes(renewed.outputs), written=renewed.written, warnings=tuple(context["problems"]))


def _below(folder: Path) -> str:
    """What the whole path of every file in the folder begins with."""
    return os.path.join(os.path.abspath(folder), "")


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _sizes(outputs: Mapping[str, trees.Standing]) -> dict[str, int]:
    return {path: standing[0] for path, standing in outputs.items() if path != trees.MARKER}
