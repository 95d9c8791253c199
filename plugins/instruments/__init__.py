"""Instruments for those who study the archive: time, coverage, tasks, people together, then and now, numbers. See docs/exports.md.

A module of this package has ``pages(archive, gathered)``, like those of plugins/indexes; its first page is the one that the list of
instruments names. A new instrument is a module, a template and a word in INSTRUMENTS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.problems import N_

from . import companions, coverage, documents, figures, ledger, succession, timeline
from .parts import View

INSTRUMENTS: tuple[Callable[[Archive, Gathered], Iterator[OutputPage]], ...] = tuple(
    kind.pages for kind in (timeline, coverage, ledger, documents, figures, companions, succession)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(View):
    """Template ``instruments.html``: title (a message) and path of each, and a message about it."""

    instruments: tuple[tuple[Link, str], ...]


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage]:
    """Every page of every instrument, and the list of them at last."""
    listed = []
    for kind in INSTRUMENTS:
        for number, page in enumerate(kind(archive, gathered)):
            if number == 0:
                listed.append((Link(label=page.view.title, path=page.path), page.view.description))
            yield page
    description = N_("Cách nhìn cả kho cùng một lúc; mỗi con số đều dẫn về bản ghi")
    yield OutputPage(
        path=urls.INSTRUMENTS, template="instruments", view=IndexView(title=N_("Công cụ tra cứu"), description=description, instruments=tuple(listed))
    )


class InstrumentGenerator(Generator):
    """Writes the pages of the instruments; gives templates ``instruments_path``."""

    def generate_context(self) -> None:
        self.context["instruments_path"] = urls.INSTRUMENTS

    def generate_output(self, writer: Writer) -> None:
        for page in pages(self.context["archive"], self.context["gathered"]):
            root = urls.root(page.path)
            writer.write_file(page.path, self.get_template(page.template), self.context, view=page.view, root=root, page_path=page.path)


def instrument_generator(_pelican: object) -> type[InstrumentGenerator]:
    return InstrumentGenerator


def register() -> None:
    signals.get_generators.connect(instrument_generator)
