"""Finished sites on disk: each carries the list of its own files, so that nothing else is ever deleted with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

MARKER = ".sogiaoban"
_HEADING = "sogiaoban 1"
_DESKTOP_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what file managers leave behind, of no value to anybody


Standing = tuple[int, ...]
"""How a file stands on disk: its size, the time of its last change, its inode. A link to it stands the same."""


def files(tree: Path) -> Iterator[str]:
    """Every file under ``tree`` but the marker, as a path with forward slashes; links are files, wherever they lead."""
    return (path for path, _ in _entries(tree) if path != MARKER)


def look(tree: Path) -> dict[str, Standing]:
    """How every file under ``tree`` stands, the marker among them; nothing where there is no such folder."""
    return {path: _standing(entry.stat(follow_symlinks=False)) for path, entry in _entries(tree)} if tree.is_dir() else {}


def is_linked(tree: Path, standing: Mapping[str, Standing]) -> bool:
    """Whether ``tree`` holds links to the files that stand like this, and no other file. Which file an entry of a folder is can mostly be told without
    asking for the file itself."""
    entries = _entries(tree) if tree.is_dir() else []
    return len(entries) == len(standing) and all(path in standing and _is_inode(entry, standing[path][-1]) for path, entry in entries)


def _is_inode(entry: os.DirEntry[str], inode: int) -> bool:
    # Layered file systems may give another number in the folder.
    return entry.inode() == inode or entry.stat(follow_symlinks=False).st_ino == inode


def look_at(tree: Path, paths: Iterable[str]) -> dict[str, Standing]:
    """How these files under ``tree`` stand."""
    return {path: _standing(os.lstat(os.path.join(tree, path))) for path in paths}


def _entries(tree: Path) -> list[tuple[str, os.DirEntry[str]]]:
    found = []
    folders = [("", os.fspath(tree))]
    while folders:
        prefix, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found.append((prefix + entry.name, entry))
    return found


def _standing(stat: os.stat_result) -> Standing:
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def seal(tree: Path, listed: Iterable[str] | None = None) -> None:
    """Marks ``tree`` as a finished site by the list of its files, where that is not known yet by what stands there."""
    listed = sorted(files(tree) if listed is None else listed)
    # Beside and then in its place: the marker that stands there may be another tree's too.
    fresh = tree / f"{MARKER}.new"
    fresh.write_text("\n".join([_HEADING, *listed, ""]), encoding="utf-8", newline="\n")
    os.replace(fresh, tree / MARKER)


def unseal(tree: Path) -> None:
    """From now on ``tree`` is no site but work under way."""
    (tree / MARKER).unlink(missing_ok=True)


def is_sealed(tree: Path) -> bool:
    marker = tree / MARKER
    if not marker.is_file():
        return False
    with marker.open("rb") as lines:
        return lines.readline() == f"{_HEADING}\n".encode()


def foreign(tree: Path) -> list[str]:
    """The files under ``tree`` that no build of ours put there, sorted."""
    own = (tree / MARKER).read_text(encoding="utf-8").split("\n")[1:] if is_sealed(tree) else ()
    strange = {path for path, _ in _entries(tree)}.difference(own, [MARKER])
    return sorted(path for path in strange if path.rpartition("/")[2] not in _DESKTOP_FILES)


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
