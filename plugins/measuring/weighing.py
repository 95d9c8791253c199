"""How many pages of each kind a site holds, and how heavy they are: builds can be compared only where these can."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "ban-ghi": "meetings",
    "cum": "clusters",
    "to-chuc": "organizations",
    "nguoi": "people",
    "van-ban": "documents",
    "lich": "years and quarters",
}
"""The folder of each kind of page, the same in all sites that are compared."""
OTHERS = "home, indexes and others"


@dataclass(frozen=True, slots=True)
class Weight:
    files: int
    bytes: int

    @property
    def average(self) -> float:
        """Kilobytes a file."""
        return self.bytes / self.files / 1000 if self.files else 0


def pages(output: Path) -> dict[str, Weight]:
    """The HTML pages of a site by kind."""
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for path, size in _files(output):
        if path.endswith(".html"):
            kind = KINDS.get(path.partition("/")[0], OTHERS)
            files[kind] += 1
            sizes[kind] += size
    return {kind: Weight(files[kind], sizes[kind]) for kind in (*KINDS.values(), OTHERS)}


def whole(output: Path) -> Weight:
    """All files of a site."""
    sizes = [size for _, size in _files(output)]
    return Weight(len(sizes), sum(sizes))


def _files(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.stat().st_size
