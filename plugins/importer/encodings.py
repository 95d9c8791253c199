"""Bytes of an old page become Unicode NFC, whatever the page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.archive.text import INVISIBLE, nfc

from . import legacy
from .syllables import score

_META = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,30})", re.IGNORECASE)
_MOJIBAKE = re.compile("á»|áº|Ä‘|Æ°|Æ¡")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, NFC with ``\\n`` ends, and the name of the encoding it was found in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """Reads bytes by what they are: a byte order mark, then UTF-8 where it fits, then whatever reads as Vietnamese.

    What the page or the server declares only breaks a tie: old sites lie about it.
    """
    text, encoding = _raw(data, declared or _declared(data))
    if _MOJIBAKE.search(text[:200_000]):
        text, encoding = _undo_double_coding(text, encoding)
    if not legacy.is_unicode(text):
        text, older = legacy.by_looks(text)
        encoding = older or encoding
    return Decoded(tidy(text), encoding)


def tidy(text: str) -> str:
    """NFC, line ends, no control or invisible characters."""
    return nfc(INVISIBLE.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))))


def _declared(data: bytes) -> str:
    found = _META.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def _raw(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if wide := _utf16_without_mark(data):
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") * 50 < sum(not c.isascii() for c in lenient):
        return lenient, "utf-8"
    return _single_byte(data, declared)


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:2000]
    if sample.count(0) * 4 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"


def _single_byte(data: bytes, declared: str) -> tuple[str, str]:
    readings = {"windows-1258": nfc(data.decode("cp1258", errors="replace"))}
    latin = data.decode("cp1252", errors="replace")
    readings["TCVN3"], readings["VNI"], readings["windows-1252"] = legacy.from_tcvn(latin), legacy.from_vni(latin), latin
    plain = {name: _without_tags(reading) for name, reading in readings.items()}
    best = max(readings, key=lambda name: (score(plain[name]), name == declared.lower()))
    return readings[best], best


def _without_tags(text: str) -> str:
    return re.sub(r"<[^<>]{0,2000}>", " ", text[:200_000])


def _undo_double_coding(text: str, encoding: str) -> tuple[str, str]:
    """UTF-8 that was once read as windows-1252 and saved again."""
    try:
        again = b"".join(_byte(c) for c in text).decode("utf-8")
    except (UnicodeError, ValueError):
        return text, encoding
    return (again, f"{encoding} (twice)") if score(again) > score(text) else (text, encoding)


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(character)])
