"""A site with an address: what its sitemap, feeds, heads and data promise is there."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from plugins.archive.dates import VIETNAM
from plugins.offline import source_date
from tests.conftest import PUBLISHED_AT


def addresses(file: Path) -> list[str]:
    """Every address that an XML file names, as output paths."""
    texts = [element.text or "" for element in ElementTree.parse(file).iter() if element.tag.endswith(("}loc", "}id"))]
    links = [element.get("href", "") for element in ElementTree.parse(file).iter() if element.tag.endswith("}link")]
    named = texts + links
    assert named and all(address.startswith(f"{PUBLISHED_AT}/") for address in named)
    return [unquote(address.removeprefix(f"{PUBLISHED_AT}/")) for address in named]


def test_every_citation_states_the_edition_which_is_the_day_of_the_commit(published_site: Path, root: Path) -> None:
    seconds = source_date(root / "content")  # nothing where the project was downloaded without its history
    day = datetime.datetime.fromtimestamp(int(seconds), VIETNAM).date().isoformat() if seconds else ""
    cited = json.loads((published_site / "du-lieu" / "meetings.csl.json").read_text(encoding="utf-8"))
    assert {one.get("version", "") for one in cited} == {day}
    assert f"phiên bản {day}" in (published_site / "ban-ghi" / f"{cited[0]['id']}.html").read_text(encoding="utf-8")


def test_the_sitemap_lists_each_page_once_under_its_canonical_address(published_site: Path) -> None:
    listed = addresses(published_site / "sitemap.xml")
    assert len(listed) == len(set(listed)) > len(list((published_site / "ban-ghi").glob("*.html"))) > 0
    for path in listed:
        page = BeautifulSoup((published_site / path).read_text(encoding="utf-8"), "html.parser")
        assert page.find("link", rel="canonical")["href"] == f"{PUBLISHED_AT}/{path}"


def test_every_address_in_a_feed_leads_to_a_file(published_site: Path) -> None:
    found = sorted((published_site / "feeds").glob("*.xml"))
    assert (published_site / "feeds" / "atom.xml") in found and len(found) > 1
    assert all((published_site / path).is_file() for feed in found for path in addresses(feed))


def test_json_feeds_stand_beside_the_others_and_lead_to_files_too(published_site: Path) -> None:
    for atom in (published_site / "feeds").glob("*.xml"):
        path = atom.with_name("feed.json") if atom.name == "atom.xml" else atom.with_suffix(".json")
        told = json.loads(path.read_text(encoding="utf-8"))
        assert told["version"] == "https://jsonfeed.org/version/1.1" and told["feed_url"] == f"{PUBLISHED_AT}/feeds/{path.name}"
        for address in (told["home_page_url"], *(item["url"] for item in told["items"])):
            assert (published_site / unquote(address.removeprefix(f"{PUBLISHED_AT}/"))).is_file()


def test_a_page_names_its_own_feeds(published_site: Path) -> None:
    named = 0
    for path in [*(published_site / "cum").glob("*.html"), *(published_site / "nguoi").glob("*.html"), published_site / "index.html"]:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in page.find_all("link", rel="alternate"):
            named += 1
            assert (path.parent / link["href"]).resolve().is_file()
    assert named > 20


def test_each_record_describes_itself_under_its_address(published_site: Path) -> None:
    for path in (published_site / "ban-ghi").glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        event, report = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
        address = f"{PUBLISHED_AT}/ban-ghi/{path.name}"
        assert (report["url"], event["@id"]) == (address, f"{address}#hoi-nghi")
        content = {tag.get("name") or tag.get("property"): tag["content"] for tag in page.find_all("meta", content=True)}
        assert content["og:url"] == content["citation_public_url"] == content["DC.identifier"] == address
        names = [tag.get("name") or tag.get("property") for tag in page.find_all("meta", content=True)]
        assert [name for name in names if name and name.startswith("og:")] == list(
            dict.fromkeys(n for n in names if n and n.startswith("og:"))
        ), "each once"
        assert address in page.find(id="trich-dan-bibtex").text


def test_the_data_page_names_every_data_file_that_holds_the_whole_archive(built_site: Path) -> None:
    page = BeautifulSoup((built_site / "du-lieu.html").read_text(encoding="utf-8"), "html.parser")
    linked = {link["href"] for link in page.select("main a[download]")}
    assert all((built_site / href).is_file() for href in linked)
    of_one_page = ("cum-", "to-chuc-", "nguoi-", "van-ban-", "nam-", "lich-")
    whole = {f"du-lieu/{path.name}" for path in (built_site / "du-lieu").iterdir() if not path.name.startswith(of_one_page)}
    assert linked == whole


def test_the_data_tells_of_every_page_of_a_record(built_site: Path) -> None:
    with sqlite3.connect(built_site / "du-lieu" / "archive.sqlite") as opened:
        for table, folder in (("meetings", "ban-ghi"), ("people", "nguoi"), ("clusters", "cum")):
            told = {page for (page,) in opened.execute(f"SELECT page FROM {table}")}
            assert told == {
                f"{folder}/{path.name}"
                for path in (built_site / folder).glob("*.html")
                if path.stem in {page[len(folder) + 1 : -5] for page in told}
            }
        anchors = opened.execute("SELECT meeting, anchor FROM passages WHERE anchor IS NOT NULL").fetchall()
    pages = {path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in (built_site / "ban-ghi").glob("*.html")}
    assert anchors and all(pages[meeting].find(id=anchor) for meeting, anchor in anchors)


def test_no_link_of_an_instrument_leads_nowhere(built_site: Path) -> None:
    checked = 0
    for path in [built_site / "cong-cu.html", *(built_site / "cong-cu").glob("*.html")]:
        for link in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("main a[href]"):
            target, _, fragment = link["href"].partition("#")
            page = (path.parent / target).resolve()
            assert page.is_file(), (path.name, link["href"])
            if fragment:
                checked += 1
                assert BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find(id=fragment), link["href"]
    assert checked > 20


def test_robots_lead_to_the_sitemap(published_site: Path) -> None:
    robots = RobotFileParser()
    robots.parse((published_site / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert [address.removeprefix(f"{PUBLISHED_AT}/") for address in robots.site_maps() or []] == ["sitemap.xml"]


def test_a_copy_without_an_address_has_none_of_them(built_site: Path) -> None:
    assert not [name for name in ("sitemap.xml", "robots.txt", "feeds") if (built_site / name).exists()]
