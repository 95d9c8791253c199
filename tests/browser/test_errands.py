"""Ten errands of a reader on a narrow phone: each is done from the first page in few taps, and what is tapped says where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

CLUSTER = "Cụm thi đua số 1, Phú Thọ"
NEWEST = "bàn việc quý IV/2025"


class Reader:
    """Counts what it taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, name: str, within: str = "main") -> None:
        self.touch(self.page.locator(within).get_by_role("link", name=name).first)

    def touch(self, target: Locator) -> None:
        expect(target).to_be_visible()
        target.tap()
        self.taps += 1

    def sees(self, text: str, at: str = "main") -> None:
        expect(self.page.locator(at)).to_contain_text(text)


@pytest.fixture
def reader(browser: Browser, built_site: Path) -> Reader:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce", offline=True)
    page = context.new_page()
    page.goto((built_site / "index.html").as_uri())
    yield Reader(page)
    context.close()


def quarter(page: Page, year: str, number: int) -> Locator:
    """The link in one cell of the quarter grid."""
    return page.get_by_role("row", name=year).get_by_role("cell").nth(number - 1).get_by_role("link")


def test_the_last_meeting_of_a_cluster_and_who_chaired_it(reader: Reader) -> None:
    reader.tap("Cụm", "header")
    reader.tap(CLUSTER)
    reader.tap(NEWEST, ".band")
    reader.sees("Trần Thị Hằng", ".card")
    assert reader.taps == 3


def test_what_documents_a_meeting_cites_and_who_else_cites_them(reader: Reader) -> None:
    reader.tap(NEWEST)
    reader.tap("Văn bản", ".jump")
    expect(reader.page.get_by_role("heading", name="Văn bản viện dẫn")).to_be_in_viewport()
    reader.tap("số 57-NQ/TW", "section[aria-labelledby=van-ban]")
    reader.sees("hội nghị viện dẫn", ".band")
    assert reader.taps == 3


def test_the_next_meeting_of_the_cluster(reader: Reader) -> None:
    reader.touch(quarter(reader.page, "2023", 2))
    reader.tap("bàn việc quý II/2023")
    reader.tap("09/10", ".strip")
    reader.sees(NEWEST, "h1")
    assert reader.taps == 3


def test_what_positions_a_person_held(reader: Reader) -> None:
    reader.tap("Người", "header")
    reader.tap("Hồ Đình Lưỡng")
    reader.sees("Bí thư Đảng đoàn, Chủ tịch", "section[aria-labelledby=chuc-danh]")
    assert reader.taps == 2


def test_a_person_by_a_name_typed_without_marks(reader: Reader) -> None:
    reader.page.get_by_role("searchbox").fill("ho dinh luong")
    reader.touch(reader.page.get_by_role("button", name="Tìm"))
    reader.tap("Hồ Đình Lưỡng", ".search__named")
    reader.sees("Hồ Đình Lưỡng", "h1")
    assert reader.taps == 2


def test_what_met_in_a_quarter(reader: Reader) -> None:
    reader.touch(quarter(reader.page, "2023", 3))
    reader.sees("quý III/2023", "h1")
    assert reader.taps == 1


def test_the_table_of_a_cluster_to_take_away(reader: Reader) -> None:
    reader.tap("Cụm", "header")
    reader.tap(CLUSTER)
    reader.tap("Tải về", ".jump")
    link = reader.page.get_by_role("link", name="CSV")
    expect(link).to_be_in_viewport()
    with reader.page.expect_download() as download:
        reader.touch(link)
    assert download.value.suggested_filename.endswith(".csv")
    assert reader.taps == 4


def test_larger_letters(reader: Reader) -> None:
    reader.tap("Cỡ chữ", "header")
    larger = reader.page.get_by_role("button", name="Rất lớn")
    expect(larger).to_be_in_viewport()
    reader.touch(larger)
    expect(reader.page.locator("html")).to_have_attribute("data-size", "largest")
    assert reader.taps == 2


def test_how_to_cite_a_meeting(reader: Reader) -> None:
    reader.tap(NEWEST)
    reader.tap("Trích dẫn", ".jump")
    expect(reader.page.locator(".citation__text")).to_be_in_viewport()
    reader.sees("hội nghị 09/10/2025", ".citation")
    assert reader.taps == 2


def test_what_became_of_an_organization(reader: Reader) -> None:
    reader.tap("Tổ chức", "header")
    reader.tap("Hội Làm vườn Vĩnh Phúc")
    reader.tap("Về tổ chức này", ".jump")
    reader.tap("Hội Sinh vật cảnh và Làm vườn tỉnh Phú Thọ", ".card")
    reader.sees("Tiền thân", ".card")
    assert reader.taps == 4
