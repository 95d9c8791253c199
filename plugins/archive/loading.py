"""content/ in, the archive and all its problems out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import checking, consequences
from .archive import Archive
from .problems import N_, Problems
from .progress import SILENCE, Progress
from .reading import read_content
from .resolving import resolve
from .retaking import Retaken
from .sharing import meanwhile


def load(content: Path, progress: Progress = SILENCE, workers: int = 0, last: Retaken | None = None) -> tuple[Archive, Problems]:
    """Reads every record under a content folder. The archive holds what could be read; the problems say what could not.

    Of the ``last`` build what was read is taken up again, and what the next may take up is kept. ``workers`` is as in :mod:`archive.sharing`.
    """
    problems, last = Problems(), last or Retaken()
    entries = read_content(Path(content), problems, progress, workers, last)
    unread = consequences.unread(problems)
    progress.phase(N_("Đối chiếu tên và văn bản"))
    with meanwhile([last.keep], workers=workers if last.has_much_to_keep else 1):
        archive = replace(resolve(entries, problems), content=Path(content))
        checking.check(entries, archive, problems)
    if problems.found:
        consequences.leave_out(problems, unread | consequences.not_made(entries, archive.clusters))
    _warn_of_missing_sources(archive, problems)
    return archive, problems


def _warn_of_missing_sources(archive: Archive, problems: Problems) -> None:
    for meeting in archive.meetings.values():
        if not meeting.sources:
            problems.add(meeting.path, 1, "sources", "source-missing")
