"""The engine in the browser against the one in Python: the same parts, the same meetings in the same order, the same scores."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from plugins.search.engine import Engine
from plugins.search.query import parse
from plugins.search.reading import Index, from_folder
from tests.fixtures.search import example

CASES = json.loads((Path(__file__).resolve().parents[1] / "fixtures" / "search" / "queries.json").read_text(encoding="utf-8"))
QUERIES = 80

ANSWERS = """async ([manifest, queries]) => {
  const search = SoGiaoBan.search, engine = new search.Engine(await search.openIndex("tim-kiem/", manifest)), told = [];
  for (const query of queries) {
    const answer = await engine.run(query, false), scores = Array.from(answer.hits, (place) => answer.scores[place] / answer.magnitude);
    told.push({ hits: Array.from(answer.hits), stretched: answer.stretched, atLeast: answer.atLeast, scores });
  }
  return told;
}"""

Both = tuple[Engine, Callable[[list[str]], list[dict]], Callable[[str], list]]


@pytest.fixture(scope="module")
def both(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("search") / "site"
    opened = example.write(folder, example.archive())
    manifest = next((folder / "tim-kiem").glob("muc-luc-*.js")).stem
    page = browser.new_page()
    page.goto(opened.as_uri())
    expect(page.locator("#search")).to_have_attribute("data-state", "ready")
    ours = Engine(Index(from_folder(folder), manifest))
    yield (
        ours,
        lambda queries: page.evaluate(ANSWERS, [manifest, queries]),
        lambda query: page.evaluate("q => SoGiaoBan.search.parse(q)", query),
    )
    page.close()


def test_queries_of_the_table_find_the_same_in_the_same_order(both: Both) -> None:
    ours, theirs, _ = both
    queries = [case["query"] for case in CASES["found"]]
    for case, answer in zip(CASES["found"], theirs(queries), strict=True):
        assert [ours.index.card(place)[0] for place in answer["hits"]] == case["ids"], case["query"]
        assert answer["stretched"] == case.get("stretched", ""), case["query"]


def test_words_of_the_archive_find_the_same_with_the_same_scores(both: Both) -> None:
    ours, theirs, _ = both
    choose, texts = random.Random(4), [document for _, document in example.TOLD] + [meeting.title for meeting, _ in example.TOLD]
    queries = []
    for _ in range(QUERIES):
        words = choose.choice(texts).split()
        start = choose.randrange(len(words))
        picked = words[start : start + choose.randint(1, 4)] if choose.random() < 0.6 else choose.sample(words, min(len(words), 3))
        queries.append(
            " ".join(choose.choice([word, word, word[:2], f"{word}^2", f"-{word}", f"{word}~1", f"{word[:2]}*"]) for word in picked)
        )
    for query, answer in zip(queries, theirs(queries), strict=True):
        mine = ours.run(query)
        assert answer["hits"] == mine.hits, query
        assert answer["stretched"] == mine.stretched, query
        assert answer["atLeast"] == mine.at_least or not mine.hits, query
        if mine.asked.units and not mine.stretched:
            found = ours.scored(mine.asked)
            assert (
                max((abs(found.get(place, 0.0) - score) for place, score in zip(mine.hits, answer["scores"], strict=True)), default=0.0)
                < 1e-9
            )


PIECES = st.sampled_from([*'+-"“”:*~^1 .', "người:", "năm:", "2019..", "57-NQ/TW", "hội ", "\u00a0", "\ufeff", "\x1c", "\u0301", "Đ"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(query=st.lists(PIECES).map("".join) | st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn"]), max_size=30))
def test_any_query_is_parsed_alike(both: Both, query: str) -> None:
    expected = [asdict(part) for part in parse(query)]
    assert both[2](query) == expected
