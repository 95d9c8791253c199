"""The whole index: its segments, the words that stand for others, and the manifest that leads to everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered
from plugins.archive.records import Meeting

from . import base
from .analysis import synonyms
from .coding import compact, digest
from .documents import documents
from .facets import facets
from .findables import Findable, findables
from .indexing import Folder, Plan, Source, plan, write_segment
from .pieces import Shelf, named
from .reading import Index, from_folder
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
    meetings there are, and the cards of the newest."""

    manifest: str
    first: tuple[str, ...]
    total: int
    newest: tuple[list[str], ...]


def write(
    archive: Archive,
    gathered: Gathered,
    output: Path,
    day: Callable[[PartialDate], str],
    how: Plan | None = None,
    kept: Path | None = None,
) -> Written:
    """Writes the index below ``output``.

    Same input, same bytes; where a base is kept in the folder ``kept``, it is a part of the input.
    """
    work = _Work(archive, gathered, day, how or plan(len(archive.meetings)), Folder(output))
    manifest = work.whole()[0] if kept is None or len(archive.meetings) < base.FROM else work.upon(kept)
    index = Index(from_folder(output), Path(manifest).stem)
    first = tuple(map(urls.search_piece, [index.abbreviations, *index.fronts]))
    return Written(manifest, first, len(archive.meetings), tuple(map(index.card, index.newest(SHOWN))))


class _Work:
    """One writing of the index."""

    def __init__(self, archive: Archive, gathered: Gathered, day: Callable[[PartialDate], str], how: Plan, folder: Folder) -> None:
        self.archive, self.gathered, self.day, self.how, self.folder = archive, gathered, day, how, folder
        self.found, self.known = findables(archive), pairs(archive)

    def source(self, meetings: Sequence[Meeting], found: Sequence[Findable], known: Iterable[tuple[str, str]]) -> Source:
        told = documents(meetings, self.archive, self.gathered, self.found, self.day)
        ways = facets(meetings, self.archive)
        return Source(documents=told, total=len(meetings), found=found, ways=ways, known=synonyms(known))

    def manifest(self, said: dict, known: Sequence[Sequence[str]]) -> str:
        return write_manifest(said, known, successions(self.archive), self.folder)

    def whole(self) -> tuple[str, dict]:
        """The manifest's path and what it says of the one segment."""
        segment = write_segment(self.source(list(self.archive.meetings.values()), self.found, self.known), "a", self.how, self.folder)
        return self.manifest({"segments": [segment]}, self.known), segment

    def upon(self, kept: Path) -> str:
        """The index as a kept base and what came later; where there is none, or too much came later, a new base."""
        maker, digests = base.maker(self.how, self.day(_A_DAY)), base.digests(self.archive, self.found)
        old = base.load(kept, maker)
        later = base.since(old, self.archive, digests, self.found) if old else None
        if old and later and later.is_small:
            base.give(old, kept, self.folder.path)
            return self._with(old, later)
        path, segment = self.whole()
        names = base.name_digests(self.found)
        made = base.Base(maker=maker, segment=segment, known=[list(pair) for pair in self.known], meetings=digests, names=names)
        base.keep(made, self.folder.path, kept)
        return path

    def _with(self, old: base.Base, later: base.Later) -> str:
        if later.is_nothing:
            return self.manifest({"segments": [old.segment]}, old.known)
        source = self.source(later.meetings, later.found, ((short, form) for short, form in old.known))
        segment = write_segment(source, "b", LATER, self.folder)
        return self.manifest({"segments": [old.segment, segment], **later.said()}, old.known)


def write_manifest(said: dict, known: Sequence[Sequence[str]], related: Sequence[tuple[str, str, str]], folder: Folder) -> str:
    """Writes what leads to everything; returns its output path."""
    words = Shelf(folder, "y").put("", compact({"s": known, "r": related}))
    text = compact({**said, "words": words})
    piece = named(f"{MANIFEST}-{digest(text, 10)}", text)
    folder(piece)
    return piece.path
