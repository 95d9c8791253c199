"""When the page was published: the date nearest to the title, never the first on the page, which is often the day it was saved."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from plugins.archive.dates import FIRST_YEAR, LAST_YEAR, Timestamp

from . import datelines, furniture, moments
from .article import Article
from .suggestion import Suggestion, quoted

_NEAR = 3
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")


def find(article: Article, event: moments.Written | None) -> Suggestion[Timestamp] | None:
    """The day, with the time where the page gives one. ``event`` is the day of the meeting as written: it tells a saved page's date."""
    candidates = sorted(_candidates(article, event), key=lambda c: -c.confidence)
    best = candidates[0] if candidates else None
    return best if best and best.confidence >= 0.5 else None


def _candidates(article: Article, event: moments.Written | None) -> Iterator[Suggestion[Timestamp]]:
    for hint in article.page.published:
        yield from _from_line(hint, 0.97 if _ISO.match(hint) else 0.96, event, strong=True)
    if glued := datelines.trailing_date(article.heading):
        yield from _made(article.heading[glued.start :], glued, 0.93, event, strong=True)
    yield from _around_title(article, event)
    yield from _at_foot(article, event)


def _around_title(article: Article, event: moments.Written | None) -> Iterator[Suggestion[Timestamp]]:
    above = (
        [block.text for block in article.before[:-1] if block.kind != "image" and not furniture.is_junk(block.text)]
        if article.heading
        else []
    )
    start = len(article.before)
    below = [block.text for block in article.page.blocks[start : start + 8] if block.kind != "image" and not furniture.is_junk(block.text)]
    for distance, line in enumerate(below[:_NEAR]):
        yield from _from_line(line, 0.96 - 0.02 * distance, event, strong=True)
    for distance, line in enumerate(reversed(above[-2:])):
        timed = moments.time_near(line) is not None
        # Without a time of day, a date above the title may as well be the day on which the page was saved.
        yield from (
            s if timed else s.less(min(1.0, 0.66 / s.confidence)) for s in _from_line(line, 0.93 - 0.12 * distance, event, strong=False)
        )


def _at_foot(article: Article, event: moments.Written | None) -> Iterator[Suggestion[Timestamp]]:
    end = len(article.page.blocks) - len(article.after)
    last = article.page.blocks[max(len(article.before) + 1, end - 4) : end]
    for block in (*last, *article.after[:3]):
        yield from _from_line(block.text, 0.84, event, strong=False)


def _from_line(line: str, confidence: float, event: moments.Written | None, *, strong: bool) -> Iterator[Suggestion[Timestamp]]:
    iso = _ISO.match(line)
    if iso and "T" in iso[0]:
        if stamp := _timestamp(iso[0]):
            yield Suggestion(stamp, quoted(line), confidence)
        return
    written = datelines.date_of_line(line)
    if written is not None:
        yield from _made(line, written, confidence, event, strong=strong)


def _timestamp(text: str) -> Timestamp | None:
    try:
        return Timestamp.parse(re.sub(r"\.\d+", "", text).strip())
    except ValueError:
        return None


def _made(
    line: str, written: moments.Written, confidence: float, event: moments.Written | None, *, strong: bool
) -> Iterator[Suggestion[Timestamp]]:
    if moments.is_american(line) and (other := moments.swapped(written)):
        written, confidence = _nearer(written, other, event), confidence * 0.9
    if written.year is None or not FIRST_YEAR <= written.year <= LAST_YEAR or (day := written.at(written.year)) is None:
        return
    after = days_after(event, day)
    if after is not None and not 0 <= after <= 200:
        confidence *= 0.97 if strong else 0.55
    elif after is not None and after <= 45:
        confidence = min(0.99, confidence + (0.02 if strong else 0.1))
    yield Suggestion(Timestamp(day, moments.time_near(line)), quoted(line), round(confidence, 3))


def _nearer(one: moments.Written, other: moments.Written, event: moments.Written | None) -> moments.Written:
    """Of two readings of one American date, the one that the meeting went before most closely."""
    distances = [(days_after(event, w.at(w.year or 2000)), w) for w in (one, other)]
    good = [(d, w) for d, w in distances if d is not None and d >= 0]
    return min(good, key=lambda pair: pair[0])[1] if good else one


def days_after(event: moments.Written | None, day: datetime.date | None) -> int | None:
    """Days from the meeting to the publication; where the meeting's year is open, from the last such day before."""
    if event is None or day is None:
        return None
    if event.year:
        held = event.at(event.year)
        return (day - held).days if held else None
    possible = (event.at(year) for year in (day.year, day.year - 1))
    return min(((day - held).days for held in possible if held and held <= day), default=None)
