"""A ZIP that depends on nothing but what is in it: fixed order, times, permissions and compression."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that ZIP knows: no clock and no checkout speaks from a file's date."""
_LEVEL = 9
_UNIX, _REGULAR_FILE = 3, 0o100644
_COMPRESSED_ALREADY = (".webp", ".jpg", ".png", ".avif", ".woff2")


def pack(target: Path, folder: str, entries: Iterable[tuple[str, Path | bytes]]) -> None:
    """Writes ``target`` beside itself first, then in one step; every entry lies in ``folder``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w") as made:
            for name, content in entries:
                made.writestr(
                    _entry(f"{folder}/{name}"), content if isinstance(content, bytes) else content.read_bytes(), compresslevel=_LEVEL
                )
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, TIME)
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE << 16
    # Compressed once more they would only grow, and take time to unpack on a slow phone.
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_COMPRESSED_ALREADY) else zipfile.ZIP_DEFLATED
    return entry
