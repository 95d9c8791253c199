"""The base of a large archive's index: built whole now and then, and kept, so that a day's work changes a dozen small files, not thousands.

Meetings that are new or changed since then make up a second, small segment; those of the base that they replace are named in the manifest.
What is found is the same. A base that cannot be read, or that other code or another plan made, is as one that is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Meeting

from .coding import numbers
from .findables import Findable
from .indexing import name_rows
from .survey import Survey, short_digest

FROM = 2_000
"""Meetings from which a base is kept; a smaller index is made anew in seconds."""
MOST_LATER = 150
"""New and changed meetings, or such as are gone, after which the base is made anew."""
_STATE = "base.json"

Carry = Callable[[str], bool]
"""Takes over the file at an output path of the last site; whether it has one there."""


def nothing_stands(_path: str) -> bool:
    """Where there is no last site."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What is known of a base: a digest of each meeting and of each thing that can be named, in its order; its part of the manifest."""

    maker: str
    segment: dict[str, Any]
    known: list[list[str]]
    meetings: dict[str, str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What has happened since the base was made. ``before``: the number in the base before which each meeting stands; ``dead`` and
    ``gone``: numbers of meetings and names of the base that no longer hold."""

    meetings: Sequence[Meeting]
    before: Sequence[int]
    found: Sequence[Findable]
    dead: Sequence[int]
    gone: Sequence[int]

    @property
    def is_small(self) -> bool:
        return len(self.meetings) <= MOST_LATER and len(self.dead) <= MOST_LATER

    @property
    def is_nothing(self) -> bool:
        return not (self.meetings or self.dead or self.found or self.gone)

    def said(self) -> dict[str, str]:
        """For the manifest."""
        return {"at": numbers(self.before), "dead": _gaps(self.dead), "gone": _gaps(self.gone)}


def load(folder: Path, maker: str) -> Base | None:
    """The base in a folder, if it is whole and ``maker`` made it."""
    try:
        said = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        base = Base(**{name: said[name] for name in ("maker", "segment", "known", "meetings", "names")})
        whole = base.maker == maker and said["files"] == _standing(folder / urls.SEARCH_INDEX)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return base if whole else None


def _standing(folder: Path) -> dict[str, list[int]]:
    """Size and time of change of every file: who writes into a piece of the site writes into the base as well, and is noticed."""
    with os.scandir(folder) as entries:
        return {entry.name: [entry.stat().st_size, entry.stat().st_mtime_ns] for entry in sorted(entries, key=lambda entry: entry.name)}


def keep(base: Base, made: Path, folder: Path) -> None:
    """Puts a base into a folder, in place of the one before; what is in its way when two builds meet is left as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".search-"))
    _share(made / urls.SEARCH_INDEX, fresh / urls.SEARCH_INDEX, base.segment["id"])
    said = {"files": _standing(fresh / urls.SEARCH_INDEX)} | {name: getattr(base, name) for name in ("maker", "segment", "known", "meetings", "names")}
    (fresh / _STATE).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        os.replace(fresh, folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def give(base: Base, folder: Path, output: Path, carry: Carry) -> None:
    """Puts the pieces of the base into a site, those apart that are carried over from the last one."""
    _share(folder / urls.SEARCH_INDEX, output / urls.SEARCH_INDEX, base.segment["id"], carry)


def _share(source: Path, target: Path, letter: str, carry: Carry = nothing_stands) -> None:
    """The pieces of a segment in another folder, as links where the system makes them, else as copies: thousands of them never change."""
    target.mkdir(parents=True, exist_ok=True)
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name.startswith(letter) and not carry(f"{urls.SEARCH_INDEX}/{entry.name}"):
                _link(entry.path, target / entry.name)


def _link(source: str, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def since(base: Base, archive: Archive, now: Survey) -> Later:
    """What a base does not know, or knows otherwise."""
    places = {id: place for place, id in enumerate(base.meetings)}
    later, before, last = [], [], 0
    for id, mark in now.digests.items():
        if base.meetings.get(id) == mark:
            last = places[id] + 1
        else:
            later.append(archive.meetings[id])
            before.append(last)
    marks = name_digests(now.found)
    return Later(
        meetings=later,
        before=before,
        found=[one for one in now.found if base.names.get("/".join(one.key)) != marks["/".join(one.key)]],
        dead=[place for id, place in places.items() if base.meetings[id] != now.digests.get(id)],
        gone=[place for place, (key, mark) in enumerate(base.names.items()) if marks.get(key) != mark],
    )


def name_digests(found: Sequence[Findable]) -> dict[str, str]:
    """Of everything that can be named, in the order of the index."""
    rows = name_rows(found)
    return {f"{row[0]}/{row[1]}": short_digest(json.dumps(row)) for row in rows}


def maker(*ways: object) -> str:
    """Stands for the code that makes an index and what it is made from, and for ``ways``, which say how else it depends on the day."""
    sources = sorted(Path(__file__).resolve().parents[1].rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources) + repr(ways).encode()).hexdigest()


def _gaps(places: Sequence[int]) -> str:
    return numbers(place - before - 1 for before, place in zip([-1, *places], places, strict=False))
