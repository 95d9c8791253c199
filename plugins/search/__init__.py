"""The search: one page, and an index in classic scripts that works on file://. How it works: docs/search.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls

from .writing import write

TITLE = "Tìm trong kho"


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
        written = write(archive, gathered, Path(self.output_path), self.env.filters["day"], kept=self._kept())
        view = SearchView(title=TITLE, **written._asdict())
        writer.write_file(
            urls.SEARCH, self.get_template("search"), self.context, view=view, root=urls.root(urls.SEARCH), page_path=urls.SEARCH
        )

    def _kept(self) -> Path:
        """Where the base of a large index is kept: .cache/search beside the content, unless SEARCH_BASE names a folder."""
        chosen = self.settings.get("SEARCH_BASE")
        return Path(chosen) if chosen else Path(self.settings["PATH"]).resolve().parent / ".cache" / "search"


def _get_generators(_pelican: object) -> type[Generator]:
    return SearchGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
