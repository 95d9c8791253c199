"""Which meetings belong together: those that share a cluster, people, cited documents and uncommon words.

What is shared counts the more, the fewer meetings share it. Every meeting is compared only with those it shares something with, and of a
thing that very many share only with the nearest in time, so that the work grows with the archive and not with its square.

How many meetings there are, and how many share a thing, is taken roughly: else one new meeting would move all weights by a hair, and many lists with them.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting
from plugins.archive.text import words

LIMIT = 5
WINDOW = 24
"""So many meetings before and after are looked at, of those that share one thing."""
RAREST = 12
"""Of a meeting's words so many are looked at, the rarest."""
UNIT = 1000
"""Weights are whole numbers, this many to one: sums do not depend on their order."""
COMMON = 4
"""A word in more than one meeting of so many is common."""
WORDS_ALONE = 4 * 1000
"""The score from which meetings are related that share nothing but words and tags: about two words that few others use."""


CLUSTER, PERSON, DOCUMENT, TAG, WORD = "cluster", "person", "document", "tag", "word"
WEIGHTS = {CLUSTER: 3.0, PERSON: 2.5, DOCUMENT: 2.0, TAG: 1.5, WORD: 1.0}
"""What two meetings can share, and how much it counts."""

Feature = tuple[str, str]
"""A kind of what can be shared, and its id: plain text, since it is compared and kept for every page."""


@dataclass(frozen=True, slots=True)
class Related:
    """A related meeting and what both have that has a name of its own (a cluster, people, documents), the weightiest first."""

    meeting: str
    shared: tuple[Feature, ...]


def told(found: Iterable[Related]) -> tuple[tuple[str, tuple[Feature, ...]], ...]:
    """The same in plain tuples, which are compared and kept in a third of the time."""
    return tuple([(one.meeting, one.shared) for one in found])


class Relations:
    """Gives for a meeting's id at most LIMIT others, the closest first; the same for the same archive, whatever the order it was read in."""

    def __init__(self, archive: Archive) -> None:
        self._web = _web(archive)
        self._places = {id: place for place, id in enumerate(self._web.ids)}
        self._board = [0] * len(self._web.ids)
        self._digests: dict[int, bytes] = {}

    def __call__(self, id: str) -> tuple[Related, ...]:
        return _closest(self._places[id], self._web, self._board)

    def basis(self, id: str) -> bytes:
        """A digest of all that an answer comes from: which meetings have what this one has, in which order and on which days, and how many there are
        roughly. Weights and ranks follow from these."""
        digests, own = self._digests, self._web.features[self._places[id]]
        return _digest(_about(len(self._web.ids)).to_bytes(8) + b"".join([digests.get(one) or self._digest_of(one) for one in own]))

    @cached_property
    def _digests_of_meetings(self) -> list[bytes]:
        return [_digest(f"{id} {day}".encode()) for id, day in zip(self._web.ids, self._web.days, strict=True)]

    def _digest_of(self, feature: int) -> bytes:
        having = map(self._digests_of_meetings.__getitem__, self._web.sharing[feature])
        made = self._digests[feature] = _digest(repr(self._web.names[feature]).encode() + b"".join(having))
        return made


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()


@dataclass(frozen=True, slots=True)
class _Web:
    """Meetings by their place in the order of date, features by their place in ``names``."""

    ids: tuple[str, ...]
    days: tuple[int, ...]
    features: tuple[tuple[int, ...], ...]
    """Those with a name of their own stand first."""
    named: tuple[int, ...]
    """Of each meeting's features so many have."""
    names: tuple[Feature, ...]
    sharing: tuple[list[int], ...]
    """For each feature the meetings that have it, in order of date."""
    weights: tuple[int, ...]
    ranks: tuple[tuple[int, str, str], ...]
    """For each feature its place among others that two meetings share: the weightiest first."""


def _web(archive: Archive) -> _Web:
    numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    names: list[Feature] = []
    features = [_numbered(meeting, numbers, names) for meeting in archive.meetings.values()]
    sharing = _sharing(features, len(names))
    count = _about(len(features))
    weights = tuple(_weight(name, _about(len(having)), count) for name, having in zip(names, sharing, strict=True))
    has_name = [kind not in (TAG, WORD) for kind, _ in names]
    return _Web(
        ids=tuple(archive.meetings),
        days=tuple(meeting.date.first_day.toordinal() for meeting in archive.meetings.values()),
        features=tuple(_telling(own, names, weights) for own in features),
        named=tuple(sum(has_name[feature] for feature in own) for own in features),
        names=tuple(names),
        sharing=sharing,
        weights=weights,
        ranks=tuple((-weight, kind, id) for weight, (kind, id) in zip(weights, names, strict=True)),
    )


def _numbered(meeting: Meeting, numbers: Mapping[str, dict[str, int]], names: list[Feature]) -> tuple[int, ...]:
    """The meeting's features, each once; numbers are quicker to count and compare than names, and each is met dozens of times."""
    found: dict[int, None] = {}
    for kind, own in _features(meeting):
        known = numbers[kind]
        for name in own:
            if name not in known:
                known[name] = len(names)
                names.append((kind, name))
            found[known[name]] = None
    return tuple(found)


def _features(meeting: Meeting) -> Iterator[tuple[str, Iterable[str]]]:
    if meeting.cluster:
        yield CLUSTER, (meeting.cluster,)
    yield PERSON, [p.person for p in meeting.participations if p.person]
    yield DOCUMENT, [citation.document for citation in meeting.citations]
    yield TAG, [" ".join(words(tag)) for tag in meeting.tags]
    yield WORD, [word for word in words(f"{meeting.title} {meeting.summary}") if len(word) > 1]


def _sharing(features: Sequence[tuple[int, ...]], count: int) -> tuple[list[int], ...]:
    sharing: tuple[list[int], ...] = tuple([] for _ in range(count))
    for place, own in enumerate(features):
        for feature in own:
            sharing[feature].append(place)
    return sharing


def _about(number: int) -> int:
    """The number, or the next below it of which there are eight from each power of two to the next: 16, 18, 20 ... 32, 36 ..."""
    rest = max(0, number.bit_length() - 4)
    return number >> rest << rest


def _weight(name: Feature, having: int, all_meetings: int) -> int:
    if name[0] == WORD and having * COMMON > all_meetings:
        return 0  # a word that many meetings use says nothing; a cluster or a person that all share still does
    return round(UNIT * WEIGHTS[name[0]] * math.log(1 + all_meetings / having))


def _telling(features: tuple[int, ...], names: Sequence[Feature], weights: Sequence[int]) -> tuple[int, ...]:
    """Without what says nothing, and of the words only the rarest."""
    others = [feature for feature in features if names[feature][0] != WORD]
    rarest = sorted((-weights[f], names[f][1], f) for f in features[len(others) :] if weights[f])
    return (*others, *(feature for _, _, feature in rarest[:RAREST]))


def _closest(here: int, web: _Web, board: list[int]) -> tuple[Related, ...]:
    """``board`` has a zero for every meeting, before and after: in a list scores add up in half the time that a dict takes."""
    features, names = web.features[here], web.named[here]
    named = _score_names(here, features[:names], web, board)
    least = _least(named, max([web.weights[feature] for feature in features[:names]], default=0), board)
    met = [*named, *_score_words(here, features[names:], max(least, WORDS_ALONE), web, board)]
    best = _best(here, {other for other in met if board[other] >= least} - {here}, named, web, board)
    for other in met:
        board[other] = 0
    return tuple([Related(web.ids[other], _shared(features[:names], other, web)) for other in best])


def _score_names(here: int, features: Iterable[int], web: _Web, board: list[int]) -> set[int]:
    """Adds what is shared that has a name, and tells by whom, the meeting itself among them."""
    met: set[int] = set()
    for feature in features:
        weight, near = web.weights[feature], _near(here, web.sharing[feature])
        met.update(near)
        for other in near:
            board[other] += weight
    return met


def _least(named: Iterable[int], heaviest: int, board: Sequence[int]) -> int:
    """The score that LIMIT of them have at least; 0 where there are no more than these. Most share one thing alone, of which none weighs more than
    ``heaviest``: mostly it is enough to sort the others."""
    scores = [score for other in named if (score := board[other]) > heaviest]
    if len(scores) <= LIMIT:
        scores = [board[other] for other in named]
    return sorted(scores)[-1 - LIMIT] if len(scores) > LIMIT else 0  # the highest is the meeting's own: it shares everything with itself


def _score_words(here: int, words: Sequence[int], least: int, web: _Web, board: list[int]) -> list[int]:
    """Adds words and tags, and tells who got a score by them, some more than once. Who has none until what is left weighs less than ``least`` is
    left out: it is too late to get there."""
    met: list[int] = []
    weights = [web.weights[word] for word in words]
    left = sum(weights)
    for word, weight in zip(words, weights, strict=True):
        near = _near(here, web.sharing[word])
        if left >= least:
            met += near
            for other in near:
                board[other] += weight
        else:
            for other in near:
                if board[other]:
                    board[other] += weight
        left -= weight
    return met


def _best(here: int, others: Iterable[int], named: Collection[int], web: _Web, board: Sequence[int]) -> list[int]:
    """Of equals the nearest in time."""
    ranked = [
        (-board[other], abs(web.days[other] - web.days[here]), web.ids[other], other)
        for other in others
        if board[other] >= WORDS_ALONE or other in named
    ]
    return [other for *_, other in sorted(ranked)[:LIMIT]]


def _shared(named: Iterable[int], other: int, web: _Web) -> tuple[Feature, ...]:
    theirs = web.features[other][: web.named[other]]  # so few that a set of them is not worth making
    common = [feature for feature in named if feature in theirs]
    return tuple([web.names[feature] for feature in sorted(common, key=web.ranks.__getitem__)])


def _near(here: int, having: list[int]) -> list[int]:
    """The meeting itself and its neighbours among those that have a thing; to leave it out here would cost a second list for every thing."""
    place = bisect_left(having, here)
    return having[place - WINDOW if place > WINDOW else 0 : place + WINDOW + 1]
