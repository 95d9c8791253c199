"""The bridge to Pelican: makes pictures while contexts are generated, and copies them out while output is."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from pelican.generators import Generator
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from plugins.archive.outputs import Derivative, Picture, Revision

from . import recipe
from .cache import Cache, Entry
from .checking import FOLDER, report, uses_of
from .making import Workshop
from .shelf import Shelf

OUTPUT_FOLDER = "anh"
_KEPT = "images"


class ImageGenerator(Generator):
    """Fills ``context["gathered"].pictures``, adds what is wrong to ``context["problems"]``, writes ``anh/<key>-<width>.<form>``.

    It must stand behind the plugin that puts ``archive``, ``gathered`` and ``problems`` into the context. Settings: ``IMAGES_CACHE``
    (folder; default ``.cache/images`` beside content/), ``IMAGES_EXECUTOR`` (see :func:`executing.opened`) and ``PROGRESS_CONSOLE``
    (the rich Console that shows how far it is, where the caller has one open; default: standard error).
    """

    def generate_context(self) -> None:
        self._entries: dict[str, Entry] = {}
        if revision := self.context.get("revision"):
            self._take_over(revision)
        else:
            self._make_all()

    def _take_over(self, revision: Revision) -> None:
        """Where only texts are new, every picture is what it was."""
        self.context["gathered"].pictures = revision.kept(_KEPT)
        for made in self.context["gathered"].pictures.values():
            for derivative in (*made.modern, *made.jpeg):
                revision.carry(derivative.path)

    def _make_all(self) -> None:
        uses = uses_of(self.context["archive"])
        workshop = Workshop(Shelf(Path(self.path) / FOLDER), Cache(self._cache_folder()))
        self._make(workshop, uses)
        report(workshop.faults, uses, self.context["problems"])
        sound = {name: key for name, key in workshop.keys.items() if key in workshop.entries}
        made = {name: picture(key, workshop.entries[key]) for name, key in sorted(sound.items())}
        self.context["gathered"].pictures = self.context["archive"].table("pictures", lambda: made)
        self._entries = workshop.entries
        self.context["keep"](_KEPT, made)

    def generate_output(self, _writer: object) -> None:
        standing = self.context["standing"]
        for key, entry in sorted(self._entries.items()):
            for file in entry.files:
                path = output_path(key, file.width, file.form)  # the key tells the picture and how it was made
                if standing.carry(path):
                    continue
                target = Path(self.output_path, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.path, target)

    def _make(self, workshop: Workshop, names: Collection[str]) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        console = self.settings.get("PROGRESS_CONSOLE") or Console(stderr=True)
        with Progress(*columns, console=console, transient=True, disable=not (names and console.is_terminal)) as progress:
            task = progress.add_task("Thu nhỏ ảnh", total=len(names))
            workshop.make(names, self.settings.get("IMAGES_EXECUTOR"), lambda: progress.advance(task))

    def _cache_folder(self) -> Path:
        chosen = self.settings.get("IMAGES_CACHE")
        return Path(chosen) if chosen else Path(self.path).resolve().parent / ".cache" / "images"


def picture(key: str, entry: Entry) -> Picture:
    def derivatives(form: str) -> tuple[Derivative, ...]:
        files = [file for file in entry.files if file.form == form]
        return tuple(Derivative(path=output_path(key, f.width, form), width=f.width, height=f.height) for f in files)

    return Picture(
        width=entry.width,
        height=entry.height,
        modern_type=recipe.MODERN_TYPE,
        modern=derivatives(recipe.MODERN_FORM),
        jpeg=derivatives(recipe.JPEG_FORM),
    )


def output_path(key: str, width: int, form: str) -> str:
    return f"{OUTPUT_FOLDER}/{key}-{width}.{form}"
