"""Runs to whole lists, one for each term and field, in the form in which they are written."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from .coding import number, numbers, read
from .gathering import FIELDS, LEVELS, Entry, Part, read_run


class Listed(NamedTuple):
    """A term (or a pair) with its lists, and how many meetings each list stands for, in the order of FIELDS."""

    text: str
    counts: tuple[int, ...]
    lists: str


def merged(runs: Sequence[Path], total: int, levels: int, dense: float) -> Iterator[Listed]:
    """All entries of all runs. A text list of more than ``dense`` of the meetings is turned round: it tells the meetings without the
    term, and not how often the others have it."""
    turns = levels == LEVELS
    for text, same in _together(heapq.merge(*map(read_run, runs), key=itemgetter(0))):
        if len(same) == 1:
            counts = tuple([part[3] if part else 0 for part in same[0]])
            lists = [(number(part[0] * levels + part[1]) + part[4]).decode() if part else "" for part in same[0]]
        else:
            columns = [[Part(*parts[field]) for parts in same if parts[field]] for field in range(len(FIELDS))]
            counts = tuple(sum(part.count for part in column) for column in columns)
            lists = [_joined(column, levels) for column in columns]
        if turns and is_dense(counts[0], total, dense):
            lists[0] = _turned_round(lists[0], total)
        yield Listed(text, counts, " ".join(lists).rstrip(" "))


def _together(entries: Iterable[Entry]) -> Iterator[tuple[str, list[tuple[Part | None, ...]]]]:
    """Entries of one key, which follow one another, as one."""
    before, text, same = None, "", []
    for key, term, parts in entries:
        if key == before:
            same.append(parts)
            continue
        if same:
            yield text, same
        before, text, same = key, term, [parts]
    if same:
        yield text, same


def is_dense(count: int, total: int, dense: float) -> bool:
    return count > dense * total


def _joined(parts: Iterable[Part], levels: int) -> str:
    written, before = bytearray(), -1
    for part in parts:
        written += number((part.first - before - 1) * levels + part.level) + part.rest
        before = part.last
    return written.decode()


def _turned_round(written: str, total: int) -> str:
    missing, expected = [], 0
    for value in read(written):
        gap = value // LEVELS
        missing += range(expected, expected + gap)
        expected += gap + 1
    missing += range(expected, total)
    return numbers((place - before - 1) * LEVELS for before, place in zip([-1, *missing], missing, strict=False))
