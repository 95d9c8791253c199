"""Makes the pictures of an archive, and tells what pages need to know of them.

It loads Pillow, and so is asked for by builds that may have pictures to make, and not by one of an edited text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from plugins.archive import caching
from plugins.archive.archive import Archive
from plugins.archive.outputs import Derivative, Picture
from plugins.archive.problems import Problems

from . import recipe
from .cache import Cache, Entry, output_path
from .checking import FOLDER, report, uses_of
from .making import Workshop
from .shelf import Shelf


def gather(archive: Archive, content: Path, settings: Mapping[str, Any], problems: Problems) -> tuple[dict[str, Picture], dict[str, Entry]]:
    """The pictures that records show, by name, and all entries of the cache that belong to them, by key; for ``settings`` see ImageGenerator."""
    uses = uses_of(archive)
    workshop = Workshop(Shelf(content / FOLDER), Cache(_cache_folder(settings)))
    _make(workshop, uses, settings)
    report(workshop.faults, uses, problems)
    sound = {name: key for name, key in workshop.keys.items() if key in workshop.entries}
    return {name: _picture(key, workshop.entries[key]) for name, key in sorted(sound.items())}, workshop.entries


def _make(workshop: Workshop, names: Collection[str], settings: Mapping[str, Any]) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = settings.get("PROGRESS_CONSOLE") or Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not (names and console.is_terminal)) as progress:
        task = progress.add_task("Thu nhỏ ảnh", total=len(names))
        workshop.make(names, settings.get("IMAGES_EXECUTOR"), lambda: progress.advance(task))


def _cache_folder(settings: Mapping[str, Any]) -> Path:
    chosen = settings.get("IMAGES_CACHE")
    return Path(chosen) if chosen else caching.folder(settings, "images")


def _picture(key: str, entry: Entry) -> Picture:
    def derivatives(form: str) -> tuple[Derivative, ...]:
        files = [file for file in entry.files if file.form == form]
        return tuple(Derivative(path=output_path(key, f.width, form), width=f.width, height=f.height) for f in files)

    return Picture(
        width=entry.width,
        height=entry.height,
        modern_type=recipe.MODERN_TYPE,
        modern=derivatives(recipe.MODERN_FORM),
        jpeg=derivatives(recipe.JPEG_FORM),
    )
