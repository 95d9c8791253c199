"""What a query finds: theme/static/js/search-engine.js does the same, step by step, in the browser. Here it serves tests and measurements.

The order of results: what has the marks as typed; the whole query side by side in the title, in a name, in the text, scattered; then
score (text, scattered) or date.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .analysis import Synonyms, analyse, exact, fold, synonyms
from .query import Part, parse, years
from .reading import Found, Index, Segment
from .scoring import scores

MOST_UNITS, MOST_LINKS = 12, 12
"""Of a longer query the words that come first count."""
EXPANSIONS, EXPANDED = 60, 60_000
"""How many terms a beginning may stand for, and how many numbers of meetings, besides as many as there are meetings, it may cost to read
them: those that most meetings have come first."""
MOST_NAMED = 50
TITLE, NAMES, TEXT = 4, 2, 1
_BITS = (TEXT, NAMES, TITLE)
_DIGIT, _LETTER = re.compile("[0-9]"), re.compile("[^0-9-]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
PARTIAL = 3
"""Words from which a query that nothing answers whole is answered in part."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """Numbers of meetings, best first; how the query was stretched to find them ("", "marks", "spelling", "part")."""

    hits: list[int]
    stretched: str = ""
    asked: Asked = field(default_factory=Asked)


class Engine:
    def __init__(self, index: Index) -> None:
        self.index = index
        self.tiers: dict[int, int] = {}
        self._known: Synonyms = synonyms([(short, form) for short, form in index.words["s"]])

    # From a query to units

    def ask(self, query: str) -> Asked:
        asked = Asked()
        for part in parse(query):
            self._take(part, asked)
        if len(asked.units) == 1 and len(query.strip()) < 2 and not _DIGIT.match(asked.units[0].term):
            asked.units.clear()
        seen: dict[tuple, Unit] = {(unit.term, unit.starts, unit.pattern): unit for unit in asked.units}
        asked.units = list(seen.values())[:MOST_UNITS]
        return asked

    def _take(self, part: Part, asked: Asked) -> None:
        if part.kind == "year":
            asked.years.append((part.sign, *years(part.text)))
            return
        if part.kind == "word" and ("*" in part.text or part.distance):
            found = _patterned(part)
        else:
            found = self._units(part.text, part.open, part.kind == "words" or not part.quoted)
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

    def _units(self, text: str, open: bool, long_forms: bool) -> list[Unit]:
        terms = analyse(text, self._known if long_forms else {}, True)
        words = {term.at: term for term in reversed(terms) if term.to - term.at == 1}
        size = len(words)
        several = [(term.at, term.to, term.term) for term in terms if term.to - term.at > 1]
        for at in range(size):
            if _DIGIT.match(words[at].term):
                for to in range(at + 2, min(at + 4, size) + 1):  # "57 nq tw"
                    several.append((at, to, "".join(_in_number(words[each].term) for each in range(at, to))))
        several.sort(key=lambda one: -one[1])
        found, at = [], 0
        while at < size:
            one = next((each for each in several if each[0] == at and self._stands(each[2])), None)
            last = open and (one[1] if one else at + 1) == size
            if one:
                known = self._has(fold(one[2]))
                found.append(Unit(one[2], False, () if known else (_begin(one[2]),)))
                at = one[1]
                continue
            numeral = next((term for term in terms if term.at == at and term.to == at + 1 and _DIGIT.match(term.term)), None)
            term = (numeral or words[at]).term
            raw = fold(text[words[at].start : words[at].end].lower())
            found.append(Unit(term, True, tuple(dict.fromkeys((fold(term), raw))) if last and not _DIGIT.match(term) else ()))
            at += 1
        return found

    def _has(self, folded: str) -> bool:
        return any(segment.terms(folded) for segment in self.index.segments)

    def _stands(self, term: str) -> bool:
        if self._has(fold(term)):
            return True
        return bool(_DIGIT.match(term)) and any(segment.terms(_begin(term), True) for segment in self.index.segments)

    # From a unit to terms

    def accepts(self, unit: Unit, term: str, wide: bool) -> bool:
        folded, strict = fold(term), unit.marked and not wide
        if folded == unit.folded:
            return not strict or term == unit.term or bool(unit.starts and _begins(term, unit.term))
        return bool(unit.starts) and folded.startswith(unit.starts) and (not strict or _begins(term, unit.term))

    def variants(self, unit: Unit, wide: bool, segment: Segment) -> list[Found]:
        if unit.pattern or unit.distance:
            return self._expanded([found for folded, found in segment.every_term() if _fits(unit, folded)], unit, segment.total)
        if not unit.starts:
            return [found for found in segment.terms(unit.folded) if self.accepts(unit, found.term, wide)]
        folds = {found.term: found for start in unit.starts for found in segment.terms(start, True)}
        folds |= {found.term: found for found in segment.terms(unit.folded)}
        return self._expanded([found for found in folds.values() if self.accepts(unit, found.term, wide)], unit, segment.total)

    @staticmethod
    def _expanded(found: list[Found], unit: Unit, total: int) -> list[Found]:
        found = [each for each in found if each.term[0] not in "~@"]
        found.sort(key=lambda each: (fold(each.term) != unit.folded, -sum(each.counts), each.term))
        kept, spent = [], 0
        for each in found:
            cost = min(each.counts[0], total - each.counts[0]) + each.counts[1] + each.counts[2]
            if fold(each.term) == unit.folded or (len(kept) < EXPANSIONS and spent + cost <= EXPANDED + total):
                kept.append(each)
                spent += cost
        return kept

    # Answers

    def run(self, query: str, wide: bool = False) -> Answer:
        """What a query finds; where nothing has all of it as typed, what comes near."""
        asked = self.ask(query)
        hits = self.find(asked, wide)
        scattered = bool(hits) and len(asked.units) >= PARTIAL and not asked.phrases and not self.tiers[hits[0]]
        if (hits and not scattered) or asked.nothing:
            return Answer(hits, "", asked)
        if not hits and asked.marked and not wide and (hits := self.find(asked, True)):
            return Answer(hits, "marks", asked)
        for respelt in self.respelt(asked):
            instead = self.ask(respelt)
            if found := self.find(instead, False):
                return Answer([*found, *(place for place in hits if place not in set(found))], "spelling", instead)
        if hits:
            return Answer(hits, "", asked)
        if len(asked.units) >= PARTIAL and not asked.phrases and (hits := self.find(asked, True, partial=True)):
            return Answer(hits, "part", asked)
        return Answer([], "", asked)

    def find(self, asked: Asked, wide: bool, partial: bool = False) -> list[int]:
        """The meetings that have all that is asked (or, where ``partial``, more than half of the words), best first."""
        total, limits = self.index.total, self._limits(asked, wide)
        counts, strict, dead = [0] * total, [0] * total, self.index.dead
        chain, terms = [7] * total, []
        fields = {}
        for unit in asked.units:
            here, plainly = self._occurrences(unit, wide, terms)
            fields[id(unit)] = here
            for place, mask in here.items():
                counts[place] += 1
                strict[place] += place in plainly
                if not unit.linkable or len(asked.units) == 1:
                    chain[place] &= mask
        needed = len(asked.units) // 2 + 1 if partial else len(asked.units)
        hits = [
            place for place in range(total) if counts[place] >= needed and place not in dead and all(place in limit for limit in limits)
        ]
        for links in [] if partial else self._chains(asked.phrases):
            hits = [place for place in hits if links.get(place)]
        hits = [place for place in hits if all(fields[id(unit)].get(place, 0) & TITLE for unit in asked.titles if id(unit) in fields)]
        together = [0] * total
        for left, right in list(zip(asked.units, asked.units[1:], strict=False))[:MOST_LINKS]:
            if left.linkable and right.linkable:
                links = self._link(left, right)
                for place in hits:
                    chain[place] &= links.get(place, 0)
                    together[place] += place in links
        found = scores(terms, total)
        full, ranks = len(asked.units), self.index.ranks
        tiers = {place: 3 if chain[place] & TITLE else 2 if chain[place] & NAMES else chain[place] & TEXT for place in hits}
        self.tiers = tiers

        def key(place: int) -> tuple:
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

        return sorted(hits, key=key)

    def scored(self, asked: Asked, wide: bool = False) -> Mapping[int, float]:
        """The score of every meeting that has one of the words."""
        terms: list = []
        for unit in asked.units:
            self._occurrences(unit, wide, terms)
        return scores(terms, self.index.total)

    def _occurrences(self, unit: Unit, wide: bool, terms: list) -> tuple[dict[int, int], set[int]]:
        """The fields in which each meeting has a unit, and the meetings that have it with its marks."""
        here: dict[int, int] = {}
        plainly: set[int] = set()
        merged: dict[str, tuple[list[int], list[list]]] = {}
        for segment in self.index.segments:
            for found in self.variants(unit, wide, segment):
                counts, lists = merged.setdefault(found.term, ([0, 0, 0], [[], [], []]))
                for column, occurrences in enumerate(segment.postings(found)):
                    counts[column] += found.counts[column]
                    lists[column] += occurrences
        for term, (counts, lists) in sorted(merged.items()):
            boost = (4 if term == unit.term else 2 if fold(term) == unit.folded else 1) * unit.weight
            terms.append((counts, boost, lists))
            as_typed = self.accepts(unit, term, False) or not unit.linkable
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
        limits = []
        for units in asked.excluded:
            having = [set(self._occurrences(unit, False, [])[0]) for unit in units]
            chains = [{place for place, mask in chain.items() if mask} for chain in self._chains([units])]
            limits.append(every - set.intersection(*having, *chains)) if having else None
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
        for card in self.candidates(units, wide, kind)[:MOST_NAMED]:
            for segment in self.index.segments:
                for found in segment.terms(f"@{kind[0]}:{card[1]}"):
                    having |= {place for occurrences in segment.postings(found) for place, _ in occurrences}
        return having

    # Names

    def candidates(self, units: Sequence[Unit], wide: bool, kind: str = "") -> list[list]:
        """What bears a name with all units, those that most meetings name first."""
        made = []
        for segment in self.index.segments:
            sets = [self._bearing(unit, wide, segment) for unit in units]
            if kind:
                sets.append(set(segment.named("@" + kind[0]).get("@" + kind[0], ())))
            if units:
                made += [segment.name(place) for place in sorted(set.intersection(*sets))[:MOST_NAMED]]
        return made

    def _bearing(self, unit: Unit, wide: bool, segment: Segment) -> set[int]:
        lists = segment.named(unit.folded)
        for start in unit.starts:
            lists |= segment.named(start, True)
        found = {place for term, places in lists.items() if term[0] not in "=@" and self.accepts(unit, term, wide) for place in places}
        return found - self.index.gone if segment is self.index.segments[0] else found

    def respelt(self, asked: Asked) -> list[str]:
        """The query with one word written as in a name that has all its other words, best known name first."""
        units = [unit for unit in asked.units if unit.single and not unit.pattern and not unit.distance]
        if len(units) != len(asked.units) or not 2 <= len(units) <= 6 or asked.kinds or asked.excluded or asked.years:
            return []
        made: list[str] = []
        for segment in self.index.segments:
            sets = [self._bearing(unit, True, segment) for unit in units]
            near = set().union(*(set.intersection(*(sets[:at] + sets[at + 1 :])) for at in range(len(sets))))
            for place in sorted(near)[:20]:
                label = segment.name(place)[3]
                words = [term.term for term in analyse(label, {}, False) if term.to - term.at == 1]
                if _near([unit.folded for unit in units], [fold(word) for word in words]):
                    made.append(label)
        return made[:3]


def _near(asked: list[str], name: list[str]) -> bool:
    """Whether a name has the words, all but one as they are and one with a letter more, less or other."""
    for at in range(len(name) - len(asked) + 1):
        pairs = [(a, b) for a, b in zip(asked, name[at : at + len(asked)], strict=True) if a != b]
        if len(pairs) == 1 and within(*pairs[0], 1):
            return True
    return False


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


def _fits(unit: Unit, folded: str) -> bool:
    if unit.distance:
        return within(unit.folded, folded, unit.distance)
    return bool(re.fullmatch(".*".join(map(re.escape, unit.pattern.split("*"))), folded))


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


def _begins(term: str, typed: str) -> bool:
    """Whether a term may become of what is typed: while a word is being typed its tone may still be missing."""
    tones = "".join(_TONES.findall(typed))
    return _TONES.sub("", term).startswith(_TONES.sub("", typed)) and (not tones or term.endswith(tones))
