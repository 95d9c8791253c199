"""A ZIP that depends on nothing but what is in it: fixed order, times, permissions and compression."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that ZIP knows: no clock and no checkout speaks from a file's date."""
_UNIX, _REGULAR_FILE = 3, 0o100644
_COMPRESSED_ALREADY = (".webp", ".jpg", ".png", ".avif", ".woff2")


def pack(target: Path, folder: str, entries: Iterable[tuple[str, Path | bytes]]) -> None:
    """Writes ``target`` beside itself first, then in one step; every entry lies in ``folder``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w") as made:
            for name, content in entries:
                _put(made, _entry(f"{folder}/{name}"), content)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(made: zipfile.ZipFile, entry: zipfile.ZipInfo, content: Path | bytes) -> None:
    """At zlib's usual level: the highest takes twice the time and saves less than one per cent."""
    if isinstance(content, bytes):
        made.writestr(entry, content)
        return
    entry.file_size = content.stat().st_size  # tells whether the entry needs the format for large files
    with content.open("rb") as source, made.open(entry, "w") as sink:
        shutil.copyfileobj(source, sink)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, TIME)
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE << 16
    # Compressed once more they would only grow, and take time to unpack on a slow phone.
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_COMPRESSED_ALREADY) else zipfile.ZIP_DEFLATED
    return entry
