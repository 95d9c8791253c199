"""Feeds, sitemap and robots.txt, read back by the standard library's parsers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.outputs import Body
from plugins.archive.records import Cluster, Correction, Meeting, Organization, Page, Participation, Person, Redirect, Role, Source
from plugins.archive.urls import SITE_FEED, SITE_JSON_FEED
from plugins.exports import sitemap
from plugins.exports.changes import changed_pages, last_change
from plugins.exports.channels import Channels
from plugins.exports.feeds import NEWEST, feeds
from plugins.exports.generator import public_pages
from plugins.exports.offering import site_address
from plugins.exports.texts import legal

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = "https://so.example/kho"


def meeting(id: str, date: str = "2025-10-09", **fields: object) -> Meeting:
    given_fields = {"path": f"meetings/{id}.md", "title": f"Hội nghị {id}", "date": PartialDate.parse(date)}
    return Meeting(id=id, **{**given_fields, **fields})


def source(published: str = "", retrieved: str = "") -> Source:
    return Source(
        url="https://bao.example/1",
        site="Báo",
        title="Tin",
        published=Timestamp.parse(published) if published else None,
        retrieved=PartialDate.parse(retrieved) if retrieved else None,
        byline="",
        note="",
    )


CLUSTERS = {
    id: Cluster(id=id, path=f"clusters/{id}.md", owner="lhh", kind="cụm", short_label=f"Cụm {id}", label=f"Cụm {id}, Sông Mây")
    for id in ("c1", "c2")
}


def archive_of(*meetings: Meeting, **more: object) -> Archive:
    owner = Organization(id="lhh", path="", name="Liên hiệp hội Sông Mây")
    kinds = {"people": {}, "organizations": {"lhh": owner}, "clusters": CLUSTERS, "documents": {}, "pages": {}}
    return Archive(meetings={m.id: m for m in meetings}, **{**kinds, **more})


def written_feeds(archive: Archive, bodies: Mapping[tuple[str, str], Body] | None = None, most: int = 1000) -> dict[str, str]:
    return dict(feeds(archive, Channels(archive, most), bodies or {}, "Sổ", SITE))


def parsed_feeds(archive: Archive, bodies: Mapping[tuple[str, str], Body] | None = None) -> dict[str, ElementTree.Element]:
    return {path: ElementTree.fromstring(text) for path, text in written_feeds(archive, bodies).items() if path.endswith(".xml")}


def json_feeds(archive: Archive) -> dict[str, dict]:
    return {path: json.loads(text) for path, text in written_feeds(archive).items() if path.endswith(".json")}


def entry_of(record: Meeting, bodies: Mapping[tuple[str, str], Body] | None = None) -> dict[str, str]:
    entry = parsed_feeds(archive_of(record), bodies)[SITE_FEED].find("a:entry", ATOM)
    return {child.tag.partition("}")[2]: child.text or child.get("href", "") for child in entry}


# --- Feeds --------------------------------------------------------------------------------------------------------------


def test_the_site_and_each_cluster_have_a_feed() -> None:
    found = parsed_feeds(archive_of(meeting("a", cluster="c1"), meeting("b")))
    assert list(found) == ["feeds/atom.xml", "feeds/cum-c1.xml", "feeds/cum-c2.xml", "feeds/to-chuc-lhh.xml"]
    assert [e.text for e in found["feeds/cum-c1.xml"].findall("a:entry/a:title", ATOM)] == ["Hội nghị a"]
    assert found["feeds/cum-c1.xml"].findtext("a:title", namespaces=ATOM) == "Cụm c1, Sông Mây – Sổ"


def test_a_feed_has_what_atom_demands_and_absolute_addresses_only() -> None:
    told = parsed_feeds(archive_of(meeting("a", cluster="c1", published=Timestamp.parse("2025-10-10T16:55"))))
    for path, feed in ((path, told[path]) for path in (SITE_FEED, "feeds/cum-c1.xml")):
        assert feed.findtext("a:id", namespaces=ATOM) == f"{SITE}/{path}"
        assert feed.findtext("a:updated", namespaces=ATOM) == "2025-10-10T16:55:00+07:00"
        assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Sổ"
        links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
        assert links == {"self": f"{SITE}/{path}", "alternate": f"{SITE}/{urls.cluster('c1') if 'cum' in path else urls.HOME}"}
        assert all(address.startswith(SITE) for address in (link.get("href") for link in feed.iter(f"{{{ATOM['a']}}}link")))


def test_the_newest_meetings_come_first_and_no_more_than_a_reader_takes() -> None:
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(NEWEST + 5)]
    feed = parsed_feeds(archive_of(*(meeting(day.isoformat(), day.isoformat()) for day in days)))[SITE_FEED]
    titles = [e.text for e in feed.findall("a:entry/a:title", ATOM)]
    assert titles == [f"Hội nghị {day}" for day in reversed(days[5:])]


@pytest.mark.parametrize(
    ("fields", "published", "updated"),
    [
        ({}, "2025-10-09T00:00:00+07:00", "2025-10-09T00:00:00+07:00"),
        ({"published": Timestamp.parse("2025-10-10T16:55")}, "2025-10-10T16:55:00+07:00", "2025-10-10T16:55:00+07:00"),
        ({"sources": (source("2025-10-12"), source("2025-10-11"))}, "2025-10-11T00:00:00+07:00", "2025-10-12T00:00:00+07:00"),
        (
            {"corrections": (Correction(date=PartialDate(2026, 1, 2), text="Sửa"),)},
            "2025-10-09T00:00:00+07:00",
            "2026-01-02T00:00:00+07:00",
        ),
    ],
)
def test_an_entry_says_when_it_appeared_and_when_it_changed(fields: dict, published: str, updated: str) -> None:
    entry = entry_of(meeting("a", **fields))
    assert (entry["published"], entry["updated"]) == (published, updated)


def test_a_summary_is_text_even_where_it_looks_like_html() -> None:
    assert entry_of(meeting("a", summary="A < B & <b>C</b>"))["summary"] == "A &lt; B &amp; &lt;b&gt;C&lt;/b&gt;"


def test_without_a_summary_the_first_paragraph_stands_in_for_it_cut_between_words() -> None:
    body = Body(html="", text="từ " * 200 + "\nĐoạn hai")
    summary = entry_of(meeting("a"), {("meeting", "a"): body})["summary"]
    assert summary.endswith("từ …") and 300 < len(summary) <= 400


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_hold_are_left_out(bad: str) -> None:
    entry = entry_of(meeting("a", title=f"Hội{bad} nghị", summary=f"Tóm{bad} tắt", tags=(f"thẻ{bad}",)))
    assert (entry["title"], entry["summary"]) == ("Hội nghị", "Tóm tắt")


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_title_gives_a_feed_that_can_be_read(title: str) -> None:
    assert entry_of(meeting("a", title=title))["title"].split() == legal(title).split()


def test_the_same_archive_gives_the_same_feeds() -> None:
    archive = archive_of(meeting("a", "2025"), meeting("b", cluster="c1"))
    assert written_feeds(archive) == written_feeds(archive)


def test_what_has_no_meeting_yet_has_a_feed_that_can_be_followed_and_is_the_same_in_every_build() -> None:
    found = written_feeds(archive_of())
    assert list(found) == [f"feeds/{stem}.{end}" for stem in ("cum-c1", "cum-c2", "to-chuc-lhh") for end in ("xml", "json")]
    feed = ElementTree.fromstring(found["feeds/cum-c1.xml"])
    assert feed.findtext("a:updated", namespaces=ATOM) == "1970-01-01T00:00:00+07:00" and not feed.findall("a:entry", ATOM)
    assert json.loads(found["feeds/cum-c1.json"])["items"] == []


def test_both_kinds_of_feed_tell_the_same() -> None:
    record = meeting("a", cluster="c1", title="A < B", summary="Tóm tắt", tags=("thẻ",), published=Timestamp.parse("2025-10-10T16:55"))
    archive = archive_of(record, meeting("b", "2024"))
    atoms, jsons = parsed_feeds(archive), json_feeds(archive)
    assert [path.replace(".json", ".xml").replace("feed.xml", "atom.xml") for path in jsons] == list(atoms)
    feed, entries = jsons[SITE_JSON_FEED], atoms[SITE_FEED].findall("a:entry", ATOM)
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == f"{SITE}/{SITE_JSON_FEED}"
    assert [item["id"] for item in feed["items"]] == [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    first = feed["items"][0]
    assert (first["title"], first["content_text"], first["tags"]) == ("A < B", "Tóm tắt", ["thẻ"])
    assert first["date_published"] == entries[0].findtext("a:published", namespaces=ATOM)
    assert all(item["content_text"] or item.get("content_html") for item in feed["items"]), "JSON Feed demands one of them"


def test_people_and_organizations_have_feeds_and_the_rarest_go_without_where_there_are_too_many() -> None:
    def chaired(id: str, *people: str) -> Meeting:
        return meeting(
            id, hosts=("lhh",), participations=tuple(Participation(meeting=id, role=Role.CHAIR, person=p, name=p) for p in people)
        )

    people = {id: Person(id=id, path="", name=id) for id in ("an", "binh", "chi")}
    archive = archive_of(chaired("a", "an", "binh"), chaired("b", "an", "chi"), people=people)
    everybody = {"feeds/nguoi-an.xml", "feeds/nguoi-binh.xml", "feeds/nguoi-chi.xml", "feeds/to-chuc-lhh.xml"}
    assert everybody <= set(written_feeds(archive))
    assert set(written_feeds(archive, most=2)) & everybody == {"feeds/nguoi-an.xml", "feeds/to-chuc-lhh.xml"}


# --- Changes ------------------------------------------------------------------------------------------------------------


def test_only_whole_days_that_the_record_names_count_as_a_change() -> None:
    assert last_change(meeting("a")) is None
    assert last_change(meeting("a", sources=(source(retrieved="2025"),))) is None
    assert last_change(meeting("a", sources=(source(published="2025-10-10", retrieved="2025-12-31"),))) == datetime.date(2025, 12, 31)


def test_a_page_changes_with_the_latest_record_on_it() -> None:
    old = meeting("old", "2024-03-01", cluster="c1", hosts=("lhh",), published=Timestamp.parse("2024-03-02"))
    new = meeting("new", "2024-05-01", cluster="c1", published=Timestamp.parse("2024-05-02"))
    pages = {"p": Page(id="p", path="pages/p.md", title="P", corrections=(Correction(date=PartialDate(2023, 1, 1), text=""),))}
    changes = changed_pages(archive_of(old, new, pages=pages))
    march, may = datetime.date(2024, 3, 2), datetime.date(2024, 5, 2)
    assert changes == {
        urls.HOME: may,
        urls.MEETINGS: may,
        urls.CALENDAR: may,
        urls.meeting("old"): march,
        urls.meeting("new"): may,
        urls.year(2024): may,
        urls.quarter(2024, 1): march,
        urls.quarter(2024, 2): may,
        urls.cluster("c1"): may,
        urls.organization("lhh"): march,
        urls.page("p"): datetime.date(2023, 1, 1),
    }


# --- Sitemap ------------------------------------------------------------------------------------------------------------


def test_one_file_holds_a_small_site() -> None:
    files = dict(sitemap.sitemaps(["a.html", "b/ô.html"], {"a.html": datetime.date(2025, 1, 2)}, SITE))
    assert list(files) == ["sitemap.xml"]
    entries = ElementTree.fromstring(files["sitemap.xml"]).findall("s:url", MAP)
    assert [entry.findtext("s:loc", namespaces=MAP) for entry in entries] == [f"{SITE}/a.html", f"{SITE}/b/%C3%B4.html"]
    assert [entry.findtext("s:lastmod", namespaces=MAP) for entry in entries] == ["2025-01-02", None]


@pytest.mark.parametrize(("pages", "parts"), [(3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_a_large_site_is_split_and_nothing_is_lost(pages: int, parts: list[int]) -> None:
    paths = [f"{n}.html" for n in range(pages)]
    changes = {path: datetime.date(2025, 1, n + 1) for n, path in enumerate(paths)}
    files = {name: ElementTree.fromstring(data) for name, data in sitemap.sitemaps(paths, changes, SITE, limit=3)}
    if len(parts) > 1:
        index = files.pop("sitemap.xml")
        assert [e.findtext("s:loc", namespaces=MAP) for e in index.findall("s:sitemap", MAP)] == [f"{SITE}/{name}" for name in files]
        assert index.findtext("s:sitemap/s:lastmod", namespaces=MAP) == "2025-01-03"
    assert [len(file) for file in files.values()] == parts
    listed = [loc.text for file in files.values() for loc in file.findall("s:url/s:loc", MAP)]
    assert listed == [f"{SITE}/{path}" for path in paths]


def test_the_limit_is_that_of_the_protocol() -> None:
    names = [name for name, _ in sitemap.sitemaps([f"{n}.html" for n in range(50_001)], {}, SITE)]
    assert names == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]


def test_robots_may_go_everywhere_and_learn_of_the_sitemap() -> None:
    parser = RobotFileParser()
    parser.parse(sitemap.robots(SITE).decode().splitlines())
    assert parser.can_fetch("*", f"{SITE}/ban-ghi/a.html")
    assert parser.site_maps() == [f"{SITE}/sitemap.xml"]


# --- The plugin ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for path in ("index.html", "404.html", "ban-ghi/a.html", "ban-ghi/cu.html", "cum/c1-2020.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("<!doctype html>", encoding="utf-8")
    return tmp_path


def test_the_sitemap_lists_further_pages_but_neither_404_nor_old_addresses(output: Path) -> None:
    archive = archive_of(meeting("a"), redirects=(Redirect(old="ban-ghi/cu.html", new="ban-ghi/a.html"),))
    assert public_pages(output, archive) == ["ban-ghi/a.html", "cum/c1-2020.html", "index.html"]


def test_a_sitemap_that_would_lack_records_is_refused(output: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ban-ghi/b\.html"):
        public_pages(output, archive_of(meeting("a"), meeting("b")))


@pytest.mark.parametrize("bad", ["so.example", "//so.example", "ftp://so.example", "https://", "https://so.example/?q=1"])
def test_half_an_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="SITEURL"):
        site_address(bad)
