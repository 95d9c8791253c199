"""What whoever builds a site gets to see of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from plugins import wording
from plugins.archive.hosting import Host
from plugins.building import hosting, site
from plugins.building.reporting import Report

LIGHT = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
THEME, PLUGIN_PATHS = {theme!r}, [{root!r}]
PLUGINS = ["plugins.wording", "plugins.meetings", "plugins.indexes", "plugins.building.writing", "plugins.exports.offering"]
"""


@pytest.fixture
def request_(small_archive: Path, tmp_path: Path, root: Path) -> site.Request:
    """Pages only."""
    settings = tmp_path / "light.py"
    settings.write_text(LIGHT.format(root=str(root), theme=str(root / "theme")), encoding="utf-8")
    return site.Request(settings=settings, content=small_archive, output=tmp_path / "site")


@pytest.fixture
def seen() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def report(seen: io.StringIO) -> Report:
    return Report(wording.translations("en").gettext, console=Console(file=seen, highlight=False, width=300))


def test_files_are_counted_and_hosts_that_refuse_them_named_whether_anything_changed_or_not(
    request_: site.Request, report: Report, seen: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosting, "HOSTS", (Host("Nơi nhỏ", 3, 10**12, 10**12), Host("Nơi lớn", 10**6, 10**12, 10**12)))
    for beginning in ("Done: ", "Nothing has changed: "):
        assert site.build(request_, report) == 0
        lines = seen.getvalue().splitlines()
        files = sum(path.is_file() for path in (request_.output or Path()).rglob("*")) - 1  # the list of files is none of them
        assert f"warning: Nơi nhỏ takes at most 3 files, the site has {files}" in lines
        assert "warning: If it is to go on the web: Nơi lớn would take this site, as would a server of your own" in lines
        assert lines[-1].startswith(f"{beginning}{files} files, ")
