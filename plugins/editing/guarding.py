"""What concerns the repository and not the site: drafts that wait, and files so large that git would carry them for ever."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from plugins.archive import files, frontmatter
from plugins.archive.problems import Problems

MAX_MEGABYTES = 10
_MEGABYTE = 1_000_000
_DRAFT = re.compile(rb"^status:[ \t]*[\"']?draft", re.MULTILINE | re.IGNORECASE)
_HEADER_BYTES = 20_000


def guard(content: Path, problems: Problems) -> None:
    """Adds what is found under a content folder; git's own folder and hidden ones are left out."""
    for file in _files(content):
        path = file.relative_to(content).as_posix()
        size = file.lstat().st_size
        if size > MAX_MEGABYTES * _MEGABYTE:
            problems.add(path, 0, "", "file-huge", size=round(size / _MEGABYTE, 1), limit=MAX_MEGABYTES)
        elif file.suffix == ".md" and (line := _draft_line(file, path)):
            problems.add(path, line, "status", "draft-waiting")


def _files(content: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(content):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (file for name in sorted(names) if (file := Path(folder, name)).is_file())


def _draft_line(file: Path, path: str) -> int:
    """The line that makes a file a draft; 0 where none does."""
    try:
        with file.open("rb") as stream:
            if not _DRAFT.search(stream.read(_HEADER_BYTES)):
                return 0
    except OSError:
        return 0  # reading the archive has told of it
    source = files.read(file, path, Problems())
    parsed = frontmatter.parse(source.text, path, Problems()) if source is not None else None
    status = parsed.header.data.get("status") if parsed else None  # type: ignore[union-attr]
    return status.line if status and str(status.data).strip().casefold() == "draft" else 0
