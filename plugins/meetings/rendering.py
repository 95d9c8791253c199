"""All texts of an archive, rendered by every processor while the pages are prepared, and kept in files: whoever wants one reads it there, so that nobody
holds them all."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Any

from markupsafe import Markup

from plugins.archive import citations, urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Keep, Pickled, Task, keep_nothing
from plugins.archive.problems import N_
from plugins.archive.progress import Progress
from plugins.archive.records import Meeting, Record
from plugins.archive.rereading import markdown
from plugins.archive.sharing import begun, drawn, processes, tickets

from .bodies import BodyRenderer
from .markup import DocumentPath

CHUNK = 50
"""A process renders so many texts at a time; then it is told how far the rendering is."""
Key = tuple[str, str]
Place = tuple[int, int, int]
"""Number of the file, offset, size."""


class Bodies(Mapping[Key, Body]):
    """Rendered bodies by kind and id, in the order of ``keys``. Each is made anew for everyone who asks; nobody may ask before they are settled."""

    def __init__(self, keys: Collection[Key], files: Sequence[IO[bytes]], made: Iterator[tuple[int, Place]]) -> None:
        """``made`` tells where each body lies in the ``files``, by the number of its key."""
        self._keys, self._files, self._made = keys, files, made
        self._places: dict[Key, Place] = {}

    def settle(self, progress: Progress) -> None:
        """Waits until all are rendered. Raises FileChanged where a file is not what it was when the record was read."""
        progress.phase(N_("Dựng phần văn bản"))
        found = {}
        for number, place in self._made:
            found[number] = place
            if len(found) % CHUNK == 0:
                progress.reached(len(found), len(self._keys))
        self._places = {key: found[number] for number, key in enumerate(self._keys)}

    def __getitem__(self, key: Key) -> Body:
        if len(self._places) < len(self._keys):
            raise RuntimeError("a body was asked for before all are rendered")
        return _unpacked(self._read(*self._places[key]))

    def _read(self, file: int, offset: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # processes that were forked share one place in the file
            return os.pread(self._files[file].fileno(), size, offset)
        self._files[file].seek(offset)
        return self._files[file].read(size)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@contextmanager
def rendering(
    archive: Archive, records: Iterable[tuple[str, Record]], tidy: Callable[[Markup], Markup], *, workers: int, folder: str | None, keep: Keep = keep_nothing
) -> Iterator[Bodies]:  # fmt: skip
    """Gives the bodies of those records that have a text. Other processes render them while the block runs; before its end they are to be settled.

    Each is also kept, for :class:`KeptBodies`. ``workers`` is as in :mod:`archive.sharing`; for ``tidy`` see :class:`BodyRenderer`. They lie in files without a
    name, in ``folder`` or where this system keeps what is soon forgotten, and go with the process.
    """
    written = {(kind, record.id): record for kind, record in records if record.body_line}
    files = [tempfile.TemporaryFile(dir=folder) for _ in range(processes(workers))]  # noqa: SIM115 - open as long as a body may be asked for
    with tickets(len(files)) as office:
        work = _Work(archive, written, BodyRenderer(tidy), files, office, keep)
        with begun(work, tuple(written), workers=workers, chunk=CHUNK) as made:
            yield Bodies(written.keys(), files, made)


@dataclass
class _Work:
    """Renders one body after another, in one of several processes; each puts its own into a file of which it draws the number."""

    archive: Archive
    records: Mapping[Key, Record]
    renderer: BodyRenderer
    files: Sequence[IO[bytes]]
    office: int
    keep: Keep

    @cached_property
    def _own(self) -> int:
        return next(drawn(self.office))

    def __call__(self, key: Key) -> Place:
        record, file = self.records[key], self.files[self._own]
        packed = _packed(self.renderer.render(markdown(self.archive.content, record), _document_path(record)))
        self.keep(_name(key), Pickled(packed))
        offset = file.tell()
        file.write(packed)
        file.flush()  # such a process ends without a farewell
        return self._own, offset, len(packed)


def _packed(body: Body) -> bytes:
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
