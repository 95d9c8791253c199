"""The short ways from the last build to the site as it is to be (docs/builds.md): where only texts are others, where some records are wanted first, and
where anything else has changed that is followed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Standing, keep_nothing
from plugins.archive.problems import N_, Problems
from plugins.archive.records import Meeting

from . import inputs, recalling, remembering, trees, twin
from .carrying import AllBut, Carrying
from .keeping import Kept
from .packing import Pack
from .staging import drawer

if TYPE_CHECKING:
    from .work import Built, Work


class GoingOn:
    """Of one build: ``before`` is how the files stood when it began, ``changed`` are those that are not as the last one, which left ``kept``, has seen them."""

    def __init__(self, work: Work, kept: Kept, before: inputs.Sight, changed: Collection[str]) -> None:
        self._work, self._kept, self._before, self._changed = work, kept, before, changed
        self._content = work.moment.content

    def build(self) -> Built:
        """By the shortest way. Raises whatever shows that what was kept is of no use."""
        return self._revise() or (self._show_own() if self._work.own_first else None) or self._renew()

    def _revise(self) -> Built | None:
        """Where only texts have changed, writes what shows them."""
        if self._records is None or not self._kept.has_other_texts_only:
            return None
        texts = recalling.revised(self._pack, self._records, self._content, self._kept.warnings)
        if texts is None:
            return None
        return self._rewrite(recalling.archive_of(self._pack, self._content, texts), texts, has_other_texts_only=True)

    def _show_own(self) -> Built | None:
        """Where records are new or edited and nothing else, writes their own pages. Nothing of what was worked out is kept: the next build does it again, and
        writes all that shows it."""
        if self._records is None or not all(map(_is_record, self._records, self._records.values())):
            return None
        found = recalling.own(self._pack, self._records, self._content, self._kept.warnings)
        return self._rewrite(*found, has_other_texts_only=False) if found else self._resolve_for_own(self._records)

    def _resolve_for_own(self, records: Collection[str]) -> Built:
        """Reads and checks everything, and writes the pages of these records and those that are new."""
        own = recalling.own_pages(self._pack, records, self._content)
        context, renewed = self._make(AllBut(own, self._kept.outputs), KEEP=keep_nothing)
        remembering.keep_rewritten(self._pack, own)
        handover, pending = self._work.handover(self._before, self._kept), self._pending
        handover.keep(self._pack, renewed.outputs, self._kept.warnings, pending, unseen=self._changed, has_other_texts_only=False)
        return self._work.built(context, renewed)

    def _renew(self) -> Built:
        """Reads and checks everything, unless only words of meetings are others; writes the pages that read something else than they did."""
        carrying = Carrying(remembering.ledger(self._pack), self._kept.outputs)
        context, renewed = self._make(carrying, LOADED=self._loaded(carrying))
        remembering.keep_records(self._pack, context, carrying, self._content)
        built, handover = self._work.built(context, renewed), self._work.handover(self._before, self._kept)
        handover.keep(self._pack, renewed.outputs, built.warnings, self._pending, has_other_texts_only=not self._work.pages_first)
        return built

    def _make(self, carrying: Carrying, **given: Any) -> tuple[Mapping[str, Any], twin.Renewed]:
        """The site with what is written anew and what is carried over, in its place; Pelican's context comes with it."""
        work, kept = self._work, self._kept
        given = {"PAGES_FIRST": work.pages_first, "KEPT": partial(self._pack.get, "kept"), "DIGESTS": self._digests(), **given}
        with drawer(work.place) as new:
            context = work.run(new, self._pack, carrying, **given)
            work.report.phase(N_("Đưa bản mới vào chỗ"))
            if work.pages_first:
                carrying.leave_the_rest(trees.files(new))
            return context, twin.renew(work.place, new, carrying.carried, kept.outputs)

    def _rewrite(self, archive: Archive, meetings: Mapping[str, Meeting], *, has_other_texts_only: bool) -> Built:
        """Writes what shows these meetings, of which the archive is not another but for them, and takes all the rest for what it was. Where more than texts is
        another, other pages are left to the next build."""
        work, kept, pack = self._work, self._kept, self._pack
        carried = self._copied_from_theme()
        revision = recalling.revision(archive, pack, meetings, kept.warnings, kept.outputs, carried, work.place.output)
        with drawer(work.place) as new:
            theme: dict[str, Any] = {"THEME_STATIC_PATHS": []} if carried else {}
            context = work.run(new, pack, PAGES_FIRST=work.pages_first, REVISION=revision, STANDING=Standing(carried=carried), **theme)
            work.report.phase(N_("Đưa bản mới vào chỗ"))
            if work.pages_first:
                carried |= kept.outputs.keys() - {trees.MARKER}
            renewed = twin.renew(work.place, new, carried, kept.outputs)
        built = work.built(context, renewed)
        self._keep_rewritten(meetings, renewed, built, has_other_texts_only)
        return built

    def _keep_rewritten(self, meetings: Mapping[str, Meeting], renewed: twin.Renewed, built: Built, has_other_texts_only: bool) -> None:
        pack = self._pack
        remembering.keep_rewritten(pack, map(urls.meeting, meetings))
        if has_other_texts_only:
            remembering.keep_texts(pack, meetings)
        handover, edited = self._work.handover(self._before, self._kept), set(self._changed)
        unseen = () if has_other_texts_only else edited
        handover.keep(pack, renewed.outputs, built.warnings, self._pending, unseen=unseen, edited=edited, has_other_texts_only=has_other_texts_only)

    # What all of them ask

    @property
    def _records(self) -> Mapping[str, str] | None:
        """The files that have changed, by path below the content folder; None where something else has, or the commit."""
        return self._files if self._work.moment.git == self._kept.git else None

    @cached_property
    def _files(self) -> Mapping[str, str] | None:
        """The same, whatever the commit is."""
        below = dict(self._work.sources.below_content(self._changed))
        return below if len(below) == len(self._changed) else None

    @cached_property
    def _pack(self) -> Pack:
        path = self._work.place.workshop / self._kept.pack
        return Pack(path, self._kept.index, self._work.at_hand.of(path) if self._work.at_hand else {})

    @property
    def _pending(self) -> Iterable[str]:
        """What the next build must look at once more, since this one has made nothing but pages."""
        return {*self._kept.pending, *self._changed} if self._work.pages_first else ()

    def _loaded(self, carrying: Carrying) -> tuple[Archive, Problems] | None:
        """The archive and its problems, where they are known without resolving names."""
        words = None if self._files is None else recalling.reworded(self._pack, self._files, self._content, self._kept.warnings)
        return None if words is None else recalling.archive_with(words, self._pack, self._content, self._kept.warnings, carrying.tracer)

    def _digests(self) -> dict[str, str]:
        """Of the files below the content folder."""
        known = self._kept.inputs
        return {path: known[whole].digest for path, whole in self._work.sources.below_content(known) if known[whole].digest}

    def _copied_from_theme(self) -> set[str]:
        """What Pelican copies; nothing where that has no folder to itself."""
        folder = f"{self._work.moment.values.get('THEME_STATIC_DIR', 'theme')}/"
        return {path for path in self._kept.outputs if path.startswith(folder)}


def _is_record(path: str, file: str) -> bool:
    """Whether there is a record's file at this path below the content folder."""
    return path.partition("/")[0] in urls.RECORDS and path.endswith(".md") and os.path.isfile(file)
