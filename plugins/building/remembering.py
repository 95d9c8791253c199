"""What of the records, and of what their pages read, is kept for a later build; recalling.py takes it out again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from plugins.archive import revising, urls
from plugins.archive.archive import Archive
from plugins.archive.records import Meeting, Record
from plugins.archive.tracing import Tracer

from .carrying import Carrying, Ledger
from .packing import Pack

_GROUPS = ("meetings_of_cluster", "meetings_of_union")
"""What the page of a meeting shows of others."""


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
    """Puts into a pack what it does not hold yet of an archive and of what the pages have read."""
    for job in jobs(pack, context, carrying, content):
        job()


def jobs(pack: Pack, context: Mapping[str, Any], carrying: Carrying, content: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """The same as two pieces of work, in any order. Another process may do the second, which raises OSError where not all of it is in the pack."""
    before, archive = _marks(pack), context["archive"]
    return partial(_keep_each, pack, archive, before, carrying.tracer, content), partial(_keep_all, pack, archive, carrying)


def _keep_each(pack: Pack, archive: Archive, before: Mapping[tuple[str, str], bytes], tracer: Tracer, content: Path) -> None:
    """The records that are new or another than those with the marks of ``before``, and the heads of all meetings' files."""
    known, heads = _kept(pack, "heads"), {}
    for kind, records in archive.kinds():
        for id, record in records.items():
            is_same = (kind, id) in before and before[kind, id] == _mark(tracer, record)
            if not is_same:
                pack.put(kind, id, record)
            if kind == "meeting":
                has_head = is_same and record.path in known
                heads[record.path] = id, known[record.path][1] if has_head else revising.head_digest(os.path.join(content, record.path))
    pack.put("archive", "heads", heads)


def _marks(pack: Pack) -> Mapping[tuple[str, str], bytes]:
    """Of the records that the pack holds, but for meetings that were put in place of their older selves since."""
    marks = _kept(pack, "marks")
    rewritten = set(pack.get("pages", "rewritten")) if marks else ()
    return {key: mark for key, mark in marks.items() if not (rewritten and key[0] == "meeting" and urls.meeting(key[1]) in rewritten)}


def _mark(tracer: Tracer, record: Record) -> bytes:
    return tracer.told(record) + record.sha256.encode()


def _keep_all(pack: Pack, archive: Archive, carrying: Carrying) -> None:
    """What is told of all records at once."""
    pack.put("archive", "marks", {(kind, id): _mark(carrying.tracer, record) for kind, records in archive.kinds() for id, record in records.items()})
    pack.put("archive", "order", {kind: tuple(records) for kind, records in archive.kinds()})
    pack.put("archive", "groups", {name: {key: tuple(m.id for m in group) for key, group in getattr(archive, name).items()} for name in _GROUPS})
    pack.put("archive", "counts", dict(archive.count_citing))
    pack.put("archive", "rest", (archive.redirects, archive.near_names))
    pack.put("pages", "ledger", carrying.ledger())
    pack.put("pages", "rewritten", ())
    pack.flush()


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


def keep_texts(pack: Pack, meetings: Mapping[str, Meeting]) -> None:
    """Puts these meetings in place of their older selves."""
    for id, meeting in meetings.items():
        pack.put("meeting", id, meeting)


def keep_rewritten(pack: Pack, pages: Iterable[str]) -> None:
    """These pages are no longer those of which it is known what they read: a build that looks at more makes them again."""
    pack.put("pages", "rewritten", tuple(sorted({*pack.get("pages", "rewritten"), *pages})))
