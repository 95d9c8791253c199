"""The editors' handbook as pages of the site: the Markdown of docs/, with which it is read on a code host too.

The handbook is no part of the archive, so that it does not stand under content/: another archive brings its own content and keeps the
handbook of the program. ``HANDBOOK_PATH`` is the folder of docs, relative to the program's own; empty: no pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls

from . import chapters

_PROGRAM = Path(__file__).resolve().parents[2]


_KEPT = "handbook"


class HandbookGenerator(Generator):
    """Writes a page for each chapter, and puts the pictures beside them. Where only texts of meetings have changed, those of the last site are taken over."""

    def generate_context(self) -> None:
        self.context["handbook"] = chapters.HOME

    def generate_output(self, writer: Writer) -> None:
        if not self.settings.get("HANDBOOK_PATH"):
            return
        if revision := self.context["revision"]:
            revision.carry(*revision.kept(_KEPT))
            return
        docs = _PROGRAM / self.settings["HANDBOOK_PATH"]
        self.context["keep"](_KEPT, (*self._write(writer, docs), *self._copy(docs)))

    def _write(self, writer: Writer, docs: Path) -> Iterator[str]:
        template = self.get_template("handbook")
        for path, view in chapters.pages(docs):
            writer.write_file(path, template, self.context, view=view, root=urls.root(path), page_path=path)
            yield path

    def _copy(self, docs: Path) -> Iterator[str]:
        for picture in chapters.pictures(docs):
            path = urls.handbook(picture.name)
            copy = Path(self.output_path, path)
            copy.parent.mkdir(parents=True, exist_ok=True)  # the pages may be written later, by other processes
            shutil.copyfile(picture, copy)
            yield path


def _get_generators(_pelican: object) -> type[Generator]:
    return HandbookGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
