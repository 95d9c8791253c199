"""What concerns the repository and its day, and not the site: drafts that wait, files so large that git would carry them for ever, meetings to come."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator
from pathlib import Path

from plugins.archive import files, frontmatter
from plugins.archive.archive import Archive
from plugins.archive.problems import Problems

MAX_MEGABYTES = 10
_MEGABYTE = 1_000_000
_DRAFT = re.compile(rb"^status:[ \t]*[\"']?draft", re.MULTILINE | re.IGNORECASE)
_HEADER_BYTES = 20_000


def guard(content: Path, problems: Problems) -> None:
    """Adds what is found under a content folder; git's own folder and hidden ones are left out."""
    for file in _files(content):
        size = file.stat(follow_symlinks=False).st_size
        if size > MAX_MEGABYTES * _MEGABYTE:
            problems.add(_path(file, content), 0, "", "file-huge", size=round(size / _MEGABYTE, 1), limit=MAX_MEGABYTES)
        elif os.path.splitext(file.name)[1] == ".md" and (line := _draft_line(file)):
            problems.add(_path(file, content), line, "status", "draft-waiting")


def look_ahead(archive: Archive, content: Path, problems: Problems, today: datetime.date) -> None:
    """Adds each meeting after today that no report is said to have told of: mostly its year is mistyped. A build must not ask for the day."""
    for meeting in archive.meetings.values():
        if meeting.date.first_day > today and meeting.published is None:
            source = files.read(content / meeting.path, meeting.path, Problems())
            parsed = frontmatter.parse(source.text, meeting.path, Problems()) if source is not None else None
            problems.add(meeting.path, parsed.header.line_of(("date",)) if parsed else 0, "date", "date-future", value=meeting.date)


def _path(file: os.DirEntry[str], content: Path) -> str:
    return Path(file.path).relative_to(content).as_posix()


def _files(folder: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # reading the archive has told of it
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _files(entry)
        elif entry.is_file():
            yield entry


def _draft_line(file: os.DirEntry[str]) -> int:
    """The line that makes a file a draft; 0 where none does."""
    try:
        with open(file, "rb", buffering=0) as stream:
            if not _DRAFT.search(stream.read(_HEADER_BYTES)):
                return 0
    except OSError:
        return 0  # reading the archive has told of it
    source = files.read(file, file.path, Problems())
    parsed = frontmatter.parse(source.text, file.path, Problems()) if source is not None else None
    status = parsed.fields.get("status") if parsed else None
    return status.line if status and str(status.data).strip().casefold() == "draft" else 0
