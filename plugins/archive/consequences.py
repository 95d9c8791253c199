"""What is told once: a record that could not be read is named itself, and not again by each record that refers to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from .problems import Problem, Problems
from .reading import Entry

_UNKNOWN = {
    "person-unknown": "people",
    "organization-unknown": "organizations",
    "cluster-unknown": "clusters",
    "meeting-unknown": "meetings",
}
"""Folder of the records that a problem says are not there."""

Unread = set[tuple[str, str]]
"""Folder and id of records that have a file, and yet are not in the archive."""


def unread(problems: Problems) -> Unread:
    """The records whose files have errors. To be asked when all is read and nothing resolved: a name that means nobody spoils no record."""
    return {_record_of(problem.path) for problem in problems.errors}


def not_made(entries: Iterable[Entry], clusters: Iterable[str]) -> Unread:
    """Clusters that were read, but have no owner to belong to."""
    return {("clusters", entry.id) for entry in entries if entry.kind == "clusters"} - {("clusters", id) for id in clusters}


def leave_out(problems: Problems, unread: Unread) -> None:
    """Takes from the problems those that say of an unread record that there is none, and propose others in its place."""
    problems.found = [problem for problem in problems.found if not _follows(problem, unread)]


def _follows(problem: Problem, unread: Unread) -> bool:
    return problem.code in _UNKNOWN and (_UNKNOWN[problem.code], dict(problem.values)["value"]) in unread


def _record_of(path: str) -> tuple[str, str]:
    return path.partition("/")[0], PurePosixPath(path).stem
