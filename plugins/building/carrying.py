"""Which pages need not be made again: those that read what they read when they were made, and stand in the site still.

Of every page that is written the reads are kept (see archive/tracing.py), with a digest of what stood there. The next build compares these with what
stands there now: in every process that writes pages, for the pages it is to write. What a page is made of besides (template, plain values, what all pages
share) is its *mould*. A page whose mould or reads nobody knows is made anew.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.archive.tracing import DIGEST, Answer, Read, Tracer

from .moulds import Moulds
from .trees import MARKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What is kept of all pages: every read with its digest (they lie one behind the other), and for each page its mould and the numbers of
    its reads, as the bytes of an array."""

    reads: tuple[Read, ...]
    digests: bytes
    bases: Mapping[int, bytes]
    """By the number of a read that takes work to follow: the basis of its digest, where there is one (see :class:`archive.tracing.Tracer`)."""
    pages: Mapping[str, tuple[bytes, bytes]]


@dataclass(slots=True)
class Notes:
    """What one process found: pages that stand, reads of those it made, and the answers to what it takes work to follow."""

    numbers: dict[Read, int] = field(default_factory=dict)
    answers: dict[Read, Answer] = field(default_factory=dict)
    pages: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    carried: list[str] = field(default_factory=list)

    def add(self, path: str, mould: bytes, reads: Iterable[Read]) -> None:
        numbers = self.numbers
        self.pages[path] = mould, array("I", [numbers.setdefault(read, len(numbers)) for read in reads]).tobytes()

    def take_up(self, other: Notes) -> None:
        ours = [self.numbers.setdefault(read, len(self.numbers)) for read in other.numbers]
        for path, (mould, reads) in other.pages.items():
            self.pages[path] = mould, array("I", map(ours.__getitem__, _numbers(reads))).tobytes()
        self.answers.update(other.answers)
        self.carried.extend(other.carried)


class Carrying:
    """Of one build: follows what its pages read, and knows which pages of the ``last`` site, with the files ``outputs``, still hold."""

    def __init__(self, last: Ledger | None = None, outputs: Iterable[str] = ()) -> None:
        self.tracer = Tracer()
        self._last = last
        self._outputs = frozenset(outputs)
        self._moulds = Moulds()
        self._notes = Notes()
        self._changed: frozenset[int] = frozenset()
        self._to_ask: frozenset[int] = frozenset()
        self._is_ready = False
        if last:
            self._notes.numbers = {read: number for number, read in enumerate(last.reads)}
            self.tracer.remember({last.reads[number]: (self._last_digest(number), basis) for number, basis in last.bases.items()})

    def get_ready(self, context: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        """To be called once all is gathered and before the first page is written, in the process that forks the others."""
        if self._is_ready:
            return
        self._is_ready = True
        self._moulds.share(context, settings)
        if self._last:
            to_ask = frozenset(number for number, read in enumerate(self._last.reads) if self.tracer.is_asked(read))
            self._changed = frozenset(number for number in range(len(self._last.reads)) if number not in to_ask and self._differs(number))
            self._to_ask = to_ask

    def mould(self, template: Any, own: Mapping[str, Any]) -> bytes:
        """Of a page; empty where it cannot be told."""
        return self._moulds.of(template, own)

    def stands(self, path: str, mould: bytes) -> bool:
        """Whether the page may be carried over; it is noted then."""
        known = self._last.pages.get(path) if self._last else None
        if not (known and mould) or known[0] != mould or path not in self._outputs:
            return False
        reads = _numbers(known[1])
        if not self._changed.isdisjoint(reads) or any(map(self._differs, self._to_ask.intersection(reads))):
            return False
        self._notes.carried.append(path)
        return True

    def note(self, path: str, mould: bytes, reads: Iterable[Read]) -> None:
        """A page was written that read so much."""
        if mould:
            self._notes.add(path, mould, reads)

    def _differs(self, number: int) -> bool:
        assert self._last
        try:
            now = self.tracer.digest(self._last.reads[number])
        except Exception:  # of a thing that is not there any more something may be asked that nobody can answer
            return True
        return now != self._last_digest(number)

    def _last_digest(self, number: int) -> bytes:
        assert self._last
        return self._last.digests[number * DIGEST : (number + 1) * DIGEST]

    # --- Other processes ---------------------------------------------------------------------------------------------------

    def begin_aside(self) -> None:
        """In a process that was forked: from now on notes are those of this process."""
        self._notes = Notes()

    def found(self) -> Notes:
        """To be handed to the process that forked this one."""
        self._add_answers()
        return self._notes

    def take_up(self, notes: Notes) -> None:
        self._notes.take_up(notes)

    def carry(self, path: str) -> bool:
        """Takes over a file of the last site, whatever it is; False where it has none."""
        if path in self._outputs and path != MARKER:
            self._notes.carried.append(path)
            return True
        return False

    # --- At the end --------------------------------------------------------------------------------------------------------

    @property
    def carried(self) -> list[str]:
        return self._notes.carried

    def leave_the_rest(self, written: Iterable[str]) -> None:
        """Every file of the last site that was neither ``written`` nor carried over is carried over as it is: whoever made it was not asked this time."""
        self._notes.carried.extend(sorted(self._outputs - {MARKER, *self._notes.carried, *written}))

    def ledger(self) -> Ledger:
        """To be kept; nothing of it is of use where the site does not come to stand."""
        self._add_answers()
        last = self._last
        pages = {path: last.pages[path] for path in self.carried if path in last.pages} if last else {}
        return Ledger(
            reads=tuple(self._notes.numbers),
            digests=b"".join(self._digest(number, read) for number, read in enumerate(self._notes.numbers)),
            bases={number: basis for number, read in enumerate(self._notes.numbers) if (basis := self._basis(number, read))},
            pages={**pages, **self._notes.pages},
        )

    def _add_answers(self) -> None:
        notes = self._notes
        notes.answers.update((read, answer) for read, answer in self.tracer.answers().items() if read in notes.numbers)

    def _digest(self, number: int, read: Read) -> bytes:
        if self.tracer.is_asked(read):
            if read in self._notes.answers:
                return self._notes.answers[read][0]
            return self._last_digest(number) if self._last else os.urandom(DIGEST)
        return self.tracer.digest(read)

    def _basis(self, number: int, read: Read) -> bytes:
        """That from which the digest comes: of the last build, where it is the last build's."""
        if read in self._notes.answers:
            return self._notes.answers[read][1]
        return self._last.bases.get(number, b"") if self._last else b""


class AllBut(Carrying):
    """Carries over every page that the last site has, but for those of some meetings that are wanted first. What pages read is not looked at, and so
    nothing of it is of use to a later build."""

    def __init__(self, own: Collection[str], outputs: Iterable[str]) -> None:
        super().__init__(None, outputs)
        self._own = own

    def mould(self, template: Any, own: Mapping[str, Any]) -> bytes:
        return b""

    def stands(self, path: str, mould: bytes) -> bool:
        return path not in self._own and self.carry(path)


def _numbers(reads: bytes) -> array[int]:
    made = array("I")
    made.frombytes(reads)
    return made
