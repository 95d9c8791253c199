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
from heapq import nsmallest

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
    """A related meeting and what it shares, the weightiest first."""

    meeting: str
    shared: tuple[Feature, ...]


def related(archive: Archive) -> Mapping[str, tuple[Related, ...]]:
    """For every meeting at most LIMIT others, the closest first; the same for the same archive, whatever the order it was read in."""
    web = _web(archive)
    return {id: _closest(place, web) for place, id in enumerate(web.ids)}


@dataclass(frozen=True, slots=True)
class _Web:
    """Meetings by their place in the order of date."""

    ids: tuple[str, ...]
    days: tuple[int, ...]
    features: tuple[tuple[Feature, ...], ...]
    sharing: Mapping[Feature, list[int]]
    weights: Mapping[Feature, int]


def _web(archive: Archive) -> _Web:
    features = [tuple(dict.fromkeys(_features(meeting))) for meeting in archive.meetings.values()]
    sharing = _sharing(features)
    weights = {feature: _weight(feature, len(having), len(features)) for feature, having in sharing.items()}
    return _Web(
        ids=tuple(archive.meetings),
        days=tuple(meeting.date.first_day.toordinal() for meeting in archive.meetings.values()),
        features=tuple(_telling(own, weights) for own in features),
        sharing=sharing,
        weights=weights,
    )


def _telling(features: tuple[Feature, ...], weights: Mapping[Feature, int]) -> tuple[Feature, ...]:
    """Without what says nothing, and of the words only the rarest."""
    words_by_weight = sorted((f for f in features if f[0] is Kind.WORD and weights[f]), key=lambda f: (-weights[f], f[1]))
    return (*(f for f in features if f[0] is not Kind.WORD), *words_by_weight[:RAREST])


def _features(meeting: Meeting) -> Iterator[Feature]:
    if meeting.cluster:
        yield Kind.CLUSTER, meeting.cluster
    yield from ((Kind.PERSON, p.person) for p in meeting.participations if p.person)
    yield from ((Kind.DOCUMENT, citation.document) for citation in meeting.citations)
    yield from ((Kind.TAG, " ".join(words(tag))) for tag in meeting.tags)
    yield from ((Kind.WORD, word) for word in words(f"{meeting.title} {meeting.summary}") if len(word) > 1)


def _sharing(features: list[tuple[Feature, ...]]) -> Mapping[Feature, list[int]]:
    """For each feature the meetings that have it, in order of date."""
    sharing: defaultdict[Feature, list[int]] = defaultdict(list)
    for place, own in enumerate(features):
        for feature in own:
            sharing[feature].append(place)
    return sharing


def _weight(feature: Feature, having: int, all_meetings: int) -> int:
    if feature[0] is Kind.WORD and having * COMMON > all_meetings:
        return 0  # a word that many meetings use says nothing; a cluster or a person that all share still does
    return round(UNIT * feature[0].value * math.log(1 + all_meetings / having))


def _closest(here: int, web: _Web) -> tuple[Related, ...]:
    scores: defaultdict[int, int] = defaultdict(int)
    named: set[int] = set()
    for feature in web.features[here]:
        others, weight = _near(here, web.sharing[feature]), web.weights[feature]
        for other in others:
            scores[other] += weight
        if feature[0] not in (Kind.TAG, Kind.WORD):
            named.update(others)
    close = [other for other, score in scores.items() if score >= WORDS_ALONE or other in named]
    best = nsmallest(LIMIT, close, key=lambda other: (-scores[other], abs(web.days[other] - web.days[here]), web.ids[other]))
    return tuple(Related(web.ids[other], _shared(here, other, web)) for other in best)


def _shared(here: int, other: int, web: _Web) -> tuple[Feature, ...]:
    theirs = set(web.features[other])
    common = [feature for feature in web.features[here] if feature in theirs]
    return tuple(sorted(common, key=lambda feature: (-web.weights[feature], feature[0].name, feature[1])))


def _near(here: int, having: list[int]) -> list[int]:
    place = bisect_left(having, here)
    return having[max(0, place - WINDOW) : place] + having[place + 1 : place + 1 + WINDOW]
