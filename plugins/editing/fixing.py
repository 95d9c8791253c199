"""Mends the files of an archive where a machine may, and shows what it changed."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.archive.files import MAX_BYTES
from plugins.archive.schema import RECORD_FIELDS

from .mending import mend


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was changed; ``difference`` is a unified diff."""

    path: Path
    difference: str


def fix(content: Path, only: Sequence[Path]) -> list[Mended]:
    """Mends every record under ``content`` (or those that ``only`` names) in place; gives the files it changed."""
    return [mended for file, folder in _records(content, only) if (mended := _fix(file, folder))]


def _records(content: Path, only: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    wanted = [path.resolve() for path in only]
    for folder in RECORD_FIELDS:
        for file in sorted((content / folder).rglob("*.md")):
            if not wanted or any(file.resolve().is_relative_to(path) for path in wanted):
                yield file, folder


def _fix(file: Path, folder: str) -> Mended | None:
    # Links and pipes are no records; what is too large or no UTF-8 is told by the check, not mended.
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_BYTES:
        return None
    try:
        before = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    after = mend(before, folder)
    if after == before:
        return None
    write_beside(file, after.encode("utf-8"))
    return Mended(file, _difference(file, before, after))


def write_beside(file: Path, data: bytes) -> None:
    """Replaces a file at one stroke: whatever interrupts, the file is the old one or the new one."""
    beside = file.with_name(f".{file.name}.sogiaoban-new")
    beside.write_bytes(data)
    os.replace(beside, file)


def _difference(file: Path, before: str, after: str) -> str:
    name = file.as_posix()
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm="", n=1)
    return "\n".join(lines) + "\n"
