"""From the names in the records to entries of the cache: every picture once, a faulty one never in the way of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import executing, pixels, recipe
from .cache import Cache, Entry
from .results import Fault, broken
from .shelf import Shelf


@dataclass(slots=True)
class Workshop:
    """Makes pictures. ``keys`` and ``faults`` (by name) and ``entries`` (by key) are filled by :meth:`make`.

    Two names for the same bytes have one key, and one set of derivatives.
    """

    shelf: Shelf
    cache: Cache
    keys: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    """Keys that were looked up or handed over already."""

    def make(self, names: Iterable[str], setting: executing.Setting, advance: Callable[[], None]) -> None:
        """Takes every name to an entry or to a fault, with the executor of a setting; ``advance`` is called once for each name."""
        broken_keys: dict[str, Fault] = {}
        for key, made in executing.completed(pixels.derive, self._to_make(sorted(names), advance), setting):
            if isinstance(made, Fault):
                broken_keys[key] = made
            else:
                self.entries[key] = self.cache.put(key, made)
            advance()
        self.faults |= {name: broken_keys[key] for name, key in self.keys.items() if key in broken_keys}

    def _to_make(self, names: list[str], advance: Callable[[], None]) -> Iterator[tuple[str, bytes]]:
        digest = recipe.digest(pixels.encoders())
        for name in names:
            data = sound_bytes(self.shelf, name)
            if isinstance(data, Fault):
                self.faults[name] = data
            elif not self._known(name, recipe.key(data, digest)):
                yield self.keys[name], data
                continue
            advance()

    def _known(self, name: str, key: str) -> bool:
        """True where another name for the same bytes came before, or the cache has what is wanted."""
        self.keys[name] = key
        if key in self.begun:
            return True
        self.begun.add(key)
        entry = self.cache.get(key)
        if entry is not None:
            self.entries[key] = entry
        return entry is not None


def sound_bytes(shelf: Shelf, name: str) -> bytes | Fault:
    """The bytes of a picture whose name and header are in order, or what is wrong with it; nothing is decoded."""
    path = shelf.find(name)
    if isinstance(path, Fault):
        return path
    try:
        data = path.read_bytes()
    except OSError as error:
        return broken(f"không đọc được tệp, {type(error).__name__}")
    return pixels.fault_of(data, Path(name).suffix.removeprefix(".")) or data
