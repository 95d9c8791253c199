"""Builds the index of a content folder and nothing else: ``python -m plugins.search.alone CONTENT OUTPUT [BASE]``.

Bodies are taken as they are written, without rendering. With BASE, the base of the index is kept in that folder. Prints JSON: manifest
and what else the search page names, meetings, seconds of all processors and by the clock for the index (not for reading the records),
megabytes of this process, which holds all records, before and after.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.archive.outputs import Body, Gathered
from plugins.archive.rereading import markdown

from .documents import day_first
from .writing import write

_MARKUP = re.compile(r"^(?:#+|[0-9]+\.|[-*>]) ", re.MULTILINE)


class _Bodies(dict[tuple[str, str], Body]):
    """The bodies of an archive's meetings, made when they are asked for."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self._archive = archive

    def get(self, key: tuple[str, str], default: Body | None = None) -> Body | None:  # type: ignore[override]  # the only way in which it is asked
        meeting = self._archive.meetings.get(key[1]) if key[0] == "meeting" else None
        return Body(html="", text=_MARKUP.sub("", markdown(self._archive.content, meeting)).replace("\n\n", "\n")) if meeting else default


def main(arguments: list[str]) -> int:
    content, output, *kept = map(Path, arguments)
    archive, problems = load(content)
    if problems.errors:
        print(problems.errors[0], file=sys.stderr)
        return 1
    bodies = _Bodies(archive)
    before, started = _seconds(), time.perf_counter()
    told: dict[str, object] = {"meetings": len(archive.meetings), "records_mb": _megabytes()}
    written = write(archive, Gathered(bodies=bodies), output, day_first, kept=kept[0] if kept else None)
    told |= {"cpu": _seconds() - before, "wall": time.perf_counter() - started}
    told |= {"manifest": written.manifest, "first": written.first}
    told |= {"own_mb": _megabytes()}
    print(json.dumps(told))
    return 0


def _seconds() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
