"""What the search indexes, the files it writes and how they are read back; tests/browser/test_search.py asks them in a browser."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import wording
from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Gathered
from plugins.archive.records import Organization
from plugins.search.analysis import analyse, fold, folded, synonyms
from plugins.search.coding import SIGNS, checksum, many, numbers, order, read, script
from plugins.search.documents import SUMMARY, Document, documents, running_text, shortened
from plugins.search.facets import facets
from plugins.search.gathering import Reader
from plugins.search.indexing import Plan
from plugins.search.pieces import _commonest, keyed
from plugins.search.reading import Index, from_folder, handed_over
from plugins.search.survey import survey
from plugins.search.synonyms import pairs, successions
from tests.fixtures.search import example

Made = tuple[Archive, Gathered]


def told(made: Made) -> list[Document]:
    return list(documents(made[0].meetings.values(), *made, survey(made[0]).found, wording.filters("vi")["day"]))


def opened(folder: Path, made: Made, **how: object) -> Index:
    return Index(from_folder(folder), Path(example.index(folder, made, **how).manifest).stem)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*.js")}


# --- Numbers and scripts -------------------------------------------------------------------------------------------------


NUMBERS = st.lists(st.integers(0, 3_000_000_000) | st.sampled_from([61, 62, 2401, 2402, 731_401, 731_402]))


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(values: list[int]) -> None:
    written = numbers(values)
    assert list(read(written)) == values
    assert set(written) <= set(SIGNS)


@given(NUMBERS)
def test_many_numbers_are_written_as_few_are(values: list[int]) -> None:
    text, starts = many(np.array(values, dtype=np.int64))
    assert text == numbers(values)
    assert [text[start:end] for start, end in itertools.pairwise(starts.tolist())] == [numbers([value]) for value in values]


@given(st.text() | st.sampled_from(["</script>", "<!--", "\u2028", "\u2029", "\\", '"']))
def test_script_hands_over_any_text_and_contains_nothing_that_ends_it(text: str) -> None:
    content = script("ap0-abcd", text)
    assert handed_over(content) == {"ap0-abcd": text}
    assert not set("<\u2028\u2029") & set(content)
    assert content.endswith(f",{checksum(text)});\n")


def test_damaged_script_is_not_read() -> None:
    with pytest.raises(ValueError, match="damaged"):
        handed_over(script("ap0-abcd", "hoi nghi").replace("hoi", "hai"))


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_texts_are_ordered_as_javascript_orders_them(texts: list[str]) -> None:
    assert sorted(texts, key=order) == sorted(texts, key=lambda text: text.encode("utf-16-be"))


def test_entries_are_written_without_what_their_keys_share() -> None:
    assert keyed([("hoi nghi", "a"), ("hoi nong", "b"), ("hoi", "c"), ("hop", "d")]) == "!hoi_nghi a|&nong b|!hoi c|!hop d"


# --- Terms ---------------------------------------------------------------------------------------------------------------

LINE = st.lists(
    st.sampled_from(
        ["57", "-", " – ", "/", " ", "NQ", "TƯ", "quý", "IV", "KH", "&", "kỹ", "doanh nghiệp nhỏ và vừa", "Hội. Các", "\u0301", "ß"]
    )
    | st.text(max_size=6)
).map("".join)


@given(st.lists(st.lists(LINE, max_size=3), max_size=3))
def test_lines_are_read_to_the_terms_of_the_analysis(meetings: list[list[str]]) -> None:
    known = synonyms([("dnnvv", "doanh nghiep nho va vua"), ("x", "nho"), ("y", "nho"), ("z", "va vua")])
    reader = Reader(known)
    found = reader.read(enumerate(meetings))
    terms, folds = list(reader.chunks.terms), list(reader.chunks.folds)
    lines = [(place, " ".join(line.split())) for place, lines in enumerate(meetings) for line in lines]
    told = sorted((place, terms[term]) for place, term in zip(found.term_places, found.terms, strict=True))
    assert told == sorted((place, term.term) for place, line in lines for term in analyse(line, known))
    links = {(place, folds[a], folds[b]) for place, a, b in zip(found.pair_places, found.lefts, found.rights, strict=True)}
    assert links == {link for place, line in lines for link in side_by_side(place, line)}


def side_by_side(place: int, line: str) -> Iterator[tuple[int, str, str]]:
    """What folds stand side by side in a line, a Roman numeral also as digits."""
    at: dict[int, list[str]] = {}
    for term in analyse(line, {}):
        if term.to - term.at == 1 and (term.term != "tw" or line[term.start : term.end] != "TƯ"):
            at.setdefault(term.at, []).append(fold(term.term))
    for left, rights in at.items():
        yield from ((place, one, other) for one in rights for other in at.get(left + 1, ()))


def test_numeral_stands_beside_its_neighbours_in_letters_and_in_digits() -> None:
    reader = Reader({})
    found, folds = reader.read([(0, ["quý IV năm"])]), reader.chunks.folds
    links = {(int(a), int(b)) for a, b in zip(found.lefts, found.rights, strict=True)}
    assert links == {(folds[a], folds[b]) for a, b in (("qui", "iv"), ("iv", "nam"), ("qui", "4"), ("4", "nam"))}


# --- Meetings ------------------------------------------------------------------------------------------------------------


def test_meetings_stand_oldest_first_with_a_card_each(tmp_path: Path) -> None:
    index = opened(tmp_path, example.archive(0))
    cards = [index.card(place) for place in range(index.total)]
    assert [card[2] for card in cards] == ["2022-11-30", "2023-04-18", "2024-07-02", "2025-10-09"]
    assert cards[3] == [
        "2025-10-09-giao-ban", "Cụm thi đua số 1 giao ban quý IV năm 2025", "2025-10-09", "09/10/2025", "4", "Cụm thi đua số 1, Suối Đá",
        "Hồ Đình Lưỡng", "", "",
    ]  # fmt: skip
    assert cards[0][5:] == ["", "", "Bãi Cát", ""]


def test_card_keeps_as_much_of_a_summary_as_is_shown() -> None:
    assert shortened("ngắn") == "ngắn"
    long = shortened("từ " * SUMMARY)
    assert len(long) <= SUMMARY + 1
    assert long.endswith("từ…")


def test_meeting_is_marked_with_its_people_cluster_bodies_and_documents() -> None:
    marks = told(example.archive(0))[-1].lines.marks
    assert set(marks) == {
        "@p:ho-dinh-luong-2", "@c:cum-1-suoi-da", "@o:hoi-lam-vuon", "@d:nghi-quyet-57-nq-tw", "@o:lhh-suoi-da", "~lhh-suoi-da",
    }  # fmt: skip


def test_a_union_counts_all_its_meetings_but_does_not_lend_them_the_words_of_its_name() -> None:
    made = example.archive(0)
    union = next(found for found in survey(made[0]).found if found.id == "lhh-suoi-da")
    assert union.count == 2
    names = told(made)[-1].lines.names
    assert "LHH" in names
    assert not any("Khoa học" in name for name in names)


def test_facets_hold_their_values_in_vietnamese_order() -> None:
    archive, _ = example.archive(0)
    labels = {facet.key: [label for _, label in facet.values] for facet in facets(list(archive.meetings.values()), archive)}
    assert labels == {
        "s": ["Bãi Cát", "Suối Đá"],
        "c": ["Cụm thi đua số 1, Bãi Cát", "Cụm thi đua số 1, Suối Đá"],
        "h": ["Hội Đông y tỉnh Bãi Cát", "Hội Làm vườn tỉnh Suối Đá"],
        "k": ["Hồ Đình Lưỡng", "Hồ Đình Lượng", "Lê Thị Quý", "Trần Đức Thuỷ"],
        "l": [],
    }


def test_running_text_has_no_line_twice_and_no_non_breaking_space() -> None:
    meeting, _ = example.meeting("2020-01-01-x", "X", summary="Quý\u00a0I xong.", attendance="Mọi hội")
    gathered = Gathered(bodies={("meeting", meeting.id): example.Body(html="", text="Quý I xong.\n\nMọi  hội\nHết.")})
    assert running_text(meeting, gathered) == "Quý I xong.\nMọi hội\nHết."


# --- Synonyms ------------------------------------------------------------------------------------------------------------


def test_abbreviation_of_one_organization_stands_for_its_names_and_a_shared_one_for_none() -> None:
    archive, _ = example.archive(0)
    found = pairs(archive)
    assert ("hlv", "hoi lam vuon tinh suoi da") in found
    assert ("hlv", "hoi lam vuon suoi da") in found
    assert [long for short, long in found if short == "lhh"] == ["lien hiep cac hoi", "lien hiep hoi"]


def test_every_long_form_is_written_as_the_analysis_folds_it() -> None:
    archive, _ = example.archive(0)
    assert all(long == folded(long) for _, long in pairs(archive))


def test_merged_organizations_are_known_by_the_names_before_and_after() -> None:
    archive, _ = example.archive(0)
    old = replace(archive.organizations["lhh-bai-cat"], successors=("lhh-suoi-da",))
    found = successions(replace(archive, organizations={**archive.organizations, "lhh-bai-cat": old}))
    assert ("bai cat", "Suối Đá", "after") in found
    assert ("suoi da", "Bãi Cát", "before") in found


# --- Files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [200, 100_000])
@pytest.mark.parametrize("dense", [0.2, 0.5, 2.0])
@pytest.mark.parametrize("batch", [7, 10_000])
def test_lists_tell_the_meetings_that_have_a_term_however_they_are_cut(tmp_path: Path, size: int, dense: float, batch: int) -> None:
    made = example.archive(40)
    index = opened(tmp_path, made, how=Plan(piece=size, cards=3, dense=dense, batch=batch))
    (segment,) = index.segments
    known, expected = synonyms(pairs(made[0])), {}
    for place, document in enumerate(told(made)):
        for column, lines in enumerate((document.lines.text, document.lines.names, document.lines.title)):
            found = {term.term for line in lines for term in analyse(line, known)} | (set(document.lines.marks) if column == 1 else set())
            for term in found:
                expected.setdefault(term, ([], [], []))[column].append(place)
    read_back = {
        found.term: tuple([place for place, _ in column] for column in segment.postings(found)) for _, found in segment.every_term()
    }
    assert read_back == expected


def test_pairs_stand_in_the_lists_of_their_fields(tmp_path: Path) -> None:
    index = opened(tmp_path, example.archive(0), how=Plan(piece=300, cards=25))
    (lists,) = index.segments[0].pairs("giao ban")
    assert [[place for place, _ in column] for column in lists] == [[], [], [1, 3]]
    assert list(index.segments[0].pairs("ban giao")) == []


@pytest.mark.parametrize("beginning", ["qu", "t", "57", "~"])
def test_terms_are_found_by_how_they_begin(tmp_path: Path, beginning: str) -> None:
    segment = opened(tmp_path, example.archive(40), how=Plan(piece=100, cards=25)).segments[0]
    wanted = [found.term for fold, found in segment.every_term() if fold.startswith(beginning)]
    assert [found.term for found in segment.terms(beginning, True)] == wanted
    assert wanted


def test_same_archive_gives_the_same_files_and_pieces_of_what_did_not_change_stay(tmp_path: Path) -> None:
    for name, count in (("one", 60), ("two", 60), ("three", 61)):
        example.index(tmp_path / name, example.archive(count))
    first, again, changed = (contents(tmp_path / name) for name in ("one", "two", "three"))
    assert first == again
    assert all(changed[name] == first[name] for name in first.keys() & changed.keys())
    assert any(re.match(r"ac\d", name) for name in first.keys() & changed.keys())


def test_batches_and_processes_change_nothing_in_the_files(tmp_path: Path) -> None:
    plans = {"alone": Plan(piece=500, cards=5), "many": Plan(piece=500, cards=5, batch=9, processes=2)}
    for name, how in plans.items():
        example.index(tmp_path / name, example.archive(30), how=how)
    assert contents(tmp_path / "alone") == contents(tmp_path / "many")


def test_archive_without_a_meeting_has_an_index(tmp_path: Path) -> None:
    index = opened(tmp_path, example.empty())
    assert index.total == 0
    assert index.segments[0].terms("hoi") == []


def test_organization_without_a_meeting_is_found_with_a_count_of_none() -> None:
    archive, _ = example.archive(0)
    lonely = Organization(id="lonely", path="x", name="Hội Câu cá")
    archive = replace(archive, organizations={**archive.organizations, "lonely": lonely})
    assert [found.count for found in survey(archive).found if found.id == "lonely"] == [0]


def test_manifest_is_json_that_leads_to_every_file(tmp_path: Path) -> None:
    index = opened(tmp_path, example.archive(60), how=Plan(piece=300, cards=7))
    names: set[str] = {index.manifest}
    asked = index.text_of
    index.text_of = lambda name: names.add(name) or asked(name)  # type: ignore[func-returns-value]
    whole = Index(index.text_of, index.manifest)
    segment = whole.segments[0]
    for _, found in segment.every_term():
        segment.postings(found)
    for key in ("", *map(chr, range(33, 127))):
        list(segment.pairs(key, True, 10_000))
        segment.named(key, True)
    for start in segment.said["h"]["k"]:
        segment.named(start)
    for place in range(segment.said["h"]["n"]):
        segment.name(place)
    for place in range(whole.total):
        whole.card(place)
    names |= {f"y0-{whole.said['words']}", *(f"af{key}0-{mark}" for key, mark in segment.said["f"].items())}
    (front,) = whole.fronts
    held = handed_over((tmp_path / urls.search_piece(front)).read_text(encoding="utf-8"))
    assert names - held.keys() | {front} == {path.stem for path in (tmp_path / urls.SEARCH_INDEX).iterdir()}
    assert json.dumps(whole.said)


@pytest.mark.parametrize(("signs", "alone"), [(0, True), (1_000_000, False)])
def test_front_holds_what_leads_to_the_pieces_and_as_much_of_the_dictionary_as_it_may(tmp_path: Path, signs: int, alone: bool) -> None:
    index = opened(tmp_path, example.archive(60), how=Plan(piece=300, cards=7, front=signs))
    (front,) = index.fronts
    held = handed_over((tmp_path / urls.search_piece(front)).read_text(encoding="utf-8"))
    assert {name[:2] for name in held} == {"ao", "ad", "ak"} | (set() if alone else {"aw"})
    assert bool(list((tmp_path / urls.SEARCH_INDEX).glob("aw*.js"))) == alone


def test_commonest_blocks_of_the_dictionary_come_first() -> None:
    assert _commonest(["a" * 50, "b" * 50, "c" * 50], [7, 1, 9], 120) == {0, 2}


@pytest.mark.parametrize("text", ["a", "abcd", "hội nghị", "x" * 70_000])
def test_checksum_differs_where_one_sign_does(text: str) -> None:
    assert len({checksum(text), checksum(text + "\0"), checksum("b" + text[1:]), checksum(text[:-1] + "é")}) == 4
