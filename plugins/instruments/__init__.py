"""Instruments for those who study the archive: time, coverage, tasks, people together, then and now, numbers. See docs/exports.md.

A module of this package has ``pages(archive, texts)``; its first page is the one that the list of instruments names. Pages that show
something of the meetings' texts are :class:`instruments.texts.TextPage`; all others know records only. A new instrument is a module,
a template and a word in INSTRUMENTS.
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
from plugins.archive.outputs import OutputPage, Revision, hand_over
from plugins.archive.problems import N_
from plugins.archive.sharing import processes_of

from . import companions, coverage, documents, figures, ledger, succession, timeline
from .parts import View
from .texts import Counts, TextPage, Texts, read, read_again

INSTRUMENTS: tuple[Callable[[Archive, Texts], Iterator[OutputPage | TextPage]], ...] = tuple(
    kind.pages for kind in (timeline, coverage, ledger, documents, figures, companions, succession)
)
OF_TEXTS = (ledger.pages, figures.pages)
"""Those of them with pages that show texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(View):
    """Template ``instruments.html``: title (a message) and path of each, and a message about it."""

    instruments: tuple[tuple[Link, str], ...]


def pages(archive: Archive, texts: Texts) -> Iterator[OutputPage | TextPage]:
    """Every page of every instrument, and the list of them at last."""
    listed = []
    for kind in INSTRUMENTS:
        for number, page in enumerate(kind(archive, texts)):
            if number == 0:
                listed.append(_listed(page))
            yield page
    description = N_("Cách nhìn cả kho cùng một lúc; mỗi con số đều dẫn về bản ghi")
    view = IndexView(title=N_("Công cụ tra cứu"), description=description, instruments=tuple(listed))
    yield OutputPage(path=urls.INSTRUMENTS, template="instruments", view=view)


def _listed(page: OutputPage | TextPage) -> tuple[Link, str]:
    view = page.view
    if not isinstance(view, View):
        raise TypeError(f"{page.path}: {view!r}")
    return Link(label=view.title, path=page.path), view.description


_COUNTS, _PAGES = "instruments/counts", "instruments/pages"


class InstrumentGenerator(Generator):
    """Writes the pages of the instruments; gives templates ``instruments_path``."""

    def generate_context(self) -> None:
        self.context["instruments_path"] = urls.INSTRUMENTS

    def generate_output(self, writer: Writer) -> None:
        revision: Revision | None = self.context["revision"]
        counts, told = self._revised(writer, revision) if revision else self._whole(writer)
        self.context["keep"](_COUNTS, counts)
        self.context["keep"](_PAGES, told)

    def _whole(self, writer: Writer) -> tuple[Counts, dict[str, object]]:
        """Writes every page; gives what the next build wants to know: what is told by page, None for those without texts."""
        archive: Archive = self.context["archive"]
        told: dict[str, object] = {}
        texts = read(archive, self.context["gathered"].bodies, processes_of(self.settings))
        for page in pages(archive, texts):
            told[page.path] = page.told if isinstance(page, TextPage) else None
            self._write(writer, page)
        return texts.counts, told

    def _revised(self, writer: Writer, revision: Revision) -> tuple[Counts, dict[str, object]]:
        """The same, but pages that show nothing of the changed texts, and tell what they told, are carried over."""
        kept = revision.kept(_PAGES)
        told: dict[str, object] = {path: None for path, said in kept.items() if said is None}
        for path in told:
            revision.carry(path)
        texts = read_again(revision.kept(_COUNTS), self.context["gathered"].bodies, revision.meetings)
        for page in (page for kind in OF_TEXTS for page in kind(self.context["archive"], texts)):
            told[page.path] = page.told
            if page.told == kept.get(page.path) and revision.meetings.keys().isdisjoint(page.texts):
                revision.carry(page.path)
            else:
                self._write(writer, page)
        return texts.counts, told

    def _write(self, writer: Writer, page: OutputPage | TextPage) -> None:
        hand_over(page, writer, self.get_template(page.template), self.context, urls.root(page.path))


def instrument_generator(_pelican: object) -> type[InstrumentGenerator]:
    return InstrumentGenerator


def register() -> None:
    signals.get_generators.connect(instrument_generator)
