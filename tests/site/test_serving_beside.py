"""``serve`` while another build writes to the same folder."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.building.staging import Place
from plugins.measuring import served

MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"
PAGE = "ban-ghi/2030-04-18-giao-ban-song-may.html"
HOLDING = """import sys
from pathlib import Path
from plugins.building import locking
with locking.lock(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""
_PATIENCE = 120
"""Seconds until an edit that does not appear is given up."""


def test_an_edit_that_another_build_is_in_the_way_of_is_shown_after_it(root: Path, small_archive: Path, tmp_path: Path) -> None:
    with served.serving(root, small_archive, tmp_path / "site") as opened:
        known = opened.news(0)
        command = [sys.executable, "-c", HOLDING, str(Place(tmp_path / "site").workshop / "lock")]
        with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout and holder.stdout.readline() == "held\n"
            file = small_archive / MEETING
            file.write_text(file.read_text(encoding="utf-8") + "\nThêm câu-sau.\n", encoding="utf-8")
            with pytest.raises(RuntimeError, match="đang có một lần dựng khác"):
                opened.news(known)
            assert "câu-sau" not in opened.page(PAGE)
            holder.communicate("\n")
        until = time.monotonic() + _PATIENCE
        while "câu-sau" not in opened.page(PAGE):
            assert time.monotonic() < until
            time.sleep(0.2)
