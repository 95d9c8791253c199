"""Every date written in a text, in the many ways it is written, and where it stands. What a date is for is not decided here."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_MONTH_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_WORDS = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_MONTH = rf"(?:0?[1-9]|1[0-2])(?!\d)|{_WORDS}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMERIC = re.compile(
    rf"(?<![\d/.,])(?P<day>{_DAY})\s?(?P<sep>[/.-])\s?(?P<month>0?[1-9]|1[0-2])(?:\s?(?P=sep)\s?(?P<year>(?:19|"
    rf"20)\d\d))?(?![\d]|[/-]\d|[.,]\d|[-/][A-ZĐ]|%)"
)
_BROKEN = re.compile(rf"(?<![\d/.,-])(?P<day>{_DAY})/(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])")
_LONG = re.compile(
    rf"(?<![\w/])(?P<day>{_DAY})\s*,?\s+tháng\s+(?P<month>{_MONTH})(?:\s*,?\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d))?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"tháng\s+(?P<month>{_MONTH})\s+(?P<day>{_DAY})\s*,\s*(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_AMERICAN = re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)(?!\d)")
_HALF_DAY = re.compile(
    r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>[12]\d|3[01]|0?[1-9])/(?P<year>(?:19|20)\d\d)\s+\d{1,2}:\d\d(?::\d\d)?\s*(?:AM|PM)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?(?::|giờ|h)\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s*(?P<half>AM|PM|SA|CH)\b)?", re.IGNORECASE
)
_MOST = 200
"""More dates than this no report has; a page that is made of dates must not hold us up."""
_JOIN = r"\s*(?:-|–|—|và|,|đến|tới|đến ngày|đến hết ngày)\s*"
_SPAN_BEFORE = re.compile(
    rf"(?<![\d/.,-])(?P<first>{_DAY})(?:\s?[/.-]\s?(?P<month>0?[1-9]|1[0-2]))?(?:\s*,\s*{_DAY})*{_JOIN}(?:ngày\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Written:
    """A day as a text writes it. ``year`` is None where it leaves it out; ``first_day`` and ``first_month`` begin a span of days."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    first_day: int | None = None
    first_month: int | None = None
    repaired: bool = False
    """True where what is written is no date and was read as the nearest one (20/052022)."""

    def at(self, year: int) -> datetime.date | None:
        """The (last) day in a year, or None where that year has no such day."""
        return _day(year, self.month, self.day)

    def first_at(self, year: int) -> datetime.date | None:
        """The first day of a span in the year of its last day."""
        if self.first_day is None:
            return None
        month = self.first_month or self.month
        return _day(year - (month > self.month), month, self.first_day)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def find(text: str) -> tuple[Written, ...]:
    """Every date of a text, in order, none within another."""
    found: dict[int, Written] = {}
    taken: list[tuple[int, int]] = []
    for pattern in (_AMERICAN, _HALF_DAY, _ISO, _LONG, _MONTH_FIRST, _BROKEN, _NUMERIC):
        for match in pattern.finditer(text):
            if len(found) >= _MOST:
                break
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            written = _written(match, text, pattern is _BROKEN)
            if written is not None:
                taken.append((written.start, written.end))
                found[written.start] = written
    return tuple(found[start] for start in sorted(found))


def _written(match: re.Match[str], text: str, repaired: bool) -> Written | None:
    day, month = int(match["day"]), _month(match["month"])
    year = int(match["year"]) if match["year"] else None
    if _day(year or 2024, month, day) is None:
        return None
    if (
        year is None
        and match.groupdict().get("sep") == "."
        and not re.search(r"(?:ngày|sáng|chiều|tối|trưa)\s*$", text[: match.start()], re.IGNORECASE)
    ):
        return None  # "2.5" is a number unless a word says that it is a day
    before = _SPAN_BEFORE.search(text, max(0, match.start() - 40), match.start())
    if (
        before is None
        or not _is_span(before, day, month)
        or re.search(r"(?:thứ|lần|khóa|khoá|số)\s*$", text[: before.start()], re.IGNORECASE)
    ):
        return Written(match.start(), match.end(), match[0], day, month, year, repaired=repaired)
    first_month = int(before["month"]) if before["month"] else None
    return Written(
        before.start(), match.end(), text[before.start() : match.end()], day, month, year, int(before["first"]), first_month, repaired
    )


def _is_span(before: re.Match[str], day: int, month: int) -> bool:
    first, first_month = int(before["first"]), int(before["month"] or month)
    return (first_month, first) < (month, day) or (first_month == 12 and month == 1)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH_WORDS[" ".join(text.lower().split())]


def time_near(text: str) -> datetime.time | None:
    """The time of day that a line gives."""
    found = _TIME.search(re.sub(r"GMT\s*[+-]\s*\d+(?::\d\d)?", "", text))
    if found is None:
        return None
    hour = int(found["hour"])
    half = (found["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    return datetime.time(hour - 12 if half in ("AM", "SA") and hour == 12 else hour, int(found["minute"]))


def is_american(text: str) -> bool:
    """True where a date stands with AM or PM, as ASP.NET writes it on a server that was never set to Vietnam: month first."""
    return _HALF_DAY.search(text) is not None


def swapped(written: Written) -> Written | None:
    """The same figures read with day and month exchanged, or None where that is no date."""
    if written.day > 12:
        return None
    return Written(written.start, written.end, written.text, written.month, written.day, written.year)
