"""lunr's formula. theme/static/js/search-engine.js computes the same; tests compare both with lunr.py's own Builder.

Lengths of fields do not count (lunr's b is 0): that a long report names a word is worth as much, and a client that must know the length
of every field would load 50 KB for it at 100,000 meetings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from .gathering import FIELDS, STEPS

BOOSTS = {"text": 1, "names": 3, "title": 4}
K1 = 1.2


def weights(counts: Sequence[int], total: int) -> list[list[float]]:
    """For each field what a term adds to the score of a meeting, by how often it occurs there."""
    having = sum(counts)
    rarity = math.log(1 + abs((total - having + 0.5) / (having + 0.5)))
    return [[round(rarity * ((K1 + 1) * times) / (K1 + times) * BOOSTS[field], 3) for times in STEPS] for field in FIELDS]


Term = tuple[Sequence[int], float, Sequence[Sequence[tuple[int, int]]]]
"""Its counts in all segments, a boost, and by field the meetings that have it, with a step."""


def scores(asked: Iterable[Term], total: int) -> Mapping[int, float]:
    """The score of every meeting that has one of the terms."""
    found: dict[int, float] = {}
    length = 0.0
    for counts, boost, lists in asked:
        length += boost * boost
        for column, occurrences in zip(weights(counts, total), lists, strict=True):
            for place, step in occurrences:
                found[place] = found.get(place, 0.0) + boost * column[step]
    return {place: score / math.sqrt(length) for place, score in found.items()} if length else found
