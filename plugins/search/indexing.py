"""Builds one segment of the index from meetings that come one at a time; how its files look: pieces.py, docs/search.md."""

from __future__ import annotations

import gc
import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from .analysis import Synonyms, analyse, folded
from .coding import compact, numbers
from .documents import Document
from .facets import Facet
from .findables import Findable
from .gathering import Lines, write_run
from .merging import merged
from .pieces import FRONT, Piece, Shelf, write_names, write_pairs, write_terms

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How large the files are and how the work is done; what readers find is the same for any."""

    piece: int
    """Signs in a piece of lists, about."""
    cards: int
    """Cards in a file."""
    front: int = 32_000
    """Signs of the dictionary that come with the page: its blocks with the commonest words."""
    dense: float = 0.5
    """A term in more than this share of the meetings is told by the meetings without it."""
    batch: int = 1_000
    """Meetings read at a time; memory grows with it."""
    processes: int = 1


def plan(total: int) -> Plan:
    """What suits an archive of a size: fewer, larger files for a large one."""
    processes = min(2, os.cpu_count() or 1) if total >= 4000 else 1
    if total > 30_000:
        return Plan(piece=29_000, cards=25, front=64_000, batch=2_000, processes=processes)
    return Plan(piece=15_000, cards=10, processes=processes)


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes pieces below a folder."""

    path: Path

    def __call__(self, piece: Piece) -> None:
        file = self.path / piece.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(piece.content.encode("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a segment is made from; ``total`` meetings come from ``documents``, oldest first."""

    documents: Iterable[Document]
    total: int
    found: Sequence[Findable]
    ways: Sequence[Facet]
    known: Synonyms


def write_segment(source: Source, letter: str, how: Plan, folder: Folder) -> dict[str, Any]:
    """Writes the files of a segment, whose names begin with ``letter``; what the page must know to find them, as JSON."""
    shelf = Shelf(folder, letter)
    with tempfile.TemporaryDirectory() as scratch, _executor(how.processes) as executor:
        read = _read(source, how, shelf, Path(scratch), executor)
        runs = sorted(path.with_suffix("") for path in Path(scratch).glob("*.json"))
        parts = [executor.submit(_lists, kind, runs, source.total, how, letter, folder) for kind in ("pairs", "terms")]
        (pairs, directories), (terms, dictionary) = (part.result() for part in parts)
    lists, rows = _named(source.found, source.known)
    names = write_names(lists, rows, shelf, how.piece)
    mark = shelf.close([*directories, *dictionary])
    return {"id": letter, "n": source.total, "dense": how.dense, **read, "w": terms, "q": pairs, "h": names, FRONT: mark}


def _read(source: Source, how: Plan, shelf: Shelf, scratch: Path, executor: Executor) -> dict[str, Any]:
    """Hands the meetings to be analysed, batch by batch, and writes what is shown of them meanwhile."""
    years: Counter[int] = Counter()
    columns = [_Column(way) for way in source.ways]
    cards: list[list[str]] = []
    marks: list[str] = []
    batch: list[Lines] = []
    waiting: list[Future[Any]] = []
    start = 0

    def send() -> None:
        nonlocal batch, start
        if len(waiting) > how.processes:
            waiting.pop(0).result()  # else the batches that wait would fill the memory
        waiting.append(executor.submit(write_run, start, batch, source.known, source.total, scratch / f"{start:09}"))
        start += len(batch)
        batch = []

    for place, document in enumerate(source.documents):
        years[document.year] += 1
        for column in columns:
            column.add(place)
        cards.append(document.card)
        if len(cards) == how.cards:
            marks.append(shelf.put("c", compact(cards)))
            cards = []
        batch.append(document.lines)
        if len(batch) == how.batch:
            send()
    if cards:
        marks.append(shelf.put("c", compact(cards)))
    if batch:
        send()
    for job in waiting:
        job.result()
    facets = {column.way.key: shelf.put(f"f{column.way.key}", column.text()) for column in columns}
    return {"years": sorted(years.items()), "size": how.cards, "c": shelf.put("d", "".join(marks), in_front=True), "f": facets}


class _Column:
    """The values that each meeting has of one facet: those that most have are written shortest."""

    def __init__(self, way: Facet) -> None:
        self.way = way
        counts = Counter(id for ids in way.of_meeting for id in ids)
        self._order = {id: place for place, (id, _) in enumerate(way.values)}
        self._frequent = sorted(way.values, key=lambda value: (-counts[value[0]], value))
        self._ranks = {id: rank for rank, (id, _) in enumerate(self._frequent)}
        self._written = array("I")

    def add(self, meeting: int) -> None:
        ids = self.way.of_meeting[meeting]
        last = len(ids) - 1
        self._written.extend([1 + self._ranks[id] * 2 + (place < last) for place, id in enumerate(ids)] or [0])

    def text(self) -> str:
        values = [[id, label, self._order[id]] for id, label in self._frequent]
        return compact({"v": values, "m": numbers(self._written)})


def _named(found: Sequence[Findable], known: Synonyms) -> tuple[Mapping[str, list[int]], list[list[Any]]]:
    """The records that a query can name, those that most meetings name first: their numbers by term, and what is shown of them."""
    ordered = by_count(found)
    lists: dict[str, list[int]] = {}
    for place, one in enumerate(ordered):
        names = (one.label, *one.also)
        terms = (
            {term.term for name in names for term in analyse(name, known)} | {"=" + folded(name) for name in names} | {"@" + one.kind[0]}
        )
        for term in terms - {"="}:
            lists.setdefault(term, []).append(place)
    return lists, name_rows(found)


def by_count(found: Sequence[Findable]) -> list[Findable]:
    """In the order of the index: those that most meetings name first."""
    return sorted(found, key=lambda one: -one.count)


def name_rows(found: Sequence[Findable]) -> list[list[Any]]:
    """What the index shows of each: kind, id, path, label, other names, count."""
    return [[one.kind, one.id, one.path, one.label, list(one.also), one.count] for one in by_count(found)]


def _lists(kind: str, runs: Sequence[Path], total: int, how: Plan, letter: str, folder: Folder) -> tuple[dict[str, Any], list[str]]:
    """What leads to the lists, and what of it goes to the front."""
    shelf = Shelf(folder, letter)
    with without_collection():
        entries = merged(runs, kind, total, how.dense)
        said = write_terms(entries, shelf, how.piece, how.front) if kind == "terms" else write_pairs(entries, shelf, how.piece)
    return said, shelf.front


@contextmanager
def without_collection() -> Iterator[None]:
    """Many small objects that all live: looking for rings among them would take half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _executor(processes: int) -> Iterator[Executor]:
    if processes > 1:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            yield pool
    else:
        yield _Here()


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, function: Callable[P, R], /, *args: P.args, **named: P.kwargs) -> Future[R]:
        done: Future[R] = Future()
        done.set_result(function(*args, **named))
        return done
