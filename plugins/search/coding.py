"""Numbers as printable text, and scripts that hand such text over. theme/static/js/search-store.js reads both.

A number is one sign below 62; else a sign that says how many signs follow, in base 90. The signs leave out what would have to be escaped
in a script (quotation mark, backslash), what could end one ("<") and "|", which parts entries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<|')
BASE = len(SIGNS)
SHORT, PAIRED = 62, 26
_TWO = SHORT + PAIRED * BASE
_FOUR = _TWO + BASE**3
_VALUE = {sign: value for value, sign in enumerate(SIGNS)}
_PRIME = 16_777_619
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


_FREQUENT = tuple(map(_written, range(_TWO)))
_CODES = np.frombuffer(SIGNS.encode(), np.uint8)


def numbers(values: Iterable[int]) -> str:
    """Numbers of 0 or more, below some billions."""
    return b"".join([_FREQUENT[value] if value < _TWO else _written(value) for value in values]).decode()


def many(values: np.ndarray) -> tuple[str, np.ndarray]:
    """Many numbers as ``numbers`` writes them, and before which sign each begins; behind them, where all end."""
    sizes = 1 + (values >= SHORT) + 2 * (values >= _TWO) + 2 * (values >= _FOUR)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    signs = np.empty(ends[-1], np.uint8)
    few = sizes == 1
    signs[ends[:-1][few]] = _CODES[values[few]]
    for size, floor, lead in ((2, SHORT, None), (4, _TWO, BASE - 2), (6, _FOUR, BASE - 1)):
        chosen = sizes == size
        at, rest = ends[1:][chosen] - 1, values[chosen] - floor
        for back in range(size - 1):
            signs[at - back] = _CODES[rest % BASE]
            rest //= BASE
        signs[at - size + 1] = _CODES[SHORT + rest if lead is None else lead]
    return signs.tobytes().decode("ascii"), ends


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
    return f'SoGiaoBan.search.receive("{name}",{quoted},{checksum(text)});\n'


def checksum(text: str) -> int:
    """Of the bytes, four at a time as one number: the number of bytes, then each time what there is by a prime, and the next, modulo 2**32.
    A browser counts it in a tenth of the time of a CRC; any one number that changes changes it."""
    data = text.encode("utf-8")
    words = np.frombuffer(data + bytes(-len(data) % 4), "<u4")
    powers = _powers(len(words).bit_length())[-len(words) - 1 :]
    return int(((words * powers[1:]).sum(dtype=np.uint32) + np.uint32(len(data)) * powers[:1])[0])


@cache
def _powers(bits: int) -> np.ndarray:
    """Of the prime, modulo 2**32, the highest first, down to the one of 0; one more than numbers of so many bits can ask for."""
    primes = np.full((1 << bits) + 1, _PRIME, np.uint32)
    primes[0] = 1
    return np.cumprod(primes, dtype=np.uint32)[::-1]


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
