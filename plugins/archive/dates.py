"""Dates as far as they are known, periods of review and plan, and moments with or without a time.

Only ISO forms are read from a header: ``10/4/2023`` is 10 April to a Vietnamese editor and 4 October to many libraries, so it is
refused with a hint and never guessed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Any

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
FIRST_YEAR, LAST_YEAR = 1900, 2199

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PERIOD = re.compile(r"([0-9]{4})(?:-(Q[1-4]|6M|9M|H2))?")
_TIMESTAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a year and a month, or a day. Sorts by what is known; an unknown part comes first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"year {self.year} is not between {FIRST_YEAR} and {LAST_YEAR}")
        datetime.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def __reduce__(self) -> tuple[Any, ...]:  # a fifth of the time that a frozen dataclass takes of itself to be unpickled
        return PartialDate, (self.year, self.month, self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads 2025-10-09, 2025-10 or 2025. Raises ValueError for anything else, impossible days included."""
        match = _PARTIAL.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not an ISO date: {text!r}")
        year, *rest = match.groups()
        return cls(int(year), *(int(part) if part else None for part in rest))

    @property
    def quarter(self) -> int | None:
        """1 to 4, or None where the month is unknown."""
        return None if self.month is None else (self.month + 2) // 3

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day it can mean."""
        if self.day:
            return self.first_day
        year, month = (self.year, self.month + 1) if self.month and self.month < 12 else (self.year + 1, 1)
        return datetime.date(year, month, 1) - datetime.timedelta(days=1)

    def agrees_with(self, other: PartialDate) -> bool:
        """True where both can be the same day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    def __lt__(self, other: PartialDate) -> bool:
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)


@total_ordering
@dataclass(frozen=True, slots=True)
class Timestamp:
    """A day, with the time in Vietnam (UTC+7) where the source gives one."""

    day: datetime.date
    time: datetime.time | None = None

    @classmethod
    def parse(cls, text: str) -> Timestamp:
        """Reads 2025-10-10, 2025-10-10 16:55 or 2025-10-10T16:55:00+07:00; a time without zone is Vietnam's."""
        match = _TIMESTAMP.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not an ISO date or time: {text!r}")
        date_text, hour, minute, second, zone = match.groups()
        day = datetime.date.fromisoformat(date_text)
        if hour is None:
            return cls(day)
        moment = datetime.datetime.combine(day, datetime.time(int(hour), int(minute), int(second or 0)))
        if zone:
            zoned = datetime.datetime.fromisoformat(moment.isoformat() + zone.replace("Z", "+00:00"))
            moment = zoned.astimezone(VIETNAM).replace(tzinfo=None)
        return cls(moment.date(), moment.time())

    @property
    def date(self) -> PartialDate:
        return PartialDate(self.day.year, self.day.month, self.day.day)

    def isoformat(self) -> str:
        """As 2025-10-10 or 2025-10-10T16:55:00+07:00."""
        if self.time is None:
            return self.day.isoformat()
        return datetime.datetime.combine(self.day, self.time, VIETNAM).isoformat()

    def __lt__(self, other: Timestamp) -> bool:
        return (self.day, self.time or datetime.time.min) < (other.day, other.time or datetime.time.min)


@dataclass(frozen=True, slots=True)
class Period:
    """What a meeting reviews or plans. ``span`` is Q1..Q4, 6M (first half), H2 (second half), 9M, or empty for the year."""

    year: int
    span: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return Period, (self.year, self.span)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads 2025-Q4, 2025-6M, 2025-9M, 2025-H2 or 2025; raises ValueError for anything else."""
        match = _PERIOD.fullmatch(text.strip().upper())
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise ValueError(f"not a period: {text!r}")
        return cls(int(match[1]), match[2] or "")

    def __str__(self) -> str:
        return f"{self.year}-{self.span}" if self.span else str(self.year)


@lru_cache(maxsize=65536)
def day_first(text: str) -> PartialDate | None:
    """Reads 18/4/2023, the way Vietnamese text writes a day, or None. For running text and for hints only."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return PartialDate(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
