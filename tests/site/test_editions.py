"""The offline edition from the real commands: the same twice over, complete without its site, and linked from the one on the web."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.offline import bundle, faults

SITE = "https://so.example/kho"
NAMED = ("content", "plugins", "theme", "tasks.py", "pelicanconf.py", "publishconf.py")


@pytest.fixture(scope="module")
def edition(run_tasks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packed from a site that was built on a known day."""
    folder = tmp_path_factory.mktemp("edition")
    done = run_tasks("build", "--output", folder / "output", SOURCE_DATE_EPOCH="1763600000")
    assert done.returncode == 0, done.stderr
    return bundle(folder / "output", folder / "dist").file


def test_two_builds_of_one_commit_make_one_edition(edition: Path, run_tasks, tmp_path: Path) -> None:
    done = run_tasks("build", "--output", tmp_path / "output", SOURCE_DATE_EPOCH="1763600000", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    again = bundle(tmp_path / "output", tmp_path / "dist").file
    assert again.name == edition.name and edition.name.startswith("so-giao-ban-2025-11-20-") and again.read_bytes() == edition.read_bytes()


def test_unpacked_every_link_and_file_of_every_page_is_there(edition: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(edition) as opened:
        opened.extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    assert faults(root) == []
    for path in root.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for element in page.select("[href], [src]"):
            target = (element.get("href") or element.get("src")).partition("#")[0].partition("?")[0]
            if target and ":" not in target:
                assert (path.parent / target).resolve().is_file(), (path.name, target)


@pytest.fixture
def project(edition: Path, root: Path, tmp_path: Path) -> Path:
    """All of the program and the records, with an edition on the shelf."""
    project = tmp_path / "project"
    project.mkdir()
    for name in NAMED:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, project / name)
    shutil.copytree(edition.parent, project / "dist")
    return project


def publish(project: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys, tasks; tasks.main(sys.argv[1:])", "publish", "--site-url", SITE, "--output", output]
    return subprocess.run(command, cwd=project, env={**os.environ, "COLUMNS": "400"}, capture_output=True, encoding="utf-8", check=False)


def test_a_published_site_links_to_the_edition_with_its_size_and_digest(edition: Path, project: Path, tmp_path: Path) -> None:
    assert publish(project, tmp_path / "public").returncode == 0
    page = BeautifulSoup((tmp_path / "public" / "mang-ve-may.html").read_text(encoding="utf-8"), "html.parser")
    link = page.find("a", href=f"tai-ve/{edition.name}")
    assert (tmp_path / "public" / link["href"]).read_bytes() == edition.read_bytes()
    told = link.find_parent("li").text
    assert "MB" in told and "2025-11-20" in told


def test_an_edition_that_was_altered_on_the_shelf_is_not_published_and_that_is_said(edition: Path, project: Path, tmp_path: Path) -> None:
    altered = project / "dist" / edition.name
    altered.write_bytes(altered.read_bytes() + b"x")
    done = publish(project, tmp_path / "public")
    assert done.returncode == 1 and not (tmp_path / "public").exists()
    assert done.stderr.splitlines()[-1].endswith(f"bản gói {altered} đã bị sửa hoặc hỏng sau khi gói; hãy gói lại bằng lệnh bundle")
    assert "Traceback" not in done.stderr
