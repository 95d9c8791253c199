"""Which meetings belong together: those that share a cluster, people, cited documents and uncommon words.

What is shared counts the more, the fewer meetings share it. Every meeting is compared only with those it shares something with, and of a
thing that very many share only with the nearest in time, so that the work grows with the archive and not with its square.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting
from plugins.archive.text import words

LIMIT = 5
WINDOW = 40
"""So many meetings before and after are looked at, of those that share one thing."""
COMMON = 4
"""A word in more than one meeting of so many is common."""
WORDS_ALONE = 4.0
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
    """A related meeting and what it shares, the weightiest first."""

    meeting: str
    shared: tuple[Feature, ...]


def related(archive: Archive) -> Mapping[str, tuple[Related, ...]]:
    """For every meeting at most LIMIT others, the closest first; the same for the same archive, whatever the order it was read in."""
    web = _web(archive)
    return {id: _closest(id, web) for id in archive.meetings}


@dataclass(frozen=True, slots=True)
class _Web:
    features: Mapping[str, tuple[Feature, ...]]
    sharing: Mapping[Feature, list[str]]
    weights: Mapping[Feature, float]
    order: Mapping[str, int]
    days: Mapping[str, int]


def _web(archive: Archive) -> _Web:
    features = {id: tuple(dict.fromkeys(_features(meeting))) for id, meeting in archive.meetings.items()}
    sharing = _sharing(features)
    return _Web(
        features=features,
        sharing=sharing,
        weights={feature: _weight(feature, len(ids), len(features)) for feature, ids in sharing.items()},
        order={id: place for place, id in enumerate(features)},
        days={id: meeting.date.first_day.toordinal() for id, meeting in archive.meetings.items()},
    )


def _features(meeting: Meeting) -> Iterator[Feature]:
    if meeting.cluster:
        yield Kind.CLUSTER, meeting.cluster
    yield from ((Kind.PERSON, p.person) for p in meeting.participations if p.person)
    yield from ((Kind.DOCUMENT, citation.document) for citation in meeting.citations)
    yield from ((Kind.TAG, " ".join(words(tag))) for tag in meeting.tags)
    yield from ((Kind.WORD, word) for word in words(f"{meeting.title} {meeting.summary}") if len(word) > 1)


def _sharing(features: Mapping[str, tuple[Feature, ...]]) -> Mapping[Feature, list[str]]:
    """For each feature the meetings that have it, in order of date."""
    sharing: defaultdict[Feature, list[str]] = defaultdict(list)
    for id, own in features.items():
        for feature in own:
            sharing[feature].append(id)
    return sharing


def _weight(feature: Feature, having: int, all_meetings: int) -> float:
    if feature[0] is Kind.WORD and having * COMMON > all_meetings:
        return 0.0  # a word that many meetings use says nothing; a cluster or a person that all share still does
    return feature[0].value * math.log(1 + all_meetings / having)


def _closest(id: str, web: _Web) -> tuple[Related, ...]:
    shared: defaultdict[str, list[Feature]] = defaultdict(list)
    for feature in web.features[id]:
        if web.weights[feature]:
            for other in _near(web.order, id, web.sharing[feature]):
                shared[other].append(feature)
    scores = {other: math.fsum(web.weights[feature] for feature in common) for other, common in shared.items()}
    close = [other for other, score in scores.items() if score >= WORDS_ALONE or _named(shared[other])]
    # Rounded: the last digits of a sum must not decide an order that a reader sees.
    close.sort(key=lambda other: (-round(scores[other], 6), abs(web.days[other] - web.days[id]), other))
    return tuple(Related(other, tuple(sorted(shared[other], key=lambda f: (-web.weights[f], f[0].name, f[1])))) for other in close[:LIMIT])


def _named(features: list[Feature]) -> bool:
    return any(kind not in (Kind.TAG, Kind.WORD) for kind, _ in features)


def _near(order: Mapping[str, int], id: str, having: list[str]) -> Iterator[str]:
    place = bisect_left(having, order[id], key=order.__getitem__)
    yield from having[max(0, place - WINDOW) : place]
    yield from having[place + 1 : place + 1 + WINDOW]
