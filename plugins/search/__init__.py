"""The search: one page, and an index in classic scripts that works on file://. How it works: docs/search.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import caching, urls
from plugins.archive.outputs import Revision

from .base import Carry
from .writing import Edit, write

TITLE = "Tìm trong kho"
_KEPT = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What search.html shows before any script runs: see writing.Written. The page names the pieces itself, so that they are loaded while
    its scripts are, and shows the newest meetings without any."""

    title: str
    manifest: str
    first: tuple[str, ...]
    total: int
    newest: tuple[list[str], ...]
    section: str = "search"
    description: str = ""


class SearchGenerator(Generator):
    """Writes the search page and the index."""

    def generate_output(self, writer: Writer) -> None:
        archive, gathered = self.context["archive"], self.context["gathered"]
        written = write(archive, gathered, Path(self.output_path), self.env.filters["day"], kept=self._kept(), edit=self._edit())
        self.context["keep"](_KEPT, (written.survey, written.base))
        view = SearchView(title=TITLE, manifest=written.manifest, first=written.first, total=written.total, newest=written.newest)
        writer.write_file(
            urls.SEARCH, self.get_template("search"), self.context, view=view, root=urls.root(urls.SEARCH), page_path=urls.SEARCH
        )

    def _edit(self) -> Edit | None:
        revision: Revision | None = self.context["revision"]
        if revision is None:
            return None
        survey, base = revision.kept(_KEPT)
        return Edit(survey, base, list(revision.meetings.values()), _carried(revision))

    def _kept(self) -> Path:
        """Where the base of a large index is kept: where all is kept, unless SEARCH_BASE names a folder."""
        chosen = self.settings.get("SEARCH_BASE")
        return Path(chosen) if chosen else caching.folder(self.settings, "search")


def _carried(revision: Revision) -> Carry:
    def carry(path: str) -> bool:
        try:
            revision.carry(path)
        except KeyError:
            return False
        return True

    return carry


def _get_generators(_pelican: object) -> type[Generator]:
    return SearchGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
