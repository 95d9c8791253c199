"""The list of the editions that were made, beside them: ``bundle`` enters each, and a site that links to its editions reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from plugins.archive.problems import N_

from .contents import EDITIONS
from .manifest import CannotPack

LIST = "editions.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An offline edition, as the list tells of it."""

    name: str
    edition: str
    size: int
    sha256: str
    without_large_images: bool

    @property
    def path(self) -> str:
        """Where it lies in a site that offers it."""
        return f"{EDITIONS}/{self.name}"


def listed(folder: Path) -> list[Edition]:
    """Every edition entered, the latest at the end. Raises :class:`CannotPack` where the list cannot be read."""
    path = folder / LIST
    try:
        return [Edition(**one) for one in json.loads(path.read_bytes())] if path.is_file() else []
    except (OSError, ValueError, TypeError) as error:
        raise CannotPack(N_("không đọc được danh mục các bản gói %(path)s (%(reason)s); hãy xoá tệp ấy rồi gói lại"), path=path, reason=error) from error


def enter(folder: Path, known: Sequence[Edition], made: Edition) -> None:
    """Notes an edition as the latest, after the ``known`` ones; those whose file is gone leave the list."""
    kept = [one for one in known if one.name != made.name and (folder / one.name).is_file()]
    entries = [asdict(one) for one in (*kept, made)]
    (folder / LIST).write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8", newline="\n")
