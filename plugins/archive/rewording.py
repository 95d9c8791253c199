"""Whether a meeting that was edited says of everybody what it said before: where only words of its own are others, no name is resolved anew.

A new title is the commonest edit of a header. The file is read and checked as ever; where all that other records and the checks of the whole archive
look at is as it was, the archive is the last one with this meeting in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from .problems import Problem, Problems
from .reading import Entry, read_entry
from .records import Meeting
from .retaking import Taken

OWN = ("title", "summary", "tags", "attendance", "venue")
"""Fields of a meeting in which nothing is looked for, and of which no other record is made."""
_ON_KNOWN_LINES = frozenset({"alt-missing", "quarter-missing", "source-missing"})
"""Warnings of the whole archive whose lines an entry holds; others are told of lines that only the file knows."""


def reworded(meeting: Meeting, last: Taken, content: Path, told: Collection[Problem]) -> tuple[Meeting, Taken] | None:
    """The meeting as its file has it now, and what was taken of the file; None where more than its own words may be another.

    ``last`` is what was taken of the file when ``meeting`` was made, ``told`` are the warnings about the archive of that day.
    """
    before, warned = last
    problems = Problems()
    entry = read_entry(content / meeting.path, content, problems)
    if entry is None or before is None or list(problems.found) != list(warned):
        return None
    if not _is_same_but_for_words(entry, before) or not _are_on_known_lines(meeting, warned, told):
        return None
    words = {name: getattr(entry.fields, name) for name in OWN}
    return replace(meeting, **words, body_line=entry.body_line, sha256=entry.sha256), (entry, problems.found)


def _is_same_but_for_words(entry: Entry, before: Entry) -> bool:
    """The digest of the documents that the text names stands for them; where they stand in it is nothing to others."""
    words = {name: getattr(before.fields, name) for name in OWN}
    of_the_file = {name: getattr(before, name) for name in ("sha256", "body_line", "content", "named")}
    return replace(entry, **of_the_file, fields=entry.fields._replace(**words)) == before


def _are_on_known_lines(meeting: Meeting, warned: Collection[Problem], told: Collection[Problem]) -> bool:
    return all(problem.code in _ON_KNOWN_LINES for problem in told if problem.path == meeting.path and problem not in warned)
