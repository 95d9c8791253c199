"""What a Vietnamese syllable can look like: the measure by which encodings are told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plugins.archive.text import TONES

_INITIAL = "ngh|ng|nh|kh|gh|gi|ch|th|tr|ph|qu|[bcdđghklmnprstvx]"
_NUCLEUS = (
    "uyê|uya|iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uyu|oao|"
    "iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uơ|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|ya|"
    "[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(rf"(?:{_INITIAL})?(?:{_NUCLEUS})(?:ng|nh|ch|[cmnpt])?")
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]\"'“”‘’/\\&%+*=<>|–—-]+")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True where a word is spelt as Vietnamese is, whatever it means."""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marks if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    return len(tones) <= 1 and _SYLLABLE.fullmatch(bare) is not None


def score(text: str) -> float:
    """How much a text looks like Vietnamese: marked syllables count for it, words no Vietnamese could write count against it."""
    good = bad = 0
    for word in _WORD.findall(text[:20_000]):
        if word.isascii():
            continue
        if is_syllable(word):
            good += 1
        else:
            bad += 1
    return good - 2 * bad
