"""What open pages hear while the site is built again."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.building import watching
from plugins.building.serving import News
from plugins.building.standby import Builder

BUILD = """\
import sys, time
from pathlib import Path
site, status = Path(sys.argv[2]), int(sys.argv[3])
if status == 0:
    (site.parent / "new").mkdir()
    site.rename(site.parent / "old")
    (site.parent / "new").rename(site)
    while not (site.parent / "go").exists():
        time.sleep(0.01)
sys.exit("hồ sơ có lỗi" if status else 0)
"""


@pytest.fixture
def rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], tuple[threading.Thread, News]]:
    """Begins a build that ends as is asked, and not before there is a file "go"."""
    monkeypatch.delattr("os.fork", raising=False)  # a process of its own, as where nothing can stand by
    (tmp_path / "site").mkdir()
    (tmp_path / "tasks.py").write_text(BUILD, encoding="utf-8")

    def begin(status: int) -> tuple[threading.Thread, News]:
        news, builder = News(), Builder([sys.executable, str(tmp_path / "tasks.py"), "build", str(tmp_path / "site"), str(status)], str)
        building = threading.Thread(target=watching._rebuild, args=(builder, news, tmp_path / "site"), daemon=True)
        building.start()
        return building, news

    return begin


def test_pages_hear_once_of_a_new_site_and_as_soon_as_it_stands(rebuild: Callable, tmp_path: Path) -> None:
    building, news = rebuild(0)
    before = news.after(-1, 0)["number"]
    told = news.after(before, 60)
    assert building.is_alive() and told["problems"] == ""
    (tmp_path / "go").touch()
    building.join(60)
    assert news.after(-1, 0) == told


def test_pages_hear_what_is_wrong_where_no_site_came(rebuild: Callable) -> None:
    building, news = rebuild(1)
    building.join(60)
    assert "hồ sơ có lỗi" in str(news.after(-1, 0)["problems"])


SAYS_WHAT = """\
import sys
from pathlib import Path
site, asked = Path(sys.argv[2]), sys.argv[3:]
with (site.parent / "asked").open("a") as file:
    print(*asked, file=file)
if asked and (site.parent / "new").exists():
    site.rename(site.parent / "old")
    (site.parent / "new").rename(site)
"""


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[set[Path] | None, list[str], int]]:
    """Builds what is left; gives the change that put an end to it, what was asked for, and how often pages heard of it."""
    monkeypatch.delattr("os.fork", raising=False)
    monkeypatch.setattr(watching, "PAUSE", 0.01)
    (tmp_path / "site").mkdir()
    (tmp_path / "tasks.py").write_text(SAYS_WHAT, encoding="utf-8")

    def build(*changes: set[Path]) -> tuple[set[Path] | None, list[str], int]:
        waiting: queue.Queue[set[Path]] = queue.Queue()
        for change in changes:
            waiting.put(change)
        news, builder = News(), Builder([sys.executable, str(tmp_path / "tasks.py"), "build", str(tmp_path / "site")], str)
        before = news.after(-1, 0)["number"]
        end = watching._meanwhile(builder, news, tmp_path / "site", waiting)
        asked = (tmp_path / "asked").read_text(encoding="utf-8").split("\n")[:-1] if (tmp_path / "asked").exists() else []
        return end, asked, int(news.after(-1, 0)["number"]) - int(before)

    return build


def test_the_other_pages_are_built_at_once_and_the_rest_after_them(left: Callable) -> None:
    assert left() == (None, ["--pages-first", ""], 0)  # no other page was another


def test_pages_hear_of_other_pages_that_are_others(left: Callable, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert left() == (None, ["--pages-first", ""], 1)


def test_an_edit_puts_an_end_to_what_is_left(left: Callable) -> None:
    end, asked, heard = left({Path("x.md")}, {Path("y.md")})
    assert end == {Path("x.md")} and heard == 0
    assert asked in ([], ["--pages-first"])  # it may not have come to its first line
