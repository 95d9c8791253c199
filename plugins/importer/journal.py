"""What a batch has done, one line a page: an interrupted batch goes on where it stopped. A line that was cut off is as good as none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plugins.archive.dates import PartialDate

from .contradictions import Contradiction
from .duplicates import Known
from .examining import Examined
from .fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one page. ``status`` is written, source-added, duplicate, left-out or failed."""

    key: str
    status: str
    path: str = ""
    """The record, relative to content/."""
    examined: Examined | None = None
    record: str = ""
    again: bool = False
    """True where an earlier, interrupted run did it."""


class Journal:
    """Lines of JSON in a file; without a file it only lives as long as the run."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.lines: dict[tuple[str, str], dict[str, Any]] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file and file.is_file() else ():
            try:
                entry = json.loads(line)
                self.lines[entry["key"], entry["digest"]] = entry
            except (ValueError, KeyError, TypeError):
                continue

    def add(self, outcome: Outcome, digest: str, known: Known | None) -> None:
        """Notes an outcome; on disk before this returns."""
        entry = {
            "key": outcome.key, "digest": digest, "status": outcome.status, "path": outcome.path, "record": outcome.record,
            "examined": asdict(outcome.examined) if outcome.examined else None, "known": _plain(known) if known else None,
        }  # fmt: skip
        self.lines[outcome.key, digest] = entry
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry, ensure_ascii=False, default=str) + "\n")

    def outcome(self, key: str, digest: str) -> Outcome | None:
        """What became of a page earlier, or None where it is new or has changed."""
        entry = self.lines.get((key, digest))
        if entry is None:
            return None
        return Outcome(key=key, status=entry["status"], path=entry["path"], record=entry["record"], examined=_examined(entry["examined"]))

    def meetings(self) -> Iterator[Known]:
        """The meetings that earlier pages gave."""
        for entry in self.lines.values():
            if entry["known"]:
                known = entry["known"]
                yield Known(
                    known["id"], known["path"], PartialDate.parse(known["date"]), PartialDate.parse(known["date_end"]) if known["date_end"] else None,
                    known["cluster"], known["union"], known["title"], tuple(known["urls"]),
                )  # fmt: skip


def _plain(known: Known) -> dict[str, Any]:
    return {**asdict(known), "date": str(known.date), "date_end": str(known.date_end) if known.date_end else ""}


def _examined(entry: dict[str, Any] | None) -> Examined | None:
    if entry is None:
        return None
    made = {**entry, "fields": [Field(**{**f, "matches": tuple(map(tuple, f["matches"]))}) for f in entry["fields"]]}
    made["contradictions"] = [Contradiction(c["about"], c["message"], tuple(map(tuple, c["values"]))) for c in entry["contradictions"]]
    return Examined(**made)
