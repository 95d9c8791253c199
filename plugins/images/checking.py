"""What is wrong with pictures, told at the places that show them; also for ``check``, which starts without Pelican."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.problems import Problems

from .results import Fault
from .shelf import Shelf

FOLDER = "images"
"""Under content/."""
FIELD = "images"

Uses = dict[str, list[tuple[str, int]]]


def check(archive: Archive, content: Path, problems: Problems) -> None:
    """Adds what names and headers show to be wrong, without decoding a picture: for editors who want to know at once."""
    uses = uses_of(archive)
    if not uses:
        return
    from .making import sound_bytes  # Pillow takes a moment to load, and most archives under way have no picture

    shelf = Shelf(content / FOLDER)
    faults = {}
    for name in uses:
        found = sound_bytes(shelf, name)
        if isinstance(found, Fault):
            faults[name] = found
    report(faults, uses, problems)


def uses_of(archive: Archive) -> Uses:
    """The places (file of the record, line) that show each picture."""
    uses: Uses = defaultdict(list)
    for meeting in archive.meetings.values():
        for image in meeting.images:
            if image.file:
                uses[image.file].append((meeting.path, image.line))
    return dict(uses)


def report(faults: dict[str, Fault], uses: Uses, problems: Problems) -> None:
    """Names a fault at every place that shows the picture, for each must be mended."""
    for name, fault in sorted(faults.items()):
        for path, line in uses[name]:
            problems.add(path, line, FIELD, fault.code, value=name, **dict(fault.values))
