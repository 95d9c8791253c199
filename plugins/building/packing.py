"""Records, texts and views kept on disk one by one, so that a build which needs a few of them reads no more than those.

A pack is one file; its index is kept elsewhere, with what it belongs to. Each value is sealed (see :mod:`building.sealing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from plugins.archive import pickling
from plugins.archive.outputs import Pickled

from .sealing import Damaged, opened, seal

_WAITING = 4_000_000
_FEW = 50
"""So many values of a section are looked up in its text; whoever wants more is better served by all its lines."""
_ASIDE = ".aside-"

Index = dict[str, str]
"""By section, a line for each value: name, offset and size. The last line of a name is the one that holds. It stays text, since most builds
look for a few names only, and reading 50,000 lines would take longer than all the rest."""


class Pack:
    """A file of values under names, in sections. Values are added at its end; one that was replaced stays in the file until a new pack
    is made."""

    def __init__(self, path: Path, index: Mapping[str, str], at_hand: Mapping[int, Any] = MappingProxyType({})) -> None:
        """``at_hand`` are values that were read from the file before, by where they stand in it."""
        self.path = path
        self._at_hand = at_hand
        self._index = dict(index)
        self._added: dict[str, list[str]] = {}
        self._asked: dict[str, int] = {}
        self._read: dict[str, dict[str, str]] = {}
        self._waiting = bytearray()
        self._fault: OSError | None = None
        self._process = os.getpid()
        self._aside: _Aside | None = None
        self._end = path.stat().st_size if path.exists() else 0
        for beside in self.asides():  # of a build that was killed
            beside.unlink()

    @property
    def index(self) -> Index:
        for section, lines in self._added.items():
            if section in self._read:
                self._read[section].update(_by_name(lines))
            self._index[section] = self._index.get(section, "\n") + "".join(lines)
        self._added = {}
        return self._index

    def put(self, section: str, name: str, value: object) -> None:
        """Adds a value; it is in the file after :meth:`flush` at the latest. A name holds neither tab nor line end.

        May be called in processes that were forked meanwhile: each writes to a file of its own, which :meth:`flush` takes up.
        """
        data = value.data if isinstance(value, Pickled) else pickling.dumps(value)
        if os.getpid() != self._process:
            self._put_aside(section, name, data)
            return
        self._add(section, name, seal(data))

    def _add(self, section: str, name: str, sealed: bytes) -> None:
        self._added.setdefault(section, []).append(f"{name}\t{self._end}\t{len(sealed)}\n")
        self._end += len(sealed)
        self._waiting += sealed
        if len(self._waiting) > _WAITING:
            self._write()

    @property
    def size(self) -> int:
        """Of the file, after :meth:`flush`."""
        return self._end

    def lean(self, path: Path) -> Pack:
        """A copy that holds the last value of each name and no other, as it lies here."""
        made = Pack(path, {})
        with self.path.open("rb", buffering=0) as file:
            for section in self.index:
                for name, line in self._lines(section).items():
                    offset, size = _place(line)
                    file.seek(offset)
                    made._add(section, name, file.read(size))
        made.flush()
        return made

    def flush(self) -> None:
        """Raises OSError where not all that was put here is in the file: a build must not fail for what only the next one wants.

        A process that was forked meanwhile learns so whether what it put beside the file is there.
        """
        if os.getpid() == self._process:
            self._write()
            self.take_up(self.asides())
        if self._fault:
            raise self._fault

    def take_up(self, asides: Iterable[Path]) -> None:
        """Puts what such processes left into the pack; of processes that have ended, while others may still be at work."""
        for beside in asides:
            self._take_up(beside)

    def asides(self) -> list[Path]:
        """The files that hold by now what processes put here that were forked."""
        return sorted(self.path.parent.glob(f"{self.path.name}{_ASIDE}*"))

    def _put_aside(self, section: str, name: str, data: bytes) -> None:
        try:
            if self._aside is None or self._aside.process != os.getpid():
                self._aside = _Aside(self.path)
            self._aside.put(section, name, seal(data))
        except OSError as error:  # unless somebody asks, what is kept lacks this, and the next build that wants it does without
            self._aside, self._fault = None, error

    def _take_up(self, beside: Path) -> None:
        """One value after the other, as long as they are whole: whoever wrote them may have been cut off."""
        with beside.open("rb") as file:
            while head := file.readline():
                section, name, size = head.decode().rstrip("\n").split("\t")
                data = file.read(int(size))
                if len(data) < int(size):
                    break
                self._add(section, name, data)
        self._write()
        beside.unlink()

    def _write(self) -> None:
        try:
            with self.path.open("ab") as file:
                file.write(self._waiting)
        except OSError as error:
            self._fault = error
        self._waiting = bytearray()

    def get(self, section: str, name: str) -> Any:
        """Raises KeyError where there is no such value, and Damaged where it is not whole."""
        self._asked[section] = self._asked.get(section, 0) + 1
        if self._asked[section] > _FEW:
            return self._at(*_place(self._lines(section)[name]))
        lines = self.index.get(section, "")
        start = lines.rfind(f"\n{name}\t")
        if start < 0:
            raise KeyError(f"{section}/{name}")
        return self._at(*_place(lines[start + 1 : lines.index("\n", start + 1)]))

    def _lines(self, section: str) -> Mapping[str, str]:
        """The last line of each name."""
        index = self.index
        if section not in self._read:
            self._read[section] = _by_name(index.get(section, "").split("\n"))
        return self._read[section]

    def section(
        self, section: str, names: Iterable[str], key: Callable[[str], Any] = str, changed: Mapping[Any, Any] | None = None
    ) -> Mapping[Any, Any]:
        """The values of a section that have these ``names``, in their order, under what ``key`` makes of each; a value is read when it is asked
        for, and once. Those that are ``changed`` are given in their places. Raises KeyError where there is none of a name."""
        places = self._lines(section)
        return _Section({key(name): places[name] for name in names}, lambda line: self._at(*_place(line)), dict(changed or {}))

    def _at(self, offset: int, size: int) -> Any:
        if offset in self._at_hand:
            return self._at_hand[offset]
        try:
            with self.path.open("rb", buffering=0) as file:
                file.seek(offset)
                return opened(file.read(size))
        except OSError as error:
            raise Damaged(str(self.path)) from error


def read_all(file: BinaryIO, lines: str, known: Mapping[int, Any]) -> dict[int, Any]:
    """Every value of a section, of which the index has these ``lines``, by where it stands in the file; what is ``known`` is not read again. Raises
    Damaged."""
    found: dict[int, Any] = {}
    for offset, size in map(_place, _by_name(lines.split("\n")).values()):
        if offset in known:
            found[offset] = known[offset]
        else:
            file.seek(offset)
            found[offset] = opened(file.read(size))
    return found


class _Aside:
    """What one forked process puts beside a pack: a line with section, name and size before each value."""

    def __init__(self, pack: Path) -> None:
        self.process = os.getpid()
        self._file = pack.with_name(f"{pack.name}{_ASIDE}{self.process}").open("ab", buffering=0)  # such a process ends without a farewell

    def put(self, section: str, name: str, sealed: bytes) -> None:
        self._file.write(f"{section}\t{name}\t{len(sealed)}\n".encode() + sealed)


def _by_name(lines: Iterable[str]) -> dict[str, str]:
    return {line.partition("\t")[0]: line.rstrip("\n") for line in lines if line.strip()}


def _place(line: str) -> tuple[int, int]:
    _, offset, size = line.split("\t")
    return int(offset), int(size)


class _Section(Mapping[Any, Any]):
    def __init__(self, places: Mapping[Any, str], read: Callable[[str], Any], made: dict[Any, Any]) -> None:
        self._places = places
        self._read = read
        self._made = made

    def __getitem__(self, name: Any) -> Any:
        if name not in self._made:
            self._made[name] = self._read(self._places[name])
        return self._made[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places
