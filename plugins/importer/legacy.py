"""Text set in the fonts of before Unicode: TCVN3 (.VnTime) and VNI, whose letters look like Latin-1 to a browser of today.

TCVN3 gives every letter one byte (TCVN 5712:1993, VN3); its capital fonts (.VnTimeH) show small letters as capitals. VNI writes a
letter and, behind it, its marks.
"""

from __future__ import annotations

import re
import unicodedata

from plugins.archive.text import nfc

from .syllables import score

_TCVN_BYTES = bytes.fromhex(
    "a1a2a3a4a5a6a7a8a9aaabacadae b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0 d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7"
    "e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafb fcfdfe"
)
_TCVN_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
# In windows-1252, which is how a browser reads the bytes. 0xD0 is ẽ, which closes the row of e.
_TCVN = str.maketrans(dict(zip(_TCVN_BYTES.decode("cp1252"), _TCVN_LETTERS, strict=True)))

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_MARKS = {
    **_VNI_TONES,
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)
_VNI_LETTER = re.compile(f"[{''.join(_VNI_ALONE)}]", re.IGNORECASE)

_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_FONT_TCVN = re.compile(
    r"\.?vn[a-z]*(?:time|arial|helv|avant|courier|book|century|cooper|present|shelley|southern|tifani|univers)", re.IGNORECASE
)
_FONT_VNI = re.compile(r"\bvni[- ]", re.IGNORECASE)
_ENOUGH = 5


def from_tcvn(text: str, capitals: bool = False) -> str:
    """Reads TCVN3 letters; ``capitals`` is for the fonts whose name ends in H."""
    read = text.translate(_TCVN)
    return read.upper() if capitals else read


def from_vni(text: str) -> str:
    """Reads VNI letters."""
    paired = _VNI_PAIR.sub(_vni_pair, text)
    return nfc(_VNI_LETTER.sub(lambda m: _cased(_VNI_ALONE[m[0].lower()], m[0]), paired).replace("\ue000", ""))


def _vni_pair(match: re.Match[str]) -> str:
    letter, mark = match[1], match[2].lower()
    base = _cased({"ô": "ơ", "ö": "ư"}.get(letter.lower(), letter.lower()), letter)
    composed = nfc(base + _VNI_MARKS[mark])
    # A letter that is made already must not be read a second time as a VNI letter (ô stands for ơ).
    return composed if not _VNI_LETTER.search(composed) else "\ue000".join(unicodedata.normalize("NFD", composed))


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def is_unicode(text: str) -> bool:
    """True where a text has letters that only Unicode's Vietnamese has, often enough to be no accident."""
    return len(_UNICODE_ONLY.findall(text)) >= _ENOUGH


def by_font(text: str, font: str) -> str:
    """Reads text by the name of its font; a text in any other font comes back as it is."""
    if not font or _UNICODE_ONLY.search(text):
        return text
    if _FONT_VNI.search(font):
        return from_vni(text)
    if _FONT_TCVN.search(font):
        return from_tcvn(text, capitals=font.split(",")[0].strip(" '\"").endswith("H"))
    return text


def by_looks(text: str) -> tuple[str, str]:
    """Reads a whole text in the way that makes it Vietnamese; gives the text and the name of the encoding, or "" for none."""
    if is_unicode(text):
        return text, ""
    readings = {"": text, "TCVN3": from_tcvn(text), "VNI": from_vni(text)}
    scores = {name: score(reading) for name, reading in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if best and scores[best] > max(scores[""], 0) + 3:
        return readings[best], best
    return text, ""
