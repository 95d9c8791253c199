"""What whoever builds a site gets to see of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from plugins import wording
from plugins.archive.hosting import Host
from plugins.building import hosting, profiling, site, writing
from plugins.building.profiling import Profile
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


def profiled(request: site.Request, seen: io.StringIO, **options: bool) -> dict[str, int]:
    """Builds with a profile; how often each template was rendered."""
    console = Console(file=seen, highlight=False, width=300)
    report = Report(wording.translations("en").gettext, console=console, profile=Profile())
    assert site.build(request, report, **options) == 0
    assert report.profile
    return {name: spent.times for name, spent in report.profile.pages.spent.items()}


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


@pytest.mark.parametrize("workers", [1, 3])
def test_a_profile_counts_every_page_by_its_template_whoever_wrote_it(
    request_: site.Request, seen: io.StringIO, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiling, "LEAST", 0)  # however fast the machine is
    monkeypatch.setattr(writing, "FEWEST", 1)  # so that a small site is shared among workers
    with request_.settings.open("a", encoding="utf-8") as settings:
        settings.write(f"WRITER_WORKERS = {workers}\n")
    counts = profiled(request_, seen)
    pages = list((request_.output or Path()).rglob("*.html"))
    assert sum(counts.values()) == len(pages)
    assert counts["meeting.html"] == sum(path.parent.name == "ban-ghi" for path in pages)
    printed = seen.getvalue()
    for told in ("Phases", "Plugins", "Kinds of pages", "plugins.meetings: preparing", "plugins.building: writing"):
        assert told in printed
    profiled(request_, seen)
    assert seen.getvalue().count("Plugins") == 1  # where nothing has changed no plugin ran
