"""A file of content/ as text, with the digest of its bytes. Nothing raises; what is wrong becomes a problem."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from . import text
from .problems import Problems

MAX_BYTES = 500_000
"""Of a file; the longest report met so far has 10,000."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_CONFLICT_SIGNS = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class TextFile:
    """``text`` is NFC, with ``\\n`` ends and no byte order mark; ``sha256`` is the digest of the file as it lies there, in hexadecimal."""

    text: str
    sha256: str


def read(file: str | os.PathLike[str], path: str, problems: Problems) -> TextFile | None:
    """The file; None, with a problem under ``path``, where its text cannot be had."""
    try:
        found = os.lstat(file)
        # A link would let a record tell what stands anywhere on this machine.
        if not stat.S_ISREG(found.st_mode):
            problems.add(path, 0, "", "file-not-regular")
            return None
        if found.st_size > MAX_BYTES:
            problems.add(path, 0, "", "file-too-large", size=found.st_size, limit=MAX_BYTES)
            return None
        with open(file, "rb") as stream:
            data = stream.read()
    except OSError as error:
        problems.add(path, 0, "", "file-unreadable", reason=error.strerror or error)
        return None
    content = _decode(data, path, problems)
    return None if content is None else TextFile(content, hashlib.sha256(data).hexdigest())


def _decode(data: bytes, path: str, problems: Problems) -> str | None:
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(path, data[: error.start].count(b"\n") + 1, "", "encoding")
        return None
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    is_printable = content.replace("\n", "").isprintable()
    for pattern, code in _forbidden(content, is_printable):
        if found := pattern.search(content):
            problems.add(path, _line(content, found.start()), "", code, value=f"U+{ord(found[0][0]):04X}")
            return None
    return _mend(content, is_printable, path, problems)


def _forbidden(content: str, is_printable: bool) -> Iterator[tuple[re.Pattern[str], str]]:
    """What may stand in the text. To search each file for each pattern would cost more than to decode it."""
    if not is_printable:
        yield text.CONTROL, "control-character"
    if any(sign in content for sign in _CONFLICT_SIGNS):
        yield _CONFLICT, "conflict-marker"


def _mend(content: str, is_printable: bool, path: str, problems: Problems) -> str:
    if not is_printable and (found := text.INVISIBLE.search(content)):
        problems.add(path, _line(content, found.start()), "", "invisible-character", value=f"U+{ord(found[0]):04X}")
        content = text.INVISIBLE.sub("", content)
    normal = text.nfc(content)
    if normal is not content and normal != content:
        changed = next((n for n, line in enumerate(content.split("\n"), 1) if text.nfc(line) != line), 0)
        problems.add(path, changed, "", "not-nfc")
    return normal


def _line(content: str, offset: int) -> int:
    return content.count("\n", 0, offset) + 1
