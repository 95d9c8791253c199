"""One build, in a workshop that is held: by the shortest of the ways there are from the last build (docs/builds.md).

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.archive.problems import N_, ContentProblems, Problem, Refusal

from . import circumstances, disk, inputs, keeping, trees, twin
from .circumstances import Moment
from .handover import Handover
from .keeping import Kept
from .reporting import Report
from .request import Haste, Request
from .sources import Sources
from .staging import Place, fresh

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


class Work:
    """Of one build."""

    def __init__(self, request: Request, report: Report, moment: Moment, place: Place, haste: Haste) -> None:
        self.request, self.report, self.moment, self.place = request, report, moment, place
        self.pages_first, self.own_first, self.at_hand = haste.pages_first or haste.own_first, haste.own_first, haste.at_hand
        self.sources = Sources(moment)

    def go_on(self, kept: Kept) -> Built | None:
        """Does what is left to be done since the last build; None where all must be done again."""
        if not self.moment.is_as(kept) or trees.look(self.place.output) != kept.outputs:
            return None
        before = self.sources.look(kept.more)
        changed, now = inputs.compare(before, kept.inputs)
        changed = changed.union(kept.unseen if self.pages_first else kept.pending)
        if changed or self.moment.git != kept.git:
            return self._go_on_with(replace(kept, inputs=now), before, changed)
        if now != kept.inputs:
            keeping.keep(self.place.workshop, replace(kept, inputs=now))
        return Built(output=self.place.output, files=_sizes(kept.outputs), written=0, warnings=kept.warnings)

    def _go_on_with(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """The site with what changed, by the shortest way there is; None where everything must be made again."""
        if not kept.pack or not all(map(self.sources.is_followed, changed)):
            return None
        try:
            from .going_on import GoingOn  # most builds have nothing to do, and this loads much

            return GoingOn(self, kept, before, changed).build()
        except (Refusal, ContentProblems):
            raise
        except Exception as error:  # whatever is wrong with what was kept, everything can be made without it
            if disk.refusal(error, self.place.workshop):
                raise
            self.report.advises(N_("không dùng được kết quả lần trước (%(reason)s); dựng lại từ đầu"), reason=_reason(error))
            logging.getLogger(__name__).debug("a clean build follows", exc_info=True)
            return None

    def anew(self, kept: Kept | None) -> Built:
        """Everything is read and written; nothing of the last build is used but the hashes of files that are as they were."""
        from .carrying import Carrying
        from .packing import Pack

        before = self.sources.look([*(kept.more if kept else ()), *map(str, circumstances.modules())])
        pack, carrying = Pack(keeping.fresh_pack(self.place.workshop), {}), Carrying()
        with fresh(self.place) as new:
            context = self.run(new, pack, carrying)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
        outputs = trees.look(self.place.output)
        built = self.built(context, twin.Renewed(outputs=outputs, written=len(outputs) - 1))
        self.handover(before, kept).keep_all(pack, outputs, context, carrying)
        return built

    # What every way needs

    def handover(self, before: inputs.Sight, kept: Kept | None) -> Handover:
        """``before`` is how the files stood when the build began, ``kept`` what the last one left."""
        return Handover(self.moment, self.place, self.sources, before, kept)

    def run(self, new: Path, pack: Pack, carrying: Carrying | None = None, **given: Any) -> Mapping[str, Any]:
        """Writes a site into a folder; gives Pelican's context. ``given`` are settings that no file sets (see the rooms that read them)."""
        from pelican.settings import read_settings

        from plugins.archive.outputs import Standing

        from . import compiled, remembering, running

        # Pelican adds to lists and dicts of the settings, which the module that they come from would hand to the next build.
        settings = read_settings(str(self.request.settings), copy.deepcopy(dict(self.moment.values)))
        settings["JINJA_ENVIRONMENT"]["bytecode_cache"] = compiled.templates(self.moment, self.place)
        keep = remembering.Keeper(pack)
        try:
            given = {"OUTPUT_PATH": str(new), "SCRATCH": str(self.place.workshop), "KEEP": keep, **given}
            if carrying:
                standing = Standing(carried=carrying.carried, carry=carrying.carry)
                given |= {"CARRYING": carrying, "TRACER": carrying.tracer, "STANDING": standing}
            return running.run({**settings, **given}, self.report)
        finally:
            keep.stop()

    def built(self, context: Mapping[str, Any], renewed: twin.Renewed) -> Built:
        """The site that stands now."""
        return Built(output=self.place.output, files=_sizes(renewed.outputs), written=renewed.written, warnings=tuple(context["problems"]))


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _sizes(outputs: Mapping[str, trees.Standing]) -> dict[str, int]:
    return {path: standing[0] for path, standing in outputs.items() if path != trees.MARKER}
