"""Whether a record that was just written is sound: by itself, and among the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plugins.archive.loading import load
from plugins.archive.problems import Problem, Problems
from plugins.archive.reading import read_entry

_TWINS = ("cluster-duplicate", "id-duplicate")
"""Told of one of two files, that which comes later in order of path; either may be the new one."""


def faults(file: Path, content: Path) -> tuple[list[Problem], list[Problem]]:
    """The errors of one file, and those of all others: its own fields come first, the others are looked at only where these are sound."""
    own = Problems()
    read_entry(file, content, own)
    if own.errors:
        return list(own.errors), []
    path = file.relative_to(content).as_posix()
    errors = [_seen_from(path, problem) for problem in load(content)[1].errors]
    return [problem for problem in errors if problem.path == path], [problem for problem in errors if problem.path != path]


def _seen_from(path: str, problem: Problem) -> Problem:
    """The same problem, told of the file at ``path`` where it is one of twins."""
    values = dict(problem.values)
    if problem.code not in _TWINS or values["other"] != f"content/{path}":
        return problem
    values["other"] = f"content/{problem.path}"
    return replace(problem, path=path, line=0, values=tuple(sorted(values.items())))
