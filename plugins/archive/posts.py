"""People who may be one because they held one post: "Võ Công Trí" and "Võ Văn Trí", each of them chairman of one union."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from . import text
from .records import Participation

_OFFICES = re.compile(r"[,;]| kiêm | [-–—] ")
# Offices that several people hold at a time, or held before.
_SHARED = ("phó", "ủy", "uỷ", "thành", "đại", "chuyên", "cán", "hội", "nguyên")
_A_MAN_AND_A_WOMAN = {text.match_key("văn"), text.match_key("thị")}


def same_post_pairs(participations: Iterable[Participation], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of ids, sorted: one office in one organization, names alike but for one syllable between the family's and the given name.

    In time linear in the participations: only who shares the office, both outer names and the number of syllables is compared.
    """
    drawers: defaultdict[tuple[str, str, str, str, int], dict[str, list[str]]] = defaultdict(dict)
    for one in participations:
        words = text.match_key(names[one.person]).split() if one.person else []
        if len(words) > 2:
            for organization in one.organizations:
                for office in _offices(one.position):
                    drawers[organization, office, words[0], words[-1], len(words)][one.person or ""] = words
    return sorted({pair for people in drawers.values() for pair in _alike(people)})


@lru_cache(maxsize=65536)
def _offices(position: str) -> tuple[str, ...]:
    """The first two words of each office that one person holds at a time: "Chủ tịch Liên hiệp Hội" is a "Chủ tịch"."""
    offices = (office.split() for office in _OFFICES.split(position.casefold()))
    return tuple(text.match_key(" ".join(words[:2])) for words in offices if len(words) > 1 and words[0] not in _SHARED)


def _alike(people: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for first, second in combinations(sorted(people), 2):
        differing = [pair for pair in zip(people[first], people[second], strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and set(differing[0]) != _A_MAN_AND_A_WOMAN:
            yield first, second
