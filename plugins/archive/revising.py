"""Whether a file that was edited says something that only its own page has to know.

Most edits mend the running text of one meeting. Where its header is letter for letter the same, where the text names the same documents as
before, and where nothing new is to be told to the editor, then every other record, every index and every list is what it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from .problems import Problem, Problems
from .reading import Entry, read_entry
from .records import Meeting

# No earlier than the fence that frontmatter.py finds, so that the whole header stands before it.
_FENCE = re.compile(rb"\n---[ \t]*\r?(?=\n|\Z)")


def head_digest(file: Path) -> str:
    """Of all that stands before the text of a file, byte for byte; of the whole file where that cannot be told."""
    data = file.read_bytes()
    fence = _FENCE.search(data) if data.startswith(b"---") else None
    return hashlib.sha256(data[: fence.end()] if fence else data).hexdigest()


def with_new_text(meeting: Meeting, content: Path, head: str, told: Iterable[Problem]) -> Meeting | None:
    """The meeting with the text that its file has now; None where anything beyond the text may be another.

    ``head`` is the digest of its file's head when ``meeting`` was made, ``told`` are the warnings about the archive of that day.
    """
    try:
        if head_digest(content / meeting.path) != head:
            return None
    except OSError:
        return None
    problems = Problems()
    entry = read_entry(content / meeting.path, content, problems)
    if entry is None or entry.id != meeting.id or not (entry.body_line and meeting.body_line):
        return None
    known = {problem for problem in told if problem.path == meeting.path}
    if set(problems) - known or any(_is_about_text(problem, entry, meeting) for problem in known):
        return None
    if entry.named_digest != meeting.named:
        return None
    return replace(meeting, body_line=entry.body_line, sha256=entry.sha256)


def _is_about_text(problem: Problem, entry: Entry, meeting: Meeting) -> bool:
    """Or about the file as a whole: what was told may no longer hold."""
    return not 0 < problem.line < min(entry.body_line, meeting.body_line)
