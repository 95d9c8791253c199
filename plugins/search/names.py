"""The names that a query holds: records that bear them, and names spelt nearly so. theme/static/js/search-names.js does the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .analysis import analyse, fold
from .reading import Index, Segment
from .units import Asked, Unit, accepts, within

MOST_NAMED = 50


def candidates(index: Index, units: Sequence[Unit], wide: bool, kind: str = "") -> list[list[Any]]:
    """What bears a name with all units, those that most meetings name first."""
    made = []
    for segment in index.segments:
        sets = [_bearing(index, unit, wide, segment) for unit in units]
        if kind:
            sets.append(set(segment.named("@" + kind[0]).get("@" + kind[0], ())))
        if units:
            made += [segment.name(place) for place in sorted(set.intersection(*sets))[:MOST_NAMED]]
    return made


def _bearing(index: Index, unit: Unit, wide: bool, segment: Segment) -> set[int]:
    lists = segment.named(unit.folded)
    for start in unit.starts:
        lists |= segment.named(start, True)
    found = {place for term, places in lists.items() if term[0] not in "=@" and accepts(unit, term, wide) for place in places}
    return found - index.gone if segment is index.segments[0] else found


def respelt(index: Index, asked: Asked) -> list[str]:
    """The query with one word written as in a name that has all its other words, best known name first."""
    units = [unit for unit in asked.units if unit.single and not unit.pattern and not unit.distance]
    if len(units) != len(asked.units) or not 2 <= len(units) <= 6 or asked.kinds or asked.excluded or asked.years:
        return []
    made: list[str] = []
    for segment in index.segments:
        sets = [_bearing(index, unit, True, segment) for unit in units]
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
