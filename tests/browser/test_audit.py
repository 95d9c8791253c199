"""The audit of the archive as it is published, and that its browser sees what it says it looks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins import auditing
from plugins.auditing import sight, site
from plugins.auditing.findings import Weight
from tests.conftest import PUBLISHED_AT


def test_the_published_archive_passes_its_audit(published_site: Path, browser: Browser) -> None:
    results = auditing.audit(published_site, address=PUBLISHED_AT, browser=browser)
    assert [found.render() for result in results for found in result.findings if found.weight is Weight.FAULT] == []
    assert all(result.looked_at for result in results)
    assert len(site.samples(site.read(published_site))) >= 18  # kinds of pages, each looked at


PAGE = """\
<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>body { color: #000; background: #fff } :focus-visible { outline: 3px solid #06c }</style></head>
<body><main><h1>Thử</h1><p><a href="index.html">Đầu trang</a></p>BODY</main></body></html>
"""
BODIES = [
    ("accessibility", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
    ("contrast", '<p><span style="color:#777">8</span></p>'),
    ("contrast", '<p style="background:#333"><span style="color:#000">Tối</span></p>'),
    ("contrast", '<label>Tìm <input placeholder="Tên người"></label><style>::placeholder { color: #999 }</style>'),
    ("contrast", '<p class="x">a</p><style>.x::before { content: "mới"; color: #aaa }</style>'),
    ("contrast", '<p style="opacity:.4">Mờ</p>'),
    ("focus-invisible", '<p><a href="index.html" style="outline:0">Không thấy</a></p>'),
    ("focus-invisible", '<p style="background:#06c;padding:1em"><a style="color:#fff" href="index.html">Không thấy</a></p>'),
    ("focus-invisible", '<p style="overflow:hidden;width:5em"><a style="display:block" href="index.html">Bị cắt</a></p>'),
    ("reflow", '<p style="width:340px">Rộng</p>'),
    ("console", "<script>throw new Error('a')</script>"),
    ("console", "<script>console.warn('a')</script>"),
    ("request-outside", '<img alt="a" src="http://127.0.0.1:9/a.png">'),
    ("request-failed", '<img alt="a" src="khong-co.png">'),
    ("dialog", "<script>alert(1)</script>"),
]


@pytest.mark.parametrize(("code", "body"), BODIES, ids=[f"{n}-{code}" for n, (code, _) in enumerate(BODIES)])
def test_the_browser_sees(code: str, body: str, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text(PAGE.replace("BODY", body), encoding="utf-8")
    monkeypatch.setattr(sight, "VIEWS", sight.VIEWS[:1])
    found = {fault.code for result in sight.check(site.read(tmp_path), browser) for fault in result.findings}
    assert code in found


def test_a_sound_page_gives_no_finding(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "index.html").write_text(PAGE.replace("BODY", "<p>Chữ <b>đậm</b>.</p>"), encoding="utf-8")
    assert [fault.render() for result in sight.check(site.read(tmp_path), browser) for fault in result.findings] == []
