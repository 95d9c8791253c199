"""The pages for whoever works on the project lead to each other, and nowhere into the void."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/handbook/*.md")])


def links(page: Path) -> Iterator[str]:
    """Those that lead to a file of the project."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return (link for link in found if not re.match(r"[a-z]+:", link))


def anchors(page: Path) -> set[str]:
    """Of headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_first_page_leads_to_every_other() -> None:
    reached = {(ROOT / link).resolve() for link in links(ROOT / "README.md")}
    assert {page.name for page in ROOT.glob("docs/*.md")} - {page.name for page in reached} == set()


def test_the_page_about_the_architecture_names_every_room_and_nothing_that_is_gone() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {folder.name for folder in (ROOT / "plugins").iterdir() if (folder / "__init__.py").exists() or folder.name == "archive"}
    table = page.partition("## Rooms")[2].partition("\n\nA room imports")[0]
    assert {name for row in table.splitlines() for name in re.findall(r"`([a-z]+)`", row.split("|")[1] if "|" in row else "")} == rooms
    dotted = [name.split(".") for name in re.findall(r"`([a-z]+\.[a-z_]+)[.`]", page) if name.split(".")[0] in rooms and not name.endswith(".py")]
    assert [name for name in dotted if not (ROOT / "plugins" / name[0] / f"{name[1]}.py").exists()] == []
    grouped = re.findall(r"`([a-z_]+)`", page.partition("## The two largest rooms")[2].partition("## A new kind of page")[0])
    modules = {file.stem for room in ("archive", "building") for file in (ROOT / "plugins" / room).glob("*.py")} | {"archive", "building", "serve"}
    assert len(dotted) > 5 and len(grouped) > 70
    assert set(grouped) - modules == set()
