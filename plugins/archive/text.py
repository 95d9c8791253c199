"""Vietnamese text: one normal form, keys to compare names by, the order of the alphabet, slugs.

Everything that enters the archive is NFC (the site's fonts hold no combining marks). Both styles of tone placement (hòa, hoà) are
accepted and kept as written; only keys are free of the difference.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_ORDER = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}

# Line ends that only some programs see among them, and marks that reorder or carry hidden text. Python calls none of these printable, nor
# the invisible ones below.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u2028\u2029\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")
# Zero-width and bidirectional marks carry nothing in Vietnamese; copied from web pages they break matching and can hide text.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Runs of white space and lone characters of it that are not the plain space: most texts have none, and are left as they are.
_ODD_SPACES = re.compile(r"\s{2,}|[^\S ]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
# Taken apart, Vietnamese is plain letters and marks out of a block that holds nothing but marks (and U+034F, which is none).
_NOT_VIETNAMESE = re.compile("[^\x00-\x7f\u0300-\u034e\u0350-\u036f]")


def nfc(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of NFC text: invisible marks dropped, every run of white space one space, none at the ends."""
    # Of what is printable, only the plain space is white space, and nothing is invisible; that is most of what is cleaned.
    if text.isprintable() and "  " not in text:
        return nfc(text).strip(" ")
    return _ODD_SPACES.sub(" ", INVISIBLE.sub("", nfc(text))).strip()


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    # The tone goes to the end of the syllable, so that hòa and hoà, Quý and Qúy become one; vowels keep their quality.
    marks = unicodedata.normalize("NFD", word.casefold())
    tone = "".join(mark for mark in marks if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tone


@lru_cache(maxsize=65536)
def match_key(text: str) -> str:
    """What two writings of one name share: equal after NFC, case, spacing and tone placement, and no further."""
    return " ".join(_word_key(word) for word in clean(text).split(" "))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without any mark: "Hồ Đình Lưỡng" gives "ho dinh luong"."""
    marks = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    if _NOT_VIETNAMESE.search(marks) is None:
        return marks.encode("ascii", "ignore").decode("ascii")  # a third of the time that it takes to look at each character
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def slugify(text: str) -> str:
    """A name for a file and an address: "Đặng Vũ Minh" gives "dang-vu-minh"; empty where no letter or digit is left."""
    return _NOT_SLUG.sub("-", fold(clean(text))).strip("-")


def _letter(character: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in marks if mark in TONES), "")
    base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    return _LETTER_ORDER.get(base) or _LETTER_ORDER.get(fold(base)) or base, _TONE_ORDER[tone]


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[str, str]:
    """Vietnamese order: a ă â b c d đ e ê ..., then tones ngang huyền hỏi ngã sắc nặng; numbers by value."""
    padded = _DIGITS.sub(lambda number: number[0].zfill(8), clean(text).casefold())
    letters = [_letter(character) for character in padded]
    return "".join(letter for letter, _ in letters), "".join(tone for _, tone in letters)


def given_name_key(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The order of people: by given name (tên), then by family and middle names (họ, đệm)."""
    family, _, given = clean(name).rpartition(" ")
    return sort_key(given), sort_key(family)
