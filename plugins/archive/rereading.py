"""What of a record is not kept in memory, read again from its file when it is asked for: its text, and on which line a field stands.

The text of a record is most of it, and few ask for it: whoever renders it, once.
"""

from __future__ import annotations

import os
from pathlib import Path

from . import files, frontmatter
from .problems import Problems
from .records import Record


class FileChanged(Exception):
    """A file is not what it was when its record was read; ``path`` is relative to content/."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def markdown(content: Path, record: Record) -> str:
    """The text of a record, Markdown as the editor wrote it; empty where there is none. Raises FileChanged."""
    if not record.body_line:
        return ""
    source = files.read(os.path.join(content, record.path), record.path, Problems())
    if source is None or source.sha256 != record.sha256:
        raise FileChanged(record.path)
    return source.text.split("\n", record.body_line - 1)[-1].rstrip("\n")


def line_of(content: Path, path: str, place: tuple[str | int, ...]) -> int:
    """The line of a field, or of the header where it is absent; 1 where the file cannot be read any more."""
    source = files.read(content / path, path, Problems())
    parsed = frontmatter.parse(source.text, path, Problems()) if source else None
    return parsed.header.line_of(place) if parsed else 1
