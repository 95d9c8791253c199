"""Days as people type them, turned into the one form that records use, where they can be read in one way only."""

from __future__ import annotations

import re

from plugins.archive import text
from plugins.archive.dates import PartialDate, Timestamp, day_first

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_TIME = re.compile(r"[ T,]+([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")


def iso(value: str, *, is_moment: bool = False) -> str | None:
    """A date as 2023-04-18, where it is written otherwise and can mean one day only; None where it needs no change or an editor.

    18/4/2023 can only be 18 April, and 5/5/2023 only 5 May; 4/10/2023 is April to some and October to others, and is left.
    """
    value = text.clean(value)
    time = _TIME.search(value) if is_moment else None
    day, rest = (value[: time.start()], value[time.end() :]) if time else (value, "")
    meant = _unambiguous(day)
    if meant is None or rest:
        return None
    written = f"{meant} {int(time[1]):02}:{time[2]}" if time else str(meant)
    return written if _is_moment(written) else None


def _unambiguous(day: str) -> PartialDate | None:
    if match := _YEAR_FIRST.fullmatch(day):
        try:
            written = PartialDate(*(int(part) for part in match.groups()))
        except ValueError:
            return None
        return written if str(written) != day else None
    meant = day_first(day)
    return meant if meant and meant.day and (meant.day > 12 or meant.day == meant.month) else None


def _is_moment(written: str) -> bool:
    try:
        Timestamp.parse(written)
    except ValueError:
        return False
    return True
