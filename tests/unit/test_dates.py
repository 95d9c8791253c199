"""Dates as far as they are known."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive.dates import PartialDate, Period, Timestamp, day_first

DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "date"),
    [("2025-10-09", PartialDate(2025, 10, 9)), ("2025-10", PartialDate(2025, 10)), ("2025", PartialDate(2025)), (" 2024-02-29 ", PartialDate(2024, 2, 29))],
)
def test_iso_dates_are_read_as_far_as_they_go(text: str, date: PartialDate) -> None:
    assert PartialDate.parse(text) == date
    assert str(date) == text.strip()


@pytest.mark.parametrize("text", ["10/4/2023", "31/02/2023", "2023-02-31", "2023-13", "2023-1-2", "23-01-02", "", "nay", "0012", "2023-00-01", "２０２３"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(DAYS)
def test_every_day_survives_the_round_trip(day: datetime.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert (date.first_day, date.last_day) == (day, day)
    assert date.quarter == (day.month - 1) // 3 + 1
    assert day_first(f"{day.day}/{day.month}/{day.year}") == date


@given(DAYS, DAYS)
def test_dates_sort_like_days(one: datetime.date, other: datetime.date) -> None:
    assert (PartialDate.parse(str(one)) < PartialDate.parse(str(other))) == (one < other)


def test_a_month_ends_on_its_last_day_and_agrees_with_its_days() -> None:
    assert PartialDate(2024, 2).last_day == datetime.date(2024, 2, 29)
    assert PartialDate(2024).last_day == datetime.date(2024, 12, 31)
    assert PartialDate(2024, 2).agrees_with(PartialDate(2024, 2, 11))
    assert not PartialDate(2024, 2).agrees_with(PartialDate(2024, 3, 1))
    assert PartialDate(2024).quarter is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-10-10", "2025-10-10"),
        ("2025-10-10 16:55", "2025-10-10T16:55:00+07:00"),
        ("2025-10-10T16:55:00+07:00", "2025-10-10T16:55:00+07:00"),
        ("2025-10-10T20:30Z", "2025-10-11T03:30:00+07:00"),
    ],
)
def test_moments_are_kept_in_vietnams_time(text: str, iso: str) -> None:
    assert Timestamp.parse(text).isoformat() == iso


@pytest.mark.parametrize("text", ["10/10/2025", "2025-10-10 25:00", "2025-10", "2025-10-10T16:55+99:00"])
def test_bad_moments_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Timestamp.parse(text)


@pytest.mark.parametrize("text", ["2025-Q1", "2025-Q4", "2025-6M", "2025-9M", "2025-H2", "2025"])
def test_periods(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", ["quý I", "2025-Q5", "Q1", "1025", "2025-12M"])
def test_bad_periods_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(text)
