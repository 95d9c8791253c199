"""The whole index: its segments, the words that stand for others, and the manifest that leads to everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered
from plugins.archive.records import Meeting

from . import base
from .analysis import synonyms
from .coding import compact, digest
from .documents import card, documents
from .facets import facets
from .findables import Findable
from .indexing import Folder, Plan, Source, plan, write_segment
from .pieces import Shelf, front_of, named
from .survey import Survey, survey, surveyed_again
from .synonyms import pairs, successions

MANIFEST = "muc-luc"


LATER = Plan(piece=500_000, cards=500)
"""A small segment is a dozen files, however many meetings are in it."""
_A_DAY = PartialDate.parse("2001-02-03")
"""How a day is written depends on the language of the site."""
SHOWN = 20
"""Results that the page shows at first: the newest."""


class Written(NamedTuple):
    """What the search page must know of its index: the output path of the manifest and of the other pieces that every query needs, how many
    meetings there are, and the cards of the newest; and what the next build may want to know: the survey, and what the base leads to."""

    manifest: str
    first: tuple[str, ...]
    total: int
    newest: tuple[list[str], ...]
    survey: Survey
    base: str


class Edit(NamedTuple):
    """What has changed since the last build, where that is nothing but the texts of some meetings; and what that build wrote."""

    survey: Survey
    base: str
    meetings: Sequence[Meeting]
    carry: base.Carry


def write(
    archive: Archive,
    gathered: Gathered,
    output: Path,
    day: Callable[[PartialDate], str],
    how: Plan | None = None,
    kept: Path | None = None,
    edit: Edit | None = None,
) -> Written:
    """Writes the index below ``output``. With an ``edit``, what is carried over from the last site is not written.

    Same input, same bytes; where a base is kept in the folder ``kept``, it is a part of the input.
    """
    now = surveyed_again(edit.survey, archive, edit.meetings) if edit else survey(archive)
    work = _Work(archive, gathered, day, how or plan(len(archive.meetings)), Folder(output), now)
    if kept is None or len(archive.meetings) < base.FROM:
        (manifest, first), stands = work.manifest({"segments": [work.whole()]}, work.known), ""
    else:
        (manifest, first), stands = work.upon(kept, edit)
    newest = tuple(card(archive.meetings[id], archive, day) for id in list(archive.meetings)[: -SHOWN - 1 : -1])
    return Written(manifest, first, len(archive.meetings), newest, now, stands)


class _Work:
    """One writing of the index."""

    def __init__(
        self, archive: Archive, gathered: Gathered, day: Callable[[PartialDate], str], how: Plan, folder: Folder, now: Survey
    ) -> None:
        self.archive, self.gathered, self.day, self.how, self.folder, self.now = archive, gathered, day, how, folder, now
        self.known = pairs(archive)

    def source(self, meetings: Sequence[Meeting], found: Sequence[Findable], known: Iterable[tuple[str, str]]) -> Source:
        told = documents(meetings, self.archive, self.gathered, self.now.found, self.day)
        ways = facets(meetings, self.archive)
        return Source(documents=told, total=len(meetings), found=found, ways=ways, known=synonyms(known))

    def manifest(self, said: dict[str, Any], known: Sequence[Sequence[str]]) -> tuple[str, tuple[str, ...]]:
        return write_manifest(said, known, successions(self.archive), self.folder)

    def whole(self) -> dict[str, Any]:
        """Writes one segment of all meetings; what the manifest says of it."""
        return write_segment(self.source(list(self.archive.meetings.values()), self.now.found, self.known), "a", self.how, self.folder)

    def upon(self, kept: Path, edit: Edit | None) -> tuple[tuple[str, tuple[str, ...]], str]:
        """The index as a kept base and what came later; where there is none, or too much came later, a new base. Also what the base leads to."""
        maker = base.maker(self.how, self.day(_A_DAY))
        old = base.load(kept, maker)
        later = base.since(old, self.archive, self.now) if old else None
        if old and later and later.is_small:
            stands = compact(old.segment)
            base.give(old, kept, self.folder.path, edit.carry if edit and edit.base == stands else base.nothing_stands)
            return self._with(old, later), stands
        segment, names = self.whole(), base.name_digests(self.now.found)
        known, meetings = [list(pair) for pair in self.known], dict(self.now.digests)
        base.keep(base.Base(maker=maker, segment=segment, known=known, meetings=meetings, names=names), self.folder.path, kept)
        return self.manifest({"segments": [segment]}, self.known), compact(segment)

    def _with(self, old: base.Base, later: base.Later) -> tuple[str, tuple[str, ...]]:
        if later.is_nothing:
            return self.manifest({"segments": [old.segment]}, old.known)
        source = self.source(later.meetings, later.found, ((short, form) for short, form in old.known))
        segment = write_segment(source, "b", LATER, self.folder)
        return self.manifest({"segments": [old.segment, segment], **later.said()}, old.known)


def write_manifest(
    said: dict[str, Any], known: Sequence[Sequence[str]], related: Sequence[tuple[str, str, str]], folder: Folder
) -> tuple[str, tuple[str, ...]]:
    """Writes what leads to everything; returns its output path, and those of the other pieces that every query needs."""
    words = Shelf(folder, "y").put("", compact({"s": known, "r": related}))
    text = compact({**said, "words": words})
    piece = named(f"{MANIFEST}-{digest(text, 10)}", text)
    folder(piece)
    return piece.path, tuple(map(urls.search_piece, [f"y0-{words}", *map(front_of, said["segments"])]))
