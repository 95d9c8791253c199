"""The editions that a published site links to. They were made from an earlier build: none can state its own size."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from pelican.generators import Generator

from . import manifest
from .bundling import LIST
from .contents import EDITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An offline edition; ``path`` is where it lies in the site."""

    path: str
    name: str
    edition: str
    size: int
    sha256: str
    without_large_images: bool


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

    Raises ValueError where a file is not what the list says.
    """
    path = folder / LIST
    listed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    _, newest = max(((_day(one["edition"]), number) for number, one in enumerate(listed)), default=("", -1))
    edition = listed[newest]["edition"] if listed else ""
    found = tuple(Edition(path=f"{EDITIONS}/{one['name']}", **one) for one in listed if one["edition"] == edition)
    for one in found:
        if manifest.digest_of_file(folder / one.name) != one.sha256:
            raise ValueError(f"{folder / one.name}: not the file that {LIST} describes")
    return tuple(sorted(found, key=lambda one: one.without_large_images))


def _day(edition: str) -> str:
    """The day with which an edition's number begins, or nothing where the site had none."""
    return found[0] if (found := re.match(r"\d{4}-\d{2}-\d{2}", edition)) else ""
