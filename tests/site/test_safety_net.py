"""The safety net in git, as it is cast: the hook before a commit, the workflows of code hosts, and what they write into a pull request."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import check_jsonschema
import pre_commit
import pytest
import yaml
from bs4 import BeautifulSoup

from plugins.building import environment

# Windows has another bash of its own.
BASH = Path(shutil.which("git") or "").parents[1] / "bin" / "bash.exe" if os.name == "nt" else "bash"
MEETING = "content/meetings/2030/2030-04-18-giao-ban-song-may.md"
_ANNOTATION = re.compile(r"::(?:error|warning) file=([^,:]+),line=(\d+),title=([a-z-]+)::(.+)")


def run(repository: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "VIRTUAL_ENV"))}
    who = {f"GIT_{role}_{what}": "a@vi-du.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    settled = {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1", **environment}
    return subprocess.run(command, cwd=repository, env=settled, capture_output=True, encoding="utf-8", check=False)


def spoil(repository: Path) -> None:
    """Puts an error on line 3 of the meeting."""
    file = repository / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("date: 2030-04-18", "date: 2030-02-30"), encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def program(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this repository as they stand, without its records."""
    folder = tmp_path_factory.mktemp("program") / "kho"
    listed = run(root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout.split("\0")
    for name in filter(None, listed):
        if not name.startswith(("content/", "tests/")) and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    return folder


@pytest.fixture
def repository(program: Path, small_archive: Path, tmp_path: Path, root: Path) -> Iterator[Path]:
    """A clone of the program with the small archive, all of it committed; its environment is that of these tests."""
    folder = tmp_path / "kho"
    shutil.copytree(program, folder)
    shutil.copytree(small_archive, folder / "content")
    assert environment.is_current(root), "python3 tasks.py test"
    (folder / ".venv").symlink_to(root / ".venv", target_is_directory=True)
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Kho"]):
        assert run(folder, "git", *command).returncode == 0
    yield folder
    (folder / ".venv").unlink()


# Before a commit


@pytest.fixture
def hooked(repository: Path, tmp_path: Path) -> Path:
    done = run(repository, sys.executable, "-m", pre_commit.__name__, "install", PRE_COMMIT_HOME=str(tmp_path / "hooks"))
    assert done.returncode == 0 and (repository / ".git" / "hooks" / "pre-commit").is_file(), done.stderr
    return repository


def commit(repository: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    run(repository, "git", "add", "--all")
    return run(repository, "git", "commit", "-m", "Sửa", PRE_COMMIT_HOME=str(tmp_path / "hooks"))


def test_a_sound_change_is_committed(hooked: Path, tmp_path: Path) -> None:
    file = hooked / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("title: Giao ban", "title: Họp giao ban"), encoding="utf-8", newline="\n")
    done = commit(hooked, tmp_path)
    assert done.returncode == 0 and "kiểm tra hồ sơ" in done.stderr
    assert run(hooked, "git", "log", "-1", "--format=%s").stdout == "Sửa\n"


def test_a_bad_record_is_refused_by_git_with_the_reason(hooked: Path, tmp_path: Path) -> None:
    spoil(hooked)
    done = commit(hooked, tmp_path)
    assert done.returncode == 1
    assert f"lỗi: {MEETING}:3: date: «2030-02-30» không phải là ngày" in done.stdout + done.stderr
    assert run(hooked, "git", "log", "-1", "--format=%s").stdout == "Kho\n"


def test_a_record_that_others_name_cannot_be_deleted_unseen(hooked: Path, tmp_path: Path) -> None:
    """Nothing but a deletion is staged, and the fault is in another file."""
    cluster = hooked / "content" / "clusters" / "song-may-cum-1.md"
    cluster.parent.mkdir()
    cluster.write_text("---\nowner: Liên hiệp hội Sông Mây\nkind: cụm\nnumber: 1\n---\n", encoding="utf-8", newline="\n")
    file = hooked / MEETING
    file.write_text(
        file.read_text(encoding="utf-8").replace("union: Liên hiệp hội Sông Mây", "cluster: song-may-cum-1"), encoding="utf-8", newline="\n"
    )
    assert commit(hooked, tmp_path).returncode == 0
    cluster.unlink()
    done = commit(hooked, tmp_path)
    assert done.returncode == 1 and "không có cụm «song-may-cum-1»" in done.stdout + done.stderr


# On a code host


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        *(("github-workflows", f".github/workflows/{name}.yml") for name in ("check", "pages", "test")),
        ("gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_workflows_are_what_their_host_reads(root: Path, schema: str, file: str) -> None:
    further = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    done = run(root, sys.executable, "-m", check_jsonschema.__name__, "--builtin-schema", f"vendor.{schema}", *further, file)
    assert done.returncode == 0, done.stdout


def test_every_workflow_is_tried_here(root: Path) -> None:
    assert sorted(file.stem for file in (root / ".github" / "workflows").iterdir()) == ["check", "pages", "test"]


def read(root: Path, name: str) -> Any:
    return yaml.safe_load((root / name).read_text(encoding="utf-8"))


def shell(repository: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A step as the host runs it."""
    return run(repository, BASH, "-e", "-o", "pipefail", "-c", line, **{"PYTHONUTF8": "1", "SITE_URL": "", **environment})


def github_steps(root: Path) -> list[str]:
    return [step["run"] for step in read(root, ".github/workflows/check.yml")["jobs"]["check"]["steps"] if "run" in step]


def test_the_steps_of_github_pass_for_a_sound_archive_and_leave_a_preview(root: Path, repository: Path) -> None:
    for step in github_steps(root):
        done = shell(repository, step)
        assert done.returncode == 0, (step, done.stdout, done.stderr)
    upload = read(root, ".github/workflows/check.yml")["jobs"]["check"]["steps"][-1]
    assert (repository / upload["with"]["path"] / "index.html").is_file()


def test_a_meeting_shows_when_git_got_it_and_when_it_was_corrected(repository: Path) -> None:
    for day, venue in (("2031-02-03", "Sông"), ("2031-02-04", "Sông Mây")):
        file = repository / MEETING
        file.write_text(re.sub("(venue: .*\n)?kind:", f"venue: {venue}\nkind:", file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        date = {"GIT_AUTHOR_DATE": f"{day}T05:00:00Z", "GIT_COMMITTER_DATE": f"{day}T05:00:00Z"}
        amend = ["--amend", "--no-edit"] if venue == "Sông" else ["-m", "Sửa"]
        assert run(repository, "git", "commit", "-q", "-a", *amend, **date).returncode == 0
    assert shell(repository, "python3 tasks.py build --output public").returncode == 0
    page = (repository / "public" / "ban-ghi" / f"{Path(MEETING).stem}.html").read_text(encoding="utf-8")
    shown = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
    assert "Đưa vào kho ngày 03/02/2031, tệp đổi lần cuối ngày 04/02/2031." in shown


def test_github_is_told_file_and_line_of_a_bad_record(root: Path, repository: Path) -> None:
    spoil(repository)
    check, build, _ = github_steps(root)
    done = shell(repository, check)
    assert done.returncode == 1
    found = [_ANNOTATION.fullmatch(line) for line in done.stdout.splitlines()]
    assert [match.groups()[:3] for match in found if match] == [(MEETING, "3", "date-invalid")] and all(found)
    assert (repository / MEETING).is_file()  # named from the root of the repository, where GitHub looks
    assert shell(repository, build).returncode == 1


def test_a_vanished_address_stops_a_pull_request(root: Path, repository: Path) -> None:
    _, build, permalinks = github_steps(root)
    assert shell(repository, build).returncode == 0
    assert shell(repository, f"{permalinks} --update").returncode == 0 and (repository / "permalinks.txt").is_file()
    (repository / MEETING).rename((repository / MEETING).with_name("2030-04-18-giao-ban.md"))
    assert shell(repository, build).returncode == 0
    done = shell(repository, permalinks)
    assert done.returncode == 1
    assert "ban-ghi/2030-04-18-giao-ban-song-may.html: không còn trang" in done.stdout
    assert "thêm 2030-04-18-giao-ban-song-may vào former_ids" in done.stdout
    renamed = (repository / MEETING).with_name("2030-04-18-giao-ban.md")
    text = renamed.read_text(encoding="utf-8").replace("sources:", "former_ids: 2030-04-18-giao-ban-song-may\nsources:")
    renamed.write_text(text, encoding="utf-8", newline="\n")
    assert shell(repository, build).returncode == 0 and shell(repository, permalinks).returncode == 0


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


def test_what_was_published_is_asked_of_the_site_itself(root: Path, repository: Path) -> None:
    """Nobody need remember to keep the list: what a deployment published, the next pull request must keep."""
    _, build, permalinks = github_steps(root)
    steps = [step for step in read(root, ".github/workflows/pages.yml")["jobs"]["build"]["steps"] if "run" in step]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(repository / "public"))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert shell(repository, build).returncode == 0
        done = shell(repository, permalinks, SITE_URL=address)
        assert done.returncode == 0 and done.stdout == "chưa có địa chỉ nào được công bố\n"  # never published
        for step in steps:
            done = shell(repository, step["run"].replace("python ", "python3 "), SITE_URL=address)
            assert done.returncode == 0, (step, done.stdout, done.stderr)
        assert "ban-ghi/2030-04-18-giao-ban-song-may.html" in (repository / "public" / "permalinks.txt").read_text(encoding="utf-8")
        run(repository, "git", "clean", "-q", "-f", "permalinks.txt")
        (repository / MEETING).rename((repository / MEETING).with_name("2030-04-18-giao-ban.md"))
        assert shell(repository, build.replace("public", "other")).returncode == 0
        done = shell(repository, permalinks.replace("public", "other"), SITE_URL=address)
        assert done.returncode == 1 and "ban-ghi/2030-04-18-giao-ban-song-may.html: không còn trang" in done.stdout
        server.shutdown()


def test_gitlab_gets_its_report_and_a_preview(root: Path, repository: Path) -> None:
    jobs = read(root, ".gitlab-ci.yml")
    assert all(shell(repository, line).returncode == 0 for line in jobs["preview"]["script"])
    assert (repository / jobs["preview"]["artifacts"]["paths"][0] / "index.html").is_file()
    spoil(repository)
    assert [shell(repository, line).returncode for line in jobs["check"]["script"]] == [1]
    assert [shell(repository, line).returncode for line in jobs["check"]["after_script"]] == [0]
    report = json.loads((repository / jobs["check"]["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert [(entry["check_name"], entry["location"]) for entry in report] == [("date-invalid", {"path": MEETING, "lines": {"begin": 3}})]
