"""How a command ends: what is done before, with which status, and what is left undone on purpose."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_HEAVY = """
import atexit, sys, threading
from plugins.building import ending

class Heavy:
    def __del__(self, write=sys.stderr.write):
        write("taken apart\\n")

heavy = Heavy()

def work():
    atexit.register(print, "registered")
    print("said")
    {last}
"""
_AT_ONCE = "\nending.at_once(work)\n"
_AS_EVER = "\nwork()\n"


def ended(root: Path, last: str, how: str = _AT_ONCE, **more) -> subprocess.CompletedProcess[str]:
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run([sys.executable, "-c", _HEAVY.format(last=last) + how], cwd=root, encoding="utf-8", check=False, **given)


@pytest.mark.parametrize(
    ("last", "status"),
    [("pass", 0), ("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(1)", 1), ("sys.exit(2)", 2), ("sys.exit(130)", 130), ("sys.exit('why')", 1), ("sys.exit(True)", 1)],
)
def test_command_ends_with_its_status_and_all_it_said_and_nothing_is_taken_apart(last: str, status: int, root: Path) -> None:
    done = ended(root, last)
    assert done.returncode == ended(root, last, _AS_EVER).returncode == status
    assert done.stdout == "said\nregistered\n"
    assert done.stderr == ("why\n" if "why" in last else "")


def test_what_is_taken_apart_would_be_noticed(root: Path) -> None:
    assert "taken apart" in ended(root, "pass", _AS_EVER).stderr


def test_threads_come_to_their_end(root: Path) -> None:
    last = "threading.Thread(target=lambda: (threading.main_thread().join(), print('thread'))).start()"
    assert ended(root, last).stdout == "said\nthread\nregistered\n"


def test_an_error_is_told_as_ever(root: Path) -> None:
    done = ended(root, "raise LookupError('lost')")
    assert done.returncode == 1
    assert done.stdout == "said\nregistered\n"
    assert "LookupError: lost" in done.stderr and "taken apart" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
def test_what_cannot_be_written_is_told_as_ever(root: Path) -> None:
    with open("/dev/full", "w") as full:
        done, as_ever = ended(root, "pass", stdout=full), ended(root, "pass", _AS_EVER, stdout=full)
    assert done.returncode == as_ever.returncode != 0
    assert "No space left on device" in done.stderr


def test_reader_who_has_gone_is_told_as_ever(root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done, as_ever = ended(root, "pass", stdout=writer), ended(root, "pass", _AS_EVER, stdout=writer)
    os.close(writer)
    assert done.returncode == as_ever.returncode != 0
    assert "Broken pipe" in done.stderr or os.name == "nt"


def test_the_program_ends_so(root: Path) -> None:
    """Every command does: where Python would take itself apart, it would say so after a flag that makes it talkative."""
    command = [sys.executable, "-v", str(root / "tasks.py"), "build", "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0 and "build" in done.stdout
    assert "# cleanup[" not in done.stderr and "import 'argparse'" in done.stderr
