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
