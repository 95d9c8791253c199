"""What stands between spaces, numbered, and the words and terms in it: each is worked out once, however often it occurs.

Most of a long text is what was read before. To look a chunk up costs a tenth of taking it apart; the rest is done with whole arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from .analysis import NUMBERED, ROMAN, Synonyms, Word, exact, fold, joined, words

Array = np.ndarray
"""Of whole numbers, in one dimension."""


class Numbers(dict[str, int]):
    """Numbers texts in the order in which they are first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


class Rows:
    """Rows of numbers, added one by one, read many at a time."""

    def __init__(self) -> None:
        self._ends = array("q", [0])
        self._members = array("i")

    def add(self, members: Iterable[int]) -> None:
        self._members.extend(members)
        self._ends.append(len(self._members))

    def of(self, rows: Array) -> tuple[Array, Array]:
        """Of the rows asked for, one after the other, every member, and before it the place in ``rows`` that it belongs to."""
        ends, members = np.array(self._ends), np.array(self._members)
        starts, sizes = ends[rows], ends[rows + 1] - ends[rows]
        shift = starts - (np.cumsum(sizes) - sizes)
        return np.repeat(np.arange(len(rows), dtype=np.int32), sizes), members[np.arange(sizes.sum()) + np.repeat(shift, sizes)]


class Chunks(dict[str, int]):
    """The numbers of chunks. A word of a chunk is a number as well, by which ``term_of``, ``fold_of`` and ``is_party`` know it."""

    def __init__(self) -> None:
        super().__init__()
        self.terms, self.folds = Numbers(), Numbers()
        self.words, self.joins = Rows(), Rows()
        self.texts: list[str] = []
        self.coded = bytearray()
        """Which chunks hold what signs might join with a part of the next chunk."""
        self.term_of, self.fold_of = array("i"), array("i")
        self.is_party = bytearray()
        """Which words are "TƯ": they are "tw" as well."""
        self._words: dict[str, int] = {}
        self._runs: dict[str, list[int]] = {}

    def __missing__(self, chunk: str) -> int:
        self[chunk] = number = len(self)
        found = words(chunk)
        self.texts.append(chunk)
        self.words.add([self._word(word) for word in found])
        self.joins.add([self.terms[term.term] for term in joined(chunk, found, False)])
        self.coded.append(not found or any(word.is_code for word in found))
        return number

    def _word(self, word: Word) -> int:
        number = self._words.get(word.raw)
        if number is None:
            number = self._words[word.raw] = len(self._words)
            self.term_of.append(self.terms[word.exact])
            self.fold_of.append(self.folds[word.fold])
            self.is_party.append(word.raw == "TƯ")
        return number

    def joined(self, chunks: Iterable[int]) -> list[int]:
        """The terms that signs join in chunks that stand side by side."""
        text = " ".join(self.texts[chunk] for chunk in chunks)
        if text not in self._runs:
            self._runs[text] = [self.terms[term.term] for term in joined(text, words(text), False)]
        return self._runs[text]

    def numerals(self) -> tuple[Array, Array, Array]:
        """By fold: the term of a Roman numeral, or -1; the fold of its digits; whether it makes a numeral of the one that follows."""
        values = {self.folds[roman]: str(value) for value, roman in enumerate(ROMAN) if value}
        told = {numeral: (self.terms[exact(value)], self.folds[fold(value)]) for numeral, value in values.items()}
        before = [self.folds[word] for word in NUMBERED]
        terms, folds, makes = np.full(len(self.folds), -1), np.zeros(len(self.folds), int), np.zeros(len(self.folds), bool)
        for numeral, (term, folded) in told.items():
            terms[numeral], folds[numeral] = term, folded
        makes[before] = True
        return terms, folds, makes


class LongForms:
    """The long forms that stand for an abbreviation, as a tree of folds that many places of a text are followed down at a time."""

    def __init__(self, known: Synonyms, chunks: Chunks) -> None:
        self._chunks = chunks
        self._children: dict[tuple[int, int], int] = {}
        self._ends: list[list[int]] = [[]]
        for forms in known.values():
            for form, abbreviation in forms:
                self._plant([chunks.folds[word] for word in form], chunks.terms[abbreviation])

    def _plant(self, form: list[int], abbreviation: int) -> None:
        node = 0
        for word in form:
            child = self._children.get((node, word))
            if child is None:
                child = self._children[node, word] = len(self._ends)
                self._ends.append([])
            node = child
        self._ends[node].append(abbreviation)

    def found(self, folds: Array, lines: Array) -> tuple[Array, Array]:
        """The terms of the long forms in a text, and the places where each begins; ``lines`` tells in which line each fold stands."""
        width, said = len(self._chunks.folds), Rows()
        for ends in self._ends:
            said.add(ends)
        keys = np.array(sorted(node * width + word for node, word in self._children), dtype=np.int64)
        children = np.array([self._children[divmod(key, width)] for key in keys.tolist()], dtype=np.int64)
        firsts = np.zeros(width, bool)
        firsts[[word for node, word in self._children if not node]] = True
        at, after = np.flatnonzero(firsts[folds]), np.cumsum(np.bincount(lines))
        node, depth, places, terms = np.zeros(len(at), dtype=np.int64), 0, [], []
        while len(at):
            key = node * width + folds[at + depth]
            slot = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            hit = keys[slot] == key
            at, node, depth = at[hit], children[slot[hit]], depth + 1
            owners, ended = said.of(node)
            places.append(at[owners])
            terms.append(ended)
            inside = at + depth < after[lines[at]]
            at, node = at[inside], node[inside]
        return together(terms), together(places)


def together(parts: list[Array]) -> Array:
    """One array of several."""
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
