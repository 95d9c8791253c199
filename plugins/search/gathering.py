"""From the lines of many meetings to lists of occurrences, sorted by term: a run. Runs are written to files and merged by merging.py,
so that memory does not grow with the archive, and each can be made by a process of its own.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .analysis import Synonyms, fold
from .chunks import Array, Chunks, LongForms, together
from .coding import order

FIELDS = ("text", "names", "title")
"""In the order in which lists are written; most terms occur in texts only."""
LEVELS = 3
STEPS = (1, 2, 4)
"""How often a term occurs in a field is kept as one of these: once, two or three times, oftener."""


class Lines(NamedTuple):
    """What of a meeting is indexed: a line for each block, and marks, which are terms as they stand. White space of any kind and
    length parts words and means nothing else."""

    text: Sequence[str]
    names: Sequence[str]
    title: Sequence[str]
    marks: Sequence[str]


class Occurrences(NamedTuple):
    """Every occurrence of a term, and every two folds that stand side by side, each with the number of its line or its meeting."""

    terms: Array
    term_places: Array
    lefts: Array
    rights: Array
    pair_places: Array


class Reader:
    """Reads lines to the terms that ``analysis.analyse`` finds; ``chunks`` knows what numbers stand for."""

    def __init__(self, known: Synonyms) -> None:
        self.chunks = Chunks()
        self._forms = LongForms(known, self.chunks)

    def read(self, texts: Iterable[tuple[int, Sequence[str]]]) -> Occurrences:
        """What occurs in the lines of each meeting, told by the meeting's number."""
        found, sizes, places = array("i"), array("i"), array("i")
        number = self.chunks.__getitem__
        for place, lines in texts:
            for line in lines:
                before = len(found)
                found.extend(map(number, line.split()))
                sizes.append(len(found) - before)
                places.append(place)
        lines_of = np.repeat(np.arange(len(sizes), dtype=np.int32), np.array(sizes))
        terms, term_lines, lefts, rights, pair_lines = self._occurrences(np.array(found), lines_of)
        place_of = np.array(places)
        return Occurrences(terms, place_of[term_lines], lefts, rights, place_of[pair_lines])

    def _occurrences(self, chunks: Array, lines_of: Array) -> Occurrences:
        owners, words = self.chunks.words.of(chunks)
        lines, folds = lines_of[owners], np.array(self.chunks.fold_of)[words]
        party = np.frombuffer(bytes(self.chunks.is_party), bool)[words]
        beside = np.flatnonzero(lines[1:] == lines[:-1])
        forms, begins = self._forms.found(folds, lines)
        numerals = self._numerals(folds, lines)
        joins, join_lines = self._joined(chunks, lines_of)
        parties = np.full(np.count_nonzero(party), self.chunks.terms["tw"])
        return Occurrences(
            together([np.array(self.chunks.term_of)[words], parties, forms, joins, numerals.terms]),
            together([lines, lines[party], lines[begins], join_lines, numerals.term_places]),
            together([folds[beside], numerals.lefts]),
            together([folds[beside + 1], numerals.rights]),
            together([lines[beside], numerals.pair_places]),
        )

    def _numerals(self, folds: Array, lines: Array) -> Occurrences:
        terms, digits, makes = self.chunks.numerals()
        after = np.flatnonzero((terms[folds[1:]] >= 0) & makes[folds[:-1]] & (lines[1:] == lines[:-1])) + 1
        followed = after[after + 1 < len(folds)]
        followed = followed[lines[followed + 1] == lines[followed]]
        return Occurrences(
            terms[folds[after]],
            lines[after],
            together([folds[after - 1], digits[folds[followed]]]),
            together([digits[folds[after]], folds[followed + 1]]),
            together([lines[after], lines[followed]]),
        )

    def _joined(self, chunks: Array, lines_of: Array) -> tuple[Array, Array]:
        """What signs join: in a chunk alone, or in several that stand side by side and might hold parts of one whole."""
        coded = np.frombuffer(bytes(self.chunks.coded), bool)[chunks]
        bound = coded[1:] & coded[:-1] & (lines_of[1:] == lines_of[:-1])
        after, before = np.zeros(len(chunks), bool), np.zeros(len(chunks), bool)
        after[:-1], before[1:] = bound, bound
        alone = np.flatnonzero(~(after | before))
        owners, terms = self.chunks.joins.of(chunks[alone])
        runs = zip(np.flatnonzero(after & ~before).tolist(), np.flatnonzero(before & ~after).tolist(), strict=True)
        several = [(term, start) for start, end in runs for term in self.chunks.joined(chunks[start : end + 1].tolist())]
        found, starts = np.array(several, dtype=np.int64).reshape(-1, 2).T
        return together([terms, found]), together([lines_of[alone[owners]], lines_of[starts]])


def write_run(start: int, batch: Sequence[Lines], known: Synonyms, total: int, stem: Path) -> None:
    """Writes the terms and the pairs of a batch, whose first meeting has the number ``start``: for each field one number for each of them
    in a meeting, in order; and the texts of terms and folds, in order."""
    reader = Reader(known)
    marks = together([np.array([reader.chunks.terms[mark] for mark in lines.marks], dtype=np.int64) for lines in batch])
    marked = np.repeat(np.arange(start, start + len(batch)), [len(lines.marks) for lines in batch])
    fields = [reader.read(enumerate((getattr(lines, name) for lines in batch), start)) for name in FIELDS]
    names = FIELDS.index("names")
    fields[names] = fields[names]._replace(
        terms=together([fields[names].terms, marks]), term_places=together([fields[names].term_places, marked])
    )
    terms, folds = list(reader.chunks.terms), list(reader.chunks.folds)
    term_ranks, fold_ranks = _ranks([order(fold(term)) + " " + order(term) for term in terms]), _ranks(list(map(order, folds)))
    for field, found in enumerate(fields):
        np.save(f"{stem}.terms{field}.npy", _with_steps(term_ranks[found.terms] * total + found.term_places))
        pairs = fold_ranks[found.lefts] * len(folds) + fold_ranks[found.rights]
        np.save(f"{stem}.pairs{field}.npy", _each(pairs * total + found.pair_places)[0])
    texts = {"terms": _ordered(terms, term_ranks), "folds": _ordered(folds, fold_ranks)}
    Path(f"{stem}.json").write_text(json.dumps(texts), encoding="utf-8")


def _ranks(keys: Sequence[str]) -> Array:
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _ordered(texts: Sequence[str], ranks: Array) -> list[str]:
    return [text for _, text in sorted(zip(ranks.tolist(), texts, strict=True))]


def _with_steps(found: Array) -> Array:
    """Each number once, in order, and in its last place how often it is there, as a step."""
    each, times = _each(found)
    return each * LEVELS + (times > 1) + (times > 3)


def _each(found: Array) -> tuple[Array, Array]:
    """Each number once, in order, and how often it is there. ``found`` is put in order; numpy.unique takes five times as long."""
    found.sort()
    firsts = np.flatnonzero(np.diff(found, prepend=-1))
    return found[firsts], np.diff(firsts, append=len(found))
