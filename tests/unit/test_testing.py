"""How the tests are run: a whole suite side by side, a part of it in one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.browsing.testing import run

TESTS = """
import os
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(3))
def test(number):
    with (Path(__file__).parents[1] / "ran").open("a") as told:
        told.write(f"{Path(__file__).stem} {os.getpid()}\\n")
    assert Path(__file__).stem != "test_wrong"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n", encoding="utf-8")
    for name in ("one", "two", "three", "four"):
        (tmp_path / "tests" / f"test_{name}.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def ran(project: Path) -> list[list[str]]:
    """File and process of each test that was run."""
    return [line.split() for line in (project / "ran").read_text(encoding="utf-8").splitlines()]


def test_the_whole_suite_is_run_once_every_file_in_one_process_and_one_fault_is_the_fault_of_all(project: Path) -> None:
    (project / "tests" / "test_wrong.py").write_text(TESTS, encoding="utf-8")
    assert run(project, []) == 1
    assert sorted(file for file, _ in ran(project)) == sorted(["test_one", "test_two", "test_three", "test_four", "test_wrong"] * 3)
    assert len({(file, process) for file, process in ran(project)}) == 5


def test_a_part_is_run_in_one_process(project: Path) -> None:
    assert run(project, ["tests/test_one.py", "tests/test_two.py"]) == 0
    assert [file for file, _ in ran(project)] == ["test_one"] * 3 + ["test_two"] * 3
    assert len({process for _, process in ran(project)}) == 1
