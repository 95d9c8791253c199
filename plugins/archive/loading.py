"""content/ in, the archive and all its problems out."""

from __future__ import annotations

from pathlib import Path

from . import checking
from .archive import Archive
from .problems import N_, Problems
from .progress import SILENCE, Progress
from .reading import read_content
from .resolving import resolve


def load(content: Path, progress: Progress = SILENCE) -> tuple[Archive, Problems]:
    """Reads every record under a content folder. The archive holds what could be read; the problems say what could not."""
    problems = Problems()
    entries = read_content(Path(content), problems, progress)
    progress.phase(N_("Đối chiếu tên và văn bản"))
    archive = resolve(entries, problems)
    checking.check(entries, archive, problems)
    _warn_of_missing_sources(archive, problems)
    return archive, problems


def _warn_of_missing_sources(archive: Archive, problems: Problems) -> None:
    for meeting in archive.meetings.values():
        if not meeting.sources:
            problems.add(meeting.path, 1, "sources", "source-missing")
