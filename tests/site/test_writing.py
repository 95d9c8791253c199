"""The writer that forks: the same files as Pelican's own, and no fault of a worker passes unseen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from jinja2 import Environment
from pelican import Pelican
from pelican.settings import read_settings

from plugins.building import writing
from plugins.measuring import corpus

ROOT = Path(__file__).parents[2]
COUNT = 1000


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    corpus.write(COUNT, folder)
    return folder


def build(content: Path, output: Path, workers: int) -> dict[str, bytes]:
    """The whole site as an editor gets it; every file by its path."""
    settings = {"PATH": str(content), "OUTPUT_PATH": str(output), "WRITER_WORKERS": workers}
    Pelican(read_settings(str(ROOT / "pelicanconf.py"), settings)).run()
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}


def test_any_number_of_workers_writes_what_pelican_writes(content: Path, tmp_path: Path) -> None:
    stock = build(content, tmp_path / "0", 0)
    assert len([path for path in stock if path.endswith(".html")]) > 1.5 * COUNT
    assert {"du-lieu/archive.sqlite", "du-lieu/meetings.csv", "tim-kiem.html"} <= set(stock)
    for workers in (1, 3):
        made = build(content, tmp_path / str(workers), workers)
        assert sorted(made) == sorted(stock)
        assert [path for path in stock if made[path] != stock[path]] == []


def writer(tmp_path: Path, workers: int = 2) -> writing.ParallelWriter:
    made = writing.ParallelWriter(str(tmp_path), settings={**read_settings(None), "WRITER_WORKERS": workers})
    made.settings["WRITER_WORKERS"] = workers
    return made


def test_a_fault_in_a_worker_ends_the_build(tmp_path: Path) -> None:
    template = Environment().from_string("{{ 1 / number }}")
    made = writer(tmp_path)
    for number in range(400):
        made.write_file(f"{number}.html", template, {}, number=399 - number)
    with pytest.raises((RuntimeError, ZeroDivisionError), match="division by zero"):
        made.flush()


def test_a_late_view_is_made_when_its_page_is_written(tmp_path: Path) -> None:
    template = Environment().from_string("{{ view }}")
    made, asked = writer(tmp_path, workers=1), []
    made.write_late("x.html", template, {}, lambda: asked.append("x") or 17)
    assert not asked
    made.flush()
    assert (asked, (tmp_path / "x.html").read_text(encoding="utf-8")) == (["x"], "17")


def test_every_late_page_is_written_once_and_a_fault_in_one_ends_the_build(tmp_path: Path) -> None:
    template = Environment().from_string("{{ view }}")
    made = writer(tmp_path, workers=3)
    for number in range(400):
        made.write_late(f"{number}.html", template, {}, partial(str, number))
    made.flush()
    assert [(tmp_path / f"{number}.html").read_text(encoding="utf-8") for number in range(400)] == [str(number) for number in range(400)]
    for number in range(400):
        made.write_late(f"again-{number}.html", template, {}, partial(divmod, 1, number))
    with pytest.raises((RuntimeError, ZeroDivisionError), match="by zero"):
        made.flush()


@pytest.mark.parametrize("name", ["../x.html", "/x.html", "a/../../x.html"])
def test_no_page_is_written_outside_the_site(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside the site"):
        writer(tmp_path / "site").write_file(name, Environment().from_string("x"), {})


def test_two_pages_of_one_name_are_a_fault_of_ours(tmp_path: Path) -> None:
    made = writer(tmp_path)
    made.write_file("x.html", Environment().from_string("x"), {})
    with pytest.raises(ValueError, match="written twice"):
        made.write_file("x.html", Environment().from_string("y"), {})
