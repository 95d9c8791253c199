"""From the lines of many meetings to lists of occurrences, sorted by term: a run. Runs are written to files and merged by merging.py,
so that memory does not grow with the archive, and each can be made by a process of its own.
"""

from __future__ import annotations

import gc
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .analysis import LineReader, Synonyms, fold
from .coding import FREQUENT, number, order

FIELDS = ("text", "names", "title")
"""In the order in which lists are written; most terms occur in texts only."""
LEVELS = 3
STEPS = (1, 2, 4)
"""How often a term occurs in a field is kept as one of these: once, two or three times, oftener."""
_CHUNK = 2000


class Lines(NamedTuple):
    """What of a meeting is indexed: a line for each block, and marks, which are terms as they stand."""

    text: Sequence[str]
    names: Sequence[str]
    title: Sequence[str]
    marks: Sequence[str]


class Part(NamedTuple):
    """The occurrences of a term in one field of the meetings of a run; ``rest`` tells those after the first, as gaps."""

    first: int
    level: int
    last: int
    count: int
    rest: bytes


Entry = tuple[str, str, tuple[Part | None, ...]]
"""Key to sort by, term, a part for each field."""


class Gatherer:
    """Takes meetings in ascending order of number."""

    def __init__(self, known: Synonyms) -> None:
        self._reader = LineReader(known)
        self._lines: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}
        self._terms: tuple[dict, ...] = ({}, {}, {})
        self._pairs: tuple[dict, ...] = ({}, {}, {})

    def add(self, place: int, lines: Lines) -> None:
        for field, name in enumerate(FIELDS):
            terms: Counter[int] = Counter()
            pairs: set[tuple[int, int]] = set()
            read = self._reader.read if name == "text" else self._known
            for line in getattr(lines, name):
                found, links = read(line)
                terms.update(found)
                pairs.update(links)
            if name == "names":
                terms.update(map(self._reader.number, lines.marks))
            _add_terms(self._terms[field], place, terms)
            _add_pairs(self._pairs[field], place, pairs)

    def _known(self, line: str) -> tuple[list[int], list[tuple[int, int]]]:
        """What a line comes to that many meetings have, as a name."""
        if line not in self._lines:
            self._lines[line] = self._reader.read(line)
        return self._lines[line]

    def terms(self) -> Iterator[Entry]:
        """Every term, in order of fold, then of term."""
        keys = {at: order(fold(term)) + " " + order(term) for at, term in enumerate(self._reader.terms)}
        return self._sorted(self._terms, keys.__getitem__, self._reader.terms.__getitem__)

    def pairs(self) -> Iterator[Entry]:
        """Every pair of folds, in order."""
        folds = self._reader.folds
        keys = [order(text) for text in folds]
        return self._sorted(self._pairs, lambda pair: f"{keys[pair[0]]} {keys[pair[1]]}", lambda pair: f"{folds[pair[0]]} {folds[pair[1]]}")

    @staticmethod
    def _sorted(lists: tuple[dict, ...], key_of, text_of) -> Iterator[Entry]:
        merged: dict = {}
        for field, found in enumerate(lists):
            for item, part in found.items():
                merged.setdefault(item, [None] * len(FIELDS))[field] = part
        for key, item in sorted((key_of(item), item) for item in merged):
            parts = tuple(part and Part(*part[:4], bytes(part[4] or b"")) for part in merged[item])
            yield key, text_of(item), parts


def _add_terms(lists: dict, place: int, found: Counter[int]) -> None:
    frequent, bound = FREQUENT, len(FREQUENT)
    for key, times in found.items():
        height = 0 if times == 1 else 1 if times < 4 else 2
        part = lists.get(key)
        if part is None:
            lists[key] = [place, height, place, 1, bytearray()]
            continue
        value = (place - part[2] - 1) * LEVELS + height
        part[4] += frequent[value] if value < bound else number(value)
        part[2] = place
        part[3] += 1


def _add_pairs(lists: dict, place: int, found: Iterable[tuple[int, int]]) -> None:
    frequent, bound = FREQUENT, len(FREQUENT)
    for key in found:
        part = lists.get(key)
        if part is None:
            lists[key] = [place, 0, place, 1, None]
            continue
        value = place - part[2] - 1
        code = frequent[value] if value < bound else number(value)
        if part[4] is None:
            part[4] = bytearray(code)  # made late: most pairs occur once
        else:
            part[4] += code
        part[2] = place
        part[3] += 1


def write_run(start: int, batch: Sequence[Lines], known: Synonyms, stem: Path) -> None:
    """Writes the terms and the pairs of a batch, whose first meeting has the number ``start``, to two files."""
    with without_collection():
        gatherer = Gatherer(known)
        for place, lines in enumerate(batch, start):
            gatherer.add(place, lines)
        for kind, entries in (("terms", gatherer.terms()), ("pairs", gatherer.pairs())):
            with stem.with_suffix("." + kind).open("wb") as file:
                _dump(entries, file)


def _dump(entries: Iterator[Entry], file) -> None:
    chunk: list[Entry] = []
    for key, text, parts in entries:
        chunk.append((key, text, tuple(part and tuple(part) for part in parts)))
        if len(chunk) == _CHUNK:
            pickle.dump(chunk, file, protocol=5)
            chunk = []
    pickle.dump(chunk, file, protocol=5)


def read_run(path: Path) -> Iterator[Entry]:
    """The entries of a file, a few at a time."""
    with path.open("rb") as file:
        while True:
            try:
                chunk = pickle.load(file)
            except EOFError:
                return
            yield from chunk


@contextmanager
def without_collection() -> Iterator[None]:
    """Millions of small objects that all live: looking for rings among them would take half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
