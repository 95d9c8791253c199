"""The editions that a published site links to. They were made from an earlier build: none can state its own size."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pelican.generators import Generator

from plugins.archive.problems import N_, Refusal

from . import manifest
from .listing import Edition, listed


class NotAsListed(Refusal):
    """An edition is not, or no longer, the file that the list tells of: whoever took it from the site would be misled."""


class EditionGenerator(Generator):
    """Puts ``context["editions"]``, and copies the files into the site. ``OFFLINE_EDITIONS`` names the folder they lie in, or is empty."""

    def generate_context(self) -> None:
        folder = self.settings.get("OFFLINE_EDITIONS")
        self.context["editions"] = editions(Path(folder)) if folder else ()

    def generate_output(self, _writer: object) -> None:
        for edition in self.context["editions"]:
            target = Path(self.output_path, edition.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(self.settings["OFFLINE_EDITIONS"], edition.name), target)


def editions(folder: Path) -> tuple[Edition, ...]:
    """Those of the newest edition in the list of ``folder``, the whole one first: of the latest day, and of that day the one made last.

    Raises :class:`NotAsListed` where a file is missing or altered, ``CannotPack`` where the list cannot be read.
    """
    every = listed(folder)
    newest = max(range(len(every)), key=lambda number: (_day(every[number].edition), number), default=None)
    found = [] if newest is None else [one for one in every if one.edition == every[newest].edition]
    for one in found:
        _verify(folder / one.name, one)
    return tuple(sorted(found, key=lambda one: one.without_large_images))


def _verify(file: Path, edition: Edition) -> None:
    if not file.is_file():
        raise NotAsListed(N_("thiếu bản gói %(path)s mà danh mục còn ghi; hãy gói lại bằng lệnh bundle"), path=file)
    if manifest.digest_of_file(file) != edition.sha256:
        raise NotAsListed(N_("bản gói %(path)s đã bị sửa hoặc hỏng sau khi gói; hãy gói lại bằng lệnh bundle"), path=file)


def _day(edition: str) -> str:
    """The day with which an edition's number begins, or nothing where the site had none."""
    return found[0] if (found := re.match(r"\d{4}-\d{2}-\d{2}", edition)) else ""
