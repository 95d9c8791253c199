"""A reader with an unpacked folder: walks through the archive, from file://, without network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def reader(page: Page, built_site: Path) -> Page:
    """A page at home that fails its test on any console error and on any request that leaves the folder."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "data:", "about:")) else None)
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.goto((built_site / "index.html").as_uri())
    yield page
    assert faults == []


def test_from_home_to_a_person_and_back(reader: Page) -> None:
    reader.get_by_role("navigation").get_by_role("link", name="Cụm", exact=True).first.click()
    reader.get_by_role("main").get_by_role("link", name="Cụm thi đua số 1").first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Cụm thi đua số 1, Phú Thọ")
    reader.get_by_role("main").get_by_role("link", name="giao ban quý I").first.click()
    reader.get_by_role("main").get_by_role("link", name="Hồ Đình Lưỡng").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Hồ Đình Lưỡng")
    expect(reader.get_by_role("main")).to_contain_text("Bí thư Đảng đoàn, Chủ tịch")
    reader.get_by_role("link", name="Trang đầu").first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("18 hội nghị")


def test_a_name_typed_without_marks_is_found(reader: Page) -> None:
    field = reader.get_by_role("searchbox").first
    field.fill("ho dinh luong")
    field.press("Enter")
    expect(reader.get_by_role("main")).to_contain_text("Hồ Đình Lưỡng")
    expect(reader.get_by_role("main").get_by_role("link", name="giao ban quý I").first).to_be_visible()


def test_without_script_the_indexes_lead_everywhere(browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((built_site / "nguoi.html").as_uri())
    page.get_by_role("link", name="Khổng Mạnh Tiến").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khổng Mạnh Tiến")
    page.goto((built_site / "tim-kiem.html").as_uri())
    expect(page.get_by_role("main").get_by_role("link", name="Danh sách người").first).to_be_visible()
    context.close()
