"""The bridge to Pelican: has pictures made while contexts are generated, and copies them out while output is."""

from __future__ import annotations

import shutil
from pathlib import Path

from pelican.generators import Generator

from plugins.archive.outputs import Revision

from .cache import Entry, output_path

_KEPT = "images"


class ImageGenerator(Generator):
    """Fills ``context["gathered"].pictures``, adds what is wrong to ``context["problems"]``, writes ``anh/<key>-<width>.<form>``.

    It must stand behind the plugin that puts ``archive``, ``gathered`` and ``problems`` into the context. Settings: ``IMAGES_CACHE``
    (folder; else see :func:`archive.caching.folder`), ``IMAGES_EXECUTOR`` (see :func:`executing.opened`) and ``PROGRESS_CONSOLE``
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
        from .gathering import gather  # takes a while to load

        made, self._entries = gather(self.context["archive"], Path(self.path), self.settings, self.context["problems"])
        self.context["gathered"].pictures = self.context["archive"].table("pictures", lambda: made)
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
