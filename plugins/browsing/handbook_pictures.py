"""The pictures in the handbook, taken from the form as it runs, so that they can be taken again when it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from . import chromium

_NAME = "Đỗ Thử Ẩn"


def take(address: str, folder: Path, tell: Callable[[str], None]) -> None:
    """Writes the handbook's pictures of the form at ``address`` into ``folder``; nothing is saved in the form, though it is tried."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=chromium.flags())
        page = browser.new_page(viewport={"width": 1100, "height": 760}, timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN")
        page.goto(address)
        page.get_by_role("button").first.click()
        for name, show in (("danh-sach", _list), ("bieu-mau", _form), ("chua-luu", _refused)):
            show(page, address)
            page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
            tell(name)
        browser.close()


def _list(page: Page, _address: str) -> None:
    expect(page.get_by_role("heading", name="Hội nghị")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("2012-08-21", exact=False).or_(page.locator("a[href*='entries/']")).first).to_be_visible()


def _form(page: Page, address: str) -> None:
    page.goto(f"{address}#/collections/meetings/new")
    page.get_by_label("Nhan đề").first.fill("Giao ban quý I năm 2026")
    page.locator("input[id^=date-field]").first.fill("2026-04-09")
    page.get_by_role("button", name="Thêm người", exact=True).first.click()
    page.locator("[list=desk-people]").first.fill(_NAME)
    expect(page.get_by_role("button", name="Lập hồ sơ người")).to_be_visible()
    page.get_by_text("Chủ trì", exact=False).first.scroll_into_view_if_needed()
    expect(page.locator("#nprogress")).to_have_count(0)


def _refused(page: Page, _address: str) -> None:
    """The same record, with a fault that only the check can know of."""
    page.locator("input[id^=date_end-field]").first.fill("2026-04-01")
    page.locator("input[id^=date-field]").first.scroll_into_view_if_needed()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Lưu vào kho").click()
    expect(page.get_by_text("ngày kết thúc 2026-04-01 trước ngày bắt đầu 2026-04-09")).to_be_visible(timeout=30_000)
