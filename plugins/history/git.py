"""When each file was added and last changed, from one pass over git's log. Without git, or without its whole past, nothing is said."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.archive.dates import VIETNAM, PartialDate

_COMMIT = "\x01"
_LOG = ["log", f"--format=format:{_COMMIT}%ct", "--name-status", "--find-renames", "--relative", "-z", "--", "."]


@dataclass(frozen=True, slots=True)
class Dates:
    """Days in Vietnam."""

    added: PartialDate
    changed: PartialDate


def history(content: Path) -> dict[str, Dates]:
    """By path relative to ``content``, with forward slashes. Empty where there is no git, no repository, or only its newest part:
    a shallow copy would date every file to the day it was fetched."""
    if _git(content, ["rev-parse", "--is-shallow-repository"]).strip() != "false":
        return {}
    return _dates(_events(_git(content, _LOG)))


def _git(folder: Path, arguments: list[str]) -> str:
    """What git prints, or nothing where it fails or is not there."""
    # A hook runs with these set to the repository that it belongs to.
    environment = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, env=environment, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


@dataclass(frozen=True, slots=True)
class _Event:
    """One file in one commit; ``before`` is what it was called before, mostly the same."""

    time: int
    path: str
    before: str


def _events(log: str) -> Iterator[_Event]:
    """From the newest to the oldest."""
    tokens = iter(log.split("\0"))
    time = 0
    for token in tokens:
        token = token.lstrip("\n")
        if token.startswith(_COMMIT):
            stamp, _, token = token.removeprefix(_COMMIT).partition("\n")
            time = int(stamp)
        if not token:
            continue
        before = next(tokens)
        path = next(tokens) if token[0] in "RC" else before
        if token[0] != "D":
            yield _Event(time, path, before if token[0] == "R" else path)


def _dates(events: Iterable[_Event]) -> dict[str, Dates]:
    changed: dict[str, int] = {}
    added: dict[str, int] = {}
    now: dict[str, str] = {}
    for event in events:
        name = now.get(event.path, event.path)
        changed.setdefault(name, event.time)
        added[name] = event.time
        if event.before != event.path:
            now[event.before] = name
    return {name: Dates(_day(added[name]), _day(changed[name])) for name in sorted(changed)}


def _day(time: int) -> PartialDate:
    day = datetime.datetime.fromtimestamp(time, VIETNAM)
    return PartialDate(day.year, day.month, day.day)
