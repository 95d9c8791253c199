"""How long ``check`` takes over a synthetic archive, its start included: what an editor and the hook wait for."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from . import corpus, timing


def command(root: Path, sizes: Iterable[int], rounds: int) -> int:
    """Prints, for each size, the least and the median processor and clock seconds of ``tasks.py check``; gives the exit status."""
    print("| records | CPU s, least / median | clock s, least / median | memory MB |\n|---:|---:|---:|---:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(size, Path(folder) / "content")
            checking = [sys.executable, str(root / "tasks.py"), "check", str(Path(folder) / "content")]
            figures = [timing.run(checking, root) for _ in range(rounds)]
        print(_row(size, figures))
    return 0


def _row(size: int, figures: list[timing.Figure]) -> str:
    middle = timing.median(figures)
    least = {name: min(getattr(figure, name) for figure in figures) for name in ("cpu", "wall")}
    return f"| {size:,} | {least['cpu']:.2f} / {middle.cpu:.2f} | {least['wall']:.2f} / {middle.wall:.2f} | {middle.memory:.0f} |"
