"""Many pages in a row: examined in several processes, written one after the other, noted in a journal so that a break costs nothing."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from plugins.archive.loading import load

from . import examining, images, writing
from .duplicates import Known, Meetings, drafts
from .examining import Examined
from .fields import SURE, Field
from .journal import Journal, Outcome
from .matching import Authorities
from .sources import Source
from .workers import Task, Workers

Review = Callable[[Examined], list[Field] | None]
"""Shows the suggestions to the editor and gives back what he made of them; None where he left the page out."""


@dataclass(slots=True)
class Batch:
    """One run of the importer into one content folder."""

    content: Path
    journal: Journal
    sure: float = SURE
    review: Review | None = None
    add_sources: bool = False
    workers: int = field(default_factory=lambda: max(1, min(8, os.cpu_count() or 1)))
    meetings: Meetings = field(default_factory=Meetings)
    authorities: Authorities = field(default_factory=Authorities)
    own: set[str] = field(default_factory=set)
    """Records that this batch has written, now or before it was interrupted."""

    def run(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        """Does every source in order, and gives each outcome as soon as its record is safely on disk."""
        if self.content.is_dir():
            archive, _ = load(self.content)
            self.meetings, self.authorities = Meetings.of(archive), Authorities.of(archive)
            for known in drafts(self.content):
                self.meetings.add(known)
        for known in self.journal.meetings():
            self.meetings.add(known)
            self.own.add(known.path)
        for source, digest, found in self._examined(sources):
            if isinstance(found, Outcome):
                yield replace(found, again=True)
                continue
            outcome, written = self._write(source, found)
            self.journal.add(outcome, digest, written)
            yield outcome

    def _examined(self, sources: Iterable[Source]) -> Iterator[tuple[Source, str, Examined | Outcome]]:
        """Pages in order, each with its suggestions, or with what the journal says became of it."""
        # Only a few pages wait at a time, so that memory stays small however long the batch.
        waiting: deque[tuple[Source, str, Task | Outcome]] = deque()
        with Workers(self.workers if self.review is None else 1, self.authorities) as workers:
            for source in sources:
                digest = _digest(source)
                waiting.append((source, digest, self._done(source, digest) or workers.start(source)))
                if len(waiting) > 6 * self.workers:
                    yield _finished(workers, *waiting.popleft())
            while waiting:
                yield _finished(workers, *waiting.popleft())

    def _done(self, source: Source, digest: str) -> Outcome | None:
        outcome = self.journal.outcome(source.key, digest)
        is_lost = outcome is not None and outcome.status == "written" and not (self.content / outcome.path).is_file()
        return None if is_lost else outcome

    def _write(self, source: Source, examined: Examined) -> tuple[Outcome, Known | None]:
        if examined.fault:
            return Outcome(key=source.key, status="failed", examined=examined), None
        if self.review is not None:
            reviewed = self.review(examined)
            if reviewed is None:
                return Outcome(key=source.key, status="left-out", examined=examined), None
            examined = replace(examined, fields=reviewed)
        candidate = examining.known(examined, "", "")
        same = self.meetings.same(candidate) if candidate else None
        if same is not None:
            return self._as_source(source, examined, same), None
        return self._as_record(source, examined)

    def _as_record(self, source: Source, examined: Examined) -> tuple[Outcome, Known | None]:
        date = examined.value("date", self.sure)
        folder = str(date)[:4] if date and not str(date).startswith("-") else "khong-ro-nam"
        file = _free(self.content / "meetings" / folder, examined.stem)
        pictures = images.save(examined.captions, source.resource, self.content, folder, file.stem)
        extra: dict[str, Any] = {"images": pictures, "sources": [examined.source], "notes": examined.notes}
        text = writing.record(examined.fields, extra, examined.body, sure=self.sure)
        _write_whole(file, text)
        path = file.relative_to(self.content).as_posix()
        known = examining.known(examined, file.stem, path)
        if known is not None:
            self.meetings.add(known)
            self.own.add(path)
        return Outcome(key=source.key, status="written", path=path, examined=examined, record=text), known

    def _as_source(self, source: Source, examined: Examined, same: Known) -> Outcome:
        """The second report of a meeting. A published record is only touched where the editor asked for that."""
        file = self.content / same.path
        old = file.read_text(encoding="utf-8") if file.is_file() else ""
        told = str(examined.source.get("url") or examined.source.get("title", ""))
        if not old or not (self.add_sources or same.path in self.own) or (told and told in old):
            return Outcome(key=source.key, status="duplicate", path=same.path, examined=examined, record=old)
        try:
            text = writing.with_source(old, examined.source)
        except ValueError:
            return Outcome(key=source.key, status="duplicate", path=same.path, examined=examined, record=old)
        _write_whole(file, text)
        return Outcome(key=source.key, status="source-added", path=same.path, examined=examined, record=text)


def _finished(workers: Workers, source: Source, digest: str, found: Task | Outcome) -> tuple[Source, str, Examined | Outcome]:
    return source, digest, found if isinstance(found, Outcome) else workers.result(source, found)


def _digest(source: Source) -> str:
    return hashlib.sha256(source.data + source.fault.encode()).hexdigest()[:24]


def _free(folder: Path, stem: str) -> Path:
    """A file that is not there yet: a record that somebody wrote is never overwritten."""
    file, number = folder / f"{stem}.md", 2
    while file.exists():
        file, number = folder / f"{stem}-{number}.md", number + 1
    return file


def _write_whole(file: Path, text: str) -> None:
    """Beside, then in place: a break leaves the old file or the new one, never half a one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, file)
