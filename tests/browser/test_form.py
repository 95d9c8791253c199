"""The editors' desk in a real browser: a meeting written in the form becomes a page of the site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from plugins.editing.edit import DeskServer

CLUSTER = "---\nowner: lhh-song-may\nkind: cụm\nnumber: 1\n---\n"
UNION = "---\nname: Liên hiệp hội tỉnh Sông Mây\nprovince: Sông Mây\n---\n"
NOTE = "# chức vụ theo nguồn\n"


@pytest.fixture
def desk(small_archive: Path) -> Iterator[DeskServer]:
    for name, text in (("clusters/song-may-cum-1.md", CLUSTER), ("organizations/lhh-song-may.md", UNION)):
        file = small_archive / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    server = DeskServer(small_archive)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def form(browser: Browser, desk: DeskServer) -> Iterator[Page]:
    """The desk, open and logged in; a script that raises or a request to another host fails the test."""
    context = browser.new_context(timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    faults: list[str] = []
    # Decap rejects a promise without a reason where it may not save; of that it has told the editor.
    page.on("pageerror", lambda error: None if str(error) in ("undefined", "Object") else faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((desk.origin, "blob:", "data:")) else faults.append(asked.url))
    page.goto(desk.address)
    page.get_by_role("button").first.click()
    expect(page.get_by_role("link", name="Cụm")).to_be_visible(timeout=30_000)
    yield page
    context.close()
    assert faults == []


def new_meeting(page: Page, desk: DeskServer, title: str, date: str) -> None:
    page.goto(f"{desk.address}#/collections/meetings/new")
    page.get_by_label("Nhan đề").first.fill(title)
    page.locator("input[id^=date-field]").first.fill(date)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Lưu vào kho").click()


def saved(page: Page, file: Path) -> str:
    """The file, once the form says that it is saved."""
    expect(page.get_by_text("Thay đổi đã được lưu", exact=False).first).to_be_visible(timeout=20_000)
    return file.read_text(encoding="utf-8")


def test_a_meeting_written_in_the_form_becomes_a_page(
    form: Page, desk: DeskServer, small_archive: Path, tmp_path: Path, run_tasks: Callable
) -> None:
    picture = tmp_path / "Quang cảnh.jpg"
    Image.new("RGB", (900, 600), (40, 90, 120)).save(picture)
    new_meeting(form, desk, "Cụm thi đua số 1 họp đầu năm", "2031-01-01")
    cluster = form.locator("[id^=cluster-field] input, input[id^=cluster-field]").first
    cluster.fill("song-may")
    form.get_by_text("cụm 1 lhh-song-may").click()
    form.get_by_role("button", name="Thêm người", exact=True).first.click()
    form.locator("[list=desk-people]").fill("Đỗ Thử Ẩn")
    form.get_by_role("button", name="Lập hồ sơ người").click()
    expect(form.get_by_text("✓ Đỗ Thử Ẩn – đã có hồ sơ")).to_be_visible()
    form.get_by_role("button", name="Thêm ảnh", exact=True).click()
    form.get_by_role("button", name="Chọn").first.click()
    form.locator("input[type=file]").first.set_input_files(picture)
    form.get_by_role("button", name="Lấy những cái đã chọn").click()
    form.locator("textarea[id^=caption-field]").fill("Quang cảnh hội nghị")
    form.locator("[contenteditable=true]").last.click()
    form.keyboard.insert_text("Các hội bàn việc quý tới.")
    save(form)

    text = saved(form, small_archive / "meetings" / "2031" / "2031-01-01-cum-thi-dua-so-1-hop-dau-nam.md")
    assert text == (
        "---\ntitle: Cụm thi đua số 1 họp đầu năm\ndate: 2031-01-01\ncluster: song-may-cum-1\nchairs:\n  - name: Đỗ Thử Ẩn\n"
        "images:\n  - file: quang-canh.jpg\n    caption: Quang cảnh hội nghị\nstatus: published\n---\nCác hội bàn việc quý tới.\n"
    )
    assert (small_archive / "people" / "do-thu-an.md").read_text(encoding="utf-8") == "---\nname: Đỗ Thử Ẩn\n---\n"
    assert (small_archive / "images" / "quang-canh.jpg").read_bytes() == picture.read_bytes()

    built = run_tasks("build", "--content", small_archive, "--output", tmp_path / "site")
    assert built.returncode == 0, built.stderr
    html = (tmp_path / "site" / "ban-ghi" / "2031-01-01-cum-thi-dua-so-1-hop-dau-nam.html").read_text(encoding="utf-8")
    page = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())  # whatever holds the words of a line together
    assert "Đỗ Thử Ẩn" in page and "Cụm thi đua số 1 họp đầu năm" in page and "Quang cảnh hội nghị" in page


def test_a_saved_change_touches_no_other_line(form: Page, desk: DeskServer, small_archive: Path) -> None:
    (file,) = small_archive.glob("meetings/2030/*.md")
    before = file.read_text(encoding="utf-8").replace("chairs:\n", f"{NOTE}chairs:\n")
    file.write_text(before, encoding="utf-8", newline="\n")
    form.goto(f"{desk.address}#/collections/meetings/entries/2030/{file.stem}")
    venue = form.get_by_label("Địa điểm").first
    venue.fill("Hội trường Sông Mây")
    save(form)
    after = saved(form, file)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == ["venue: Hội trường Sông Mây"]
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


def test_a_record_with_a_fault_is_refused_with_the_reason_and_leaves_nothing(form: Page, desk: DeskServer, small_archive: Path) -> None:
    new_meeting(form, desk, "Giao ban thử", "2031-02-01")
    form.locator("input[id^=review-field]").first.fill("2031-Q1")
    form.locator("input[id^=date_end-field]").first.fill("2031-01-31")
    save(form)
    expect(form.get_by_text("ngày kết thúc 2031-01-31 trước ngày bắt đầu 2031-02-01")).to_be_visible(timeout=20_000)
    assert not list(small_archive.rglob("*giao-ban-thu*"))


def test_a_faulty_record_in_its_short_form_opens_and_is_mended(form: Page, desk: DeskServer, small_archive: Path) -> None:
    file = small_archive / "meetings" / "2030" / "x.md"
    file.write_text("---\ntitle: T\ndate: 2030-02-30\nchairs: Lê Thử; Phạm Thử An\nhost: Hội Thử\n---\n", encoding="utf-8", newline="\n")
    form.goto(f"{desk.address}#/collections/meetings/entries/2030/x")
    expect(form.get_by_text("Lê Thử; Phạm Thử An")).to_be_visible()
    form.locator("input[id^=date-field]").first.fill("2030-02-28")
    save(form)
    assert saved(form, file) == "---\ntitle: T\ndate: 2030-02-28\nchairs: Lê Thử; Phạm Thử An\nhost: Hội Thử\n---\n"


def test_a_day_that_is_none_is_told_before_saving(form: Page, desk: DeskServer, small_archive: Path) -> None:
    new_meeting(form, desk, "Giao ban thử", "1/2/2031")
    save(form)
    expect(form.get_by_text("viết 2025-10-09, hoặc 2025-10, hoặc 2025").first).to_be_visible()
    assert not list(small_archive.rglob("*giao-ban-thu*"))
