"""A site with an address: what its sitemap and feeds promise is there."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

SITE = "https://so.example/kho"


@pytest.fixture(scope="module")
def published(run_tasks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("published") / "output"
    done = run_tasks("publish", "--site-url", SITE, "--output", output)
    assert done.returncode == 0, done.stderr
    return output


def addresses(file: Path) -> list[str]:
    """Every address that an XML file names, as output paths."""
    texts = [element.text or "" for element in ElementTree.parse(file).iter() if element.tag.endswith(("}loc", "}id"))]
    links = [element.get("href", "") for element in ElementTree.parse(file).iter() if element.tag.endswith("}link")]
    named = texts + links
    assert named and all(address.startswith(f"{SITE}/") for address in named)
    return [unquote(address.removeprefix(f"{SITE}/")) for address in named]


def test_the_sitemap_lists_each_page_once_under_its_canonical_address(published: Path) -> None:
    listed = addresses(published / "sitemap.xml")
    assert len(listed) == len(set(listed)) > len(list((published / "ban-ghi").glob("*.html"))) > 0
    for path in listed:
        page = BeautifulSoup((published / path).read_text(encoding="utf-8"), "html.parser")
        assert page.find("link", rel="canonical")["href"] == f"{SITE}/{path}"


def test_every_address_in_a_feed_leads_to_a_file(published: Path) -> None:
    found = sorted((published / "feeds").glob("*.xml"))
    assert (published / "feeds" / "atom.xml") in found and len(found) > 1
    assert all((published / path).is_file() for feed in found for path in addresses(feed))


def test_robots_lead_to_the_sitemap(published: Path) -> None:
    robots = RobotFileParser()
    robots.parse((published / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert [address.removeprefix(f"{SITE}/") for address in robots.site_maps() or []] == ["sitemap.xml"]


def test_a_copy_without_an_address_has_none_of_them(built_site: Path) -> None:
    assert not [name for name in ("sitemap.xml", "robots.txt", "feeds") if (built_site / name).exists()]
