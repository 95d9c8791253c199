"""All texts of an archive, rendered by every processor and kept in a file: whoever wants one reads it there, so that nobody holds them all."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from plugins.archive import citations, urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Keep, Pickled, Task, keep_nothing
from plugins.archive.problems import N_
from plugins.archive.progress import Progress
from plugins.archive.records import Meeting, Record
from plugins.archive.rereading import markdown
from plugins.archive.sharing import shared

from .bodies import BodyRenderer
from .markup import DocumentPath

CHUNK = 50
"""A process renders so many texts at a time; then it is told how far the rendering is."""
_BUFFER = 1_000_000
"""Bytes; a text is larger than what files hold back of themselves, and would be written alone."""
Key = tuple[str, str]


class Bodies(Mapping[Key, Body]):
    """Rendered bodies by kind and id, in the order in which they were put here. Each is made anew for everyone who asks."""

    def __init__(self, folder: str | None) -> None:
        """The file lies in ``folder``, or where this system keeps what is soon forgotten; it has no name, and goes with the process."""
        self._file = tempfile.TemporaryFile(dir=folder, buffering=_BUFFER)  # noqa: SIM115 - it is open as long as a body may be asked for
        self._places: dict[Key, tuple[int, int]] = {}
        self._end = 0

    def put(self, key: Key, packed: bytes) -> None:
        self._file.write(packed)
        self._places[key] = self._end, len(packed)
        self._end += len(packed)

    def settle(self) -> None:
        """All have been put here: from now on they may be asked for."""
        self._file.flush()

    def __getitem__(self, key: Key) -> Body:
        offset, size = self._places[key]
        return _unpacked(self._read(offset, size))

    def _read(self, offset: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # processes that were forked share one place in the file
            return os.pread(self._file.fileno(), size, offset)
        self._file.seek(offset)
        return self._file.read(size)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def render(
    archive: Archive,
    records: Iterable[tuple[str, Record]],
    tidy: Callable[[Markup], Markup],
    *,
    progress: Progress,
    workers: int,
    folder: str | None,
    keep: Keep = keep_nothing,
) -> Bodies:
    """The bodies of those records that have a text. Raises FileChanged where a file is not what it was when the record was read.

    Each is also kept, for :class:`KeptBodies`. ``workers`` is as in :mod:`archive.sharing`; for ``tidy`` see :class:`BodyRenderer`, for ``folder`` :class:`Bodies`.
    """
    written = [(kind, record) for kind, record in records if record.body_line]
    progress.phase(N_("Dựng phần văn bản"))
    bodies = Bodies(folder)
    work = partial(_packed, archive, BodyRenderer(tidy))
    for number, packed in enumerate(shared(work, written, workers=workers, chunk=CHUNK)):
        kind, record = written[number]
        bodies.put((kind, record.id), packed)
        keep(_name((kind, record.id)), Pickled(packed))
        if number % CHUNK == 0:
            progress.reached(number, len(written))
    bodies.settle()
    return bodies


def _packed(archive: Archive, renderer: BodyRenderer, written: tuple[str, Record]) -> bytes:
    _, record = written
    body = renderer.render(markdown(archive.content, record), _document_path(record))
    tasks = [(task.number, task.anchor, task.text) for task in body.tasks]
    return pickle.dumps((body.html, tasks, body.given_by, body.passages), protocol=5)


class KeptBodies(Mapping[Key, Body]):
    """The bodies of the last build that are under ``keys``: each is read when it is asked for."""

    def __init__(self, kept: Callable[[str], Any], keys: Collection[Key]) -> None:
        self._kept, self._keys = kept, keys

    def __getitem__(self, key: Key) -> Body:
        return _body(*self._kept(_name(key)))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def mark(record: Record) -> bytes:
    """Another where the record's text may be rendered otherwise: it is another text, or what it cites is another document."""
    cited = [(one.as_written, one.document) for one in record.citations] if isinstance(record, Meeting) else ()
    return hashlib.blake2b(f"{record.sha256}{cited}".encode(), digest_size=16).digest()


def _name(key: Key) -> str:
    return f"meetings/body/{key[0]}/{key[1]}"


def _unpacked(packed: bytes) -> Body:
    return _body(*pickle.loads(packed))


def _body(html: str, tasks: list[tuple[int, str, str]], given_by: str, passages: tuple[tuple[str, str], ...]) -> Body:
    """Its text is that of its passages, and so need not lie in the file."""
    return Body(
        html=html,
        text="\n".join([text for _, text in passages]),
        tasks=tuple([Task(number=number, anchor=anchor, text=text) for number, anchor, text in tasks]),
        given_by=given_by,
        passages=passages,
    )


def _document_path(record: Record) -> DocumentPath:
    """A citation in a meeting's text leads to the list of documents on the same page; elsewhere it stays text."""
    if not isinstance(record, Meeting):
        return lambda type, number: ""
    anchors = {citations.number_key(c.as_written): "#" + urls.document_anchor(c.document) for c in record.citations}
    return lambda type, number: anchors.get(citations.number_key(number), "")
