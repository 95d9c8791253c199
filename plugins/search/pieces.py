"""The files of one segment of the index: its lists in pieces, the directories that lead to them, cards, names, ways to narrow.

A piece is named by its family, its number and a digest of its content: one that did not change keeps its name and its bytes, and a
browser cannot mix two editions. docs/search.md says what each family holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plugins.archive import urls

from .analysis import fold
from .coding import SIGNS, compact, digest, numbers, order, script
from .merging import Listed

TERMS_IN_A_BLOCK = 300
PIECES_IN_A_BLOCK = 500
FRONT = "o"
NAMES_IN_A_FILE = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its output path, and what it says."""

    path: str
    content: str


@dataclass(slots=True)
class Shelf:
    """Takes texts, gives each a name, and hands the files on."""

    write: Callable[[Piece], None]
    segment: str
    counts: dict[str, int] = field(default_factory=dict)
    front: list[str] = field(default_factory=list)
    """The scripts of pieces that stand together in one file: see close."""

    def put(self, family: str, text: str, in_front: bool = False) -> str:
        """Writes a piece as the next of its family, or keeps it for the front; returns the digest in its name."""
        place = self.counts.get(family, 0)
        self.counts[family] = place + 1
        mark = digest(text)
        piece = named(f"{self.segment}{family}{place}-{mark}", text)
        if in_front:
            self.front.append(piece.content)
        else:
            self.write(piece)
        return mark

    def close(self, more: Iterable[str]) -> str:
        """Writes the front: pieces that most queries need, which the search page names. Returns the digest in its name."""
        scripts = "".join([*self.front, *more])
        mark = digest(scripts)
        last = named(f"{self.segment}{FRONT}0-{mark}", "")
        self.write(Piece(last.path, scripts + last.content))
        return mark


def front_of(segment: Mapping[str, str]) -> str:
    """The name of the front of a segment, of which the manifest says so much."""
    return f"{segment['id']}{FRONT}0-{segment[FRONT]}"


def named(name: str, text: str) -> Piece:
    return Piece(urls.search_piece(name), script(name, text))


def write_terms(entries: Iterable[Listed], shelf: Shelf, size: int, front: int) -> dict[str, Any]:
    """The terms' lists in pieces of about ``size`` signs, and the dictionary in blocks, those of the commonest words, up to ``front`` signs,
    in the front; what leads to the blocks."""
    firsts: list[str] = []
    texts: list[str] = []
    uses: list[int] = []
    block: list[Listed] = []
    bounds: list[list[Any]] = []
    slot = 0

    def close() -> None:
        nonlocal block, bounds, slot
        counts = numbers(count for entry in block for count in entry.counts)
        said = {"t": " ".join(entry.text for entry in block), "d": counts, "s": slot, "p": bounds}
        firsts.append(fold(block[0].text))
        texts.append(compact(said))
        uses.append(sum(sum(entry.counts) for entry in block if entry.text[0] not in "@~"))
        slot += len(bounds)
        block, bounds = [], []

    for group in _pieces(entries, size, lambda entry: len(entry.lists)):
        if block and len(block) + len(group) > TERMS_IN_A_BLOCK and fold(block[-1].text) != fold(group[0].text):
            close()
        block += group
        bounds.append([len(group), shelf.put("p", "|".join(entry.lists for entry in group))])
    if block:
        close()
    common = _commonest(texts, uses, front)
    return {"k": firsts, "i": "".join([shelf.put("w", text, at in common) for at, text in enumerate(texts)])}


def _commonest(texts: Sequence[str], uses: Sequence[int], signs: int) -> set[int]:
    """The numbers of the texts that are used most, as many as have so many signs together."""
    chosen = set()
    for at in sorted(range(len(texts)), key=lambda at: -uses[at]):
        signs -= len(texts[at])
        if signs < 0:
            break
        chosen.add(at)
    return chosen


def write_pairs(entries: Iterable[Listed], shelf: Shelf, size: int) -> dict[str, Any]:
    """The pairs' lists in pieces, each with its keys, and directories in blocks, all in the front; what leads to the blocks."""
    firsts, marks = [], []
    keys: list[str] = []
    ids: list[str] = []
    slot = 0

    def close() -> None:
        nonlocal keys, ids, slot
        firsts.append(keys[0])
        marks.append(shelf.put("k", compact({"s": slot, "k": keys, "i": "".join(ids)}), in_front=True))
        slot += len(keys)
        keys, ids = [], []

    for group in _pieces(entries, size, lambda entry: len(entry.lists) + 6):
        keys.append(group[0].text)
        ids.append(shelf.put("q", keyed((entry.text, entry.lists) for entry in group)))
        if len(keys) == PIECES_IN_A_BLOCK:
            close()
    if keys:
        close()
    return {"k": firsts, "i": "".join(marks)}


def keyed(entries: Iterable[tuple[str, str]]) -> str:
    """Entries with their keys, each key without the first word where it is that of the one before; a space in a key is written as "_"."""
    written, before = [], ""
    for key, lists in entries:
        first = key.partition(" ")[0]
        shared = len(first) + 1 if first == before and len(first) < len(SIGNS) - 1 and len(key) > len(first) else 0
        written.append(f"{SIGNS[shared]}{key[shared:].replace(' ', '_')} {lists}")
        before = first
    return "|".join(written)


def write_names(lists: Mapping[str, Sequence[int]], entries: Sequence[list[Any]], shelf: Shelf, size: int) -> dict[str, Any]:
    """The index of what can be named, by term, and what is shown of each."""
    ordered = sorted(lists.items(), key=lambda item: (order(fold(item[0])), order(item[0])))
    coded = [
        Listed(term, (len(places),), numbers(b - a - 1 for a, b in zip([-1, *places], places, strict=False))) for term, places in ordered
    ]
    firsts, marks = [], []
    group: list[Listed] = []
    for entry in coded:
        if sum(len(each.lists) + 8 for each in group) > size and fold(entry.text) != fold(group[-1].text):
            marks.append(shelf.put("n", keyed((each.text, each.lists) for each in group)))
            firsts.append(fold(group[0].text))
            group = []
        group.append(entry)
    if group:
        marks.append(shelf.put("n", keyed((each.text, each.lists) for each in group)))
        firsts.append(fold(group[0].text))
    cards = [shelf.put("h", compact(entries[at : at + NAMES_IN_A_FILE])) for at in range(0, len(entries), NAMES_IN_A_FILE)]
    return {"n": len(entries), "k": firsts, "i": "".join(marks), "h": "".join(cards)}


def _pieces(entries: Iterable[Listed], size: int, weigh: Callable[[Listed], int]) -> Iterator[list[Listed]]:
    group: list[Listed] = []
    weight = 0
    for entry in entries:
        if group and weight + weigh(entry) > size:
            yield group
            group, weight = [], 0
        group.append(entry)
        weight += weigh(entry)
    if group:
        yield group
