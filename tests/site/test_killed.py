"""A build that is killed at a random moment leaves one whole site, the old or the new; the next one mends the rest.

``KILLS=50`` in the environment kills so many.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = int(os.environ.get("KILLS", "3"))
MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"
START = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:])"

# An edited text is built in part, an edited title with all the rest; the same again and again, so that there are four sites to be met.
EDITS = (("việc quý tới", "việc quý sau"), ("quý II", "quý IV"), ("việc quý sau", "việc quý tới"), ("quý IV", "quý II"))


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_build_killed_at_any_moment_leaves_a_whole_site(small_archive: Path, tmp_path: Path, root: Path, run_tasks) -> None:
    file, output = small_archive / MEETING, tmp_path / "site"
    sites = [_built(file, change, small_archive, tmp_path, run_tasks) for change in (None, *EDITS[:3])]
    command = [sys.executable, "-c", START, str(root), "build", "--content", str(small_archive), "--output", str(output)]
    _edit(file, EDITS[3])
    started = time.monotonic()
    assert run_tasks("build", "--content", small_archive, "--output", output).returncode == 0
    long = time.monotonic() - started
    met, killed, number, before = {"old": 0, "new": 0}, 0, 0, 0
    while killed < KILLS:
        _edit(file, EDITS[number % 4])
        number += 1
        after = number % 4
        lasted = _kill(command, root, random.uniform(0, long))
        killed += lasted is None
        long = lasted or long  # of the last one that came to its end: other work on the machine comes and goes
        found = files(output)
        assert found in (sites[before], sites[after]), f"neither the old site nor the new one after {killed} builds that were killed"
        met["new" if found == sites[after] else "old"] += 1
        if number % 3 == 2:
            done = run_tasks("build", "--content", small_archive, "--output", output)
            assert done.returncode == 0, done.stderr
            assert files(output) == sites[after]
        before = sites.index(files(output))
    print(f"\n{killed} of {number} builds killed before their end; afterwards there stood {met}")
    assert run_tasks("build", "--content", small_archive, "--output", output).returncode == 0
    assert files(output) == sites[number % 4]
    left = {path.name.split("-")[0] for path in (tmp_path / ".site.sogiaoban").iterdir()}
    assert left <= {"lock", "kept.pickle", "records", "templates", "twin"}


def _built(file: Path, change: tuple[str, str] | None, content: Path, folder: Path, run_tasks) -> dict[str, bytes]:
    if change:
        _edit(file, change)
    assert run_tasks("build", "--content", content, "--output", folder / "reference").returncode == 0
    return files(folder / "reference")


def _edit(file: Path, change: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), encoding="utf-8")


def _kill(command: list[str], cwd: Path, seconds: float) -> float | None:
    """None where it was still at work, else how long it took."""
    started = time.monotonic()
    with subprocess.Popen(command, cwd=cwd, stderr=subprocess.DEVNULL, start_new_session=True) as building:
        try:
            building.wait(seconds)
            return time.monotonic() - started
        except subprocess.TimeoutExpired:
            os.killpg(building.pid, signal.SIGKILL)
            return None


FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000)); "


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize("change", EDITS[:2])
def test_a_disk_without_room_leaves_the_last_good_site(
    change: tuple[str, str], small_archive: Path, tmp_path: Path, root: Path, run_tasks
) -> None:
    """No file may grow beyond 3,000 bytes, as if the disk were full then."""
    asked = ["build", "--content", str(small_archive), "--output", str(tmp_path / "site")]
    assert run_tasks(*asked).returncode == 0
    before = files(tmp_path / "site")
    _edit(small_archive / MEETING, change)
    done = subprocess.run([sys.executable, "-c", FULL + START, str(root), *asked], cwd=root, capture_output=True, check=False)
    assert done.returncode == 1
    assert files(tmp_path / "site") == before
    assert run_tasks(*asked).returncode == 0
    assert run_tasks(*asked[:-1], tmp_path / "clean").returncode == 0
    assert files(tmp_path / "site") == files(tmp_path / "clean") != before
