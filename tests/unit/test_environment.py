"""The first run on a bare machine: .venv is made, made again when it must be, and never half made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.building import environment

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = f"""
import json, sys
from pathlib import Path

sys.path.insert(0, {str(ROOT)!r})
from plugins.building import environment

environment.enter(Path(__file__).resolve().parent, Path(__file__).resolve(), sys.argv[1:])
told = {{"prefix": sys.prefix, "arguments": sys.argv[1:], "utf8": sys.flags.utf8_mode, "executable": sys.executable}}
print(json.dumps({{**told, "compiled": None if sys.dont_write_bytecode else sys.pycache_prefix}}))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that needs no library, so that nothing is fetched."""
    (tmp_path / "tasks.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(project / "tasks.py"), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_first_run_makes_the_environment_and_goes_on_inside_and_the_second_finds_it(project: Path) -> None:
    first = run(project, "build", "--output", "có dấu và cách")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert Path(told["prefix"]).resolve() == (project / ".venv").resolve()
    assert told["arguments"] == ["build", "--output", "có dấu và cách"]
    assert told["utf8"] == 1
    assert "Cài các thư viện" in first.stderr
    assert "Installing the libraries" in first.stderr

    second = run(project)
    assert (second.returncode, second.stderr) == (0, "")

    command, given = [told["executable"], str(project / "tasks.py")], {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": ""}
    inside = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=given)
    assert json.loads(inside.stdout)["compiled"] == str(project / ".venv" / "compiled")

    # What an interrupted installation left is not built upon.
    (project / ".venv" / "requirements.sha256").unlink()
    (project / ".venv" / "rest-of-an-older-one").touch()
    third = run(project)
    assert third.returncode == 0, third.stderr
    assert "Installing the libraries" in third.stderr
    assert not (project / ".venv" / "rest-of-an-older-one").exists()


def test_what_cannot_be_installed_is_said_in_both_languages_and_tried_again(project: Path) -> None:
    checksum = "sha256:" + "0" * 64
    (project / "requirements.txt").write_text(f"--no-index\nkhong-co-goi-nay==1 --hash={checksum}\n", encoding="utf-8")
    for _ in range(2):
        done = run(project)
        assert done.returncode == 1
        assert "Không cài được các thư viện" in done.stderr
        assert "could not be installed" in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


def test_modules_are_compiled_once_where_none_may_lie_beside_the_sources(tmp_path: Path) -> None:
    made = environment.surroundings(tmp_path, {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHOME": "/elsewhere", "HOME": "/home"})
    assert made["PYTHONPYCACHEPREFIX"] == str(tmp_path / "compiled")
    assert {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME"}.isdisjoint(made)
    assert made["HOME"] == "/home"


def test_compiled_modules_stay_where_somebody_wants_them(tmp_path: Path) -> None:
    assert "PYTHONPYCACHEPREFIX" not in environment.surroundings(tmp_path, {})
    given = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/there"}
    assert environment.surroundings(tmp_path, given)["PYTHONPYCACHEPREFIX"] == "/there"
    missing = environment.surroundings(tmp_path / "missing", given)
    assert missing["PYTHONDONTWRITEBYTECODE"] == "1"
