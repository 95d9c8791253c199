"""What every test may ask for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from plugins.building.locking import Held, lock

# The same examples on every machine: what fails in CI fails at home.
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")

ROOT = Path(__file__).resolve().parents[1]

Tasks = Callable[..., subprocess.CompletedProcess[str]]
Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project."""
    return ROOT


@pytest.fixture(scope="session")
def run_tasks() -> Tasks:
    """Runs ``tasks.py`` in a process of its own, past the making of .venv: the libraries are here already."""

    def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        start = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:])"
        command = [sys.executable, "-c", start, str(ROOT), *map(str, arguments)]
        settled = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", **environment}
        return subprocess.run(command, cwd=cwd, env=settled, capture_output=True, encoding="utf-8", check=False)

    return run


@pytest.fixture
def small_archive(tmp_path: Path) -> Path:
    """A content folder with one sound meeting, of names that nobody bears; to be changed at will."""
    meeting = tmp_path / "content" / "meetings" / "2030" / f"{SMALL_MEETING}.md"
    meeting.parent.mkdir(parents=True)
    meeting.write_text(_SMALL_TEXT, encoding="utf-8", newline="\n")
    return tmp_path / "content"


SMALL_MEETING = "2030-04-18-giao-ban-song-may"
_SMALL_TEXT = """\
---
title: Giao ban quý II tại Sông Mây
date: 2030-04-18
kind: giao ban
union: Liên hiệp hội Sông Mây
chairs:
  - {name: Phạm Thử An, role: Chủ tịch, organization: Liên hiệp hội Sông Mây}
sources:
  - {site: Bản tin Sông Mây, title: Giao ban quý II, published: 2030-04-19}
---

Hội nghị bàn việc quý tới.
"""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Gives the folder of a name, to be read only. Of several processes that test, the first to ask makes it and the others wait."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made, mark = common / name, common / f"{name}.made"
        with alone(common / f"{name}.lock"):
            if not mark.exists():
                made.mkdir(exist_ok=True)
                make(made)
                mark.touch()
        return made

    return folder


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Waits for the lock, and holds it."""
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(lock(file))
                break
            except Held:
                time.sleep(0.1)
        yield


@pytest.fixture(scope="session")
def built_site(run_tasks: Tasks, made_once: Once) -> Path:
    """The archive of this repository, built once for all tests; to be read only."""

    def build(folder: Path) -> None:
        done = run_tasks("build", "--output", folder / "output")
        assert done.returncode == 0, done.stderr

    return made_once("site", build) / "output"


PUBLISHED_AT = "https://so.example/kho"


@pytest.fixture(scope="session")
def published_site(run_tasks: Tasks, made_once: Once) -> Path:
    """The same archive as it is published under ``PUBLISHED_AT``; to be read only."""

    def publish(folder: Path) -> None:
        done = run_tasks("publish", "--site-url", PUBLISHED_AT, "--output", folder / "output")
        assert done.returncode == 0, done.stderr

    return made_once("published", publish) / "output"
