"""What a query finds: theme/static/js/search-engine.js does the same, step by step, in the browser. Here it serves tests and measurements.

The order of results: what has the marks as typed; the whole query side by side in the title, in a name, in the text, scattered; then
score (text, scattered) or date.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from . import names
from .analysis import Synonyms, fold, synonyms
from .query import Part, parse, years
from .reading import Index
from .scoring import Term, scores
from .units import Asked, Unit, accepts, is_number, units_of, variants

MOST_UNITS, MOST_LINKS = 12, 12
"""Of a longer query the words that come first count."""
TITLE, NAMES, TEXT = 4, 2, 1
_BITS = (TEXT, NAMES, TITLE)
PARTIAL = 3
"""Words from which a query that nothing answers whole is answered in part."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Numbers of meetings, best first; how the query was stretched to find them ("", "marks", "spelling", "part")."""

    hits: list[int]
    stretched: str = ""
    asked: Asked = field(default_factory=Asked)
    at_least: bool = False
    """There may be more, since a word stood for more terms than were looked up."""


class Hits(NamedTuple):
    """Numbers of meetings, best first; where each has the whole query side by side (more is better); whether there may be others."""

    places: list[int]
    tiers: Mapping[int, int]
    at_least: bool


class Engine:
    def __init__(self, index: Index) -> None:
        self.index = index
        self._known: Synonyms = synonyms([(short, form) for short, form in index.words["s"]])

    def ask(self, query: str) -> Asked:
        asked = Asked()
        for part in parse(query):
            self._take(part, asked)
        if len(asked.units) == 1 and len(query.strip()) < 2 and not is_number(asked.units[0]):
            asked.units.clear()
        seen: dict[tuple[object, ...], Unit] = {(unit.term, unit.starts, unit.pattern): unit for unit in asked.units}
        asked.units = list(seen.values())[:MOST_UNITS]
        return asked

    def _take(self, part: Part, asked: Asked) -> None:
        if part.kind == "year":
            asked.years.append((part.sign, *years(part.text)))
            return
        found = units_of(part, self._known, self.index.segments)
        for unit in found:
            unit.weight = part.weight
        if part.kind in ("person", "cluster", "organization", "document"):
            asked.kinds.append((part.sign, part.kind, found))
        elif part.sign == "-":
            asked.excluded.append(found)
        elif found:
            asked.units += found
            if part.quoted:
                asked.phrases.append(found)
            if part.kind == "title":
                asked.titles += found

    # Answers

    def run(self, query: str, wide: bool = False) -> Answer:
        """What a query finds; where nothing has all of it as typed, what comes near."""
        asked = self.ask(query)
        found = self.find(asked, wide)
        scattered = bool(found.places) and len(asked.units) >= PARTIAL and not asked.phrases and not found.tiers[found.places[0]]
        if (found.places and not scattered) or asked.nothing:
            return Answer(found.places, "", asked, found.at_least)
        if not found.places and asked.marked and not wide and (wider := self.find(asked, True)).places:
            return Answer(wider.places, "marks", asked, wider.at_least)
        for respelt in names.respelt(self.index, asked):
            instead = self.ask(respelt)
            if (better := self.find(instead, False)).places:
                rest = (place for place in found.places if place not in set(better.places))
                return Answer([*better.places, *rest], "spelling", instead, better.at_least)
        if found.places:
            return Answer(found.places, "", asked, found.at_least)
        if len(asked.units) >= PARTIAL and not asked.phrases and (part := self.find(asked, True, partial=True)).places:
            return Answer(part.places, "part", asked, part.at_least)
        return Answer([], "", asked)

    def find(self, asked: Asked, wide: bool, partial: bool = False) -> Hits:
        """The meetings that have all that is asked (or, where ``partial``, more than half of the words), best first."""
        total, limits = self.index.total, self._limits(asked, wide)
        counts, strict, dead = [0] * total, [0] * total, self.index.dead
        chain = [7] * total
        terms: list[Term] = []
        fields: dict[int, dict[int, int]] = {}
        for unit in asked.units:
            here, plainly = self._occurrences(unit, wide, terms)
            fields[id(unit)] = here
            for place, mask in here.items():
                counts[place] += 1
                strict[place] += place in plainly
                if not unit.linkable or len(asked.units) == 1:
                    chain[place] &= mask
        full = len(asked.units)
        needed = full // 2 + 1 if partial else full
        cut = [] if partial else [unit for unit in asked.units if self._is_cut(unit, wide)]
        hits = [
            place
            for place in range(total)
            if counts[place] + sum(place not in fields[id(unit)] for unit in cut) >= needed
            if place not in dead and all(place in limit for limit in limits)
        ]
        for links in [] if partial else self._chains(asked.phrases):
            hits = [place for place in hits if links.get(place)]
        hits = [place for place in hits if all(fields[id(unit)].get(place, 0) & TITLE for unit in asked.titles if id(unit) in fields)]
        at_least = any(counts[place] < needed for place in hits)
        hits = [place for place in hits if counts[place] >= needed]
        together = [0] * total
        for left, right in list(zip(asked.units, asked.units[1:], strict=False))[:MOST_LINKS]:
            if left.linkable and right.linkable:
                links = self._link(left, right)
                for place in hits:
                    chain[place] &= links.get(place, 0)
                    together[place] += place in links
        found = scores(terms, total)
        ranks = self.index.ranks
        tiers = {place: 3 if chain[place] & TITLE else 2 if chain[place] & NAMES else chain[place] & TEXT for place in hits}

        def key(place: int) -> tuple[Any, ...]:
            tier = 0 if partial or not full else tiers[place]
            rank = round(found.get(place, 0.0) * 1e6) if tier < 2 else 0
            return (
                -together[place] if partial else 0,
                -counts[place] if partial else 0,
                -(strict[place] == full),
                -tier,
                -rank,
                -ranks[place],
            )

        return Hits(sorted(hits, key=key), tiers, at_least)

    def _is_cut(self, unit: Unit, wide: bool) -> bool:
        return any(variants(unit, wide, segment).cut for segment in self.index.segments)

    def scored(self, asked: Asked, wide: bool = False) -> Mapping[int, float]:
        """The score of every meeting that has one of the words."""
        terms: list[Term] = []
        for unit in asked.units:
            self._occurrences(unit, wide, terms)
        return scores(terms, self.index.total)

    def _occurrences(self, unit: Unit, wide: bool, terms: list[Term]) -> tuple[dict[int, int], set[int]]:
        """The fields in which each meeting has a unit, and the meetings that have it with its marks."""
        here: dict[int, int] = {}
        plainly: set[int] = set()
        merged: dict[str, tuple[list[int], list[list[tuple[int, int]]]]] = {}
        for segment in self.index.segments:
            for found in variants(unit, wide, segment).terms:
                counts, lists = merged.setdefault(found.term, ([0, 0, 0], [[], [], []]))
                for column, occurrences in enumerate(segment.postings(found)):
                    counts[column] += found.counts[column]
                    lists[column] += occurrences
        for term, (counts, lists) in sorted(merged.items()):
            boost = (4 if term == unit.term else 2 if fold(term) == unit.folded else 1) * unit.weight
            terms.append((counts, boost, lists))
            as_typed = accepts(unit, term, False) or not unit.linkable
            for bit, occurrences in zip(_BITS, lists, strict=True):
                for place, _ in occurrences:
                    here[place] = here.get(place, 0) | bit
                    if as_typed:
                        plainly.add(place)
        return here, plainly

    def _chains(self, phrases: Iterable[Sequence[Unit]]) -> Iterator[dict[int, int]]:
        for phrase in phrases:
            chain: dict[int, int] | None = None
            for left, right in itertools.pairwise(phrase):
                if left.linkable and right.linkable:
                    links = self._link(left, right)
                    chain = links if chain is None else {place: mask & links.get(place, 0) for place, mask in chain.items()}
            if chain is not None:
                yield chain

    def _link(self, left: Unit, right: Unit) -> dict[int, int]:
        masks: dict[int, int] = {}
        for start in right.starts or (right.folded,):
            for segment in self.index.segments:
                for lists in segment.pairs(f"{left.folded} {start}", bool(right.starts)):
                    for bit, occurrences in zip(_BITS, lists, strict=False):
                        for place, _ in occurrences:
                            masks[place] = masks.get(place, 0) | bit
        return masks

    def _limits(self, asked: Asked, wide: bool) -> list[set[int]]:
        every = set(range(self.index.total))
        limits: list[set[int]] = []
        for units in asked.excluded:
            wanted = [set(self._occurrences(unit, False, [])[0]) for unit in units]
            wanted += [{place for place, mask in chain.items() if mask} for chain in self._chains([units])]
            if units:
                limits.append(every.difference(wanted[0].intersection(*wanted)))
        for sign, kind, units in asked.kinds:
            having = self._of_kind(kind, units, wide)
            limits.append(every - having if sign == "-" else having)
        for sign, first, last in asked.years:
            having = {place for place, year in enumerate(self._years()) if first <= year <= last}
            limits.append(every - having if sign == "-" else having)
        return limits

    def _years(self) -> Iterator[int]:
        for segment in self.index.segments:
            for year, count in segment.said["years"]:
                yield from [year] * count

    def _of_kind(self, kind: str, units: Sequence[Unit], wide: bool) -> set[int]:
        having: set[int] = set()
        for card in names.candidates(self.index, units, wide, kind)[: names.MOST_NAMED]:
            for segment in self.index.segments:
                for found in segment.terms(f"@{kind[0]}:{card[1]}"):
                    having |= {place for occurrences in segment.postings(found) for place, _ in occurrences}
        return having
