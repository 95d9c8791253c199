"""One build, in a workshop that is held: by the shortest of the ways there are from the last build (docs/builds.md).

Pelican is imported where it is needed only: most of the time of a build of nothing would go into that.
"""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.archive import urls
from plugins.archive.problems import N_, ContentProblems, Problem, Refusal

from . import circumstances, disk, inputs, keeping, trees, twin
from .circumstances import Moment
from .handover import Handover
from .keeping import Kept
from .reporting import Report
from .request import Haste, Request
from .sources import Sources
from .staging import Place, drawer, fresh

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.problems import Problems
    from plugins.archive.records import Meeting

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
            shown = self._revise(kept, before, changed) or (self._show_own(kept, before, changed) if self.own_first else None)
            return shown or self._renew(kept, before, changed)
        except (Refusal, ContentProblems):
            raise
        except Exception as error:  # whatever is wrong with what was kept, everything can be made without it
            if disk.refusal(error, self.place.workshop):
                raise
            self.report.advises(N_("không dùng được kết quả lần trước (%(reason)s); dựng lại từ đầu"), reason=_reason(error))
            logging.getLogger(__name__).debug("a clean build follows", exc_info=True)
            return None

    def _revise(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """Where only texts have changed, writes what shows them."""
        from . import recalling

        below = self._content_alone(kept, changed)
        if below is None or not kept.has_other_texts_only:
            return None
        pack, content = self._pack(kept), self.moment.content
        texts = recalling.revised(pack, below, content, kept.warnings)
        if texts is None:
            return None
        return self._rewrite(recalling.archive_of(pack, content, texts), texts, pack, kept, before, below.values(), has_other_texts_only=True)

    def _show_own(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built | None:
        """Where records are new or edited and nothing else, writes their own pages. Nothing of what was worked out is kept: the next build does it again, and
        writes all that shows it."""
        from . import recalling

        below = self._content_alone(kept, changed)
        if below is None or not all(map(_is_record, below, below.values())):
            return None
        pack = self._pack(kept)
        found = recalling.own(pack, below, self.moment.content, kept.warnings)
        if found:
            return self._rewrite(*found, pack, kept, before, below.values(), has_other_texts_only=False)
        return self._resolve_for_own(pack, below, kept, before, changed)

    def _resolve_for_own(self, pack: Pack, below: Iterable[str], kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built:
        """Reads and checks everything, and writes the pages of the records in these files and those that are new."""
        from plugins.archive.outputs import keep_nothing

        from . import recalling, remembering
        from .carrying import AllBut

        own = recalling.own_pages(pack, below, self.moment.content)
        context, renewed = self._renewed(kept, pack, AllBut(own, kept.outputs), KEEP=keep_nothing)
        remembering.keep_rewritten(pack, own)
        pending = self._pending(kept, changed)
        self._handover(before, kept).keep(pack, renewed.outputs, kept.warnings, pending, unseen=changed, has_other_texts_only=False)
        return self._built(context, renewed)

    def _renew(self, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> Built:
        """Reads and checks everything, unless only words of meetings are others; writes the pages that read something else than they did."""
        from . import remembering
        from .carrying import Carrying

        pack = self._pack(kept)
        carrying = Carrying(remembering.ledger(pack), kept.outputs)
        context, renewed = self._renewed(kept, pack, carrying, LOADED=self._loaded(pack, kept, changed, carrying))
        remembering.keep_records(pack, context, carrying, self.moment.content)
        built = self._built(context, renewed)
        self._handover(before, kept).keep(pack, renewed.outputs, built.warnings, self._pending(kept, changed), has_other_texts_only=not self.pages_first)
        return built

    def _renewed(self, kept: Kept, pack: Pack, carrying: Carrying, **given: Any) -> tuple[Mapping[str, Any], twin.Renewed]:
        """The site with what is written anew and what is carried over, in its place; Pelican's context comes with it."""
        given = {"PAGES_FIRST": self.pages_first, "KEPT": partial(pack.get, "kept"), "DIGESTS": self._digests(kept.inputs), **given}
        with drawer(self.place) as new:
            context = self._run(new, pack, carrying, **given)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            if self.pages_first:
                carrying.leave_the_rest(trees.files(new))
            return context, twin.renew(self.place, new, carrying.carried, kept.outputs)

    def _loaded(self, pack: Pack, kept: Kept, changed: Collection[str], carrying: Carrying) -> tuple[Archive, Problems] | None:
        """The archive and its problems, where they are known without resolving names."""
        from . import recalling

        content, below = self.moment.content, dict(self.sources.below_content(changed))
        words = recalling.reworded(pack, below, content, kept.warnings) if len(below) == len(changed) else None
        return None if words is None else recalling.archive_with(words, pack, content, kept.warnings, carrying.tracer)

    def _content_alone(self, kept: Kept, changed: Collection[str]) -> Mapping[str, str] | None:
        """What has changed, by path below the content folder; None where something else has, or the commit."""
        below = dict(self.sources.below_content(changed))
        return below if self.moment.git == kept.git and len(below) == len(changed) else None

    def _pack(self, kept: Kept) -> Pack:
        from .packing import Pack

        path = self.place.workshop / kept.pack
        return Pack(path, kept.index, self.at_hand.of(path) if self.at_hand else {})

    def _digests(self, known: Mapping[str, inputs.File]) -> dict[str, str]:
        """Of the files below the content folder."""
        return {path: known[whole].digest for path, whole in self.sources.below_content(known) if known[whole].digest}

    def _rewrite(
        self, archive: Archive, meetings: Mapping[str, Meeting], pack: Pack, kept: Kept, before: inputs.Sight, changed: Collection[str], *,
        has_other_texts_only: bool,
    ) -> Built:  # fmt: skip
        """Writes what shows the texts of these meetings, and takes all the rest for what it was. Where more than texts is another, other pages are left to
        the next build."""
        from plugins.archive.outputs import Standing

        from . import recalling, remembering

        carried = self._copied_from_theme(kept.outputs)
        revision = recalling.revision(archive, pack, meetings, kept.warnings, kept.outputs, carried, self.place.output)
        with drawer(self.place) as new:
            theme: dict[str, Any] = {"THEME_STATIC_PATHS": []} if carried else {}
            context = self._run(new, pack, PAGES_FIRST=self.pages_first, REVISION=revision, STANDING=Standing(carried=carried), **theme)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
            if self.pages_first:
                carried |= kept.outputs.keys() - {trees.MARKER}
            renewed = twin.renew(self.place, new, carried, kept.outputs)
        remembering.keep_rewritten(pack, map(urls.meeting, meetings))
        if has_other_texts_only:
            remembering.keep_texts(pack, meetings)
        built = self._built(context, renewed)
        pending, unseen = self._pending(kept, changed), () if has_other_texts_only else changed
        self._handover(before, kept).keep(
            pack, renewed.outputs, built.warnings, pending, unseen=unseen, edited=set(changed), has_other_texts_only=has_other_texts_only
        )
        return built

    def _copied_from_theme(self, outputs: Iterable[str]) -> set[str]:
        """What Pelican copies; nothing where that has no folder to itself."""
        folder = f"{self.moment.values.get('THEME_STATIC_DIR', 'theme')}/"
        return {path for path in outputs if path.startswith(folder)}

    def anew(self, kept: Kept | None) -> Built:
        """Everything is read and written; nothing of the last build is used but the hashes of files that are as they were."""
        from .carrying import Carrying
        from .packing import Pack

        before = self.sources.look([*(kept.more if kept else ()), *map(str, circumstances.modules())])
        pack, carrying = Pack(keeping.fresh_pack(self.place.workshop), {}), Carrying()
        with fresh(self.place) as new:
            context = self._run(new, pack, carrying)
            self.report.phase(N_("Đưa bản mới vào chỗ"))
        outputs = trees.look(self.place.output)
        built = self._built(context, twin.Renewed(outputs=outputs, written=len(outputs) - 1))
        self._handover(before, kept).keep_all(pack, outputs, context, carrying)
        return built

    def _handover(self, before: inputs.Sight, kept: Kept | None) -> Handover:
        return Handover(self.moment, self.place, self.sources, before, kept)

    def _pending(self, kept: Kept, changed: Iterable[str]) -> Iterable[str]:
        """What the next build must look at once more, since this one has made nothing but pages."""
        return {*kept.pending, *changed} if self.pages_first else ()

    def _run(self, new: Path, pack: Pack, carrying: Carrying | None = None, **given: Any) -> Mapping[str, Any]:
        """Writes a site into a folder; gives Pelican's context."""
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

    def _built(self, context: Mapping[str, Any], renewed: twin.Renewed) -> Built:
        return Built(output=self.place.output, files=_sizes(renewed.outputs), written=renewed.written, warnings=tuple(context["problems"]))


def _is_record(path: str, file: str) -> bool:
    """Whether there is a record's file at this path below the content folder."""
    return path.partition("/")[0] in urls.RECORDS and path.endswith(".md") and os.path.isfile(file)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _sizes(outputs: Mapping[str, trees.Standing]) -> dict[str, int]:
    return {path: standing[0] for path, standing in outputs.items() if path != trees.MARKER}
