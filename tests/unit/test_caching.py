"""What can be made again is kept beside the content, or in the workshop of the build where nothing can be written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.archive import caching


def test_it_is_kept_beside_the_content_whether_the_folder_is_there_or_not(tmp_path: Path) -> None:
    settings = {"PATH": str(tmp_path / "content"), "SCRATCH": str(tmp_path / "workshop")}
    assert caching.folder(settings, "images") == tmp_path / ".cache" / "images"
    (tmp_path / ".cache" / "images").mkdir(parents=True)
    assert caching.folder(settings, "images") == tmp_path / ".cache" / "images"
    assert not (tmp_path / "workshop").exists()


@pytest.mark.parametrize("closed", [".", ".cache", ".cache/search"])
def test_it_is_kept_in_the_workshop_where_that_is_closed(closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / closed).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(caching.os, "access", lambda path, mode, **_: Path(path) != tmp_path / closed)
    settings = {"PATH": str(tmp_path / "content"), "SCRATCH": str(tmp_path / "workshop")}
    assert caching.folder(settings, "search") == tmp_path / "workshop" / "cache-search"
    assert caching.folder({"PATH": settings["PATH"]}, "search") == tmp_path / ".cache" / "search"
