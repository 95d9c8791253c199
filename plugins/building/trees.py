"""Finished sites on disk: each carries the list of its own files, so that nothing else is ever deleted with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

MARKER = ".sogiaoban"
_HEADING = "sogiaoban 1"
_DESKTOP_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what file managers leave behind, of no value to anybody


def files(tree: Path) -> Iterator[str]:
    """Every file under ``tree`` but the marker, as a path with forward slashes; links are files, wherever they lead."""
    for folder, folders, names in os.walk(tree):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in [*names, *links]:
            path = Path(folder, name).relative_to(tree).as_posix()
            if path != MARKER:
                yield path


def seal(tree: Path) -> int:
    """Marks ``tree`` as a finished site by the list of its files; gives their number."""
    listed = sorted(files(tree))
    (tree / MARKER).write_text("\n".join([_HEADING, *listed, ""]), encoding="utf-8", newline="\n")
    return len(listed)


def is_sealed(tree: Path) -> bool:
    marker = tree / MARKER
    return marker.is_file() and marker.read_text(encoding="utf-8", errors="replace").startswith(_HEADING + "\n")


def foreign(tree: Path) -> list[str]:
    """The files under ``tree`` that no build of ours put there, sorted."""
    own = set((tree / MARKER).read_text(encoding="utf-8").splitlines()[1:]) if is_sealed(tree) else set()
    return sorted(path for path in files(tree) if path not in own and Path(path).name not in _DESKTOP_FILES)


def discard(tree: Path) -> bool:
    """Deletes a sealed site; False where somebody's own files lie in it, and then only our own are gone.

    The marker goes last: a deletion that was cut short can be taken up again.
    """
    strange = set(foreign(tree))
    for path in files(tree):
        if path not in strange:
            (tree / path).unlink()
    if strange:
        return False
    (tree / MARKER).unlink()
    shutil.rmtree(tree)  # empty folders
    return True
