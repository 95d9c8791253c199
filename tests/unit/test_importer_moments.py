"""Dates as old pages write them."""

from __future__ import annotations

import datetime

import pytest

from plugins.importer import datelines, dating, moments, places, plain, publishing
from plugins.importer.taking import take

FILLER = "Đại diện các hội nêu nhiều cách làm hay, được ghi vào biên bản để các đơn vị khác cùng tham khảo về sau."


@pytest.mark.parametrize(
    ("text", "day", "month", "year", "first_day"),
    [
        ("Sáng ngày 11/7/2022 họp", 11, 7, 2022, None),
        ("Chiều 28/6, họp", 28, 6, None, None),
        ("Sáng 18-4, tại", 18, 4, None, None),
        ("Chiều 8.1 họp", 8, 1, None, None),
        ("Ngày 28 tháng 4 năm 2022", 28, 4, 2022, None),
        ("Trong hai ngày 21 và 22/8/2012", 22, 8, 2012, 21),
        ("Từ ngày 17 – 19/8/2022", 19, 8, 2022, 17),
        ("Trong hai ngày 29-30/12", 30, 12, None, 29),
        ("từ ngày 28/9 đến 2/10/2023", 2, 10, 2023, 28),
        ("Ngày 20/052022, họp", 20, 5, 2022, None),
        ("Thứ năm, 25 Tháng 8 2022 20:15", 25, 8, 2022, None),
        ("Tháng Mười Hai 5, 2022", 5, 12, 2022, None),
        ("10/25/2018 8:15:00 AM", 25, 10, 2018, None),
        ("date 2026-01-29", 29, 1, 2026, None),
        ("Sáng thứ 6, ngày 12/1/2018", 12, 1, 2018, None),
    ],
)
def test_written_date_is_understood(text: str, day: int, month: int, year: int | None, first_day: int | None) -> None:
    (found,) = moments.find(text)
    assert (found.day, found.month, found.year, found.first_day) == (day, month, year, first_day)


@pytest.mark.parametrize(
    "text", ["tăng 2.5 lần", "Nghị định 126/2024/NĐ-CP", "số 15/KH-LHH", "ngày 31/2/2020", "tỷ lệ 40/60", "số 281-đường"]
)
def test_figures_that_are_no_date_are_left(text: str) -> None:
    assert moments.find(text) == ()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thứ năm, 09/11/2023 07:05 (GMT+7)", "2023-11-09"),
        ("Ngày: 22/09/2023", "2023-09-22"),
        ("16:57, 21/05/2024", "2024-05-21"),
        ("Thứ Bảy, 29/06/2024 | 16:49", "2024-06-29"),
        ("(Ngày đăng :19/10/2012, số lần xem: 231)", "2012-10-19"),
        ("Posted on 12/03/2019 by bientap", "2019-03-12"),
        ("Ngày 12/5/2021, Liên hiệp hội họp giao ban", None),
        ("Ngày 12/5/2021, đoàn khách thăm vườn ươm giống của trung tâm", None),
    ],
)
def test_line_that_only_tells_the_day_of_publication(line: str, day: str | None) -> None:
    found = datelines.date_of_line(line)
    assert (str(found.at(found.year or 0)) if found else None) == day


def test_title_gives_up_the_date_glued_behind_it_and_keeps_its_own() -> None:
    assert datelines.without_trailing_date("Giao ban quý III (13/01/2015)") == "Giao ban quý III"
    assert datelines.without_trailing_date("Hội nghị ngày 13/01/2015") == "Hội nghị ngày 13/01/2015"


def read(text: str) -> tuple[dating.EventDay | None, datetime.date | None]:
    article = take(plain.read(text))
    place = dating.find_place(article)
    published = publishing.find(article, place.written if place else None)
    event = dating.find(article, place, published)
    return event.value if event else None, published.value.day if published else None


def test_day_on_which_the_page_was_saved_is_not_the_day_of_publication() -> None:
    event, published = read(
        f"Thứ Bảy, 13/04/2024\n\nLiên hiệp hội Hà Nam\n\nHội nghị giao ban cụm\n\nThứ Hai, 18/12/2023\n\nSáng 8/12, cụm "
        f"thi đua họp giao ban tại thành phố.\n\n{FILLER}"
    )
    assert (str(event and event.date), str(published)) == ("2023-12-08", "2023-12-18")
    assert event and "ngày đăng 18/12/2023" in event.inferred


@pytest.mark.parametrize(
    ("title", "lead", "date"),
    [
        ("Tổng kết năm 2020", "Sáng 8/1, cụm họp tổng kết năm 2020, trao giấy khen cho các đơn vị.", "2021-01-08"),
        ("Tổng kết năm 2020", "Sáng 18/12, cụm họp tổng kết năm 2020, trao giấy khen cho các đơn vị.", "2020-12-18"),
        ("Họp cụm", "Ngày 5/7, cụm họp sơ kết 6 tháng đầu năm 2019 và bàn việc sắp tới.", "2019-07-05"),
        ("Hội nghị giao ban năm 2016", "Ngày 5/7, cụm họp bàn các việc sắp tới của các đơn vị.", "2016-07-05"),
    ],
)
def test_missing_year_follows_the_order_of_evidence(title: str, lead: str, date: str) -> None:
    event, _ = read(f"{title}\n\n{lead}\n\n{FILLER}")
    assert str(event and event.date) == date


def test_year_without_evidence_stays_open() -> None:
    event, _ = read(f"Cụm thi đua giao ban\n\nSáng 9-8, cụm thi đua họp giao ban tại hội trường.\n\n{FILLER}")
    assert event and (event.date, event.month_day) == (None, "--08-09")


def test_meeting_without_a_day_has_none() -> None:
    event, _ = read(f"Gặp mặt đầu xuân\n\nVừa qua, liên hiệp hội gặp mặt hội viên, ôn lại truyền thống ngày 26/3/1983.\n\n{FILLER}")
    assert event is None


def test_dates_of_documents_and_anniversaries_are_not_the_meeting() -> None:
    lead = (
        "Thực hiện Kế hoạch số 12/KH-LHH ngày 02/3/2023, nhân kỷ niệm ngày thành lập (26/3/1983 - 26/3/2023), sáng "
        "ngày 15/3/2023 cụm họp giao ban."
    )
    event, _ = read(f"Giao ban cụm\n\n{lead}\n\n{FILLER}")
    assert str(event and event.date) == "2023-03-15"


@pytest.mark.parametrize(
    ("sentence", "venue"),
    [
        ("Sáng 16/3/2023, tại Hội trường Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam, Liên hiệp hội tổ chức giao ban.", "Hội trường Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam"),
        ("Ngày 16/3/2023, tại trụ sở của Liên hiệp các Hội KH&KT tỉnh đã diễn ra hội nghị giao ban.", "trụ sở của Liên hiệp các Hội KH&KT tỉnh"),
        ("Ngày 16/3/2023, tại Nhà khách tỉnh Liên hiệp các Hội KH&KT tỉnh tổ chức giao ban.", "Nhà khách tỉnh"),
    ],
)
def test_a_hall_is_named_with_the_body_whose_hall_it_is(sentence: str, venue: str) -> None:
    article = take(plain.read(f"Giao ban quý I năm 2023\n\n{sentence}\n\n{FILLER}"))
    found = places.venue(article, None)
    assert found is not None and found.value == venue
