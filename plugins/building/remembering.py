"""What of the records is kept for a later build, and how such a build goes on from it: see :class:`archive.outputs.Revision`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from plugins.archive import revising
from plugins.archive.archive import Archive
from plugins.archive.outputs import Revision
from plugins.archive.problems import Problem, Problems
from plugins.archive.records import Meeting

from .packing import Pack
from .trees import MARKER

_KINDS = ("meetings", "people", "organizations", "clusters", "documents", "pages")
_MOST = 200
"""More edited texts than these are as quickly built with all the rest."""


class Keeper:
    """What generators keep, until :meth:`stop`: a generator of an earlier build in the same process may still hear of pages."""

    def __init__(self, pack: Pack) -> None:
        self._pack: Pack | None = pack

    def __call__(self, key: str, value: object) -> None:
        if self._pack:
            self._pack.put("kept", key, value)

    def stop(self) -> None:
        self._pack = None


def keep_records(pack: Pack, context: Mapping[str, Any], content: Path) -> None:
    """Puts an archive and its rendered texts into a pack."""
    archive, bodies = context["archive"], context["gathered"].bodies
    for kind in _KINDS:
        for id, record in getattr(archive, kind).items():
            pack.put(kind, id, record)
    for (kind, id), body in bodies.items():
        pack.put("bodies", f"{kind}/{id}", body)
    pack.put("archive", "rest", (archive.redirects, archive.near_names))
    pack.put("archive", "heads", {m.path: (m.id, revising.head_digest(content / m.path)) for m in archive.meetings.values()})


def keep_texts(pack: Pack, context: Mapping[str, Any], revision: Revision) -> None:
    """Puts those meetings in place of their older selves."""
    for id, meeting in revision.meetings.items():
        pack.put("meetings", id, meeting)
        pack.put("bodies", f"meeting/{id}", context["gathered"].bodies["meeting", id])


def revised(pack: Pack, changed: Iterable[str], content: Path, told: Collection[Problem]) -> Mapping[str, Meeting] | None:
    """The meetings with another text, where these are all that the ``changed`` files (paths below ``content``) come to; else None."""
    heads = pack.get("archive", "heads")
    paths = sorted(changed)
    if len(paths) > _MOST or not all(path in heads for path in paths):
        return None
    meetings: dict[str, Meeting] = {}
    for path in paths:
        id, head = heads[path]
        meeting = revising.with_new_text(pack.get("meetings", id), content, head, told)
        if meeting is None:
            return None
        meetings[id] = meeting
    return meetings


def revision(pack: Pack, content: Path, meetings: Mapping[str, Meeting], told: Iterable[Problem], outputs: Collection[str], carried: set[str]) -> Revision:
    """``carried`` is where the paths are put that are carried over from the site with ``outputs``."""

    def carry(path: str) -> None:
        if path not in outputs or path == MARKER:
            raise KeyError(path)
        carried.add(path)

    return Revision(
        archive=_archive(pack, content, meetings),
        problems=Problems(list(told)),
        bodies=pack.section("bodies", lambda name: tuple(name.split("/", 1))),
        meetings=meetings,
        kept=lambda key: pack.get("kept", key),
        carry=carry,
    )


def _archive(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
    redirects, near_names = pack.get("archive", "rest")
    records = {kind: pack.section(kind, changed=meetings if kind == "meetings" else None) for kind in _KINDS}
    return Archive(**records, redirects=redirects, near_names=near_names, content=content)
