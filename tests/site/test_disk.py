"""What a disk refuses is told in one sentence, and the last good site stays."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pytest

from plugins.building.disk import refusal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and rights of files are of another kind there")
MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"
_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE = 24, 1


def build(root: Path, content: Path, output: Path, prepare: Callable[[], None] | None = None, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, root / "tasks.py", "build", "--content", content, "--output", output, *options]
    environment = {**os.environ, "COLUMNS": "400"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False, preexec_fn=prepare)


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def as_anybody() -> None:
    """Root may write whatever the rights say; without this right it may not."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0)


def with_little_room() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_where_nothing_can_be_written_that_is_said_and_the_site_stays(root: Path, small_archive: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    assert build(root, small_archive, place / "site").returncode == 0
    before = files(place / "site")
    file = small_archive / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Lại "), encoding="utf-8")
    for folder in (place, place / ".site.sogiaoban"):
        folder.chmod(0o555)
    try:
        refused = build(root, small_archive, place / "site", as_anybody)
    finally:
        for folder in (place, place / ".site.sogiaoban"):
            folder.chmod(0o755)
    assert refused.returncode in (1, 2) and "không ghi được vào" in refused.stderr and "Traceback" not in refused.stderr, refused.stderr
    assert files(place / "site") == before
    assert build(root, small_archive, place / "site").returncode == 0


@pytest.mark.parametrize("options", [(), ("--clean",)])
def test_where_there_is_no_room_left_that_is_said_and_the_site_stays(options: tuple[str, ...], root: Path, small_archive: Path, tmp_path: Path) -> None:
    assert build(root, small_archive, tmp_path / "site").returncode == 0
    before = files(tmp_path / "site")
    file = small_archive / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Lại "), encoding="utf-8")
    refused = build(root, small_archive, tmp_path / "site", with_little_room, *options)
    assert refused.returncode == 1 and "hết chỗ để ghi" in refused.stderr and "Traceback" not in refused.stderr, refused.stderr
    assert files(tmp_path / "site") == before
    assert build(root, small_archive, tmp_path / "site").returncode == 0
    assert "Lại Giao ban" in (tmp_path / "site/ban-ghi/2030-04-18-giao-ban-song-may.html").read_text(encoding="utf-8")


def test_a_disk_is_blamed_for_what_it_refused_and_for_nothing_else(tmp_path: Path) -> None:
    def from_worker(error: OSError) -> RuntimeError:
        fault = RuntimeError("trace")
        fault.__cause__ = error
        return fault

    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    for error in (OSError(errno.ENOSPC, "x"), from_worker(OSError(errno.ENOSPC, "x")), full, OSError(errno.EROFS, "x", str(tmp_path / "site/a"))):
        assert refusal(error, tmp_path / ".site.sogiaoban")
    for other in (ValueError("x"), OSError(errno.ENOENT, "x"), OSError(errno.EACCES, "x", "/elsewhere"), from_worker(OSError(errno.EACCES, "x"))):
        assert refusal(other, tmp_path / ".site.sogiaoban") is None


def test_records_and_pictures_may_lie_where_nothing_can_be_written(root: Path, small_archive: Path, tmp_path: Path) -> None:
    place = tmp_path / "read-only"
    shutil.copytree(small_archive, place / "content")
    (place / "content" / "images").mkdir()
    PIL.Image.new("RGB", (600, 400), "teal").save(place / "content" / "images" / "song.jpg")
    file = place / "content" / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\nimages:\n  - file: song.jpg\n    alt: Dòng sông\n", 1), encoding="utf-8")
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        done = build(root, place / "content", tmp_path / "site", as_anybody)
        again = build(root, place / "content", tmp_path / "site", as_anybody, "--clean")
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert done.returncode == again.returncode == 0, done.stderr + again.stderr
    assert list((tmp_path / "site" / "anh").glob("*.jpg")) and [path.name for path in place.iterdir()] == ["content"]
    assert list((tmp_path / ".site.sogiaoban" / "cache-images").rglob("manifest.json"))
