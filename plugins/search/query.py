"""What a reader typed, in parts: theme/static/js/search-query.js does the same, word for word. Any string is a query; nothing raises.

Words are asked for as they stand. ``"…"`` is a phrase; ``+`` and ``-`` before a word or phrase require or exclude it; ``*`` stands for any
letters, ``~1`` for one letter more, less or other, ``^2`` for weight; ``người:``, ``cụm:``, ``tổ-chức:``, ``văn-bản:``, ``năm:`` and
``tiêu-đề:`` (or person, cluster, org, document, year, title) ask one thing only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .analysis import exact, fold

KINDS = {
    "nguoi": "person", "person": "person", "cum": "cluster", "khoi": "cluster", "cluster": "cluster", "to-chuc": "organization",
    "org": "organization", "organization": "organization", "van-ban": "document", "document": "document", "nam": "year", "year": "year",
    "tieu-de": "title", "title": "title",
}  # fmt: skip
_QUOTES = '"“”„«»'
_SPACE = " \t\n\r\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000"  # written out: two languages differ in what \s is
_TOKEN = re.compile(
    rf"([+-]?)(?:([^{_SPACE}:{_QUOTES}]+):)?(?:[{_QUOTES}]([^{_QUOTES}]*)(?:[{_QUOTES}]|$)|([^{_SPACE}{_QUOTES}]+))(\^[0-9]+)?"
)
_SKIPPED = re.compile(rf"[^{_SPACE}{_QUOTES}]+|[{_QUOTES}]")
_BLANK = re.compile(f"[{_SPACE}]")
_WEIGHT = re.compile(r"\^([0-9]{1,3})$")
_DISTANCE = re.compile(r"~([0-9])$")
_YEARS = re.compile(r"^([0-9]{4})?(\.\.)?([0-9]{4})?$")
_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Part:
    """``kind``: "words" (plain ones, as many as stand together), "phrase", "word" (one with a sign), or one of KINDS' values.
    ``weight`` and ``distance`` are numbers, ``sign`` is "+", "-" or nothing; ``open``: the last word may be a beginning."""

    kind: str
    text: str
    sign: str = ""
    weight: int = 1
    distance: int = 0
    quoted: bool = False
    open: bool = False


def parse(query: str) -> list[Part]:
    """The parts of a query, in order."""
    text = unicodedata.normalize("NFC", query)
    parts: list[Part] = []
    start, end = -1, -1
    at = 0
    while at < len(text):
        if _BLANK.match(text, at):
            at += 1
            continue
        found = _TOKEN.match(text, at)
        token = found and _part(found, found.end() == len(text))
        passed = found if token else _SKIPPED.match(text, at)
        after = passed.end() if passed else at + 1
        if token is None or token.kind == "words":
            start, end = (at if start < 0 else start), after
        else:
            if start >= 0:
                parts.append(Part("words", text[start:end]))
            parts.append(token)
            start = -1
        at = after
    if start >= 0:
        parts.append(Part("words", text[start:end], open=end == len(text) and bool(_HAS_WORD.match(text[-1]))))
    return [part for part in parts if _HAS_WORD.search(part.text) or part.kind == "year"]


def _part(found: re.Match[str], is_last: bool) -> Part | None:
    sign, field, phrase, word, weight = found.groups()
    kind = KINDS.get(_folded(field)) if field else None
    if field and not kind:
        return None
    times = _weight(weight)
    if phrase is not None:
        return Part(kind or "phrase", phrase, sign, times, quoted=True)
    if not weight and (inner := _WEIGHT.search(word)):
        times, word = _weight(inner[0]), word[: inner.start()]
    distance = 0
    if close := _DISTANCE.search(word):
        distance, word = min(int(close[1]), 2), word[: close.start()]
    if kind == "year":
        return Part(kind, word, sign) if _YEARS.match(word) and word != ".." else None
    if kind:
        return Part(kind, word.strip("*"), sign, times, open=is_last or "*" in word)
    if not (sign or distance or times != 1 or "*" in word):
        return Part("words", word)
    return Part("word", word, sign, times, distance) if _HAS_WORD.search(word) else None


def _weight(written: str | None) -> int:
    return max(1, min(int(written[1:4]), 100)) if written else 1


def _folded(word: str) -> str:
    return "-".join(fold(exact(piece)) if piece else "" for piece in word.lower().split("-"))


def years(text: str) -> tuple[int, int]:
    """First and last year of "2019..2023", "2019..", "..2023" or "2019"."""
    found = _YEARS.match(text)
    first, dots, last = found.groups() if found else (None, None, None)
    return int(first or 0), int(last or (9999 if dots else first or 0))
