"""Addresses once published stay."""

from __future__ import annotations

import io
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


def run(site: Path, *, update: bool = False) -> tuple[int, str]:
    told = io.StringIO()
    return permalinks.check(site.parent / "permalinks.txt", site, str, told, update=update), told.getvalue()


def test_a_site_never_published_loses_nothing(site: Path) -> None:
    assert run(site) == (0, "0 địa chỉ đã công bố đều còn\n")
    assert not (site.parent / "permalinks.txt").exists()


def test_a_published_address_that_vanished_is_named_with_what_to_do(site: Path) -> None:
    run(site, update=True)
    assert permalinks.read(site.parent / "permalinks.txt") == {"index.html", "nguoi/le-thu.html"}
    (site / "nguoi" / "le-thu.html").rename(site / "nguoi" / "le-thu-2.html")
    before = (site.parent / "permalinks.txt").read_bytes()
    status, told = run(site, update=True)
    assert status == 1 and told.startswith("nguoi/le-thu.html: không còn trang; trả lại tên tệp cũ, hoặc ") and "thêm le-thu vào former_ids" in told
    assert (site.parent / "permalinks.txt").read_bytes() == before


def test_a_redirect_keeps_an_address(site: Path) -> None:
    run(site, update=True)
    (site / "nguoi" / "moi.html").write_text("x", encoding="utf-8")
    assert run(site, update=True)[0] == 0
    assert "nguoi/moi.html" in permalinks.read(site.parent / "permalinks.txt")


def test_without_a_built_site_nothing_is_checked(tmp_path: Path) -> None:
    assert run(tmp_path / "none")[0] == 2
