"""Markdown bodies: safe, anchored, and the same by the quick way as by the long one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.archive.loading import load
from plugins.archive.rereading import markdown
from plugins.measuring.corpus import Corpus
from plugins.meetings import plain
from plugins.meetings.bodies import BodyRenderer
from plugins.meetings.indenting import deepened

RENDERER = BodyRenderer(lambda html: Markup(html))
ROOT = Path(__file__).parents[2]


def anchors(type: str, number: str) -> str:
    return f"#vb-{number}" if "NQ" in number else ""


def agree(source: str) -> bool:
    """True where the quick way took the source; it must then give what the long way gives."""
    quick = plain.render(source, anchors)
    if quick is not None:
        assert quick == RENDERER.render_marked(source, anchors)
    return quick is not None


WORDS = st.lists(
    st.sampled_from(["Hội", "nghị", "số 57-NQ/TW", "KH&CN", "KH&CN;", "18", "1.", "-", "#", ">", "“đúng”", "a*b", "_c_", "(x)", "2021 - 2025", "&", "http://a.vn", "x=y", "===", "---", "  "]),
    min_size=1,
    max_size=8,
).map(" ".join)
LINES = st.one_of(
    WORDS,
    WORDS.map(lambda w: f"## {w}"),
    WORDS.map(lambda w: f"# {w} #"),
    st.just("## Nhiệm vụ do Phạm Thử giao"),
    st.just("## Nhiệm vụ"),
    *(WORDS.map(lambda w, mark=mark: f"{mark} {w}") for mark in ("1.", "2.", "-", "*", ">", "    ")),
    st.sampled_from(["===", "---", "", "1.", "-", "#"]),
)
SOURCES = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=10).map(lambda parts: "".join(a + b for a, b in parts))


@settings(max_examples=1500)
@given(SOURCES)
def test_the_quick_way_gives_what_the_long_way_gives(source: str) -> None:
    agree(source)


@settings(max_examples=500)
@given(st.text(alphabet="abĐé .,;:-–#>()“”&;12\n“'\"/=+!?%…", max_size=120))
def test_the_quick_way_agrees_on_any_text(source: str) -> None:
    agree(source)


def test_real_and_synthetic_records_agree_and_most_go_the_quick_way() -> None:
    archive, _ = load(ROOT / "content")
    bodies = [markdown(archive.content, meeting) for meeting in archive.meetings.values()]
    bodies += [content.split("\n---\n", 1)[1] for path, content in Corpus(40).files() if path.startswith("meetings")]
    assert sum(agree(body) for body in bodies) / len(bodies) > 0.9


def html_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(RENDERER.render(source, anchors).html, "html.parser")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<iframe src=//a.vn></iframe>",
        "<p style='x' onclick='y' id='noi-dung'>z</p>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x]( java&#115;cript:alert(1))",
        "![x](http://a.vn/x.png)",
        "![x](javascript:alert(1))",
        "<http://a.vn/\"onmouseover=alert(1)>",
        "[x](http://a.vn \"t\" onmouseover=alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "<svg><script>alert(1)</script></svg>",
        "```\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "**<b onload=x>**",
    ],
)
def test_nothing_in_a_body_becomes_more_than_text_and_plain_links(source: str) -> None:
    page = html_of(source)
    assert {tag.name for tag in page.find_all(True)} <= {"p", "a", "strong", "em", "code", "pre", "span"}
    for tag in page.find_all(True):
        assert set(tag.attrs) <= {"href", "rel", "id", "class"}
        assert re.fullmatch(r"(https?|mailto):.*|#vb-.*|", tag.get("href", ""))
        assert re.fullmatch(r"(doan|nv|muc)-\d+|", tag.get("id", ""))


def test_template_marks_and_ampersands_stay_text() -> None:
    assert html_of("{{ 7*7 }} {% raw %} KH&CN; VHNT").get_text() == "{{ 7*7 }} {% raw %} KH&CN; VHNT"


def test_a_body_s_text_is_what_its_page_reads() -> None:
    source = "a &lt;b&gt; *c*&amp;d &copy; `&lt;e` 1 &lt 2\n\n## KH&amp;CN\n\n- x&nbsp;y &l*t;*\n- [KH&amp;CN](http://a.vn/?a=1&amp;b=2)"
    assert [passage for _, passage in RENDERER.render(source).passages] == ["a <b> c&d © &lt;e 1 &lt 2", "KH&CN", "x y &lt;", "KH&CN"]


ENTITIES = st.lists(st.sampled_from(["&lt;", "&lt", "&amp;lt;", "&#65;", "&#x41;", "&KH;", "&", ";", "lt;", "a", "*b*", "`&gt;`", "`a&b`", " "]), min_size=1).map("".join)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(["", "## ", "- ", "> "]), ENTITIES).map("".join), min_size=1, max_size=4).map("\n\n".join))
def test_each_passage_reads_as_its_element(source: str) -> None:
    body = RENDERER.render(source)
    elements = {element["id"]: element for element in BeautifulSoup(body.html, "html.parser").find_all(id=True)}
    for anchor, passage in body.passages:
        assert passage.split() == elements[anchor].get_text().split()


def test_passages_tasks_and_the_giver() -> None:
    body = RENDERER.render("Mở *đầu*.\n\n## Nhiệm vụ do bà Lê Thử, Tổng Thư ký, giao\n\n1. Một là, làm\n2. Hai là\n\nKết.\n\n- a\n- b", anchors)
    assert body.passages == (
        ("doan-1", "Mở đầu."),
        ("muc-1", "Nhiệm vụ do bà Lê Thử, Tổng Thư ký, giao"),
        ("nv-1", "Một là, làm"),
        ("nv-2", "Hai là"),
        ("doan-2", "Kết."),
        ("doan-3", "a"),
        ("doan-4", "b"),
    )
    assert [task.text for task in body.tasks] == ["Một là, làm", "Hai là"]
    assert body.given_by == "bà Lê Thử, Tổng Thư ký"
    assert [element["id"] for element in BeautifulSoup(body.html, "html.parser").find_all(id=True)] == [anchor for anchor, _ in body.passages]


def test_a_citation_links_to_the_list_and_an_outside_link_says_so() -> None:
    page = html_of("Theo **Nghị quyết số 57-NQ/TW** và [trang](https://a.vn/b), 5-CT/TW.")
    cite, outside = page.find_all("a")
    assert (cite["href"], cite.get_text(), cite["class"]) == ("#vb-57-NQ/TW", "57-NQ/TW", ["cite"])
    assert outside["rel"] == ["external", "nofollow", "noopener", "noreferrer"]


@pytest.mark.parametrize(
    ("source", "nested"),
    [
        ("1. Việc một:\n   - ý a\n   - ý b\n2. Việc hai", "1. Việc một:\n    - ý a\n    - ý b\n2. Việc hai"),  # as the form's own editor writes
        ("* a\n  * b\n    * c\n  * d\n* e", "* a\n    * b\n        * c\n    * d\n* e"),
        ("1. a\n\n   đoạn hai\n\n   1. b\n\n      - c\n\n2. d", "1. a\n\n    đoạn hai\n\n    1. b\n\n        - c\n\n2. d"),
        ("- a\nchữ nối\n  - b\n\nđoạn\n\n    mã", "- a\nchữ nối\n    - b\n\nđoạn\n\n    mã"),
        ("- a\n    - b\n        - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("  - a\n  - b\n\n    mã", "  - a\n  - b\n\n    mã"),
    ],
)
def test_what_is_indented_as_far_as_the_item_above_belongs_to_it(source: str, nested: str) -> None:
    assert deepened(source) == nested
    assert RENDERER.render(source).html == RENDERER.render_marked(nested).html
