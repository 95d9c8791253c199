"""The handbook: pages that hold together, commands that exist, pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import tasks
from plugins.archive import urls
from plugins.handbook import chapters
from plugins.importer import command as importing

COMMANDS = {task.name for task in tasks.commands}


def test_every_chapter_has_a_page_and_leads_to_its_neighbours(root: Path) -> None:
    pages = dict(chapters.pages(root / "docs"))
    assert next(iter(pages)) == chapters.HOME and len(pages) == len(chapters.sources(root / "docs")) >= 11
    order = list(pages.values())
    assert [page.after.path for page in order[:-1] if page.after] == [page.path for page in order[1:]]
    assert order[0].before is None and order[-1].after is None


def test_links_and_pictures_lead_somewhere(root: Path) -> None:
    pages = dict(chapters.pages(root / "docs"))
    trees = {path: BeautifulSoup(view.html, "html.parser") for path, view in pages.items()}
    anchors = {path: {tag["id"] for tag in tree.find_all(id=True)} for path, tree in trees.items()}
    pictures = {picture.name for picture in chapters.pictures(root / "docs")}
    for path, tree in trees.items():
        for link in tree.find_all("a"):
            target, _, anchor = link["href"].partition("#")
            if "://" not in target:
                page = urls.handbook(target) if target else path
                assert page in pages and (not anchor or anchor in anchors[page]), (path, link["href"])
        assert {image["src"] for image in tree.find_all("img")} <= pictures, path
        assert all(image.get("alt") for image in tree.find_all("img")), path


def test_every_picture_is_shown(root: Path) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in chapters.sources(root / "docs"))
    assert [picture.name for picture in chapters.pictures(root / "docs") if f"images/{picture.name}" not in text] == []


def test_every_command_in_the_handbook_exists(root: Path) -> None:
    for file in chapters.sources(root / "docs"):
        for line in re.findall(r"(?:python3|py) tasks\.py ([^`\n]+)", file.read_text(encoding="utf-8")):
            command, *rest = line.removesuffix(" -->").split(" ")
            assert command in COMMANDS, (file.name, line)
            known = {"--" + name.replace("_", "-") for task in tasks.commands if task.name == command for name in task.help}
            known |= set(importing.parser()._option_string_actions) if command == "import" else set()
            assert {word for word in rest if word.startswith("--")} <= known, (file.name, line)


def test_a_chapter_without_a_title_is_our_own_mistake(tmp_path: Path) -> None:
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "1-a.md").write_text("## Không có nhan đề\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"1-a\.md"):
        list(chapters.pages(tmp_path))
