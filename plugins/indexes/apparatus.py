"""What stands at the foot of every authority record: its text, the editor's notes, sources and corrections."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.archive.outputs import Body, Gathered
from plugins.archive.records import Correction, Record, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Apparatus:
    """``body`` is None where the editor wrote no text; corrections stand newest first."""

    body: Body | None
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]


def apparatus(record: Record, kind: str, gathered: Gathered) -> Apparatus:
    return Apparatus(
        body=gathered.bodies.get((kind, record.id)),
        notes=tuple(note.text for note in record.notes),
        sources=record.sources,
        corrections=tuple(sorted(record.corrections, key=lambda correction: correction.date, reverse=True)),
    )
