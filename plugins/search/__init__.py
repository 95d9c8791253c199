"""The search: one page, and an index in classic scripts that works on file://. How it works: docs/search.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls

from .analysis import synonyms as with_synonyms
from .documents import documents
from .facets import facets
from .findables import findables
from .synonyms import pairs
from .writing import Piece, pieces

TITLE = "Tìm trong kho"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What search.html shows before any script runs. ``files`` are the output paths of the index."""

    title: str
    files: tuple[str, ...]
    section: str = "search"
    description: str = ""


class SearchGenerator(Generator):
    """Writes the search page and the index."""

    def generate_output(self, writer: Writer) -> None:
        written = self._pieces()
        for piece in written:
            _write(Path(self.output_path) / piece.path, piece.content)
        view = SearchView(title=TITLE, files=tuple(piece.path for piece in written))
        writer.write_file(
            urls.SEARCH, self.get_template("search"), self.context, view=view, root=urls.root(urls.SEARCH), page_path=urls.SEARCH
        )

    def _pieces(self) -> Sequence[Piece]:
        archive, gathered = self.context["archive"], self.context["gathered"]
        known = pairs(archive)
        found, ways = findables(archive), facets(archive)
        day = self.env.filters["day"]
        return list(pieces(documents(archive, gathered, found, ways, with_synonyms(known), day), found, ways, known))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8"))


def _get_generators(_pelican: object) -> type[Generator]:
    return SearchGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
