"""What of the records is kept for a later build, and how such a build goes on from it: see :class:`archive.outputs.Revision`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plugins.archive import revising, urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Revision
from plugins.archive.problems import Problem, Problems
from plugins.archive.records import Meeting

from .carrying import Carrying, Ledger
from .packing import Pack
from .trees import MARKER

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


def keep_records(pack: Pack, context: Mapping[str, Any], carrying: Carrying, content: Path) -> None:
    """Puts into a pack what it does not hold yet of an archive, its rendered texts and what the pages have read."""
    archive, bodies = context["archive"], context["gathered"].bodies
    before, marks = _kept(pack, "marks"), {}
    for kind, records in archive.kinds():
        for id, record in records.items():
            marks[kind, id] = carrying.tracer.told(record) + record.sha256.encode()
            if marks[kind, id] != before.get((kind, id)):
                pack.put(kind, id, record)
                if body := bodies.get((kind, id)):
                    pack.put("bodies", f"{kind}/{id}", body)
    known = _kept(pack, "heads")
    heads = {m.path: (m.id, _head(known.get(m.path), m, before, marks, content)) for m in archive.meetings.values()}
    pack.put("archive", "marks", marks)
    pack.put("archive", "heads", heads)
    pack.put("archive", "order", {kind: tuple(records) for kind, records in archive.kinds()})
    pack.put("archive", "written", tuple(f"{kind}/{id}" for kind, id in marks if (kind, id) in bodies))
    pack.put("archive", "rest", (archive.redirects, archive.near_names))
    pack.put("pages", "ledger", carrying.ledger())
    pack.put("pages", "rewritten", ())


def _head(known: tuple[str, str] | None, meeting: Meeting, before: Mapping, marks: Mapping, content: Path) -> str:
    key = "meeting", meeting.id
    return known[1] if known and before.get(key) == marks[key] else revising.head_digest(content / meeting.path)


def ledger(pack: Pack) -> Ledger:
    """What the pages of the last build have read, but for those that got another text since."""
    kept: Ledger = pack.get("pages", "ledger")
    rewritten = set(pack.get("pages", "rewritten"))
    return replace(kept, pages={path: page for path, page in kept.pages.items() if path not in rewritten}) if rewritten else kept


def _kept(pack: Pack, name: str) -> Any:
    try:
        return pack.get("archive", name)
    except KeyError:
        return {}


def keep_texts(pack: Pack, context: Mapping[str, Any], revision: Revision) -> None:
    """Puts those meetings in place of their older selves."""
    for id, meeting in revision.meetings.items():
        pack.put("meeting", id, meeting)
        pack.put("bodies", f"meeting/{id}", context["gathered"].bodies["meeting", id])
    rewritten = {*pack.get("pages", "rewritten"), *map(urls.meeting, revision.meetings)}
    pack.put("pages", "rewritten", tuple(sorted(rewritten)))


def revised(pack: Pack, changed: Iterable[str], content: Path, told: Collection[Problem]) -> Mapping[str, Meeting] | None:
    """The meetings with another text, where these are all that the ``changed`` files (paths below ``content``) come to; else None."""
    heads = pack.get("archive", "heads")
    paths = sorted(changed)
    if len(paths) > _MOST or not all(path in heads for path in paths):
        return None
    meetings: dict[str, Meeting] = {}
    for path in paths:
        id, head = heads[path]
        meeting = revising.with_new_text(pack.get("meeting", id), content, head, told)
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
        bodies=pack.section("bodies", pack.get("archive", "written"), lambda name: tuple(name.split("/", 1))),
        meetings=meetings,
        kept=lambda key: pack.get("kept", key),
        carry=carry,
    )


def _archive(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
    redirects, near_names = pack.get("archive", "rest")
    order = pack.get("archive", "order")
    records = [pack.section(kind, names, changed=meetings if kind == "meeting" else None) for kind, names in order.items()]
    return Archive(*records, redirects=redirects, near_names=near_names, content=content)
