"""Citations and structured data, read back as reference managers and search engines read them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.loading import load
from plugins.archive.records import Meeting, Participation, Person, Role, Source
from plugins.archive.text import clean
from plugins.exports import references, structured
from plugins.exports.offers import Exports
from plugins.exports.references import Reference

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "fixtures" / "exports" / "references.json").read_text(encoding="utf-8"))
FORMS = {
    "vietnamese": references.vietnamese,
    "apa": references.apa,
    "bibtex": references.bibtex,
    "ris": references.ris,
    "csl": references.csl,
}
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


def exports_of(archive: Archive, **more: object) -> Exports:
    return Exports(**{"archive": archive, "site": "Sổ", "edition": "", "site_url": "", "has_feeds": False, **more})


@pytest.fixture
def one() -> Exports:
    """An archive with one meeting whose texts would break out of a page if they could."""
    bad = "</script><script>alert(1)</script><!-- \u2028 ]]> \" ' &amp;"
    meeting = Meeting(
        id="m",
        path="m.md",
        title=bad,
        summary=bad,
        tags=(bad,),
        venue=bad,
        date=PartialDate(2025, 10),
        participations=(Participation(meeting="m", role=Role.CHAIR, person="p", name="P", position=bad),),
        sources=(
            Source(
                url="https://b.example/", site=bad, title=bad, published=Timestamp.parse("2025-10-10"), retrieved=None, byline="", note=""
            ),
        ),
    )
    people = {"p": Person(id="p", path="", name=bad)}
    return exports_of(Archive(meetings={"m": meeting}, people=people, organizations={}, clusters={}, documents={}, pages={}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_written_as_agreed_with_the_script(case: dict, form: str) -> None:
    assert FORMS[form](Reference(**case["record"])) == case[form]


def parsed_ris(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.split("\r\n") if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    return [(line[:2], line[6:]) for line in lines]


@given(title=ANY, quote=ANY)
def test_no_text_breaks_an_entry_of_ris(title: str, quote: str) -> None:
    entry = parsed_ris(references.ris(Reference(id="a", title=title, date="2025", site="S", quote=quote)))
    assert [tag for tag, _ in entry].count("TY") == 1 and entry[-1] == ("ER", "")
    assert [value for tag, value in entry if tag == "TI"] == ([clean(title)] if title else [])


@given(title=ANY, quote=ANY)
def test_no_text_breaks_an_entry_of_bibtex(title: str, quote: str) -> None:
    """BibTeX counts braces, escaped or not: the entry must close with its last one, and not before."""
    depth, entry = 0, references.bibtex(Reference(id="a", title=title, date="2025", site="S", quote=quote)).rstrip("\n")
    for place, mark in enumerate(entry):
        depth += (mark == "{") - (mark == "}")
        assert depth > 0 or place < entry.index("{") or place == len(entry) - 1
    assert depth == 0


def test_every_meeting_can_be_cited_and_names_its_first_report() -> None:
    archive, _ = load(ROOT / "content")
    exports = exports_of(archive, site_url="https://so.example", edition="2025-11-20")
    for meeting in archive.meetings.values():
        items = json.loads(references.csl_json(exports.reference(meeting)))
        assert [(item["id"], item["URL"], item["version"]) for item in items] == [
            (meeting.id, f"https://so.example/ban-ghi/{meeting.id}.html", "2025-11-20")
        ]
        assert items[0]["issued"]["date-parts"] == [[int(part) for part in str(meeting.date).split("-")]]
        assert any(source.site and source.site in items[0]["note"] for source in meeting.sources)
        assert exports.fingerprint(meeting) in items[0]["note"]


def test_a_passage_is_cited_by_its_anchor() -> None:
    whole = Reference(id="a", title="T", date="2025", site="S", url="https://so.example/a.html")
    passage = references.at(whole, "doan-3", "Trích")
    assert references.key(passage) == "a-doan-3" and "https://so.example/a.html#doan-3" in references.vietnamese(passage)


# --- Structured data ----------------------------------------------------------------------------------------------------


def test_no_title_ends_the_script_element(one: Exports) -> None:
    head = one.head("ban-ghi/m.html")
    page = BeautifulSoup(f'<head><script type="application/ld+json">{head.structured}</script></head>', "html.parser")
    assert len(page.find_all("script")) == 1
    told = json.loads(page.script.string)
    title = one.archive.meetings["m"].title
    event, report = told["@graph"]
    assert (event["@type"], event["name"], event["startDate"]) == ("Event", title, "2025-10")
    assert (report["@type"], report["headline"], report["about"]) == ("NewsArticle", title, {"@id": event["@id"]})
    assert event["attendee"][0]["jobTitle"] == title and report["isBasedOn"][0]["datePublished"] == "2025-10-10"
    assert head.digest == "sha256-" + base64.b64encode(hashlib.sha256(page.script.string.encode("utf-8")).digest()).decode("ascii")
    assert not set("<>&\u2028\u2029") & set(head.structured)


@given(st.text(max_size=60))
def test_json_for_a_script_comes_back(text: str) -> None:
    assert json.loads(str(structured.script_text(json.dumps({"a": text}, ensure_ascii=False)))) == {"a": text}


def test_reference_managers_find_title_day_and_publisher(one: Exports) -> None:
    tags = one.head("ban-ghi/m.html").meta
    named = {name: content for _, name, content in tags}
    assert named["citation_publication_date"] == "2025/10" and named["DC.date"] == "2025-10" and named["citation_publisher"] == "Sổ"
    assert named["og:title"] == named["citation_title"] == named["DC.title"] == one.archive.meetings["m"].title
    assert {attribute for attribute, name, _ in tags if name.startswith(("og:", "article:"))} == {"property"}


def test_pages_that_are_no_records_say_nothing_of_themselves(one: Exports) -> None:
    head = one.head("index.html")
    assert (head.meta, head.structured, head.feeds, one.citations("index.html"), one.record("index.html")) == ((), None, (), (), "")


def test_people_organizations_and_clusters_are_described() -> None:
    archive, _ = load(ROOT / "content")
    exports = exports_of(archive)
    for folder, records, type in (
        ("nguoi", archive.people, "Person"),
        ("to-chuc", archive.organizations, "Organization"),
        ("cum", archive.clusters, "Organization"),
    ):
        for id in records:
            told = json.loads(str(exports.head(f"{folder}/{id}.html").structured))
            assert (told["@type"], told["url"]) == (type, f"../{folder}/{id}.html")


def test_feeds_are_named_only_where_they_are_written(one: Exports) -> None:
    published = exports_of(one.archive, site_url="https://so.example", has_feeds=True)
    of_site, own = ["feeds/atom.xml", "feeds/feed.json"], ["feeds/nguoi-p.xml", "feeds/nguoi-p.json"]
    assert [feed.path for feed in published.head("nguoi/p.html").feeds] == of_site + own
    assert [feed.path for feed in published.head("lich/2025.html").feeds] == of_site
    assert [file.path for file in published.downloads("nguoi/p.html")] == ["du-lieu/nguoi-p.csv", *own]
    assert one.head("nguoi/p.html").feeds == () and published.downloads("index.html") == ()
