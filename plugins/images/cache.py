"""Derivatives kept from one build to the next. It may be deleted at any time, and what is damaged in it counts as absent."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .results import Made

MANIFEST = "manifest.json"
OUTPUT_FOLDER = "anh"


def output_path(key: str, width: int, form: str) -> str:
    """Where a derivative lies in the site."""
    return f"{OUTPUT_FOLDER}/{key}-{width}.{form}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A derivative in the cache; ``form`` is its file extension."""

    form: str
    width: int
    height: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the cache holds under one key; sizes are those of the upright original, files as in :class:`Made`."""

    width: int
    height: int
    files: tuple[Kept, ...]


class Cache:
    """One folder for each key, with the derivatives and a manifest of their checksums, which is written last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Entry | None:
        """The entry, if it is whole and unchanged."""
        try:
            manifest = json.loads((self._folder / key / MANIFEST).read_bytes())
            files = tuple(self._kept(key, line) for line in manifest["files"])
            return Entry(width=int(manifest["width"]), height=int(manifest["height"]), files=files) if files else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, made: Made) -> Entry:
        """Keeps what was made. Each file appears whole or not at all, whatever else writes or breaks off meanwhile."""
        folder = self._folder / key
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for rendition in made.renditions:
            _write(folder / rendition.name, rendition.data)
            checksum = hashlib.sha256(rendition.data).hexdigest()
            lines.append([rendition.form, rendition.width, rendition.height, checksum])
        manifest = {"width": made.width, "height": made.height, "files": lines}
        _write(folder / MANIFEST, json.dumps(manifest).encode("ascii"))
        files = tuple(_placed(folder, r.form, r.width, r.height) for r in made.renditions)
        return Entry(width=made.width, height=made.height, files=files)

    def _kept(self, key: str, line: list[Any]) -> Kept:
        form, width, height, checksum = line
        kept = _placed(self._folder / key, str(form), int(width), int(height))
        if hashlib.sha256(kept.path.read_bytes()).hexdigest() != checksum:
            raise ValueError(f"{kept.path.name} is damaged")
        return kept


def _placed(folder: Path, form: str, width: int, height: int) -> Kept:
    return Kept(form=form, width=width, height=height, path=folder / f"{width}.{form}")


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
