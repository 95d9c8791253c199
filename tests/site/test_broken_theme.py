"""A template or a settings file with a mistake is named with its line; the last good site stays, and the next build mends itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.building import site
from tests.fixtures.building.said import Said

HEAD = "{% block main %}\n"
FAULTY = """from pelican import signals


def fail(generators):
    raise ValueError("ours")


def register():
    signals.all_generators_finalized.connect(fail)
"""


@pytest.fixture
def settings(tmp_path: Path, root: Path) -> Path:
    """A settings file of one's own, with a theme of one's own beside it."""
    shutil.copytree(root / "theme", tmp_path / "theme")
    file = tmp_path / "own.py"
    file.write_text(f"import sys\nsys.path.insert(0, {str(root)!r})\nfrom pelicanconf import *\nPLUGIN_PATHS = [{str(root)!r}]\n", encoding="utf-8")
    return file


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize(
    ("mistake", "reason"),
    [
        ("{% if %}", "TemplateSyntaxError: Expected an expression"),
        ('{% include "nowhere.html" %}', "TemplateNotFound: nowhere.html"),
        ("{{ nothing.at_all }}", "UndefinedError: 'nothing' is undefined"),
        ("{{ 1 // 0 }}", "ZeroDivisionError: "),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_line(
    mistake: str, reason: str, workers: int, settings: Path, small_archive: Path, tmp_path: Path
) -> None:
    def build() -> tuple[int, list[str]]:
        said = Said()
        return site.build(site.Request(settings=settings, content=small_archive, output=tmp_path / "site"), said), said.lines

    settings.write_text(settings.read_text(encoding="utf-8") + f"WRITER_WORKERS = {workers}\n", encoding="utf-8")
    assert build()[0] == 0
    before = files(tmp_path / "site")
    template = settings.parent / "theme" / "templates" / "meeting.html"
    sound = template.read_text(encoding="utf-8")
    assert HEAD in sound
    template.write_text(sound.replace(HEAD, f"{HEAD}{mistake}\n"), encoding="utf-8")
    line = sound[: sound.index(HEAD)].count("\n") + 2
    status, said = build()
    assert status == 1 and said[-1].startswith(f"{template}:{line}: mẫu trang có lỗi: {reason}"), said
    assert not any("Traceback" in one or "lần trước" in one for one in said)
    assert files(tmp_path / "site") == before
    template.write_text(sound, encoding="utf-8")
    assert build()[0] == 0 and files(tmp_path / "site") == before


def test_an_error_of_the_program_is_not_put_down_to_a_template(settings: Path, small_archive: Path, tmp_path: Path, run_tasks) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY, encoding="utf-8")
    more = f"PLUGIN_PATHS.append({str(tmp_path)!r})\nPLUGINS = [*PLUGINS, 'faulty']\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = run_tasks("build", "--settings", settings, "--content", small_archive, "--output", tmp_path / "site")
    assert done.returncode == 1 and "ValueError: ours" in done.stderr and "mẫu trang" not in done.stderr, done.stderr


def test_a_mistake_in_the_settings_is_named_with_its_line_and_the_last_site_stays(
    settings: Path, small_archive: Path, tmp_path: Path, run_tasks
) -> None:
    asked = ("build", "--settings", settings, "--content", small_archive, "--output", tmp_path / "site")
    assert run_tasks(*asked).returncode == 0
    before = files(tmp_path / "site")
    settings.write_text(settings.read_text(encoding="utf-8") + "SITENAME = nowhere\n", encoding="utf-8")
    done = run_tasks(*asked, COLUMNS="400")
    assert done.returncode == 2 and files(tmp_path / "site") == before
    assert done.stderr.strip() == f"{settings}:5: tệp cài đặt có lỗi: NameError: name 'nowhere' is not defined"
