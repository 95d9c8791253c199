"""The form on the published site, before a code host: signed in, a record opened, changed and saved as a request to merge."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.archive.loading import load

from .forge import REPOSITORY, Forge, forge
from .github_api import GitHub
from .gitlab_api import GitLab

_START = """
import sys
from pathlib import Path
from plugins.building import site
from plugins.building.reporting import Report
sys.exit(site.build(site.Request(settings=Path(sys.argv[1]), content=Path(sys.argv[2]), output=Path(sys.argv[3])), Report(str)))
"""
SHORT = """\
---
title: Giao ban thử
date: 2030-05-01
chairs:
  - TS. Lê Thử – Chủ tịch
  - name: Phạm Thử An
    role: Phó Chủ tịch
  - Hội Thử nghiệm
sources: https://vi-du.example/bai
---
Bài thử.
"""


def publish(content: Path, site: Path, backend: dict[str, str], folder: Path, root: Path) -> None:
    """Builds the site with the form on it, as the settings of an archive ask for it."""
    settings = folder / "conf.py"
    lines = (
        f"import sys; sys.path.insert(0, {str(root)!r})",
        "from pelicanconf import *",
        f"THEME, PLUGIN_PATHS = {str(root / 'theme')!r}, [{str(root)!r}]",
        f"EDITING_BACKEND = {backend!r}",
    )
    settings.write_text("\n".join(lines), encoding="utf-8")
    built = subprocess.run([sys.executable, "-c", _START, settings, content, site], cwd=root, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr


@pytest.fixture
def host(small_archive: Path, tmp_path: Path, root: Path) -> Iterator[Forge]:
    """A code host with the small archive and one record in short forms; the site is published from it."""
    (small_archive / "meetings" / "2030" / "2030-05-01-thu.md").write_text(SHORT, encoding="utf-8", newline="\n")
    with forge(small_archive, tmp_path / "forge", GitHub) as server:
        backend = {"name": "github", "repo": REPOSITORY, "branch": "main", "api_root": f"{server.address}/api", "base_url": server.address}
        publish(small_archive, tmp_path / "forge" / "site", backend, tmp_path, root)
        yield server


@contextmanager
def desk(browser: Browser, host: Forge, button: str) -> Iterator[Page]:
    """The published form, signed in; a script that raises or a request to another host fails the test."""
    context = browser.new_context(timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((host.address, "blob:", "data:")) else faults.append(asked.url))
    page.goto(f"{host.address}/bien-tap/")
    page.get_by_role("button", name=button).click(timeout=60_000)
    expect(page.get_by_role("link", name="Cụm")).to_be_visible(timeout=60_000)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def form(browser: Browser, host: Forge) -> Iterator[Page]:
    with desk(browser, host, "GitHub") as page:
        yield page


def save(page: Page, host: Forge) -> dict[str, Any]:
    """The request to merge that came of saving, once the form says that it is saved."""
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Thay đổi đã được lưu", exact=False).first).to_be_visible(timeout=20_000)
    return host.host.pulls_of("", "open")[-1]


def changed_lines(host: Forge, pull: dict[str, Any]) -> list[str]:
    difference = host.repository.git("diff", "--unified=0", "main", pull["head"]["sha"]).splitlines()
    return [line for line in difference if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def content_of(host: Forge, pull: dict[str, Any], folder: Path) -> Path:
    """The content folder as the request would leave it."""
    host.repository.git("--work-tree", str(folder), "checkout", pull["head"]["sha"], "--", ".")
    return folder / "content"


def test_a_record_is_opened_from_the_list_changed_and_sent_for_review(form: Page, host: Forge) -> None:
    before = host.repository.head("main")
    form.get_by_text("Giao ban quý II tại Sông Mây").click()
    form.get_by_label("Địa điểm").first.fill("Hội trường Sông Mây")
    pull = save(form, host)
    assert host.repository.head("main") == before
    assert pull["title"] == "Sửa hội nghị 2030/2030-04-18-giao-ban-song-may" and pull["labels"] == [{"name": "decap-cms/draft"}]
    lines = changed_lines(host, pull)
    assert "+venue: Hội trường Sông Mây" in lines
    # Groups written on one line are written on several; nothing else is touched.
    assert [line for line in lines if line.startswith("-")] == [
        "-  - {name: Phạm Thử An, role: Chủ tịch, organization: Liên hiệp hội Sông Mây}",
        "-  - {site: Bản tin Sông Mây, title: Giao ban quý II, published: 2030-04-19}",
    ]


def test_a_list_of_lines_and_groups_is_shown_written_out_and_can_be_saved(form: Page, host: Forge, tmp_path: Path) -> None:
    form.get_by_text("Giao ban thử").click()
    expect(form.get_by_text("Lê Thử Chủ tịch")).to_be_visible()
    form.get_by_label("Địa điểm").first.fill("Sông Mây")
    pull = save(form, host)
    (tmp_path / "after").mkdir()
    content = content_of(host, pull, tmp_path / "after")
    text = (content / "meetings" / "2030" / "2030-05-01-thu.md").read_text(encoding="utf-8")
    assert text == SHORT.replace("  - TS. Lê Thử – Chủ tịch\n", "  - name: Lê Thử\n    honorific: TS.\n    role: Chủ tịch\n").replace(
        "  - Hội Thử nghiệm\n", "  - organization:\n      - Hội Thử nghiệm\nvenue: Sông Mây\n"
    )
    assert not load(content)[1].errors


def test_a_meeting_and_a_person_missing_from_the_archive_are_two_requests(form: Page, host: Forge, tmp_path: Path) -> None:
    form.goto(f"{host.address}/bien-tap/#/collections/meetings/new")
    form.get_by_label("Nhan đề").first.fill("Giao ban quý III")
    form.locator("input[id^=date-field]").first.fill("2030-07-15")
    form.get_by_role("button", name="Thêm người", exact=True).first.click()
    form.locator("[list=desk-people]").fill("Đỗ Thử Ẩn")
    with form.expect_popup() as opened:
        form.get_by_role("link", name="Lập hồ sơ người").click()
    expect(opened.value.get_by_label("Tên").first).to_have_value("Đỗ Thử Ẩn", timeout=30_000)
    assert changed_lines(host, save(opened.value, host)) == ["+---", "+name: Đỗ Thử Ẩn", "+status: published", "+---"]
    pull = save(form, host)
    (tmp_path / "after").mkdir()
    content = content_of(host, pull, tmp_path / "after")
    text = (content / "meetings" / "2030" / "2030-07-15-giao-ban-quy-iii.md").read_text(encoding="utf-8")
    assert "title: Giao ban quý III\ndate: 2030-07-15\n" in text and "  - name: Đỗ Thử Ẩn\n" in text
    assert not load(content)[1].errors and len(host.host.pulls_of("", "open")) == 2


def test_on_gitlab_too_a_change_becomes_a_request_to_merge(browser: Browser, small_archive: Path, tmp_path: Path, root: Path) -> None:
    """As the handbook sets it up: OAuth with PKCE, no server but GitLab's own."""
    with forge(small_archive, tmp_path / "forge", GitLab) as server:
        signing = {"auth_type": "pkce", "app_id": "ma-ung-dung", "base_url": server.address, "api_root": f"{server.address}/api/v4"}
        publish(
            small_archive, tmp_path / "forge" / "site", {"name": "gitlab", "repo": REPOSITORY, "branch": "main", **signing}, tmp_path, root
        )
        before = server.repository.head("main")
        with desk(browser, server, "GitLab") as page:
            page.get_by_text("Giao ban quý II tại Sông Mây").click()
            page.get_by_label("Địa điểm").first.fill("Hội trường Sông Mây")
            page.get_by_role("button", name="Lưu", exact=True).click()
            expect(page.get_by_text("Thay đổi đã được lưu", exact=False).first).to_be_visible(timeout=20_000)
        (request,) = server.host.merge_requests
        assert request["title"] == "Sửa hội nghị 2030/2030-04-18-giao-ban-song-may"
        assert server.repository.head("main") == before
        assert "+venue: Hội trường Sông Mây" in server.repository.git("diff", "main", request["sha"]).splitlines()
