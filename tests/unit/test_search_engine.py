"""What a query comes to and what it finds; the same cases are asked of the browser in tests/browser/test_search_engine.py."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.index import Index as LunrIndex

from plugins.search.engine import Engine
from plugins.search.gathering import STEPS
from plugins.search.indexing import Plan
from plugins.search.query import parse, years
from plugins.search.reading import Index, from_folder
from plugins.search.scoring import BOOSTS, scores
from plugins.search.units import within
from tests.fixtures.search import example

CASES = json.loads((Path(__file__).resolve().parents[1] / "fixtures" / "search" / "queries.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("search")
    return Engine(Index(from_folder(folder), Path(example.index(folder, example.archive()).manifest).stem))


def ids(engine: Engine, query: str, wide: bool = False) -> list[str]:
    return [engine.index.card(place)[0] for place in engine.run(query, wide).hits]


@pytest.mark.parametrize("case", CASES["parsed"], ids=lambda case: case["query"])
def test_query_is_parsed_as_the_table_says(case: dict) -> None:
    assert [[part.kind, part.text, part.sign, part.weight, part.distance, part.open] for part in parse(case["query"])] == case["parts"]


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["query"])
def test_query_finds_what_the_table_says(engine: Engine, case: dict) -> None:
    answer = engine.run(case["query"])
    assert [engine.index.card(place)[0] for place in answer.hits] == case["ids"]
    assert answer.stretched == case.get("stretched", "")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.lists(st.sampled_from([*'+-"“:*~^.1 ', "người:", "năm:", "57-NQ/TW", "hội", "2019.."])).map("".join)
)
def test_any_query_has_an_answer(engine: Engine, query: str) -> None:
    answer = engine.run(query)
    assert len(answer.hits) == len(set(answer.hits)) <= engine.index.total


@pytest.mark.parametrize(
    ("text", "expected"), [("2019", (2019, 2019)), ("2019..2023", (2019, 2023)), ("2019..", (2019, 9999)), ("..2023", (0, 2023))]
)
def test_years_are_a_range(text: str, expected: tuple[int, int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "most", "near"),
    [
        ("hoi", "hoi", 0, True),
        ("hoi", "hop", 1, True),
        ("hoi", "ho", 1, True),
        ("hoi", "hio", 1, True),
        ("hoi", "nghi", 1, False),
        ("hoi", "nghi", 3, True),
    ],
)
def test_distance_counts_letters_added_left_out_changed_or_exchanged(one: str, other: str, most: int, near: bool) -> None:
    assert within(one, other, most) is near
    assert within(other, one, most) is near


def test_words_typed_without_marks_find_all_spellings(engine: Engine) -> None:
    assert set(ids(engine, "quy")) >= set(ids(engine, "quỹ"))
    assert set(ids(engine, "quỹ", wide=True)) == set(ids(engine, "quy "))


def test_count_is_a_lower_bound_where_a_beginning_stands_for_more_terms_than_are_looked_up(tmp_path: Path) -> None:
    made = example.wordy(4)
    engine = Engine(Index(from_folder(tmp_path), Path(example.index(tmp_path, made).manifest).stem))
    assert {query: (len(engine.run(query).hits), engine.run(query).at_least) for query in ("ba", "baa", "baaa ", "hop", "baaa ba")} == {
        "ba": (3, True), "baa": (1, False), "baaa ": (1, False), "hop": (4, False), "baaa ba": (1, False),
    }  # fmt: skip


# --- lunr.py as the judge ------------------------------------------------------------------------------------------------

QUERIES = 80


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, LunrIndex]:
    """The same archive for both: ours with no list turned round, lunr's with the same terms as often as ours counts them."""
    folder = tmp_path_factory.mktemp("judged")
    manifest = example.index(folder, example.archive(150), how=Plan(piece=700, cards=5, dense=2)).manifest
    ours = Engine(Index(from_folder(folder), Path(manifest).stem))
    segment, fields = ours.index.segments[0], ("text", "names", "title")
    written: list[dict[str, list[str]]] = [{field: [] for field in fields} for _ in range(ours.index.total)]
    for _, found in segment.every_term():
        for field, occurrences in zip(fields, segment.postings(found), strict=True):
            for place, step in occurrences:
                written[place][field] += [found.term] * STEPS[step]
    builder = Builder()  # its pipelines are empty
    builder.ref("ref")
    builder.b(0)
    for field in fields:
        builder.field(field, boost=BOOSTS[field])
    for place, terms in enumerate(written):
        builder.add({"ref": str(place), **terms})
    return ours, builder.build()


@pytest.mark.parametrize("seed", range(QUERIES))
def test_scores_are_those_of_lunr(judged: tuple[Engine, LunrIndex], seed: int) -> None:
    ours, lunr = judged
    choose = random.Random(seed)
    segment = ours.index.segments[0]
    asked = choose.sample([found for _, found in segment.every_term()], choose.randint(1, 6))
    boosts = [choose.choice([1, 2, 4, 7]) for _ in asked]
    query = lunr.create_query()
    for found, boost in zip(asked, boosts, strict=True):
        query.clause(found.term, boost=boost, use_pipeline=False)
    theirs = {int(result["ref"]): result["score"] for result in lunr.query(query)}
    mine = scores([(found.counts, boost, segment.postings(found)) for found, boost in zip(asked, boosts, strict=True)], ours.index.total)
    assert mine.keys() == theirs.keys()
    assert max(abs(mine[place] - theirs[place]) for place in mine) < 1e-9
