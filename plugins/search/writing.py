"""The whole index: its segments, the words that stand for others, and the manifest that leads to everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered

from . import base
from .analysis import synonyms
from .coding import compact, digest
from .documents import Document, documents
from .facets import Facet, facets
from .findables import findables
from .indexing import Folder, Plan, Source, plan, write_segment
from .pieces import FOLDER, Shelf, named
from .reading import Index, from_folder
from .synonyms import pairs, successions

MANIFEST = "muc-luc"


LATER = Plan(piece=500_000, cards=500)
"""A small segment is a dozen files, however many meetings are in it."""
SHOWN = 20
"""Results that the page shows at first: the newest."""


class Written(NamedTuple):
    """Output paths: of the manifest, and of the pieces that the search page needs before anything is typed."""

    manifest: str
    first: tuple[str, ...]


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
    return Written(manifest, _first(output, manifest))


def _first(output: Path, manifest: str) -> tuple[str, ...]:
    index = Index(from_folder(output), Path(manifest).stem)
    return tuple(f"{FOLDER}/{name}.js" for name in index.first(SHOWN))


class _Work:
    """One writing of the index."""

    def __init__(self, archive: Archive, gathered: Gathered, day: Callable[[PartialDate], str], how: Plan, folder: Folder) -> None:
        self.archive, self.gathered, self.day, self.how, self.folder = archive, gathered, day, how, folder
        self.found, self.ways, self.known = findables(archive), facets(archive), pairs(archive)

    def documents(self) -> Iterator[Document]:
        return documents(self.archive, self.gathered, self.found, self.day)

    def whole(self, digests: dict[str, str] | None = None) -> tuple[str, dict]:
        """The manifest's path and what it says of the one segment; the digests of the meetings are put into ``digests``."""
        told = self.documents() if digests is None else base.recording(self.documents(), self.ways, digests)
        source = Source(documents=told, total=len(self.archive.meetings), found=self.found, ways=self.ways, known=synonyms(self.known))
        segment = write_segment(source, "a", self.how, self.folder)
        return write_manifest({"segments": [segment]}, self.known, successions(self.archive), self.folder), segment

    def upon(self, kept: Path) -> str:
        """The index as a kept base and what came later; where there is none, or too much came later, a new base."""
        maker = base.maker(self.how)
        old = base.load(kept, maker)
        later = base.since(old, self.documents(), self.found, self.ways) if old else None
        if old and later and later.is_small:
            base.give(kept, self.folder.path)
            return self._with(old, later)
        digests: dict[str, str] = {}
        path, segment = self.whole(digests)
        names = base.name_digests(self.found)
        made = base.Base(maker=maker, segment=segment, known=[list(pair) for pair in self.known], meetings=digests, names=names)
        base.keep(made, self.folder.path, kept)
        return path

    def _with(self, old: base.Base, later: base.Later) -> str:
        if not (later.documents or later.dead or later.found or later.gone):
            return write_manifest({"segments": [old.segment]}, old.known, successions(self.archive), self.folder)
        known = synonyms((short, form) for short, form in old.known)
        source = Source(documents=later.documents, total=len(later.documents), found=later.found, ways=self._ways(later), known=known)
        segment = write_segment(source, "b", LATER, self.folder)
        said = {"segments": [old.segment, segment], **later.said()}
        return write_manifest(said, old.known, successions(self.archive), self.folder)

    def _ways(self, later: base.Later) -> list[Facet]:
        """The facets with no more values than the later meetings have."""
        ids = {document.id for document in later.documents}
        return [way.only(ids) for way in self.ways]


def write_manifest(said: dict, known: Sequence[Sequence[str]], related: Sequence[tuple[str, str, str]], folder: Folder) -> str:
    """Writes what leads to everything; returns its output path."""
    words = Shelf(folder, "y").put("", compact({"s": known, "r": related}))
    text = compact({**said, "words": words})
    piece = named(f"{MANIFEST}-{digest(text, 10)}", text)
    folder(piece)
    return piece.path
