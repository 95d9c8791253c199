"""Numbers as printable text, and scripts that hand such text over. theme/static/js/search-store.js reads both.

A number is one sign below 62; else a sign that says how many signs follow, in base 90. The signs leave out what would have to be escaped
in a script (quotation mark, backslash), what could end one ("<") and "|", which parts entries.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<|')
BASE = len(SIGNS)
SHORT, PAIRED = 62, 26
_TWO = SHORT + PAIRED * BASE
_FOUR = _TWO + BASE**3
_VALUE = {sign: value for value, sign in enumerate(SIGNS)}
_HARMLESS = str.maketrans({"<": r"\u003c", "\u2028": r"\u2028", "\u2029": r"\u2029"})


def _digits(value: int, count: int) -> str:
    return "".join(SIGNS[value // BASE**place % BASE] for place in reversed(range(count)))


def _written(value: int) -> bytes:
    if value < SHORT:
        return SIGNS[value].encode()
    if value < _TWO:
        lead, rest = divmod(value - SHORT, BASE)
        return (SIGNS[SHORT + lead] + SIGNS[rest]).encode()
    if value < _FOUR:
        return (SIGNS[BASE - 2] + _digits(value - _TWO, 3)).encode()
    return (SIGNS[BASE - 1] + _digits(value - _FOUR, 5)).encode()


FREQUENT = tuple(map(_written, range(_TWO)))
"""How small numbers are written: looked up where there are many."""


def number(value: int) -> bytes:
    """A number of 0 or more, below some billions."""
    return FREQUENT[value] if value < _TWO else _written(value)


def numbers(values: Iterable[int]) -> str:
    return b"".join(map(number, values)).decode()


def read(text: str) -> Iterator[int]:
    """The numbers of a text. Raises KeyError or StopIteration-like ValueError where it is none."""
    signs = iter(text)
    for sign in signs:
        value = _VALUE[sign]
        if value < SHORT:
            yield value
        elif value < SHORT + PAIRED:
            yield SHORT + (value - SHORT) * BASE + _VALUE[next(signs)]
        else:
            following, floor = (3, _TWO) if value == BASE - 2 else (5, _FOUR)
            total = 0
            for _ in range(following):
                total = total * BASE + _VALUE[next(signs)]
            yield floor + total


def compact(data: object) -> str:
    """Data as JSON, as short as it can be written."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def script(name: str, text: str) -> str:
    """A script that hands over ``text`` with a checksum; nothing in it can end a script element or a line of JavaScript."""
    quoted = compact(text).translate(_HARMLESS)
    return f'SoGiaoBan.search.receive("{name}",{quoted},{zlib.crc32(text.encode("utf-8"))});\n'


def digest(text: str, length: int = 4) -> str:
    """A few letters and digits that stand for a text; 20 bits at the usual length."""
    value = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8])
    return "".join("abcdefghijklmnopqrstuvwxyz234567"[value >> 5 * place & 31] for place in range(length))


def order(text: str) -> str:
    """A key that sorts texts as JavaScript does, by UTF-16."""
    if text.isascii() or max(text) < "\U00010000":
        return text
    units = text.encode("utf-16-be")
    return "".join(chr(units[at] << 8 | units[at + 1]) for at in range(0, len(units), 2))
