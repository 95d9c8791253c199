"""From a query to units, and which terms a unit stands for: theme/static/js/search-units.js does the same, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .analysis import Synonyms, Term, analyse, exact, fold
from .query import Part
from .reading import Found, Segment

EXPANSIONS, EXPANDED = 60, 60_000
"""How many terms a beginning may stand for, and how many numbers of meetings, besides as many as there are meetings, it may cost to read
them: those that most meetings have come first."""
_DIGIT, _LETTER = re.compile("[0-9]"), re.compile("[^0-9-]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@dataclass(slots=True)
class Unit:
    """One word, or several that are one term. ``starts``: what a fold may begin with, where a beginning is enough. ``pattern``: signs
    for any letters. ``single``: it is one word, which can stand beside another."""

    term: str
    single: bool = True
    starts: tuple[str, ...] = ()
    pattern: str = ""
    distance: int = 0
    weight: int = 1
    marked: bool = field(init=False)
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.term)
        self.marked = self.single and self.term != self.folded and not self.pattern

    @property
    def linkable(self) -> bool:
        return self.single and not self.pattern and not self.distance


@dataclass(slots=True)
class Asked:
    """A query, ready to be answered."""

    units: list[Unit] = field(default_factory=list)
    phrases: list[list[Unit]] = field(default_factory=list)
    titles: list[Unit] = field(default_factory=list)
    excluded: list[list[Unit]] = field(default_factory=list)
    kinds: list[tuple[str, str, list[Unit]]] = field(default_factory=list)
    """Sign, kind and units of what only people, clusters, organizations or documents are asked for."""
    years: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return any(unit.marked for unit in [*self.units, *(unit for _, _, units in self.kinds for unit in units)])

    @property
    def nothing(self) -> bool:
        return not (self.units or self.excluded or self.kinds or self.years)


class Variants(NamedTuple):
    """The terms that a unit stands for; ``cut``: there are more, but it would take too long to read them."""

    terms: list[Found]
    cut: bool = False


def is_number(unit: Unit) -> bool:
    return bool(_DIGIT.match(unit.term))


def units_of(part: Part, known: Synonyms, segments: Sequence[Segment]) -> list[Unit]:
    """The units of a part; known numbers, abbreviations and long forms are one unit each."""
    if part.kind == "word" and ("*" in part.text or part.distance):
        return _patterned(part)
    text, terms = part.text, analyse(part.text, known if part.kind == "words" or not part.quoted else {}, True)
    words = {term.at: term for term in reversed(terms) if term.to - term.at == 1}
    several = _several(terms, words)
    found, at = [], 0
    while at < len(words):
        one = next((each for each in several if each[0] == at and _stands(each[2], segments)), None)
        last = part.open and (one[1] if one else at + 1) == len(words)
        if one:
            found.append(Unit(one[2], False, () if _has(fold(one[2]), segments) else (_begin(one[2]),)))
            at = one[1]
            continue
        numeral = next((term for term in terms if term.at == at and term.to == at + 1 and _DIGIT.match(term.term)), None)
        term = (numeral or words[at]).term
        raw = fold(text[words[at].start : words[at].end].lower())
        found.append(Unit(term, True, tuple(dict.fromkeys((fold(term), raw))) if last and not _DIGIT.match(term) else ()))
        at += 1
    return found


def _several(terms: Iterable[Term], words: dict[int, Term]) -> list[tuple[int, int, str]]:
    """Where several words may be one term, from and to, longest first."""
    made = [(term.at, term.to, term.term) for term in terms if term.to - term.at > 1]
    for at in range(len(words)):
        if _DIGIT.match(words[at].term):
            for to in range(at + 2, min(at + 4, len(words)) + 1):  # "57 nq tw"
                made.append((at, to, "".join(_in_number(words[each].term) for each in range(at, to))))
    return sorted(made, key=lambda one: -one[1])


def _has(folded: str, segments: Sequence[Segment]) -> bool:
    return any(segment.terms(folded) for segment in segments)


def _stands(term: str, segments: Sequence[Segment]) -> bool:
    return _has(fold(term), segments) or (bool(_DIGIT.match(term)) and any(segment.terms(_begin(term), True) for segment in segments))


def _patterned(part: Part) -> list[Unit]:
    pieces = [fold(exact(piece)) if piece else "" for piece in part.text.split("*")]
    if part.text.endswith("*") and part.text.count("*") == 1:
        raw = fold(part.text[:-1].lower())
        term = exact(part.text[:-1])
        return [Unit(term, True, tuple(dict.fromkeys((fold(term), raw))))]
    if "*" in part.text:
        return [Unit("".join(pieces), True, (), "*".join(pieces))]
    return [Unit(exact(part.text), True, (), "", part.distance)]


def _in_number(term: str) -> str:
    return "tw" if term == "tư" else term


def _begin(term: str) -> str:
    """How a number begins that is typed in part: "57nq", "18-4-"."""
    return fold(term) + ("" if _LETTER.search(term) else "-")


def accepts(unit: Unit, term: str, wide: bool) -> bool:
    """Whether a unit stands for a term; ``wide``: whatever its marks."""
    folded, strict = fold(term), unit.marked and not wide
    if folded == unit.folded:
        return not strict or term == unit.term or bool(unit.starts and _begins(term, unit.term))
    return bool(unit.starts) and folded.startswith(unit.starts) and (not strict or _begins(term, unit.term))


def _begins(term: str, typed: str) -> bool:
    """Whether a term may become of what is typed: while a word is being typed its tone may still be missing."""
    tones = "".join(_TONES.findall(typed))
    return _TONES.sub("", term).startswith(_TONES.sub("", typed)) and (not tones or term.endswith(tones))


def variants(unit: Unit, wide: bool, segment: Segment) -> Variants:
    """The terms of a segment that a unit stands for."""
    if unit.pattern or unit.distance:
        return _expanded((found for folded, found in segment.every_term() if _fits(unit, folded)), unit, segment.total)
    if not unit.starts:
        return Variants([found for found in segment.terms(unit.folded) if accepts(unit, found.term, wide)])
    folds = {found.term: found for start in unit.starts for found in segment.terms(start, True)}
    folds |= {found.term: found for found in segment.terms(unit.folded)}
    return _expanded((found for found in folds.values() if accepts(unit, found.term, wide)), unit, segment.total)


def _expanded(found: Iterable[Found], unit: Unit, total: int) -> Variants:
    ranked = [each for each in found if each.term[0] not in "~@"]
    ranked.sort(key=lambda each: (fold(each.term) != unit.folded, -sum(each.counts), each.term))
    kept: list[Found] = []
    spent = 0
    for each in ranked:
        cost = min(each.counts[0], total - each.counts[0]) + each.counts[1] + each.counts[2]
        if fold(each.term) == unit.folded or (len(kept) < EXPANSIONS and spent + cost <= EXPANDED + total):
            kept.append(each)
            spent += cost
    return Variants(kept, len(kept) < len(ranked))


def _fits(unit: Unit, folded: str) -> bool:
    if unit.distance:
        return within(unit.folded, folded, unit.distance)
    return bool(re.fullmatch(".*".join(map(re.escape, unit.pattern.split("*"))), folded))


def within(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters have to be added, left out, changed or exchanged with their neighbour."""
    if abs(len(one) - len(other)) > most:
        return False
    if not most:
        return one == other
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    a, b = one[at:], other[at:]
    if a == b:
        return True
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and within(a[2:], b[2:], most - 1)
    return swapped or within(a[1:], b[1:], most - 1) or within(a[1:], b, most - 1) or within(a, b[1:], most - 1)
