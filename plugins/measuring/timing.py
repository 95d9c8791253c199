"""Whole processes, timed side by side: what the operating system accounts for each, and ratios within one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One run: seconds of all processors, seconds by the clock, megabytes of the largest process."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], cwd: str | os.PathLike[str], environment: Mapping[str, str] | None = None) -> Figure:
    """Runs a command to its end. Raises CalledProcessError with what it printed where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    printed = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    return Figure(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


def said(command: Sequence[str]) -> str:
    """What a command prints."""
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False).stdout


def side_by_side(contestants: Mapping[str, Callable[[], Figure]], rounds: int) -> dict[str, list[Figure]]:
    """Runs the contestants in turn, round after round, so that a slow minute of the machine falls on all of them."""
    figures: dict[str, list[Figure]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contest in contestants.items():
            figures[name].append(contest())
    return figures


def median(figures: Sequence[Figure]) -> Figure:
    return Figure(*(statistics.median(getattr(figure, name) for figure in figures) for name in ("cpu", "wall", "memory")))


def ratio(ours: Sequence[Figure], theirs: Sequence[Figure], name: str) -> float:
    """The median of the ratios pair by pair."""
    return statistics.median(getattr(a, name) / getattr(b, name) for a, b in zip(ours, theirs, strict=True))
