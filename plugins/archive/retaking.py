"""Entries as the last build read them, of files that are as they were: what was read and checked once need not be read again."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .outputs import Keep, keep_nothing, nothing_kept
from .problems import Problem

if TYPE_CHECKING:
    from .reading import Entry

Taken = tuple["Entry | None", Sequence[Problem]]
"""What became of a file: its entry, if it is one, and what there is to tell of it."""
Shelf = Sequence[tuple["Entry", Sequence[Problem]]]

_FOLDERS = "meetings/entries"


class Retaken:
    """What the last build took of the files whose SHA-256, by path below the content folder, stands in ``digests`` still."""

    def __init__(self, kept: Callable[[str], Any] = nothing_kept, keep: Keep = keep_nothing, digests: Mapping[str, str] | None = None) -> None:
        self._keep = keep
        self._taken: tuple[Taken, ...] = ()
        self._shelves = _shelves(kept) if digests else {}
        every = (taken for shelf in self._shelves.values() for taken in shelf)
        self.known: Mapping[str, Taken] = {taken[0].path: taken for taken in every if digests and digests.get(taken[0].path) == taken[0].sha256}

    def take(self, all_taken: Iterable[Taken]) -> None:
        """What there is now, of all files in order of path."""
        self._taken = tuple(all_taken)

    @property
    def has_much_to_keep(self) -> bool:
        """Whether keeping is worth a process of its own: for a build that goes on from nothing, and is to be gone on from."""
        return self._keep is not keep_nothing and not self.known

    def keep(self) -> None:
        """Keeps for the next build what was taken, folder by folder: so that an edit costs what lies beside the edited file, and no more."""
        shelves: defaultdict[str, list[Any]] = defaultdict(list)
        for taken in self._taken:
            if taken[0] is not None:  # drafts are few
                shelves[os.path.dirname(taken[0].path)].append(taken)
        for folder, shelf in shelves.items():
            if not _is_same(shelf, self._shelves.get(folder, ())):
                self._keep(f"{_FOLDERS}/{folder}", tuple(shelf))
        self._keep(_FOLDERS, tuple(shelves))


def taken_of(path: str, kept: Callable[[str], Any]) -> Taken | None:
    """What the last build took of one file, by its path below the content folder."""
    try:
        return next((taken for taken in kept(f"{_FOLDERS}/{os.path.dirname(path)}") if taken[0].path == path), None)
    except KeyError:
        return None


def keep_again(all_taken: Mapping[str, Taken], kept: Callable[[str], Any], keep: Keep) -> None:
    """Puts what was taken of some files, by path, in the places of what the last build took of them."""
    for folder in sorted({os.path.dirname(path) for path in all_taken}):
        name = f"{_FOLDERS}/{folder}"
        keep(name, tuple(all_taken.get(taken[0].path, taken) for taken in kept(name)))


def _shelves(kept: Callable[[str], Any]) -> dict[str, Shelf]:
    try:
        return {folder: kept(f"{_FOLDERS}/{folder}") for folder in kept(_FOLDERS)}
    except KeyError:
        return {}


def _is_same(one: Shelf, other: Shelf) -> bool:
    return len(one) == len(other) and all(map(lambda ours, theirs: ours is theirs, one, other))
