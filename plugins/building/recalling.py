"""What a build takes of the records that the last one kept (remembering.py): the archive with a few of its meetings changed, and what to write for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from plugins.archive import retaking, revising, urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Revision
from plugins.archive.problems import Problem, Problems
from plugins.archive.records import Meeting
from plugins.archive.tracing import DIGEST, Tracer

from .packing import Pack
from .trees import MARKER

_MOST = 200
"""More edited texts than these are as quickly built with all the rest."""


def own_pages(pack: Pack, changed: Collection[str], content: Path) -> set[str]:
    """Where the records in these files (paths below the content folder) stand: by the ids that they have, or by their names."""
    archive, meetings = archive_of(pack, content, {}), _meetings_in(pack, changed)
    found = {(path, PurePosixPath(path).stem) for path in changed} | set(meetings.items())
    for folder in {path.partition("/")[0] for path in changed} - {"meetings"}:
        found |= {(record.path, id) for id, record in getattr(archive, folder).items() if record.path in changed}
    return {urls.RECORDS[path.partition("/")[0]](id) for path, id in found}


def _meetings_in(pack: Pack, paths: Iterable[str]) -> Mapping[str, str]:
    """By path the ids of the meetings that the pack has of these files."""
    heads = pack.get("archive", "heads")
    return {path: heads[path][0] for path in paths if path in heads}


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


def own(pack: Pack, changed: Collection[str], content: Path, told: Collection[Problem]) -> tuple[Archive, Mapping[str, Meeting]] | None:
    """The archive with the meetings in these files, new or edited, as far as their own pages show it, and them; None where that cannot be told,
    or where a file is no meeting's."""
    from plugins.archive import joining

    if not all(path.startswith("meetings/") for path in changed):
        return None
    words = reworded(pack, changed, content, told)
    if words is not None:
        meetings = {id: meeting for id, (meeting, _) in words.items()}
        return archive_of(pack, content, meetings), meetings
    ids = _meetings_in(pack, changed)
    return joining.joined(archive_of(pack, content, {}), {path: ids.get(path) for path in changed})


def archive_with(made: Reworded, pack: Pack, content: Path, told: Collection[Problem], tracer: Tracer) -> tuple[Archive, Problems]:
    """The archive with these meetings, and its problems. What was taken of the files is put into the pack, and the tracer need not look at other records."""
    meetings = {id: meeting for id, (meeting, _) in made.items()}
    taken = {meeting.path: one for meeting, one in made.values()}
    retaking.keep_again(taken, partial(pack.get, "kept"), partial(pack.put, "kept"))
    archive = _whole_archive(pack, content, meetings)
    _tell_what_is_known(pack, archive, meetings, tracer)
    return archive, Problems(list(told))


def _whole_archive(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
    """As :func:`archive_of`, for a build that will ask for every record."""
    lazy = archive_of(pack, content, meetings)
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
    archive: Archive, pack: Pack, meetings: Mapping[str, Meeting], told: Iterable[Problem], outputs: Collection[str], carried: set[str], site: Path
) -> Revision:
    """``carried`` is where the paths are put that are carried over from the site with ``outputs``, which stands at ``site``."""

    def carry(*paths: str) -> None:
        for path in paths:
            if path not in outputs or path == MARKER:
                raise KeyError(path)
        carried.update(paths)

    return Revision(
        archive=archive,
        problems=Problems(list(told)),
        meetings=meetings,
        kept=lambda key: pack.get("kept", key),
        carry=carry,
        site=site,
    )


def archive_of(pack: Pack, content: Path, meetings: Mapping[str, Meeting]) -> Archive:
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
