"""The records of the last build, read before anybody asks for them: by a process that stands by, for the builds that it forks.

A value of a pack is never written over, so that what was read from a file holds as long as it is that file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from . import keeping, packing, sealing

_SECTIONS = ("meeting", "person", "organization", "cluster", "document", "page")
"""What a build wants all of; texts and views of pages are left where they are."""


class _File(NamedTuple):
    """A pack has a name that no other had; the number tells a file that was put in its place, and one that shrank was cut off."""

    name: str
    inode: int
    size: int

    @classmethod
    def at(cls, path: Path) -> _File:
        stat = path.stat()
        return cls(path.name, stat.st_ino, stat.st_size)

    def has_become(self, later: _File) -> bool:
        return self[:2] == later[:2] and self.size <= later.size


class AtHand:
    """Of one site at a time. What is no longer in its archive is forgotten, so that no more is held than one archive."""

    def __init__(self) -> None:
        self._file = _File("", 0, 0)
        self._values: dict[int, Any] = {}

    def read(self, workshop: Path) -> None:
        """Reads what is new since the last time. What cannot be read now, a build will read or do without."""
        kept = keeping.load(workshop)
        pack = workshop / (kept.pack if kept else "")
        known = self.of(pack)
        self._file, self._values = _File("", 0, 0), {}
        try:
            found = _File.at(pack)
            with pack.open("rb") as file:
                read = [packing.read_all(file, kept.index.get(section, ""), known) for section in _SECTIONS] if kept else []
        except (OSError, sealing.Damaged):
            return
        self._file, self._values = found, {place: value for section in read for place, value in section.items()}

    def of(self, pack: Path) -> Mapping[int, Any]:
        """What was read of a pack, by where it stands in it; nothing where that is another file."""
        try:
            return self._values if self._file.has_become(_File.at(pack)) else {}
        except OSError:
            return {}
