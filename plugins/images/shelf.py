"""Finds the file that a record names under content/images/, and nothing outside of it."""

from __future__ import annotations

import os
import unicodedata
from functools import cached_property
from pathlib import Path

from plugins.archive.problems import nearest

from .results import Fault, broken

MAX_BYTES = 100_000_000


class Shelf:
    """The folder of pictures, as it is now. Names are compared letter by letter on every system.

    Windows and macOS open ``a.jpg`` where ``A.JPG`` is written; the machine that publishes would not.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self._listings: dict[Path, dict[str, str]] = {}

    def find(self, name: str) -> Path | Fault:
        """The file of that name (parts joined by ``/``), or what is wrong with it."""
        if _leads_out(name):
            return Fault("image-outside")
        path = self._folder
        for part in name.split("/"):
            entry = self._listing(path).get(_nfc(part))
            if entry is None:
                return self._missing(name)
            path = path / entry
        return self._checked(path, name)

    def _checked(self, path: Path, name: str) -> Path | Fault:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):  # a dangling or a circular link
            return self._missing(name)
        if not real.is_relative_to(self._root):
            return Fault("image-outside")
        if not real.is_file():
            return broken("không phải là tệp thường")
        return broken(f"tệp nặng hơn {MAX_BYTES} byte") if real.stat().st_size > MAX_BYTES else real

    def _listing(self, folder: Path) -> dict[str, str]:
        """Entries by NFC name: macOS may have stored them decomposed."""
        if folder not in self._listings:
            try:
                self._listings[folder] = {_nfc(entry): entry for entry in sorted(os.listdir(folder))}
            except OSError:  # no folder, or not to be read: nothing can be found in it
                self._listings[folder] = {}
        return self._listings[folder]

    def _missing(self, name: str) -> Fault:
        return Fault("image-missing", (("nearest", self._nearest(name)),))

    def _nearest(self, name: str) -> str:
        """The same name in other letters, the same file in another folder, or else its likeliest neighbours."""
        wanted, base = name.casefold(), name.casefold().rpartition("/")[2]
        for candidates in (
            [known for known in self._names if known.casefold() == wanted],
            [known for known in self._names if known.casefold().rpartition("/")[2] == base],
        ):
            if candidates:
                return ", ".join(candidates[:3])
        folder = name.rpartition("/")[0]
        return nearest(name, [known for known in self._names if known.rpartition("/")[0] == folder])

    @cached_property
    def _names(self) -> list[str]:
        found = [Path(folder, file) for folder, _, files in os.walk(self._folder) for file in files]
        return sorted(_nfc(path.relative_to(self._folder).as_posix()) for path in found)


def _leads_out(name: str) -> bool:
    """True for what is not a plain relative path; the backslash and the colon are Windows' ways out."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
