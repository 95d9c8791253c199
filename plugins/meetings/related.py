"""Which meetings belong together: those that share a cluster, people, cited documents and uncommon words.

What is shared counts the more, the fewer meetings share it. Every meeting is compared only with those it shares something with, and of a
thing that very many share only with the nearest in time, so that the work grows with the archive and not with its square.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

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


class Kind(Enum):
    """What two meetings can share; the value is its weight."""

    CLUSTER = 3.0
    PERSON = 2.5
    DOCUMENT = 2.0
    TAG = 1.5
    WORD = 1.0


Feature = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Related:
    """A related meeting and what both have that has a name of its own (a cluster, people, documents), the weightiest first."""

    meeting: str
    shared: tuple[Feature, ...]


def related(archive: Archive) -> Callable[[str], tuple[Related, ...]]:
    """A function that gives for a meeting's id at most LIMIT others, the closest first; the same for the same archive, whatever the order
    it was read in."""
    web = _web(archive)
    places = {id: place for place, id in enumerate(web.ids)}
    return lambda id: _closest(places[id], web)


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
    numbers: defaultdict[Kind, dict[str, int]] = defaultdict(dict)
    names: list[Feature] = []
    features = [_numbered(meeting, numbers, names) for meeting in archive.meetings.values()]
    sharing = _sharing(features, len(names))
    weights = tuple(_weight(name, len(having), len(features)) for name, having in zip(names, sharing, strict=True))
    has_name = [kind is not Kind.TAG and kind is not Kind.WORD for kind, _ in names]
    return _Web(
        ids=tuple(archive.meetings),
        days=tuple(meeting.date.first_day.toordinal() for meeting in archive.meetings.values()),
        features=tuple(_telling(own, names, weights) for own in features),
        named=tuple(sum(has_name[feature] for feature in own) for own in features),
        names=tuple(names),
        sharing=sharing,
        weights=weights,
        ranks=tuple((-weight, kind.name, id) for weight, (kind, id) in zip(weights, names, strict=True)),
    )


def _numbered(meeting: Meeting, numbers: Mapping[Kind, dict[str, int]], names: list[Feature]) -> tuple[int, ...]:
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


def _features(meeting: Meeting) -> Iterator[tuple[Kind, Iterable[str]]]:
    if meeting.cluster:
        yield Kind.CLUSTER, (meeting.cluster,)
    yield Kind.PERSON, [p.person for p in meeting.participations if p.person]
    yield Kind.DOCUMENT, [citation.document for citation in meeting.citations]
    yield Kind.TAG, [" ".join(words(tag)) for tag in meeting.tags]
    yield Kind.WORD, [word for word in words(f"{meeting.title} {meeting.summary}") if len(word) > 1]


def _sharing(features: Sequence[tuple[int, ...]], count: int) -> tuple[list[int], ...]:
    sharing: tuple[list[int], ...] = tuple([] for _ in range(count))
    for place, own in enumerate(features):
        for feature in own:
            sharing[feature].append(place)
    return sharing


def _weight(name: Feature, having: int, all_meetings: int) -> int:
    if name[0] is Kind.WORD and having * COMMON > all_meetings:
        return 0  # a word that many meetings use says nothing; a cluster or a person that all share still does
    return round(UNIT * name[0].value * math.log(1 + all_meetings / having))


def _telling(features: tuple[int, ...], names: Sequence[Feature], weights: Sequence[int]) -> tuple[int, ...]:
    """Without what says nothing, and of the words only the rarest."""
    others = [feature for feature in features if names[feature][0] is not Kind.WORD]
    rarest = sorted((-weights[f], names[f][1], f) for f in features[len(others) :] if weights[f])
    return (*others, *(feature for _, _, feature in rarest[:RAREST]))


def _closest(here: int, web: _Web) -> tuple[Related, ...]:
    features = web.features[here]
    scores: defaultdict[int, int] = defaultdict(int)
    _score(here, features[: web.named[here]], scores, web)
    named = set(scores)
    _score(here, features[web.named[here] :], scores, web)
    return tuple(Related(web.ids[other], _shared(here, other, web)) for other in _best(here, scores, named, web))


def _score(here: int, features: Iterable[int], scores: defaultdict[int, int], web: _Web) -> None:
    for feature in features:
        weight = web.weights[feature]
        for other in _near(here, web.sharing[feature]):
            scores[other] += weight


def _best(here: int, scores: Mapping[int, int], named: Collection[int], web: _Web) -> list[int]:
    """Of equals the nearest in time. Nearly all fall behind by their score alone: what LIMIT of those with something named reach."""
    least = min(sorted(map(scores.__getitem__, named), reverse=True)[:LIMIT]) if len(named) >= LIMIT else 0
    near = [
        (-score, abs(web.days[other] - web.days[here]), web.ids[other], other)
        for other, score in scores.items()
        if score >= least and (score >= WORDS_ALONE or other in named)
    ]
    return [other for *_, other in sorted(near)[:LIMIT]]


def _shared(here: int, other: int, web: _Web) -> tuple[Feature, ...]:
    named = web.features[here][: web.named[here]]
    common = set(named).intersection(web.features[other])
    return tuple(web.names[feature] for feature in sorted(common, key=web.ranks.__getitem__))


def _near(here: int, having: list[int]) -> list[int]:
    place = bisect_left(having, here)
    return having[max(0, place - WINDOW) : place] + having[place + 1 : place + 1 + WINDOW]
