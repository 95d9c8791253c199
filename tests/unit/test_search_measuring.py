"""The judged set: what is wanted is worked out from the texts, not by the search itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.measuring import corpus, search_bench, search_planted
from plugins.measuring.search_planted import Judged
from plugins.measuring.search_quality import score


def test_set_is_large_and_of_many_kinds() -> None:
    asked = search_planted.queries()
    assert len(asked) >= 120
    assert len({judged.kind for judged in asked}) >= 8


@pytest.mark.parametrize("report", search_planted.REPORTS, ids=lambda report: report.id)
def test_planted_report_holds_what_its_queries_look_for(report: search_planted.Report) -> None:
    texts = dict(search_planted.files())
    text = texts[f"meetings/{report.day[:4]}/{report.id}.md"]
    assert report.chair in text
    assert report.number in text
    assert report.topic in text
    assert sum(report.topic in other for other in texts.values()) == 1


@pytest.mark.parametrize(
    ("query", "needle", "wanted"),
    [
        ("Thúy Kiều", "Thuý Kiều", {"a"}),
        ("thuy kieu", "Thuý Kiều", {"a", "b"}),
        ("thuỷ kiều", "Thuỷ Kiều", {"b"}),
        ("KHKT", "kỹ thuật|KHKT", {"a", "c"}),
    ],
)
def test_wanted_are_the_reports_that_hold_the_text(query: str, needle: str, wanted: set[str]) -> None:
    texts = {"a": "bà Thuý Kiều, kỹ thuật", "b": "Thuỷ Kiều", "c": "KHKT"}
    keyed, folded = ({id: change(text) for id, text in texts.items()} for change in (search_planted.keyed, search_planted.unmarked))
    assert search_planted.wanted(Judged("x", query, needle), keyed, folded) == wanted


def test_scores_count_what_is_found_among_the_first_ten() -> None:
    texts = {"a": "máy sấy thóc", "b": "máy sấy thóc", "c": "khác"}
    judged = Judged("cụm từ có dấu", "máy sấy thóc", "máy sấy thóc")
    (half,) = score([judged], [{"ids": ["c", "a"]}], texts)
    assert (half.recall, half.reciprocal, half.phrase) == (0.5, 0.5, 0.5)
    (nothing,) = score([judged], [{"ids": []}], texts)
    assert (nothing.recall, nothing.reciprocal) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Quách Thuý Kiều", "Quách Thúy Kiều"), ("Tạ Hoà Bính", "Tạ Hòa Bính"), ("Vi Quý Đôn", "Vi Qúy Đôn"), ("Mạc Luỹ Sơn", "Mạc Lũy Sơn")],
)
def test_tones_are_placed_in_the_other_style(name: str, other: str) -> None:
    assert search_planted.other_placement(name) == other


def test_bench_prints_targets_beside_the_sizes_that_have_any() -> None:
    figures = dict.fromkeys(search_bench.TARGETS, "7")
    head, line, first, *rest = search_bench.table({1_000: figures, 10_000: figures, 100_000: figures}).split("\n")
    assert head == "| | 1,000 | 10,000 | to reach | 100,000 | to reach |"
    assert line.count("---") == 6
    assert first == "| cold query with manifest and ten cards, gzip KB, median / p95 | 7 | 7 | 90 / 150 | 7 | 220 / 450 |"
    assert len(rest) == len(figures) - 1


def test_bench_asks_queries_of_all_kinds_the_same_each_time(tmp_path: Path) -> None:
    corpus.write(60, tmp_path / "content")
    asked = search_bench.queries_for(tmp_path / "content")
    assert asked == search_bench.queries_for(tmp_path / "content")
    assert len(asked) == search_bench.QUERIES
    assert any(re.search("[0-9]", query) for query in asked)


def test_misspelt_name_differs_in_one_letter() -> None:
    assert search_planted.misspelt("Quách Thuý Kiều") == "qach thuy kieu"
