"""How dates, periods and numbers are written in each language.

Vietnamese dates stand day first with leading zeros; in the long form a month takes its zero only where it is 1 or 2, as state
documents write it. Spaces inside a date do not break.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from plugins.archive.dates import PartialDate, Period, Timestamp
from plugins.archive.problems import N_

from .messages import SOURCE_LANGUAGE, translations
from .spacing import NBSP, heading, tidy

REMEMBERED = 16384
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


_SPANS = {
    "": N_("năm %(year)s"),
    "Q": N_("quý %(quarter)s/%(year)s"),
    "6M": N_("6 tháng đầu năm %(year)s"),
    "9M": N_("9 tháng đầu năm %(year)s"),
    "H2": N_("6 tháng cuối năm %(year)s"),
}


def filters(language: str) -> Mapping[str, Callable[..., Any]]:
    """The template filters of ``language``, by name; they remember what they wrote, since one date stands on many pages."""
    of_values: dict[str, Callable[..., str]] = {
        "day": partial(day, language=language),
        "long_day": partial(long_day, language=language),
        "short_day": partial(short_day, language=language),
        "moment": partial(moment, language=language),
        "period": partial(period, gettext=translations(language).gettext),
        "number": partial(number, language=language),
        "roman": roman,
        "isoformat": isoformat,
    }
    return {"tidy": tidy, "heading": heading, **{name: lru_cache(maxsize=REMEMBERED, typed=True)(function) for name, function in of_values.items()}}


def day(date: PartialDate, *, language: str = SOURCE_LANGUAGE) -> str:
    """As "09/10/2025", "tháng 4/2023" or "2023", according to what is known."""
    if date.month is None:
        return str(date.year)
    if language != SOURCE_LANGUAGE:
        return _foreign(date.first_day, "d MMM y" if date.day else "MMMM y", language)
    return f"{date.day:02}/{date.month:02}/{date.year}" if date.day else f"tháng{NBSP}{date.month}/{date.year}"


def long_day(date: PartialDate, *, language: str = SOURCE_LANGUAGE) -> str:
    """As "ngày 09 tháng 10 năm 2025", "tháng 4 năm 2023" or "năm 2023"."""
    if language != SOURCE_LANGUAGE:
        pattern = "d MMMM y" if date.day else "MMMM y" if date.month else "y"
        return _foreign(date.first_day, pattern, language)
    parts = [f"năm{NBSP}{date.year}"]
    if date.month:
        parts.insert(0, f"tháng{NBSP}{date.month:02}" if date.month < 3 else f"tháng{NBSP}{date.month}")
    if date.day:
        parts.insert(0, f"ngày{NBSP}{date.day:02}")
    return " ".join(parts)


def short_day(date: PartialDate, *, language: str = SOURCE_LANGUAGE) -> str:
    """Without the year, for a place that has named it: "09/10", "tháng 4", or "2023" where only the year is known."""
    if date.month is None:
        return str(date.year)
    if language != SOURCE_LANGUAGE:
        return _foreign(date.first_day, "d MMM" if date.day else "MMM", language)
    return f"{date.day:02}/{date.month:02}" if date.day else f"tháng{NBSP}{date.month}"


def moment(stamp: Timestamp, *, language: str = SOURCE_LANGUAGE) -> str:
    """As "16:55 ngày 10/10/2025", or the day alone where no time is known."""
    date = day(stamp.date, language=language)
    if stamp.time is None:
        return date
    if language != SOURCE_LANGUAGE:
        from babel.dates import format_time  # here and below: what only asks for messages need not wait for Babel

        return f"{format_time(stamp.time, 'HH:mm', locale=language)}, {date}"
    return f"{stamp.time:%H:%M} ngày{NBSP}{date}"


def period(value: Period, *, gettext: Callable[[str], str] = str) -> str:
    """As "quý IV/2025" or "9 tháng đầu năm 2025"; the space before a number does not break."""
    is_quarter = value.span.startswith("Q")
    message = _SPANS["Q" if is_quarter else value.span]
    text = gettext(message) % {"year": value.year, "quarter": roman(int(value.span[1:])) if is_quarter else ""}
    return text.replace("quý ", f"quý{NBSP}").replace("năm ", f"năm{NBSP}")


def number(value: float, *, language: str = SOURCE_LANGUAGE) -> str:
    """As "1.305" and "1,5"."""
    if isinstance(value, int) and abs(value) < 1000:  # nothing to group; how a language does it takes a moment to load
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language)


def roman(value: int) -> str:
    """1 to 39 in Roman capitals; raises ValueError outside of that."""
    if not 1 <= value <= 39:
        raise ValueError(f"no Roman numeral for {value}")
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text


def isoformat(value: PartialDate | Timestamp) -> str:
    """What a ``datetime`` attribute takes: as much as is known, "2023-04" where the day is not."""
    return str(value) if isinstance(value, PartialDate) else value.isoformat()


def _foreign(date: datetime.date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(date, pattern, locale=language).replace(" ", NBSP)
