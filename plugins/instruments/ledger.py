"""The tasks that a meeting of a cluster set, beside what the next meeting's record says in the same words. No verdict is given.

Two passages are put side by side because they share pairs of neighbouring syllables that are rare in the cluster's records: a rule that a
reader can check with his own eyes, and that may miss what is told in other words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link, cluster_link
from plugins.archive.outputs import Body, Gathered, OutputPage, Task
from plugins.archive.problems import N_
from plugins.archive.records import Meeting
from plugins.archive.text import match_key

from .parts import Held, View, held, sheets

NAME = "so-viec"
SHOWN = 2
LEAST_SHARED = 2
_COMMON = 0.2
"""A pair of syllables in so large a part of the cluster's passages says nothing."""
LONGEST = 420
MEETINGS_ON_A_PAGE = 12
# Syllables that only hold a sentence together; a pair with one of them says nothing, however rare it is.
_FUNCTION = frozenset(
    match_key(
        "và của các những về cho với trong được là có theo để đến từ tại ở ra vào khi đã sẽ "
        "đang như hay hoặc này đó một mà bằng do vì trên dưới"
    ).split()
)
_AROUND = ".,;:!?()“”\"'…–-"

Pair = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class _Passage:
    anchor: str
    text: str
    pairs: frozenset[Pair]


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage]:
    ledgers = {id: found for id in sorted(archive.meetings_of_cluster) if (found := _ledger(archive, gathered, id))}
    index = tuple(
        (Link(label=archive.clusters[id].label, path=urls.instrument(f"{NAME}-{id}")), _task_count(found)) for id, found in ledgers.items()
    )
    title, description = N_("Sổ việc"), N_("Nhiệm vụ của mỗi hội nghị, đặt cạnh điều hội nghị sau của cụm ghi lại")
    view = LedgerIndexView(title=title, description=description, clusters=index)
    yield OutputPage(path=urls.instrument(NAME), template="instrument_ledgers", view=view)
    for id, found in ledgers.items():
        for path, number, every, piece in sheets(f"{NAME}-{id}", found, MEETINGS_ON_A_PAGE):
            view = LedgerView(
                title=title, cluster=cluster_link(archive.clusters[id]), pages=tuple(piece), task_count=_task_count(found), sheet=number, sheets=every
            )
            yield OutputPage(path=path, template="instrument_ledger", view=view)


def _task_count(pages: Sequence[Page]) -> int:
    return sum(len(page.tasks) for page in pages)


def _ledger(archive: Archive, gathered: Gathered, id: str) -> tuple[Page, ...]:
    """The meetings of a cluster that set tasks, the newest first."""
    meetings = archive.meetings_of_cluster[id]
    bodies = {meeting.id: body for meeting in meetings if (body := gathered.bodies.get(("meeting", meeting.id)))}
    if not any(body.tasks for body in bodies.values()):
        return ()
    passages = {meeting: _passages(body) for meeting, body in bodies.items()}
    rare = _rare(passages.values())
    following = dict(zip((meeting.id for meeting in meetings), meetings[1:], strict=False))
    told = [_page(meeting, bodies[meeting.id], following.get(meeting.id), passages, rare) for meeting in meetings if meeting.id in bodies]
    return tuple(page for page in reversed(told) if page.tasks)


def _page(
    meeting: Meeting, body: Body, next: Meeting | None, passages: Mapping[str, Sequence[_Passage]], rare: Mapping[Pair, float]
) -> Page:
    candidates = passages.get(next.id, ()) if next else ()
    return Page(
        meeting=held(meeting),
        given_by=body.given_by,
        tasks=tuple(_task(meeting, task, next, candidates, rare) for task in body.tasks),
        next=held(next) if next else None,
    )


def _task(meeting: Meeting, task: Task, next: Meeting | None, candidates: Sequence[_Passage], rare: Mapping[Pair, float]) -> LedgerTask:
    answers = tuple(
        Answer(text=_short(passage.text), path=f"{urls.meeting(next.id)}#{passage.anchor}", shared=_shared_words(task.text, shared))
        for passage, shared in _nearest(task.text, candidates, rare)
        if next
    )
    return LedgerTask(number=task.number, text=task.text, path=f"{urls.meeting(meeting.id)}#{task.anchor}", answers=answers)


def _nearest(text: str, candidates: Sequence[_Passage], rare: Mapping[Pair, float]) -> list[tuple[_Passage, frozenset[Pair]]]:
    """The passages that share most with a text, in the order of the record."""
    wanted = frozenset(pair for pair in _pairs(text) if pair in rare)
    scored = [
        (sum(rare[pair] for pair in shared), place, shared)
        for place, one in enumerate(candidates)
        if len(shared := wanted & one.pairs) >= LEAST_SHARED
    ]
    best = sorted(scored, key=lambda one: (-one[0], one[1]))[:SHOWN]
    return [(candidates[place], shared) for _, place, shared in sorted(best, key=lambda one: one[1])]


def _passages(body: Body) -> list[_Passage]:
    return [_Passage(anchor, text, frozenset(_pairs(text))) for anchor, text in body.passages if anchor.startswith(("doan-", "nv-"))]


def _rare(records: Iterable[Sequence[_Passage]]) -> dict[Pair, float]:
    """The weight of each pair that is not common: the fewer passages hold it, the more it says."""
    passages = [passage for record in records for passage in record]
    counts = Counter(pair for passage in passages for pair in passage.pairs if _FUNCTION.isdisjoint(pair))
    most = max(2, _COMMON * len(passages))
    return {pair: 1 / count for pair, count in counts.items() if count <= most}


def _words_of(text: str) -> list[str]:
    return [word for part in text.split() if (word := part.strip(_AROUND))]


def _pairs(text: str) -> list[Pair]:
    # Pairs across a comma do little harm, and are not worth a parser.
    syllables = [_key(word) for word in _words_of(text)]
    return list(pairwise(syllables))


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    return match_key(word)


def _shared_words(text: str, shared: frozenset[Pair]) -> tuple[str, ...]:
    """The shared words as the text has them, neighbouring pairs run together, each once."""
    words = _words_of(text)
    marked = [False] * len(words)
    for place, pair in enumerate(_pairs(text)):
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


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"
