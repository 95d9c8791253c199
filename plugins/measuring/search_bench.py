"""What the search costs: building its index, asking it in a browser from file://, one edit, at several sizes, beside what else can run.

Prints Markdown, as it stands in docs/search.md. Bytes, processor seconds and ratios can be trusted on a busy machine; times by the clock are
worth less.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plugins.archive import urls

from . import search_rivals
from .corpus import write
from .search_asking import ROOT, Asked, Typed, ask, prepare, typing
from .search_planted import bare

SIZES = (1_000, 10_000)
QUERIES = 46
TARGETS = {
    "cold query with manifest and ten cards, gzip KB, median / p95": ("90 / 150", "220 / 450"),
    "worst query, gzip KB": ("200", "600"),
    "cold on `file://`, from the query to ten cards drawn, ms, median / p95": ("60 / 150, idle", "120 / 300, idle"),
    "from opening the page with a query to ten cards drawn, ms, median / p95": ("", ""),
    "files of the index loaded, median / most": ("", ""),
    "warm query, ms, median": ("3", "20"),
    "longest task of a cold query, ms of processor, median / longest": ("50", "100"),
    "building, CPU s per 1,000": ("1.5", "1.5"),
    "memory of a worker; what the index adds to the process that holds the records, MB": ("500", "1,500"),
    "heap MB, median / p95, before collection": ("8", "25"),
    "files; MB raw / gzip": ("2,100", "9,000"),
    "one meeting edited: files changed; KB; CPU s": ("15; 500; 1", "15; 500; 5"),
}


def main(arguments: Sequence[str]) -> int:
    """Measures the sizes named (1000 and 10000 unless told otherwise; several with commas between) and prints tables. ``--keep FOLDER``
    keeps what was made, and takes up there what an earlier run made."""
    words = list(arguments)
    keep = Path(words.pop(words.index("--keep") + 1)) if "--keep" in words else None
    sizes = [int(size) for word in words for size in word.split(",") if size.isdigit()] or list(SIZES)
    with tempfile.TemporaryDirectory() as scratch:
        folders = {size: (keep or Path(scratch)) / str(size) for size in sizes}
        measured = {size: measure(size, folder) for size, folder in folders.items()}
        print(machine(), table(measured), sep="\n\n", flush=True)
        for size, folder in folders.items():
            print("\n" + "\n".join(typed(size, typing(folder / "site"))), flush=True)
            if size <= search_rivals.WHOLE:
                print("\n" + "\n".join(search_rivals.compare(folder / "content", folder, queries_for(folder / "content")[:12])), flush=True)
    return 0


def machine() -> str:
    """The machine, and how busy it is."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} {platform.machine()} processors, {platform.system()}, Python {platform.python_version()}{load}"


def table(measured: Mapping[int, Mapping[str, str]]) -> str:
    """Markdown: a row for each figure, a column for each size, the targets beside it."""
    targets = {10_000: 0, 100_000: 1}
    head, rows = [""], {name: [name] for name in TARGETS}
    for size, figures in measured.items():
        head += [f"{size:,}", "to reach"] if size in targets else [f"{size:,}"]
        for name, row in rows.items():
            row += [figures[name], TARGETS[name][targets[size]]] if size in targets else [figures[name]]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows.values()]).replace("|  |", "| |")


def typed(size: int, letters: Sequence[Typed]) -> list[str]:
    """What was typed, letter by letter, in a table."""
    rows = [f"| `{one.typed}` | {one.status} | {one.milliseconds:.0f} |" for one in letters]
    return [f"Typed at {size:,} meetings on `file://`:", "", "| typed | the page says | ms |", "|---|---|---|", *rows]


def measure(size: int, folder: Path) -> dict[str, str]:
    """The figures of one size, as they are printed; what is there already is not built again."""
    content, site = folder / "content", folder / "site"
    if not content.exists():
        write(size, content)
    built, edit = _built(folder), _edited(folder)
    prepare(site, built["manifest"], built["first"])
    asked = list(ask(site, Path(built["manifest"]).stem, queries_for(content)))
    files = list((site / urls.SEARCH_INDEX).iterdir())
    raw, packed = sum(path.stat().st_size for path in files), sum(len(gzip.compress(path.read_bytes())) for path in files)
    said = [
        f"{_median(asked, 'kilobytes'):.0f} / {_high(asked, 'kilobytes'):.0f}",
        f"{max(one.kilobytes for one in asked):.0f}",
        f"{_median(asked, 'cold'):.0f} / {_high(asked, 'cold'):.0f}",
        f"{_median(asked, 'opened'):.0f} / {_high(asked, 'opened'):.0f}",
        f"{_median(asked, 'files'):.0f} / {max(one.files for one in asked)}",
        f"{_median(asked, 'warm'):.1f}",
        f"{_median(asked, 'longest'):.0f} / {max(one.longest for one in asked):.0f}",
        f"{built['cpu'] / size * 1000:.2f}",
        f"{built['worker_mb']:.0f}; {built['own_mb'] - built['records_mb']:.0f}",
        f"{_median(asked, 'heap'):.0f} / {_high(asked, 'heap'):.0f}",
        f"{len(files):,}; {raw / 1e6:.1f} / {packed / 1e6:.1f}",
        f"{edit['files']}; {edit['kilobytes']:.0f}; {edit['cpu']:.1f}",
    ]
    return dict(zip(TARGETS, said, strict=True))


def _median(asked: Sequence[Asked], name: str) -> float:
    return statistics.median(getattr(one, name) for one in asked)


def _high(asked: Sequence[Asked], name: str) -> float:
    return sorted(getattr(one, name) for one in asked)[int(len(asked) * 0.95)]


# Building


def _built(folder: Path) -> dict[str, Any]:
    """Builds the index with its base, where it is not built yet; what plugins.search.alone told of it."""
    return _told(folder / "built.json", lambda: _alone(folder / "content", folder / "site", folder / "base"))


def _edited(folder: Path) -> dict[str, Any]:
    """What one edit changes, told by the same; the text is as it was afterwards."""
    return _told(folder / "edited.json", lambda: _edit(folder))


def _told(file: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    if not file.exists():
        file.write_text(json.dumps(make()), encoding="utf-8")
    return json.loads(file.read_text(encoding="utf-8"))


def _edit(folder: Path) -> dict[str, Any]:
    chosen = sorted((folder / "content" / "meetings").rglob("*.md"))[-2]
    before = chosen.read_bytes()
    try:
        chosen.write_bytes(before + "Thêm một câu.\n".encode())
        told = _alone(folder / "content", folder / "edited", folder / "base")
    finally:
        chosen.write_bytes(before)
    old, new = ({path.name: path for path in (folder / name / urls.SEARCH_INDEX).iterdir()} for name in ("site", "edited"))
    fresh = [path for name, path in new.items() if name not in old]
    return told | {"files": len(fresh), "kilobytes": sum(path.stat().st_size for path in fresh) / 1000}


def _alone(content: Path, output: Path, base: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "plugins.search.alone", *(str(path.resolve()) for path in (content, output, base))]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    peaks: dict[int, float] = {}  # the last of each, since before it runs a program of its own a child is told with its parent's memory
    while process.poll() is None:
        peaks |= {child: peak for child in _children(process.pid) if (peak := _peak(child))}
        time.sleep(0.05)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    told = json.loads(process.stdout.read() if process.stdout else "{}")
    return told | {"worker_mb": max(peaks.values(), default=0.0)}


def _children(process: int) -> list[int]:
    """On Linux; elsewhere none."""
    try:
        return [
            int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def _peak(process: int) -> float:
    """Megabytes that a process held at most; 0 where it has ended."""
    try:
        found = re.search(r"VmHWM:\s+([0-9]+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


# Queries


def queries_for(content: Path) -> list[str]:
    """Names, numbers, phrases of two to five syllables and very common words, taken from the records; every other one without marks."""
    choose = random.Random(7)
    texts = [path.read_text(encoding="utf-8") for path in choose.sample(sorted((content / "meetings").rglob("*.md")), QUERIES)]
    made = []
    for number, text in enumerate(texts):
        header, body = text.split("\n---\n", 1)
        query = _from(number % 6, header, body, choose)
        made.append(bare(query) if number % 2 else query)
    return ["hội nghị", "thi đua", "công nghệ chuyển đổi kế hoạch", *made[3:]]


def _from(kind: int, header: str, body: str, choose: random.Random) -> str:
    names = re.findall(r"name: ([^,]+),", header)
    words = (
        choose.choice([line for line in body.split("\n") if len(line.split()) > 40]).rstrip(".").replace(".", "").replace(",", "").split()
    )
    start = choose.randrange(len(words) - 6)
    numbers = re.findall(r"\d+-[A-ZĐ]+(?:/[A-ZĐ]+)?", body)
    if kind == 0:
        return choose.choice(names)
    if kind == 1 and numbers:
        return choose.choice(numbers)
    if kind == 2:
        return f"{choose.choice(names).split()[-1]} {words[start]}"
    return " ".join(words[start : start + kind]).lower()
