"""Finds a Firefox on this machine; on a bare Debian, fetches Debian's own package."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from . import chromium

_USUAL = {
    "darwin": ("/Applications/Firefox.app/Contents/MacOS/firefox",),
    "win32": ("C:/Program Files/Mozilla Firefox/firefox.exe", "C:/Program Files (x86)/Mozilla Firefox/firefox.exe"),
}
_MISSING = """\
Phép thử tìm kiếm cần Firefox mà máy này chưa có. Debian: sudo apt install firefox-esr; nơi khác: cài Firefox, hoặc đặt biến FIREFOX.
The tests of the search need Firefox, and this machine has none. Debian: sudo apt install firefox-esr; elsewhere: install Firefox, or set
the variable FIREFOX to its path."""


class NoFirefox(Exception):
    """There is no Firefox, and none could be fetched; says what to install."""

    def __init__(self) -> None:
        super().__init__(_MISSING)


def find() -> Path | None:
    """The Firefox that the variable FIREFOX names, or else the first found in the usual places."""
    named = os.environ.get("FIREFOX")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    usual = (Path(place) for place in _USUAL.get(sys.platform, ()))
    return Path(found) if found else next((place for place in usual if place.is_file()), None)


def ensure() -> Path:
    """A Firefox, fetched from Debian where that can be done; raises :class:`NoFirefox`."""
    found = find()
    if found is None and chromium.can_install("FIREFOX"):
        chromium.install("firefox-esr")
        found = find()
    if found is None:
        raise NoFirefox
    return found
