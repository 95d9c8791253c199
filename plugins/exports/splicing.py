"""A file written anew with other pieces in some places, block by block: however large it is, little of it is in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_BLOCK = 8_000_000


class NotThere(LookupError):
    """A piece stands in a file otherwise than was thought."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``old`` stands in a file so many ``times``, and ``new`` is to stand there."""

    old: bytes
    new: bytes
    times: int = 1


def splice(source: Path, target: Path, pieces: Sequence[Piece], block: int = _BLOCK) -> None:
    """Writes ``source`` with other pieces at ``target``. Raises NotThere where one is not found as often as it should be."""
    with source.open("rb") as file:
        places = sorted((place, number) for number, piece in enumerate(pieces) for place in _places(file, piece, block))
        with target.open("wb") as made:
            end = 0
            for place, number in places:
                if place < end:
                    raise NotThere(f"{source}: two pieces overlap at {place}")
                _copy(file, made, end, place, block)
                made.write(pieces[number].new)
                end = place + len(pieces[number].old)
            _copy(file, made, end, source.stat().st_size, block)


def _places(file: BinaryIO, piece: Piece, block: int) -> list[int]:
    found = list(_found(file, piece.old, block))
    if len(found) != piece.times:
        raise NotThere(f"{file.name}: {len(found)} times {piece.old[:80]!r}")
    return found


def _found(file: BinaryIO, wanted: bytes, block: int) -> Iterator[int]:
    """Where it stands, in order; one that overlaps the one before is found too."""
    file.seek(0)
    start, held = 0, b""
    while more := file.read(block):
        held += more
        place = held.find(wanted)
        while place >= 0:
            yield start + place
            place = held.find(wanted, place + 1)
        rest = min(len(held), len(wanted) - 1)
        start, held = start + len(held) - rest, held[len(held) - rest :]


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int, block: int) -> None:
    source.seek(start)
    while start < end:
        start += target.write(source.read(min(block, end - start)))
