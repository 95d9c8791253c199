"""Pairs of neighbouring syllables, by which passages are compared, as whole numbers: millions of them are counted."""

from __future__ import annotations

from itertools import pairwise

from plugins.archive.text import match_key

# Syllables that only hold a sentence together; a pair with one of them says nothing, however rare it is.
_FUNCTION = match_key(
    "và của các những về cho với trong được là có theo để đến từ tại ở ra vào khi đã sẽ "
    "đang như hay hoặc này đó một mà bằng do vì trên dưới"
).split()
_AROUND = ".,;:!?()“”\"'…–-"
_BASE = 1 << 24
_NO_WORD = -1

Pair = int
NOTHING: Pair = 0
"""A pair that says nothing."""


class Syllables:
    """Numbers for syllables as they come: the same pair has the same number as long as one asks the same object."""

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def pairs(self, text: str) -> list[Pair]:
        """One for each two words that stand side by side, in order: as long as :func:`words_of` less one."""
        # Pairs across a comma do little harm, and are not worth a parser.
        numbers = [number for number in map(self._numbers.__getitem__, text.split()) if number != _NO_WORD]
        return [one * _BASE + next if one and next else NOTHING for one, next in pairwise(numbers)]


def words_of(text: str) -> list[str]:
    return [word for part in text.split() if (word := part.strip(_AROUND))]


class _Numbers(dict[str, int]):
    """By what stands between two spaces; 0 for a function word."""

    def __init__(self) -> None:
        self._known = dict.fromkeys(_FUNCTION, 0)

    def __missing__(self, written: str) -> int:
        word = written.strip(_AROUND)
        self[written] = number = self._known.setdefault(match_key(word), len(self._known)) if word else _NO_WORD
        return number
