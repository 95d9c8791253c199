"""Text to search terms. theme/static/js/search-analysis.js does the same, and tests/fixtures/search/analysis.json proves it of both.

A word is a run of digits or a run of letters, so that "57NQ" is two. ``exact`` keeps the marks of a word and unifies its spelling;
``fold`` drops the marks. A text yields three sorts of terms: each word; words joined by signs as one (57-NQ/TW, KH&KT); and the
abbreviation of each long form that synonyms.py or the archive knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Synonyms by the first word of the long form: its folded words, and the abbreviation that stands for it.
Synonyms = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"[0-9]+|[^\W0-9_](?:[^\W0-9_]|[{_MARKS}{_INVISIBLE}])*")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_DROPPED = re.compile(f"[{_MARKS}]")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_LONE_Y = re.compile(r"(h|k|l|m|s|t|qu)y")
_TIGHT = re.compile(r"[-\u2010-\u2015/&.]?")
_LOOSE = re.compile("[ \u00a0]?[-\u2010-\u2015/&.][ \u00a0]?|")

_LONGEST_PART, _MOST_PARTS = 12, 8
ROMAN = "- i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
# Words after which i, v, x are numerals: quý IV, số II, khóa XIII, lần thứ V, cụm II, khối VII
NUMBERED = frozenset({"qui", "so", "khoa", "thu", "cum", "khoi"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term that stands for the words ``at`` to ``to`` (not included), and for ``text[start:end]``."""

    term: str
    at: int
    to: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, from ``start`` to ``end``, and its terms."""

    raw: str
    exact: str
    fold: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.raw[0] in "0123456789"

    @property
    def is_code(self) -> bool:
        """True where it looks like a part of a document's number or of an abbreviation."""
        return len(self.raw) <= _LONGEST_PART and self.raw == self.raw.upper()


@lru_cache(maxsize=65536)
def exact(word: str) -> str:
    """One spelling for a word, with its marks: lower case, the tone mark last (hòa = hoà), i for a lone y after h k l m s t qu
    (kỹ = kĩ), no leading zeros."""
    if word[0] in "0123456789":
        return word.lstrip("0") or "0"
    marks = unicodedata.normalize("NFD", _UNSEEN.sub("", word).lower())
    base = unicodedata.normalize("NFC", _TONES.sub("", marks))
    if _LONE_Y.fullmatch(base):
        base = base[:-1] + "i"
    return base + "".join(_TONES.findall(marks))


@lru_cache(maxsize=65536)
def fold(term: str) -> str:
    """An exact term without its marks, đ as d."""
    return _DROPPED.sub("", unicodedata.normalize("NFD", term)).replace("đ", "d")


def synonyms(pairs: Iterable[tuple[str, str]]) -> Synonyms:
    """What ``analyse`` needs, from pairs of an abbreviation's term and a long form in folded words, space between."""
    by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for abbreviation, long_form in pairs:
        words = tuple(long_form.split(" "))
        by_first[words[0]].append((words, abbreviation))
    return {first: tuple(forms) for first, forms in by_first.items()}


def folded(text: str) -> str:
    """The folded words of a text, a space between: how the long form of a synonym is written."""
    return " ".join(word.fold for word in words(text))


def spelled(text: str) -> list[str]:
    """The exact words of a text."""
    return [word.exact for word in words(text)]


def analyse(text: str, known: Synonyms, any_case: bool = False) -> list[Term]:
    """The terms of a text: words first, then what signs join, then abbreviations of long forms.

    ``any_case`` is for queries, where "57-nq/tw" is meant as a number; in a text only capitals and digits are joined.
    """
    found = words(text)
    return [*_single(found), *joined(text, found, any_case), *_abbreviated(found, known)]


def words(text: str) -> list[Word]:
    found = []
    for match in _WORD.finditer(text):
        term = exact(match[0])
        found.append(Word(match[0], term, fold(term), match.start(), match.end()))
    return found


def _single(words: list[Word]) -> Iterable[Term]:
    for at, word in enumerate(words):
        yield Term(word.exact, at, at + 1, word.start, word.end)
        if at and word.fold in ROMAN and words[at - 1].fold in NUMBERED:
            yield Term(str(ROMAN.index(word.fold)), at, at + 1, word.start, word.end)
        if word.raw == "TƯ":  # trung ương; in small letters it is a word of its own
            yield Term("tw", at, at + 1, word.start, word.end)


def joined(text: str, words: list[Word], any_case: bool) -> Iterable[Term]:
    at = 0
    while at < len(words):
        to = at + 1
        while to < len(words) and _joins(text, words[to - 1], words[to], any_case):
            to += 1
        run = words[at:to]
        if 1 < len(run) <= _MOST_PARTS and _is_one(text, run):
            yield Term(_join(run), at, to, run[0].start, run[-1].end)
        at = to


def _joins(text: str, left: Word, right: Word, any_case: bool) -> bool:
    return bool(_LOOSE.fullmatch(text[left.end : right.start])) and (any_case or (left.is_code and right.is_code))


def _is_one(text: str, run: list[Word]) -> bool:
    # "20 – NQ/TW" is a number, "Cụm 1 - LHH" and "2014 – 2024" are not: with spaces, digits need two parts in letters.
    tight = all(_TIGHT.fullmatch(text[left.end : right.start]) for left, right in pairwise(run))
    numbers = sum(word.is_number for word in run)
    return tight or not numbers or len(run) - numbers >= 2


def _join(run: list[Word]) -> str:
    if all(word.is_number for word in run):
        return "-".join(word.exact for word in run)  # else 1/12/2025 and 11/2/2025 would be one
    joined = "".join("tw" if word.exact == "tư" else word.exact for word in run)
    return "tw" if joined == "tư" else joined


def _abbreviated(words: list[Word], known: Synonyms) -> Iterable[Term]:
    folds = tuple(word.fold for word in words)
    for at, first in enumerate(folds):
        for form, abbreviation in known.get(first, ()):
            to = at + len(form)
            if folds[at:to] == form:
                yield Term(abbreviation, at, to, words[at].start, words[to - 1].end)
