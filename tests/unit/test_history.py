"""When records were added and changed, as git tells it, and the page of corrections."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from plugins.archive.dates import PartialDate
from plugins.archive.loading import load
from plugins.history import corrections
from plugins.history.git import Dates, history


def git(repository: Path, *arguments: str, day: str = "2030-01-01") -> str:
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@vi-du.example", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@vi-du.example"}
    dates = {"GIT_AUTHOR_DATE": f"{day}T23:30:00+0000", "GIT_COMMITTER_DATE": f"{day}T23:30:00+0000"}
    settled = {**os.environ, **names, **dates, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", "-C", repository, *arguments], check=True, capture_output=True, text=True, env=settled).stdout


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three commits: two files come, one of them moves, the other changes."""
    content = tmp_path / "content"
    (content / "meetings").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a", "đổi tên"):
        (content / "meetings" / f"{name}.md").write_text(f"{name}\n" * 20, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "1", day="2030-01-01")
    (content / "meetings" / "đổi tên.md").rename(content / "meetings" / "b.md")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "2", day="2030-02-01")
    (content / "meetings" / "a.md").write_text("sửa\n", encoding="utf-8")
    (tmp_path / "README").write_text("x", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "3", day="2030-03-01")
    return tmp_path


def test_a_file_is_dated_by_its_first_and_last_commit_in_vietnam(repository: Path) -> None:
    # Half past eleven at night in London is the next morning in Hà Nội.
    assert history(repository / "content") == {
        "meetings/a.md": Dates(day("2030-01-02"), day("2030-03-02")),
        "meetings/b.md": Dates(day("2030-01-02"), day("2030-02-02")),
    }


def test_git_is_asked_for_its_log_once_for_all_files(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))  # git itself notes what it was asked
    assert len(history(repository / "content")) == 2
    asked = [line.partition("built-in: git ")[2].split(" ")[0] for line in trace.read_text(encoding="utf-8").splitlines()]
    assert [command for command in asked if command] == ["rev-parse", "log"]


def test_a_file_not_yet_committed_has_no_dates(repository: Path) -> None:
    (repository / "content" / "meetings" / "c.md").write_text("mới", encoding="utf-8")
    assert "meetings/c.md" not in history(repository / "content")


def test_a_shallow_copy_says_nothing_rather_than_something_wrong(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "shallow"))
    assert history(tmp_path / "shallow" / "content") == {}


def test_without_a_repository_there_is_no_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert history(tmp_path_factory.mktemp("plain")) == {}


def test_without_git_there_is_no_error(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "nowhere"))
    assert history(repository / "content") == {}


def test_corrections_of_all_records_stand_newest_first(small_archive: Path) -> None:
    (meeting,) = small_archive.glob("meetings/2030/*.md")
    meeting.write_text(meeting.read_text(encoding="utf-8").replace("sources:", "corrections:\n  - {date: 2030-05-01, text: Ngày}\n  - {date: 2031-01, text: Tên}\nsources:"), encoding="utf-8")
    person = small_archive / "people" / "pham-thu-an.md"
    person.parent.mkdir()
    person.write_text("---\nname: Phạm Thử An\ncorrections: {date: 2030-06-01, text: Cách viết}\n---\n", encoding="utf-8")
    archive, problems = load(small_archive)
    assert not problems.errors
    view = corrections.page(archive).view
    assert [(year, [(str(item.date), item.text, item.path) for item in items]) for year, items in view.years] == [  # type: ignore[attr-defined]
        (2031, [("2031-01", "Tên", "ban-ghi/2030-04-18-giao-ban-song-may.html")]),
        (2030, [("2030-06-01", "Cách viết", "nguoi/pham-thu-an.html"), ("2030-05-01", "Ngày", "ban-ghi/2030-04-18-giao-ban-song-may.html")]),
    ]
