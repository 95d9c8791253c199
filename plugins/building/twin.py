"""The site's twin: a second folder with links to the same files, in which the next site is put together from what changed.

After a build the twin is the site, file by file. The next one moves its new files into the twin, takes away what is no longer of the site, and lets the two
folders change places: the work is that of the changed files. Then the old site, which is the twin now, is brought up to the new one.

A file of the site may stand in both folders. It is never written to: a new one takes its place, in one folder.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import trees
from .exchanging import exchange
from .staging import Place, Swap, check, discard, switch


def make(place: Place) -> bool:
    """Makes a twin of the site that stands there; False where the file system knows no links."""
    try:
        if place.twin.exists():
            discard(place, place.twin)
        place.twin.mkdir()
        _link(place.output, place.twin, list(trees.files(place.output)))
        os.link(place.output / trees.MARKER, place.twin / trees.MARKER)  # at last: from now on it is a site
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """How every file of a site stands, and how many are new."""

    outputs: Mapping[str, trees.Standing]
    written: int


def renew(place: Place, new: Path, carried: Collection[str], outputs: Mapping[str, trees.Standing], swap: Swap = exchange) -> Renewed:
    """Puts a site in place: the files under ``new``, and those of the site there (it stands as ``outputs``) that are ``carried``.

    Raises OSError where that cannot be done by links; then the old site stands there still.
    """
    if not trees.is_linked(place.twin, outputs) and not make(place):
        raise OSError("no twin can be made here")
    written = list(trees.files(new))
    gone = outputs.keys() - {trees.MARKER, *written, *carried}
    stays = {path: standing for path, standing in outputs.items() if path not in gone}
    trees.unseal(place.twin)
    _move(new, place.twin, written)
    _remove(place.twin, gone)
    trees.seal(place.twin, {*stays, *written} - {trees.MARKER})
    check(place.output)
    switch(place, place.twin, swap)
    _catch_up(place, written, gone)
    # What is not new is known; were it looked at again, a file that somebody altered meanwhile would pass for ours.
    return Renewed(outputs={**stays, **trees.look_at(place.output, [*written, trees.MARKER])}, written=len(written))


def _catch_up(place: Place, written: Collection[str], gone: Iterable[str]) -> None:
    """What cannot be done now costs the next build a new twin."""
    with suppress(OSError):
        if place.old.exists():  # where folders cannot change places, two renames left the old site there
            place.old.rename(place.twin)
        if trees.foreign(place.twin):
            discard(place, place.twin)
            return
        trees.unseal(place.twin)
        _remove(place.twin, gone)
        _link(place.output, place.twin, written)
        os.link(place.output / trees.MARKER, place.twin / trees.MARKER)


def _move(source: Path, target: Path, paths: Iterable[str]) -> None:
    for path in paths:
        _make_folder(target / path)
        os.replace(source / path, target / path)


def _link(source: Path, target: Path, paths: Collection[str]) -> None:
    for folder in sorted({os.path.dirname(path) for path in paths}):
        os.makedirs(os.path.join(target, folder), exist_ok=True)
    for path in paths:
        here, there = os.path.join(source, path), os.path.join(target, path)
        try:
            os.link(here, there)
        except FileExistsError:  # rarely, and so not looked for before
            os.unlink(there)
            os.link(here, there)


def _make_folder(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)


def _remove(tree: Path, paths: Iterable[str]) -> None:
    """Files, and the folders that are empty without them."""
    for path in paths:
        (tree / path).unlink(missing_ok=True)
    for folder in sorted({os.path.dirname(path) for path in paths}, reverse=True):
        with suppress(OSError):
            os.removedirs(tree / folder) if folder else None
