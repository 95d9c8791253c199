"""What a build leaves to the next one, once its site stands: how all that it read and wrote stands, and the pack with what it worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plugins.archive.problems import Problem

from . import circumstances, inputs, keeping, trees, twin
from .circumstances import Moment
from .keeping import Kept
from .sources import Sources
from .staging import Place

if TYPE_CHECKING:
    from .carrying import Carrying
    from .packing import Pack

_LARGEST = 3
"""So many times its lean size a pack may grow."""


class Handover:
    """``before`` is how the files stood when the build began, ``kept`` what the last one left."""

    def __init__(self, moment: Moment, place: Place, sources: Sources, before: inputs.Sight, kept: Kept | None) -> None:
        self._moment, self._place, self._sources, self._before, self._kept = moment, place, sources, before, kept

    def keep_all(self, pack: Pack, outputs: Mapping[str, trees.Standing], context: Mapping[str, Any], carrying: Carrying) -> None:
        """Of a clean build: puts into the pack what was worked out, and makes the twin of the site."""
        from plugins.archive.sharing import meanwhile, processes_of

        from . import remembering

        asides, (here, there) = pack.asides(), remembering.jobs(pack, context, carrying, self._moment.content)
        try:
            with meanwhile([there], workers=processes_of(self._moment.values)):
                pack.take_up(asides)
                here()
                made = twin.make(self._place)  # not there: who outlives a builder that was killed must touch no site
        except OSError:  # a record that was deleted meanwhile, a full disk
            keeping.forget(self._place.workshop)
        else:
            records = ((record.path, record.sha256) for _, record in context["archive"].records() if record.path)
            read = inputs.as_read(self._before, self._moment.content, records)
            self.keep(pack if made else None, outputs, tuple(context["problems"]), read=read)

    def keep(
        self, pack: Pack | None, outputs: Mapping[str, trees.Standing], warnings: tuple[Problem, ...], pending: Iterable[str] = (), *,
        unseen: Iterable[str] = (), edited: Collection[str] | None = None, has_other_texts_only: bool = True,
        read: Mapping[str, inputs.File] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Keeps what the next build may go on from. Records that were edited while this one ran, and what else is ``pending`` or ``unseen``, are left
        to that one (see keeping.py); where anything else was edited, nothing is kept. ``read`` are files whose digests are known from reading them; a
        build that took no record from its file but those that were ``edited`` says so, and the others need not be looked at again.
        """
        known, doubtful = self._known(read, self._certain(edited) if edited is not None else {})
        is_unknown = not all(map(self._sources.is_record, doubtful)) or circumstances.of_git(self._moment.content) != self._moment.git
        if is_unknown or self._moment.settings is None:
            keeping.forget(self._place.workshop)
            return
        try:
            pack = pack and self._settled(pack)
            made = Kept(
                program=self._moment.program,
                settings=self._moment.settings,
                git=self._moment.git,
                more=tuple(sorted(self._sources.more)),
                inputs=known,
                outputs=outputs,
                warnings=warnings,
                pending=tuple(sorted(doubtful.union(pending))),
                unseen=tuple(sorted(doubtful.union(unseen))),
                has_other_texts_only=has_other_texts_only and not doubtful,
                pack=pack.path.name if pack else "",
                lean=self._lean(pack) if pack else 0,
                index=pack.index if pack else {},
            )
            keeping.keep(self._place.workshop, made)
        except OSError:
            keeping.forget(self._place.workshop)

    def _certain(self, edited: Collection[str]) -> dict[str, inputs.Signature]:
        """Of the records that this build did not read: what is known of them stays true of the files that it saw at its beginning, whatever they are now."""
        recent = self._before.digests
        seen = self._before.signatures.items()
        return {path: signature for path, signature in seen if path not in edited and path not in recent and self._sources.is_record(path)}

    def _known(self, read: Mapping[str, inputs.File], certain: Mapping[str, inputs.Signature]) -> tuple[dict[str, inputs.File], set[str]]:
        """What is known of all files now, and those that may have been edited while the build ran."""
        after = self._sources.look(map(str, circumstances.modules()), certain)
        known = {**(self._kept.inputs if self._kept else {}), **read}
        return inputs.known_between(self._before, after, known, self._sources.more - self._before.signatures.keys())

    def _settled(self, pack: Pack) -> Pack:
        """The pack with all that was put into it, by other processes too; a lean one in its place where most of it would be what was replaced."""
        pack.flush()
        if pack.size < _LARGEST * self._lean(pack):
            return pack
        return pack.lean(keeping.fresh_pack(self._place.workshop))

    def _lean(self, pack: Pack) -> int:
        return self._kept.lean if self._kept and self._kept.pack == pack.path.name else pack.size
