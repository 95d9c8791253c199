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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .coding import numbers
from .documents import Document
from .facets import Facet
from .findables import Findable
from .indexing import name_rows
from .pieces import FOLDER

FROM = 2_000
"""Meetings from which a base is kept; a smaller index is made anew in seconds."""
MOST_LATER = 150
"""New and changed meetings, or such as are gone, after which the base is made anew."""
_STATE = "base.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What is known of a base: a digest of each meeting and of each thing that can be named, in its order; its part of the manifest."""

    maker: str
    segment: dict
    known: list[list[str]]
    meetings: dict[str, str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What has happened since the base was made. ``before``: the number in the base before which each meeting stands; ``dead`` and
    ``gone``: numbers of meetings and names of the base that no longer hold."""

    documents: Sequence[Document]
    before: Sequence[int]
    found: Sequence[Findable]
    dead: Sequence[int]
    gone: Sequence[int]

    @property
    def is_small(self) -> bool:
        return len(self.documents) <= MOST_LATER and len(self.dead) <= MOST_LATER

    def said(self) -> dict[str, str]:
        """For the manifest."""
        return {"at": numbers(self.before), "dead": _gaps(self.dead), "gone": _gaps(self.gone)}


def load(folder: Path, maker: str) -> Base | None:
    """The base in a folder, if it is whole and ``maker`` made it."""
    try:
        said = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        base = Base(**{name: said[name] for name in ("maker", "segment", "known", "meetings", "names")})
        whole = base.maker == maker and all((folder / FOLDER / name).stat().st_size == size for name, size in said["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return base if whole else None


def keep(base: Base, made: Path, folder: Path) -> None:
    """Puts a base into a folder, in place of the one before; what is in its way when two builds meet is left as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".search-"))
    shutil.copytree(made / FOLDER, fresh / FOLDER, ignore=lambda _, names: [name for name in names if not name.startswith("a")])
    files = {path.name: path.stat().st_size for path in sorted((fresh / FOLDER).iterdir())}
    said = {"files": files} | {name: getattr(base, name) for name in ("maker", "segment", "known", "meetings", "names")}
    (fresh / _STATE).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        os.replace(fresh, folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def give(folder: Path, output: Path) -> None:
    """Copies the pieces of the base to a site."""
    shutil.copytree(folder / FOLDER, output / FOLDER, dirs_exist_ok=True)


def since(base: Base, documents: Iterable[Document], found: Sequence[Findable], ways: Sequence[Facet]) -> Later:
    """What a base does not know, or knows otherwise."""
    places = {id: place for place, id in enumerate(base.meetings)}
    later, before, alive, last = [], [], set(), 0
    for document in documents:
        place = places.get(document.id)
        if place is not None and base.meetings[document.id] == digest(document, ways):
            alive.add(place)
            last = place + 1
        elif len(later) <= MOST_LATER:
            later.append(document)
            before.append(last)
    marks = name_digests(found)
    return Later(
        documents=later,
        before=before,
        found=[one for one in found if base.names.get("/".join(one.key)) != marks["/".join(one.key)]],
        dead=[place for place in range(len(places)) if place not in alive],
        gone=[place for place, (key, mark) in enumerate(base.names.items()) if marks.get(key) != mark],
    )


def digest(document: Document, ways: Sequence[Facet]) -> str:
    """Stands for all that the index says of a meeting."""
    values = ["\0".join(way.of_meeting[document.id]) for way in ways]
    said = "\n".join(["\0".join(part) for part in (document.card, *document.lines)] + values)
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def name_digests(found: Sequence[Findable]) -> dict[str, str]:
    """Of everything that can be named, in the order of the index."""
    rows = name_rows(found)
    return {f"{row[0]}/{row[1]}": hashlib.blake2b(json.dumps(row).encode(), digest_size=6).hexdigest() for row in rows}


def maker(how: object) -> str:
    """Stands for the code and the plan that make an index."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources) + repr(how).encode()).hexdigest()


def recording(documents: Iterable[Document], ways: Sequence[Facet], into: dict[str, str]) -> Iterable[Document]:
    """The documents, while their digests are taken down."""
    for document in documents:
        into[document.id] = digest(document, ways)
        yield document


def _gaps(places: Sequence[int]) -> str:
    return numbers(place - before - 1 for before, place in zip([-1, *places], places, strict=False))
