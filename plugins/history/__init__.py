"""What became of the records: when each was added and changed, as git remembers, and the page of corrections.

Puts ``history`` into Pelican's context: :class:`history.git.Dates` by ``Record.path``; empty where git does not say.
"""

from __future__ import annotations

from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls

from . import corrections
from .git import history


class HistoryGenerator(Generator):
    """Asks git while contexts are generated, writes the page of corrections while output is; no text of a meeting can change it."""

    def generate_context(self) -> None:
        dates = history(Path(self.settings["PATH"]))
        self.context["history"] = self.context["archive"].table("history", lambda: dates)

    def generate_output(self, writer: Writer) -> None:
        if self.context["revision"]:
            self.context["revision"].carry(urls.CORRECTIONS)
            return
        page = corrections.page(self.context["archive"])
        template = self.get_template(page.template)
        writer.write_file(page.path, template, self.context, view=page.view, root=urls.root(page.path), page_path=page.path)


def _get_generators(_pelican: object) -> type[Generator]:
    return HistoryGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
