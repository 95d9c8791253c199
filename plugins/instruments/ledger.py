"""The tasks that a meeting of a cluster set, beside what the next meeting's record says in the same words. No verdict is given.

Two passages are put side by side because they share pairs of neighbouring syllables that are rare in the cluster's records: a rule that a
reader can check with his own eyes, and that may miss what is told in other words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from math import fsum

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link, cluster_link
from plugins.archive.outputs import Body, Task
from plugins.archive.problems import N_
from plugins.archive.records import Meeting

from .parts import Held, View, held, sheets
from .syllables import NOTHING, Pair, Syllables, words_of
from .texts import TextPage, Texts, anchored

NAME = "so-viec"
SHOWN = 2
LEAST_SHARED = 2
_COMMON = 0.2
"""A pair of syllables in so large a part of the cluster's passages says nothing."""
LONGEST = 420
MEETINGS_ON_A_PAGE = 12
TITLE = N_("Sổ việc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A passage of the next meeting, and the words that it shares with the task."""

    text: str
    path: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTask:
    number: int
    text: str
    path: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A meeting that set tasks, and the one after it; ``next`` is None where the archive holds none."""

    meeting: Held
    given_by: str
    tasks: tuple[LedgerTask, ...]
    next: Held | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView(View):
    """Template ``instrument_ledger.html``."""

    cluster: Link
    pages: tuple[Page, ...]
    task_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerIndexView(View):
    """Template ``instrument_ledgers.html``: the clusters whose meetings set tasks, with how many."""

    clusters: tuple[tuple[Link, int], ...]


def pages(archive: Archive, texts: Texts) -> Iterator[TextPage]:
    tasks = texts.counts.tasks
    ledgers = {id: [one for one in reversed(ids) if tasks.get(one)] for id, ids in texts.counts.of_cluster.items()}
    counts = {id: sum(tasks[one] for one in found) for id, found in ledgers.items() if found}
    yield _index(archive, counts)
    reader = _Reader(archive, texts)
    for id, count in counts.items():
        told = tuple((one, tasks.get(one)) for one in texts.counts.of_cluster[id])
        for path, number, every, piece in sheets(f"{NAME}-{id}", ledgers[id], MEETINGS_ON_A_PAGE):
            view = partial(
                LedgerView, title=TITLE, cluster=cluster_link(archive.clusters[id]), task_count=count, sheet=number, sheets=every
            )
            make = partial(_sheet, reader, id, view, piece)
            yield TextPage(path=path, template="instrument_ledger", make=make, texts=texts.counts.of_cluster[id], told=told)


def _index(archive: Archive, counts: Mapping[str, int]) -> TextPage:
    description = N_("Nhiệm vụ của mỗi hội nghị, đặt cạnh điều hội nghị sau của cụm ghi lại")
    links = ((Link(label=archive.clusters[id].label, path=urls.instrument(f"{NAME}-{id}")), count) for id, count in counts.items())
    view = LedgerIndexView(title=TITLE, description=description, clusters=tuple(links))
    return TextPage(path=urls.instrument(NAME), template="instrument_ledgers", make=lambda: view, texts=(), told=tuple(counts.items()))


def _sheet(reader: _Reader, cluster: str, view: Callable[..., LedgerView], meetings: Sequence[str]) -> LedgerView:
    told = reader.cluster(cluster)
    return view(pages=tuple(_page(told, id) for id in meetings))


def _page(told: _Cluster, id: str) -> Page:
    meeting, next, body = told.meetings[id], told.following.get(id), told.bodies[id]
    own = {passage.text: passage for passage in told.passages[id]}
    tasks = tuple(_task(told, meeting, task, own.get(task.text) or told.passage(task.anchor, task.text), next) for task in body.tasks)
    return Page(meeting=held(meeting), given_by=body.given_by, tasks=tasks, next=held(next) if next else None)


def _task(told: _Cluster, meeting: Meeting, task: Task, said: _Passage, next: Meeting | None) -> LedgerTask:
    answers = _answers(told, said, next) if next else ()
    return LedgerTask(number=task.number, text=task.text, path=f"{urls.meeting(meeting.id)}#{task.anchor}", answers=answers)


def _answers(told: _Cluster, said: _Passage, next: Meeting) -> tuple[Answer, ...]:
    path, nearest = urls.meeting(next.id), _nearest(told, said, told.passages.get(next.id, ()))
    return tuple(
        Answer(text=_short(passage.text), path=f"{path}#{passage.anchor}", shared=_shared_words(said, shared)) for passage, shared in nearest
    )


def _nearest(told: _Cluster, said: _Passage, candidates: Sequence[_Passage]) -> list[tuple[_Passage, Set[Pair]]]:
    """The passages that share most with what was said, in the order of the record."""
    held_by = told.held_by
    wanted = {pair for pair in said.pairs if held_by.get(pair, 0) <= told.most}
    scored = [
        # The fewer passages hold a pair, the more it says. An exact sum: the order in which a set gives its members must not decide.
        (fsum(1 / held_by[pair] for pair in shared), place, shared)
        for place, one in enumerate(candidates)
        if len(shared := wanted & one.pairs) >= LEAST_SHARED
    ]
    best = sorted(scored, key=lambda one: (-one[0], one[1]))[:SHOWN]
    return [(candidates[place], shared) for _, place, shared in sorted(best, key=lambda one: one[1])]


def _shared_words(said: _Passage, shared: Set[Pair]) -> tuple[str, ...]:
    """The shared words as the passage has them, neighbouring pairs run together, each once."""
    words = words_of(said.text)
    marked = [False] * len(words)
    for place, pair in enumerate(said.in_order):
        if pair in shared:
            marked[place] = marked[place + 1] = True
    runs: list[list[str]] = [[]]
    for word, is_shared in zip(words, marked, strict=True):
        if is_shared:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    phrases = dict.fromkeys(" ".join(run) for run in runs if run)
    return tuple(phrase for phrase in phrases if not any(phrase != other and phrase in other for other in phrases))


# --- What is known of a cluster -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Passage:
    anchor: str
    text: str
    in_order: Sequence[Pair]
    pairs: frozenset[Pair]
    """Those that say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cluster:
    """The meetings of a cluster and what they say. ``held_by`` counts the passages that hold a pair; one that more than ``most`` of them
    hold is common."""

    id: str
    meetings: Mapping[str, Meeting]
    following: Mapping[str, Meeting]
    bodies: Mapping[str, Body]
    passages: Mapping[str, Sequence[_Passage]]
    held_by: Counter[Pair]
    most: float
    passage: Callable[[str, str], _Passage]


class _Reader:
    """Knows one cluster at a time: the sheets of one are written one after another."""

    def __init__(self, archive: Archive, texts: Texts) -> None:
        self._archive, self._texts, self._syllables = archive, texts, Syllables()
        self._last: _Cluster | None = None

    def cluster(self, id: str) -> _Cluster:
        if self._last is None or self._last.id != id:
            self._last = self._read(id)
        return self._last

    def _read(self, id: str) -> _Cluster:
        meetings = [self._archive.meetings[one] for one in self._texts.counts.of_cluster[id]]
        bodies = {meeting.id: body for meeting in meetings if (body := self._texts.of(meeting.id))}
        passages = {meeting: [self._passage(*told) for told in anchored(body)] for meeting, body in bodies.items()}
        every = [passage.pairs for told in passages.values() for passage in told]
        return _Cluster(
            id=id,
            meetings={meeting.id: meeting for meeting in meetings},
            following={meeting.id: next for meeting, next in pairwise(meetings)},
            bodies=bodies,
            passages=passages,
            held_by=Counter(chain.from_iterable(every)),
            most=max(2, _COMMON * len(every)),
            passage=self._passage,
        )

    def _passage(self, anchor: str, text: str) -> _Passage:
        pairs = self._syllables.pairs(text)
        return _Passage(anchor, text, pairs, frozenset(pairs) - {NOTHING})


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"
