"""Addresses once published stay."""

from __future__ import annotations

import io
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.editing import permalinks


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "404.html", "nguoi/le-thu.html", "theme/css/base.css"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return tmp_path / "site"


def run(site: Path, *, update: bool = False, site_url: str = "") -> tuple[int, str]:
    told = io.StringIO()
    return permalinks.check(site.parent / "permalinks.txt", site, str, told, update=update, site_url=site_url), told.getvalue()


def test_a_site_never_published_loses_nothing(site: Path) -> None:
    assert run(site) == (0, "chưa có địa chỉ nào được công bố\n")
    assert not (site.parent / "permalinks.txt").exists()


def test_a_published_address_that_vanished_is_named_with_what_to_do(site: Path) -> None:
    run(site, update=True)
    assert permalinks.read(site.parent / "permalinks.txt") == {"index.html", "nguoi/le-thu.html"}
    (site / "nguoi" / "le-thu.html").rename(site / "nguoi" / "le-thu-2.html")
    before = (site.parent / "permalinks.txt").read_bytes()
    status, told = run(site, update=True)
    assert (
        status == 1
        and told.startswith("nguoi/le-thu.html: không còn trang; trả lại tên tệp cũ, hoặc ")
        and "thêm le-thu vào former_ids" in told
    )
    assert (site.parent / "permalinks.txt").read_bytes() == before


def test_an_update_says_how_many_addresses_are_kept(site: Path) -> None:
    kept = f"đã ghi 2 địa chỉ vào {site.parent / 'permalinks.txt'}\n"
    assert run(site, update=True) == (0, "chưa có địa chỉ nào được công bố\n" + kept)
    assert run(site, update=True) == (0, "2 địa chỉ đã công bố đều còn\n" + kept)


def test_a_redirect_keeps_an_address(site: Path) -> None:
    run(site, update=True)
    (site / "nguoi" / "moi.html").write_text("x", encoding="utf-8")
    assert run(site, update=True)[0] == 0
    assert "nguoi/moi.html" in permalinks.read(site.parent / "permalinks.txt")


def test_the_list_of_the_published_site_counts_too(site: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(web))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert run(site, site_url=address) == (0, "chưa có địa chỉ nào được công bố\n")  # never published
        (web / "permalinks.txt").write_text("<!doctype html>\nKhông có trang này", encoding="utf-8")
        assert run(site, site_url=address)[0] == 0  # a page for what is missing
        (web / "permalinks.txt").write_text("# đầu\nindex.html\nnguoi/cu.html\n", encoding="utf-8")
        status, told = run(site, site_url=address)
        assert status == 1 and told.startswith("nguoi/cu.html: không còn trang; ") and "1 địa chỉ đã công bố không còn trang" in told
        server.shutdown()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "khong-phai-dia-chi"])
def test_a_site_that_cannot_be_asked_is_told_of(site: Path, address: str) -> None:
    status, told = run(site, site_url=address)
    assert status == 2 and told.startswith("không hỏi được trang đã công bố (")


def test_without_a_built_site_nothing_is_checked(tmp_path: Path) -> None:
    assert run(tmp_path / "none")[0] == 2
