"""Reads an index back, as theme/static/js/search-segments.js does in the browser. For the tests and the measurements."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from plugins.archive import urls

from .analysis import fold
from .coding import SIGNS, checksum, order, read
from .gathering import LEVELS
from .merging import most_told
from .pieces import front_of

T = TypeVar("T")

_CALL = re.compile(r'SoGiaoBan\.search\.receive\("([^"]+)",(.*),([0-9]+)\);')


def handed_over(content: str) -> dict[str, str]:
    """The texts that a script hands over, by name. Raises ValueError where it is damaged."""
    return dict(map(_called, content.split("\n")[:-1]))


def _called(line: str) -> tuple[str, str]:
    found = _CALL.fullmatch(line)
    if not found or checksum(text := json.loads(found[2])) != int(found[3]):
        raise ValueError("damaged piece")
    return found[1], text


def from_folder(output: Path) -> Callable[[str], str]:
    """Reads the text of a piece from the output folder of a build, or from a front that was read before."""
    fronts: dict[str, str] = {}

    def text_of(name: str) -> str:
        if name in fronts:
            return fronts[name]
        held = handed_over((output / urls.search_piece(name)).read_text(encoding="utf-8"))
        if len(held) > 1:
            fronts.update(held)
        return held[name]

    return text_of


@dataclass(frozen=True, slots=True)
class Found:
    """A term in the dictionary of a segment."""

    term: str
    counts: tuple[int, ...]
    piece: str
    place: int


class Segment:
    """One segment; the numbers of its meetings begin with ``start``."""

    def __init__(self, said: dict[str, Any], start: int, text_of: Callable[[str], str]) -> None:
        self.said, self.start, self.total, self.letter = said, start, said["n"], said["id"]
        self._text_of = text_of
        self._read: dict[str, Any] = {}
        """By the name of a piece, what it was made into: each is always made into the same."""

    def _kept(self, name: str, make: Callable[[str], T]) -> T:
        if name not in self._read:
            self._read[name] = make(self._text_of(name))
        found: T = self._read[name]
        return found

    def _name(self, family: str, place: int, marks: str) -> str:
        return f"{self.letter}{family}{place}-{marks[4 * place : 4 * place + 4]}"

    # The dictionary

    def terms(self, start: str, beginning: bool = False) -> list[Found]:
        """The terms of a fold, or of every fold that begins so."""
        keys = self.said["w"]["k"]
        first = max(0, _place(keys, start))
        last = max(first, _place(keys, start + "\uffff")) if beginning else first
        every = (one for at in range(first, min(last, len(keys) - 1) + 1) for one in self._block(at))
        return [found for folded, found in every if folded == start or (beginning and folded.startswith(start))]

    def every_term(self) -> Iterator[tuple[str, Found]]:
        for at in range(len(self.said["w"]["k"])):
            yield from self._block(at)

    def _block(self, at: int) -> list[tuple[str, Found]]:
        return self._kept(self._name("w", at, self.said["w"]["i"]), self._dictionary)

    def _dictionary(self, text: str) -> list[tuple[str, Found]]:
        said = json.loads(text)
        terms, counts = said["t"].split(" "), list(read(said["d"]))
        made: list[tuple[str, Found]] = []
        for slot, (size, mark) in enumerate(said["p"], said["s"]):
            for place in range(size):
                at = len(made)
                made.append((fold(terms[at]), Found(terms[at], tuple(counts[3 * at : 3 * at + 3]), f"{self.letter}p{slot}-{mark}", place)))
        return made

    def postings(self, found: Found) -> list[list[tuple[int, int]]]:
        """For each field the meetings that have a term, and how often, as a step."""
        entry = self._kept(found.piece, lambda text: text.split("|"))[found.place]
        lists = [self._decoded(written, LEVELS) for written in entry.split(" ")]
        lists += [[]] * (3 - len(lists))
        if found.counts[0] > most_told(self.total, self.said["dense"]):
            without = {place for place, _ in lists[0]}
            lists[0] = [(place, 0) for place in range(self.start, self.start + self.total) if place not in without]
        return lists

    def _decoded(self, written: str, levels: int) -> list[tuple[int, int]]:
        made, place = [], self.start - 1
        for value in read(written):
            place += value // levels + 1
            made.append((place, value % levels))
        return made

    # Pairs

    def pairs(self, key: str, beginning: bool = False, most: int = 2) -> Iterator[list[list[tuple[int, int]]]]:
        """The lists of a pair, or of those that begin so in the first pieces that may hold them."""
        blocks = self.said["q"]["k"]
        at = max(0, _place(blocks, key))
        while at < len(blocks) and most:
            block = json.loads(self._kept(self._name("k", at, self.said["q"]["i"]), str))
            slot = max(0, _place(block["k"], key))
            while slot < len(block["k"]) and most:
                if block["k"][slot] > key and not block["k"][slot].startswith(key):
                    return
                name = f"{self.letter}q{block['s'] + slot}-{block['i'][4 * slot : 4 * slot + 4]}"
                for pair, entry in self._kept(name, _keyed).items():
                    if pair == key or (beginning and pair.startswith(key)):
                        yield [self._decoded(written, 1) for written in entry.split(" ")]
                if not beginning:
                    return
                slot += 1
                most -= 1
            at += 1

    # Names and cards

    def named(self, start: str, beginning: bool = False) -> dict[str, list[int]]:
        """The lists of the names' terms of a fold, or of every fold that begins so."""
        said = self.said["h"]
        first = max(0, _place(said["k"], start))
        last = min(max(first, _place(said["k"], start + "\uffff")), first + 2, len(said["k"]) - 1) if beginning else first
        lists = {}
        for at in range(first, min(last, len(said["k"]) - 1) + 1):
            for term, entry in self._kept(self._name("n", at, said["i"]), _keyed).items():
                if fold(term) == start or (beginning and fold(term).startswith(start)):
                    lists[term] = [place - self.start for place, _ in self._decoded(entry, 1)]
        return lists

    def name(self, place: int) -> list[Any]:
        """Kind, id, path, label, other names and count of something that can be named."""
        size = 40
        return json.loads(self._kept(self._name("h", place // size, self.said["h"]["h"]), str))[place % size]

    def card(self, place: int) -> list[str]:
        """The card of a meeting; ``place`` is its number in the whole archive."""
        size, marks = self.said["size"], self._kept(f"{self.letter}d0-{self.said['c']}", str)
        local = place - self.start
        return json.loads(self._kept(self._name("c", local // size, marks), str))[local % size]


def _place(keys: list[str], key: str) -> int:
    return bisect_right(keys, order(key), key=order) - 1


def _keyed(text: str) -> dict[str, str]:
    found, before = {}, ""
    for entry in text.split("|") if text else ():
        key, _, lists = entry.partition(" ")
        before = before[: SIGNS.index(key[0])] + key[1:].replace("_", " ")
        found[before] = lists
    return found


@dataclass
class Index:
    """A whole index."""

    text_of: Callable[[str], str]
    manifest: str
    """Its name, without folder and ending."""
    said: dict[str, Any] = field(init=False)
    segments: list[Segment] = field(init=False)

    def __post_init__(self) -> None:
        self.said = json.loads(self.text_of(self.manifest))
        self.segments, start = [], 0
        for said in self.said["segments"]:
            self.segments.append(Segment(said, start, self.text_of))
            start += said["n"]
        for front in self.fronts:
            self.text_of(front)

    @property
    def fronts(self) -> list[str]:
        """The names of the pieces that hold others, which most queries need."""
        return [front_of(segment.said) for segment in self.segments]

    @property
    def total(self) -> int:
        return sum(segment.total for segment in self.segments)

    @cached_property
    def words(self) -> dict[str, Any]:
        """Abbreviations, and names before and after mergers."""
        return json.loads(self.text_of(f"y0-{self.said['words']}"))

    @cached_property
    def dead(self) -> frozenset[int]:
        """The meetings of the base that the other segment tells anew, or that are no more."""
        places, place = set(), -1
        for gap in read(self.said.get("dead", "")):
            place += gap + 1
            places.add(place)
        return frozenset(places)

    @cached_property
    def gone(self) -> frozenset[int]:
        """The names of the base that the other segment tells anew, or that are no more."""
        places, place = set(), -1
        for gap in read(self.said.get("gone", "")):
            place += gap + 1
            places.add(place)
        return frozenset(places)

    @cached_property
    def ranks(self) -> list[int]:
        """Each meeting's place in order of date; "at" says before which of the base a later segment's meetings stand."""
        base = self.segments[0].total if self.segments else 0
        order = [(place, 0, place) for place in range(base)]
        order += [(before, -1, base + number) for number, before in enumerate(read(self.said.get("at", "")))]
        ranks = [0] * len(order)
        for rank, (_, _, place) in enumerate(sorted(order)):
            ranks[place] = rank
        return ranks

    def card(self, place: int) -> list[str]:
        return next(segment for segment in reversed(self.segments) if segment.start <= place).card(place)
