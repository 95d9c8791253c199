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

from . import body_checks, citations, files, frontmatter, quotes
from .problems import Problem, Problems
from .records import Meeting

# No earlier than the fence that frontmatter.py finds, so that the whole header stands before it.
_FENCE = re.compile(rb"\n---[ \t]*\r?(?=\n|\Z)")


def head_digest(file: str | Path) -> str:
    """Of all that stands before the text of a file, byte for byte; of the whole file where that cannot be told."""
    with open(file, "rb", buffering=0) as opened:
        data = opened.read()
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
    # The header was found sound when it was read, and so need not be checked again: what checks it takes a while to load.
    source = files.read(content / meeting.path, meeting.path, problems)
    parsed = frontmatter.parse(source.text, meeting.path, problems) if source else None
    if not (source and parsed and parsed.text_line and meeting.body_line):
        return None
    body_checks.check(parsed, problems)
    quotes.check(parsed, problems)
    known = {problem for problem in told if problem.path == meeting.path}
    if set(problems) - known or any(_is_about_text(problem, parsed.text_line, meeting) for problem in known):
        return None
    if citations.digest(citations.find(parsed.body)) != meeting.named:
        return None
    return replace(meeting, body_line=parsed.text_line, sha256=source.sha256)


def _is_about_text(problem: Problem, text_line: int, meeting: Meeting) -> bool:
    """Or about the file as a whole: what was told may no longer hold."""
    return not 0 < problem.line < min(text_line, meeting.body_line)
