"""What of the records is kept for a later build, and how such a build goes on from it: see :class:`archive.outputs.Revision`."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from plugins.archive import retaking, revising, urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Revision
from plugins.archive.problems import Problem, Problems
from plugins.archive.records import Meeting, Record
from plugins.archive.tracing import DIGEST, Tracer

from .carrying import Carrying, Ledger
from .packing import Pack
from .trees import MARKER

_GROUPS = ("meetings_of_cluster", "meetings_of_union")
"""What the page of a meeting shows of others."""
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
    """Puts into a pack what it does not hold yet of an archive and of what the pages have read."""
    for job in jobs(pack, context, carrying, content):
        job()


def jobs(pack: Pack, context: Mapping[str, Any], carrying: Carrying, content: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """The same as two pieces of work, in any order. Another process may do the second, which raises OSError where not all of it is in the pack."""
    before, archive = _marks(pack), context["archive"]
    return partial(_keep_each, pack, archive, before, carrying.tracer, content), partial(_keep_all, pack, archive, carrying)


def _keep_each(pack: Pack, archive: Archive, before: Mapping, tracer: Tracer, content: Path) -> None:
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


def keep_texts(pack: Pack, revision: Revision) -> None:
    """Puts those meetings in place of their older selves; their pages are made again by a build that looks at more."""
    for id, meeting in revision.meetings.items():
        pack.put("meeting", id, meeting)
    keep_rewritten(pack, map(urls.meeting, revision.meetings))


def keep_rewritten(pack: Pack, pages: Iterable[str]) -> None:
    """These pages are no longer those of which it is known what they read."""
    pack.put("pages", "rewritten", tuple(sorted({*pack.get("pages", "rewritten"), *pages})))


def own_pages(pack: Pack, changed: Iterable[str]) -> set[str]:
    """The pages that the last site has of the meetings in these files (paths below the content folder)."""
    heads = pack.get("archive", "heads")
    return {urls.meeting(heads[path][0]) for path in changed if path in heads}


def revised(pack: Pack, changed: Iterable[str], content: Path, told: Collection[Problem]) -> Mapping[str, Meeting] | None:
    """The meetings with another text, where these are all that the ``changed`` files (paths below ``content``) come to; else None."""
    heads = _heads(pack, changed)
    if heads is None:
        return None
    meetings: dict[str, Meeting] = {}
    for id, head in heads.values():
        meeting = revising.with_new_text(pack.get("meeting", id), content, head, told)
        if meeting is None:
            return None
        meetings[id] = meeting
    return meetings


def _heads(pack: Pack, changed: Iterable[str]) -> Mapping[str, tuple[str, str]] | None:
    """Id and head of the meetings in these files, by path and in its order; None where one is not a meeting that the pack holds, or they are too many."""
    heads, paths = pack.get("archive", "heads"), sorted(changed)
    return {path: heads[path] for path in paths} if len(paths) <= _MOST and all(path in heads for path in paths) else None


Reworded = Mapping[str, tuple[Meeting, retaking.Taken]]
"""By id: a meeting that got other words of its own, and what was taken of its file."""


def reworded(pack: Pack, changed: Collection[str], content: Path, told: Collection[Problem]) -> Reworded | None:
    """Those meetings, where they are all that the ``changed`` files (paths below ``content``) come to; else None."""
    from plugins.archive import rewording  # what checks a header takes longer to load than an edited text to build, and that does without

    heads = _heads(pack, changed)
    if heads is None:
        return None
    made = {}
    for path, (id, _) in heads.items():
        last = retaking.taken_of(path, partial(pack.get, "kept"))
        found = last and rewording.reworded(pack.get("meeting", id), last, content, told)
        if not found:
            return None
        made[id] = found
    return made


def archive_with(made: Reworded, pack: Pack, content: Path, told: Collection[Problem], tracer: Tracer) -> tuple[Archive, Problems]:
    """The archive with these meetings, and its problems. What was taken of the files is put into the pack, and the tracer need not look at other records."""
    meetings = {id: meeting for id, (meeting, _) in made.items()}
    taken = {meeting.path: one for meeting, one in made.values()}
    retaking.keep_again(taken, partial(pack.get, "kept"), partial(pack.put, "kept"))
    archive = _whole_archive(pack, content, meetings)
    _tell_what_is_known(pack, archive, meetings, tracer)
    return archive, Problems(list(told))


def _whole_archive(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
    """As :func:`_archive`, for a build that will ask for every record."""
    lazy = _archive(pack, content, meetings)
    return replace(
        lazy,
        meetings=dict(lazy.meetings),
        people=dict(lazy.people),
        organizations=dict(lazy.organizations),
        clusters=dict(lazy.clusters),
        documents=dict(lazy.documents),
        pages=dict(lazy.pages),
    )


def _tell_what_is_known(pack: Pack, archive: Archive, meetings: Mapping[str, Meeting], tracer: Tracer) -> None:
    marks = pack.get("archive", "marks")
    for kind, record in archive.records():
        if not (kind == "meeting" and record.id in meetings):
            tracer.know(record, marks[kind, record.id][:DIGEST])


def revision(
    pack: Pack, content: Path, meetings: Mapping[str, Meeting], told: Iterable[Problem], outputs: Collection[str], carried: set[str], site: Path
) -> Revision:
    """``carried`` is where the paths are put that are carried over from the site with ``outputs``, which stands at ``site``."""

    def carry(*paths: str) -> None:
        for path in paths:
            if path not in outputs or path == MARKER:
                raise KeyError(path)
        carried.update(paths)

    return Revision(
        archive=_archive(pack, content, meetings),
        problems=Problems(list(told)),
        meetings=meetings,
        kept=lambda key: pack.get("kept", key),
        carry=carry,
        site=site,
    )


def _archive(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
    redirects, near_names = pack.get("archive", "rest")
    order = pack.get("archive", "order")
    made = Archive(
        meetings=pack.section("meeting", order["meeting"], changed=meetings),
        people=pack.section("person", order["person"]),
        organizations=pack.section("organization", order["organization"]),
        clusters=pack.section("cluster", order["cluster"]),
        documents=pack.section("document", order["document"]),
        pages=pack.section("page", order["page"]),
        redirects=redirects,
        near_names=near_names,
        content=content,
    )
    # To work them out, every meeting would be read.
    groups = {name: _Groups(found, made.meetings) for name, found in pack.get("archive", "groups").items()}
    vars(made).update(groups, count_citing=pack.get("archive", "counts"))
    return made


class _Groups(Mapping[str, tuple[Meeting, ...]]):
    """Meetings by the ids of those in each group."""

    def __init__(self, ids: Mapping[str, tuple[str, ...]], meetings: Mapping[str, Meeting]) -> None:
        self._ids, self._meetings = ids, meetings

    def __getitem__(self, key: str) -> tuple[Meeting, ...]:
        return tuple(self._meetings[id] for id in self._ids[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
