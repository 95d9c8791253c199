"""Builds by a process that stands by: the same as by one of its own, in whatever state the program is."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.building.standby import STOPPED, Builder, modules

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def builder(tmp_path: Path, heard: list[str]) -> Iterator[Builder]:
    """Asks for what needs no content folder to be refused."""
    command = [sys.executable, str(ROOT / "tasks.py"), "build", "--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    made = Builder(command, heard.append)
    yield made
    made.stop()


def test_every_build_says_what_it_has_to_say_and_how_it_ended(builder: Builder, heard: list[str], tmp_path: Path) -> None:
    for _ in range(2):
        status, said = builder.build()
        assert status == 2
        assert str(tmp_path / "content") in said
    assert "".join(heard) == said * 2


def test_one_process_forks_for_all_builds_until_it_is_stopped(builder: Builder) -> None:
    builder.build()
    first = builder._ready.pid
    builder.build()
    assert builder._ready.pid == first
    builder.stop()
    assert builder.build()[0] == 2
    assert builder._ready.pid != first


def test_a_program_that_does_not_load_says_so_by_itself(tmp_path: Path, heard: list[str]) -> None:
    (tmp_path / "tasks.py").write_text("import sys\nsys.exit('không nạp được')\n", encoding="utf-8")
    status, said = Builder([sys.executable, str(tmp_path / "tasks.py"), "build"], heard.append).build()
    assert status == 1
    assert "không nạp được" in said


SLOW = """\
import os, sys, time
from pathlib import Path
ROOT = Path({root!r})
def main(arguments, at_hand):
    print(*arguments, flush=True)
    if "--for-ever" in arguments:
        if os.fork() == 0:
            time.sleep(600)
        time.sleep(600)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing stands by")
def test_a_build_is_given_its_own_options_and_is_stopped_with_all_it_forked(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(SLOW.format(root=str(ROOT)), encoding="utf-8")
    (tmp_path / "plugins").symlink_to(ROOT / "plugins")
    begun = threading.Event()
    builder = Builder([sys.executable, str(tmp_path / "tasks.py"), "build"], lambda line: begun.set())
    assert builder.build("--first", "x") == (0, "build --first x\n")
    begun.clear()
    ends: list[tuple[int, str]] = []
    working = threading.Thread(target=lambda: ends.append(builder.build("--for-ever")), daemon=True)
    working.start()
    assert begun.wait(60)
    builder.stop()
    working.join(60)  # the pipe is closed when the last of them is gone
    assert ends == [(STOPPED, "build --for-ever\n")]
    assert builder.build("again") == (0, "build again\n")
    builder.stop()


def test_who_stands_by_has_loaded_all_of_the_rooms_that_a_build_enters() -> None:
    """But not what belongs to others: a plugin of theirs may load what it likes when it likes."""
    loaded = list(modules(["plugins.exports", "xml"]))
    assert {"plugins.archive.joining", "plugins.building.twin", "plugins.exports", "plugins.exports.generator", "xml"} <= set(loaded)
    assert not any(name.startswith(("xml.", "plugins.importer")) for name in loaded)
