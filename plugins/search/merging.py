"""Runs to whole lists, one for each term and field, in the form in which they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .analysis import fold
from .chunks import Array, together
from .coding import many, order
from .gathering import FIELDS, LEVELS

_SAMPLE, _AT_ONCE = 10_000, 40
"""Every so manieth occurrence is looked at, to cut the work into parts of so many samples."""


class Listed(NamedTuple):
    """A term (or a pair) with its lists, and how many meetings each list stands for, in the order of FIELDS."""

    text: str
    counts: Sequence[int]
    lists: str


class _Run:
    """One run: its texts as numbers in the order of all runs' texts, and its occurrences, which stay in their files."""

    def __init__(self, stem: Path, kind: str, total: int, own: Array, width: int) -> None:
        self._file = f"{stem}.{kind}{{}}.npy"
        self._own, self._width, self._pairs = own, width, kind == "pairs"
        self._unit = total if self._pairs else total * LEVELS

    def field(self, field: int) -> Array:
        """All occurrences in a field. The file is opened each time, so that what was read of it does not stay in memory."""
        return np.load(self._file.format(field), mmap_mode="r")

    def known(self, numbers: Array) -> Array:
        """Occurrences with the number of their text among all."""
        entries, rest = np.divmod(numbers, self._unit)
        if not self._pairs:
            return self._own[entries] * self._unit + rest
        left, right = np.divmod(entries, len(self._own))
        return (self._own[left] * self._width + self._own[right]) * self._unit + rest

    def part(self, field: int, first: int, last: int) -> Array:
        """The occurrences of the entries from ``first`` up to ``last`` (not included)."""
        found = self.field(field)
        return self.known(found[slice(*np.searchsorted(found, [self._start(first), self._start(last)]))])

    def _start(self, entry: int) -> int:
        if not self._pairs:
            return int(np.searchsorted(self._own, entry)) * self._unit
        left, right = divmod(entry, self._width)
        own = int(np.searchsorted(self._own, left))
        inner = int(np.searchsorted(self._own, right)) if own < len(self._own) and self._own[own] == left else 0
        return (own * len(self._own) + inner) * self._unit


def merged(stems: Sequence[Path], kind: str, total: int, dense: float) -> Iterator[Listed]:
    """All entries of all runs: "terms" in order of fold, then of term; "pairs" of folds in order. A text list of a term that more than
    ``dense`` of the meetings have is turned round: it tells the meetings without it, and not how often the others have it."""
    told = [json.loads(Path(f"{stem}.json").read_text(encoding="utf-8"))["folds" if kind == "pairs" else kind] for stem in stems]
    key: Callable[[str], str] = order if kind == "pairs" else lambda term: order(fold(term)) + " " + order(term)
    keys = {text: key(text) for texts in told for text in texts}
    texts = sorted(keys, key=keys.__getitem__)
    places = {text: place for place, text in enumerate(texts)}
    runs = [
        _Run(stem, kind, total, np.array([places[text] for text in own], dtype=np.int64), len(texts))
        for stem, own in zip(stems, told, strict=True)
    ]
    levels, width = (1, len(texts)) if kind == "pairs" else (LEVELS, 0)
    for first, last in _cuts(runs, total * levels, len(texts) * (width or 1)):
        found = (np.sort(np.concatenate([run.part(field, first, last) for run in runs])) for field in range(len(FIELDS)))
        columns = [_column(numbers, total, levels) for numbers in found]
        if not width:
            columns[0].turn_round(total, dense)
        for entry, counts, lists in _rows(columns):
            yield Listed(f"{texts[entry // width]} {texts[entry % width]}" if width else texts[entry], counts, lists)


def _cuts(runs: Sequence[_Run], unit: int, end: int) -> Iterator[tuple[int, int]]:
    """The entries in parts, each with about as many occurrences."""
    samples = np.sort(together([run.known(run.field(field)[::_SAMPLE]) for run in runs for field in range(len(FIELDS))])) // unit
    bounds = [0, *np.unique(samples[_AT_ONCE::_AT_ONCE]).tolist(), end]
    return pairwise(bounds) if end else iter(())


class _Column(NamedTuple):
    """The entries that a field has, in order: how many meetings each stands for, which these are (those of an entry end where ``ends``
    says), and its list."""

    entries: Array
    counts: Array
    places: Array
    ends: Array
    lists: list[str]

    def turn_round(self, total: int, dense: float) -> None:
        """Tells the entries that more than ``dense`` of the meetings have by the meetings without them."""
        for at in np.flatnonzero(self.counts > most_told(total, dense)):
            missing = np.setdiff1d(np.arange(total), self.places[self.ends[at] : self.ends[at + 1]], assume_unique=True)
            self.lists[at] = many(np.diff(missing, prepend=-1) * LEVELS - LEVELS)[0]


def _column(found: Array, total: int, levels: int) -> _Column:
    each, steps = np.divmod(found, levels)
    entries, places = np.divmod(each, total)
    firsts = np.flatnonzero(np.diff(entries, prepend=-1))
    gaps = np.diff(places, prepend=-1) - 1
    gaps[firsts] = places[firsts]
    text, starts = many(gaps * levels + steps)
    bounds = [*starts[firsts].tolist(), len(text)]
    ends = np.append(firsts, len(found))
    lists = [text[start:end] for start, end in pairwise(bounds)]
    return _Column(entries[firsts], np.diff(ends), places, ends, lists)


def _rows(columns: Sequence[_Column]) -> Iterator[tuple[int, list[int], str]]:
    """Each entry that any field has, with its counts and lists."""
    entries = np.unique(np.concatenate([column.entries for column in columns]))
    counts = np.zeros((len(entries), len(columns)), dtype=np.int64)
    lists = [""] * len(entries)
    for field, column in enumerate(columns):
        rows = np.searchsorted(entries, column.entries)
        counts[rows, field] = column.counts
        for row, written in zip(rows.tolist(), column.lists, strict=True):
            held = lists[row]
            lists[row] = held + " " * (field - held.count(" ")) + written if field else written
    return zip(entries.tolist(), counts.tolist(), lists, strict=True)


def most_told(total: int, dense: float) -> float:
    """An entry that more meetings have is told by the meetings without it."""
    return dense * total
