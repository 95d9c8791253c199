"""The texts of the meetings, as far as an instrument must know them before it shows one: how many tasks and numbers each holds.

From these counts follows which pages there are, and which meetings stand on each. A page takes the texts themselves when it is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, LatePage
from plugins.archive.sharing import shared

from .numbers import numbers

_AT_A_TIME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(LatePage):
    """A page that shows something of the texts of these meetings; ``told`` is all else on it that may differ while records differ in
    nothing but their texts."""

    texts: Collection[str]
    told: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Ids of meetings by cluster and by year, each in the order of the archive; of each meeting with a text its tasks and its numbers."""

    of_cluster: Mapping[str, tuple[str, ...]]
    of_year: Mapping[int, tuple[str, ...]]
    tasks: Mapping[str, int]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts and what was counted in them."""

    bodies: Mapping[tuple[str, str], Body]
    counts: Counts

    def of(self, meeting: str) -> Body | None:
        return self.bodies.get(("meeting", meeting))


def anchored(body: Body) -> Iterator[tuple[str, str]]:
    """The passages that a page can lead to, without headings."""
    return ((anchor, text) for anchor, text in body.passages if anchor.startswith(("doan-", "nv-")))


def read(archive: Archive, bodies: Mapping[tuple[str, str], Body], workers: int = 1) -> Texts:
    """Looks at every text once, in so many processes."""
    counted = _counted(archive.meetings, bodies, workers)
    counts = Counts(
        of_cluster={id: tuple(one.id for one in meetings) for id, meetings in sorted(archive.meetings_of_cluster.items())},
        of_year={year: tuple(one.id for one in meetings) for year, meetings in sorted(archive.meetings_in_year.items())},
        tasks={id: tasks for id, tasks, _ in counted},
        numbers={id: found for id, _, found in counted},
    )
    return Texts(bodies, counts)


def read_again(counts: Counts, bodies: Mapping[tuple[str, str], Body], changed: Iterable[str]) -> Texts:
    """As :func:`read` would find them where only the texts of the meetings ``changed`` are other than when ``counts`` were made."""
    again = _counted(changed, bodies, 1)
    tasks = {**counts.tasks, **{id: tasks for id, tasks, _ in again}}
    return Texts(bodies, replace(counts, tasks=tasks, numbers={**counts.numbers, **{id: found for id, _, found in again}}))


def _counted(meetings: Iterable[str], bodies: Mapping[tuple[str, str], Body], workers: int) -> list[tuple[str, int, int]]:
    """Id, tasks and numbers of each meeting with a text."""

    def count(id: str) -> tuple[str, int, int] | None:
        body = bodies.get(("meeting", id))
        return (id, len(body.tasks), sum(len(numbers(text)) for _, text in anchored(body))) if body else None

    return [one for one in shared(count, list(meetings), workers=workers, chunk=_AT_A_TIME) if one]
