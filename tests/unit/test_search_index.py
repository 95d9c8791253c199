"""What the search indexes, and the files it writes; tests/browser/test_search.py asks them in a browser."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.index import Index

from plugins import wording
from plugins.archive.archive import Archive
from plugins.archive.outputs import Gathered
from plugins.archive.records import Organization
from plugins.search.analysis import folded, synonyms
from plugins.search.documents import Document, documents, running_text
from plugins.search.facets import facets
from plugins.search.findables import findables
from plugins.search.synonyms import pairs
from plugins.search.writing import TEXTS_IN_A_FILE, Piece, lunr_index, pieces, script
from tests.fixtures.search import example

VENDOR = Path(__file__).resolve().parents[2] / "theme" / "static" / "js" / "vendor"


def made(archive: Archive, gathered: Gathered) -> list[Document]:
    known = synonyms(pairs(archive))
    return documents(archive, gathered, findables(archive), facets(archive), known, wording.filters("vi")["day"])


def written(archive: Archive, gathered: Gathered) -> list[Piece]:
    return list(pieces(made(archive, gathered), findables(archive), facets(archive), pairs(archive)))


def handed_over(content: str) -> tuple[str, int, object]:
    """Reads a script back the way a browser would: as one call."""
    match = re.fullmatch(r"SoGiaoBan\.search\.receive\(\"(\w+)\",(\d+),(.*)\);\n", content, re.DOTALL)
    assert match
    return match[1], int(match[2]), json.loads(match[3])


@given(st.recursive(st.text() | st.sampled_from(["</script>", "<!--", "\u2028", "\u2029"]), st.lists))
def test_script_hands_over_any_text_and_contains_nothing_that_ends_it(data: object) -> None:
    content = script("cards", 0, data)
    assert handed_over(content) == ("cards", 0, data)
    assert not set("<\u2028\u2029") & set(content)


def test_meetings_stand_newest_first_with_a_card_each() -> None:
    archive, gathered = example.archive(0)
    cards = [document.card for document in made(archive, gathered)]
    assert [card["date"] for card in cards] == ["2025-10-09", "2024-07-02", "2023-04-18", "2022-11-30"]
    assert (cards[0]["path"], cards[0]["day"], cards[0]["quarter"]) == ("ban-ghi/2025-10-09-giao-ban.html", "09/10/2025", "IV")


def test_names_of_a_card_lead_to_its_people_cluster_host_and_documents() -> None:
    archive, gathered = example.archive(0)
    found, card = findables(archive), made(archive, gathered)[0].card
    named = {found[index].key for index in card["names"]}
    assert named == {
        ("person", "ho-dinh-luong-2"), ("cluster", "cum-1-suoi-da"), ("organization", "hoi-lam-vuon"), ("document", "nghi-quyet-57-nq-tw"),
    }  # fmt: skip


def test_a_union_counts_all_its_meetings_but_does_not_lend_them_the_words_of_its_name() -> None:
    archive, gathered = example.archive(0)
    union = next(found for found in findables(archive) if found.id == "lhh-suoi-da")
    assert union.count == 2
    newest = made(archive, gathered)[0]
    assert "~lhh-suoi-da" in newest.terms["names"]
    assert "lhh" in newest.terms["names"]
    assert "khoa" not in newest.terms["names"]


def test_facets_hold_their_values_in_vietnamese_order_and_years_descending() -> None:
    archive, _ = example.archive(0)
    labels = {facet.key: [label for _, label in facet.values] for facet in facets(archive)}
    assert labels == {
        "s": ["Bãi Cát", "Suối Đá"],
        "c": ["Cụm thi đua số 1, Bãi Cát", "Cụm thi đua số 1, Suối Đá"],
        "h": ["Hội Đông y tỉnh Bãi Cát", "Hội Làm vườn tỉnh Suối Đá"],
        "k": ["Hồ Đình Lưỡng", "Hồ Đình Lượng", "Lê Thị Quý", "Trần Đức Thuỷ"],
        "y": ["2025", "2024", "2023", "2022"],
    }


def test_running_text_has_no_line_twice_and_no_non_breaking_space() -> None:
    meeting, _ = example.meeting("2020-01-01-x", "X", summary="Quý\u00a0I xong.", attendance="Mọi hội")
    gathered = Gathered(bodies={("meeting", meeting.id): example.Body(html="", text="Quý I xong.\n\nMọi  hội\nHết.")})
    assert running_text(meeting, gathered) == "Quý I xong.\nMọi hội\nHết."


def test_abbreviation_of_one_organization_stands_for_its_names_and_a_shared_one_for_none() -> None:
    archive, _ = example.archive(0)
    found = pairs(archive)
    assert ("hlv", "hoi lam vuon tinh suoi da") in found
    assert ("hlv", "hoi lam vuon suoi da") in found
    assert [long for short, long in found if short == "lhh"] == ["lien hiep cac hoi", "lien hiep hoi"]


def test_every_long_form_is_written_as_the_analysis_folds_it() -> None:
    archive, _ = example.archive(0)
    assert all(long == folded(long) for _, long in pairs(archive))


@pytest.mark.parametrize(
    ("term", "places"),
    [("57nqtw", {"0"}), ("qui\u0303", {"1"}), ("khkt", {"2"}), ("dnnvv", {"1", "2"}), ("ubnd", {"1", "2"}), ("xyz", set())],
)
def test_lunr_finds_the_terms_of_the_analysis(term: str, places: set[str]) -> None:
    index = Index.load(lunr_index(made(*example.archive(0))))
    query = index.create_query()
    query.clause(term, use_pipeline=False)
    assert {result["ref"] for result in index.query(query)} == places


def test_terms_stand_in_the_order_that_lunr_js_demands() -> None:
    archive, gathered = example.archive(0)
    meeting, _ = example.meeting("2020-01-01-x", "\U0001d400 \uff21 a")
    archive = replace(archive, meetings={meeting.id: meeting})
    terms = [term for term, _ in lunr_index(made(archive, gathered))["invertedIndex"]]
    assert terms[-3:] == ["a", "\U0001d400", "\uff41"]  # by UTF-16: a surrogate comes before a full-width letter


def test_texts_are_handed_over_in_pieces_that_know_their_place() -> None:
    archive, gathered = example.archive(120)
    told = [handed_over(piece.content) for piece in written(archive, gathered)]
    assert [(name, place) for name, place, _ in told] == [
        ("cards", 0), ("index", 0), ("texts", 0), ("texts", TEXTS_IN_A_FILE), ("texts", 2 * TEXTS_IN_A_FILE),
    ]  # fmt: skip
    texts = [text for name, _, part in told if name == "texts" for text in part]
    assert texts == [document.text for document in made(archive, gathered)]


def test_same_archive_gives_the_same_files_and_a_change_gives_other_names() -> None:
    first, again = written(*example.archive(3)), written(*example.archive(3))
    assert first == again
    changed = written(*example.archive(4))
    assert not {piece.path for piece in first} & {piece.path for piece in changed}


def test_empty_archive_has_files_without_an_index() -> None:
    told = {name: data for name, _, data in (handed_over(piece.content) for piece in written(*example.empty()))}
    assert told["index"] == {}
    assert told["cards"]["cards"] == []


def test_organization_without_a_meeting_is_found_with_a_count_of_none() -> None:
    archive, _ = example.archive(0)
    lonely = Organization(id="lonely", path="x", name="Hội Câu cá")
    archive = replace(archive, organizations={**archive.organizations, "lonely": lonely})
    assert [found.count for found in findables(archive) if found.id == "lonely"] == [0]


def test_vendored_scripts_are_the_published_ones() -> None:
    listed = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in VENDOR.glob("*.js"))
    for name, entry in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"]
        assert (VENDOR / entry["licence_file"]).is_file()
