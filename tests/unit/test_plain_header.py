"""The quick way to read a header gives what YAML gives, and takes most headers."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.archive import plain_header, yaml_header
from plugins.archive.problems import Problems
from plugins.archive.values import MAX_DEPTH, MAX_FIELDS, Value
from plugins.measuring.corpus import Corpus

ROOT = Path(__file__).parents[2]


def agree(source: str) -> bool:
    """True where the quick way took the header; YAML must then give the same, and find nothing wrong."""
    quick = plain_header.load(source)
    if quick is not None:
        problems = Problems()
        assert quick == yaml_header.load(source, "x.md", problems)
        assert problems.found == []
    return quick is not None


TEXTS = st.sampled_from(
    ["a", "Hội nghị", "2030-04-18", "8:30", "no", "Null", "~", "=", "<<", "a: b", "a:", "a :b", "http://a.vn/?b=1#c", "http://a.vn/b", "a #b", "a#b", "a, b", "a ,b", "-", "- a", "-a",
     "1.5", "“x”", "(x)", "'a'", "'a''b'", "'a: b'", '"a"', '"a: \'b\'"', '"a\\tb"', '"a" b', "a 'b'", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "?a", "? a", "a? b", "[a]", "{a}",
     "{a: b}", "{a: 8:30, b: \"c, d\"}", "{a: b,c: d}", "{a: b, }", "{ a: b , c: 'd' }", "{a: }", "{a:b}", "{}", "[]", "[a, b]", "[a, 'b, c']", "[a,b]", "[a: b]", "[ a , b ]",
     "[[a], b]", "{a: {b: c}}", "{a: b, a: c}", "]", "a]", "{a: b}]", "", " ", "#", "# a", "a\tb", "a\u00a0b", "½", "…a", "...", "---", "a\\", "\U0001f600"]
)  # fmt: skip
KEYS = st.sampled_from(["title", "date", "a", "b", "c", "A_1", "tên", "a b", "null", "1", "'a'", "a:b", "-", "#a", "?", "_"])
LINES = st.one_of(
    st.tuples(KEYS, TEXTS).map(": ".join),
    st.tuples(KEYS, TEXTS).map(":  ".join),
    KEYS.map(lambda key: f"{key}:"),
    TEXTS,
    TEXTS.map(lambda text: f"- {text}"),
    st.tuples(KEYS, TEXTS).map(lambda pair: f"- {pair[0]}: {pair[1]}"),
    KEYS.map(lambda key: f"-  {key}:"),
)
HEADERS = st.lists(st.tuples(st.sampled_from(["", "", "", "  ", "  ", "    ", "   ", " "]), LINES, st.sampled_from(["", "", " "])).map("".join), max_size=8)


@settings(max_examples=1500)
@given(HEADERS)
def test_the_quick_way_gives_what_yaml_gives(lines: list[str]) -> None:
    agree("".join(f"{line}\n" for line in lines))


@settings(max_examples=500)
@given(st.text(alphabet='ab1 :-,#\n{}[]"\'?.~=', max_size=60))
def test_the_quick_way_agrees_on_any_text(source: str) -> None:
    agree(source + "\n")


@settings(max_examples=500)
@given(st.text(max_size=20), st.sampled_from(["a: {}", "a: x{}", 'a: "{}"', "a: {{b: {}}}", "a: [x{}]", "- {}", "{}: a"]))
def test_the_quick_way_agrees_on_any_character(text: str, shape: str) -> None:
    agree(shape.format(text.replace("\n", " ")) + "\n")


def test_the_headers_of_records_agree_and_most_go_the_quick_way() -> None:
    files = [content for _, content in Corpus(40).files()] + [file.read_text(encoding="utf-8") for file in (ROOT / "content").rglob("*.md")]
    headers = [content[4:].split("\n---\n", 1)[0] + "\n" for content in files if content.startswith("---\n")]
    assert sum(agree(header) for header in headers) / len(headers) > 0.9


def test_all_plain_forms_are_taken() -> None:
    header = textwrap.dedent("""\
        title: "Sông Mây: giao ban"
        date: 2030-04-18

        # a comment
        period: {review: 2030-Q1, plan: '2030-Q2'}
        chairs:
          - {name: Lê Thử, role: Chủ tịch}
          - name: Phạm Thử
            organization:
            - lhh-song-may
            - Hội Thử
          - Trần Thử
        venue:
        tags: [một, hai]
    """)
    assert plain_header.load(header) == Value(
        {
            "title": Value("Sông Mây: giao ban", 2),
            "date": Value("2030-04-18", 3),
            "period": Value({"review": Value("2030-Q1", 6), "plan": Value("2030-Q2", 6)}, 6),
            "chairs": Value(
                [
                    Value({"name": Value("Lê Thử", 8), "role": Value("Chủ tịch", 8)}, 8),
                    Value({"name": Value("Phạm Thử", 9), "organization": Value([Value("lhh-song-may", 11), Value("Hội Thử", 12)], 10)}, 9),
                    Value("Trần Thử", 13),
                ],
                7,
            ),
            "venue": Value("", 14),
            "tags": Value([Value("một", 15), Value("hai", 15)], 15),
        },
        2,
    )
    assert agree(header)


def test_a_header_at_its_limits_is_taken() -> None:
    fields = [f"b{number}: c" for number in range(MAX_FIELDS)]
    assert agree("".join(f"{field}\n" for field in fields)) and agree(f"a: {{{', '.join(fields)}}}\n")
    assert agree("".join(f"{' ' * depth}a:\n" for depth in range(5)))


@pytest.mark.parametrize(
    "header",
    [
        "".join(f"{' ' * depth}a:\n" for depth in range(MAX_DEPTH + 3)),
        "".join(f"{' ' * depth}a:\n" for depth in range(5000)),
        "".join(f"a{number}: b\n" for number in range(MAX_FIELDS + 1)),
        f"a: {{{', '.join(f'b{number}: c' for number in range(MAX_FIELDS + 1))}}}\n",
        f"a: {'[' * 5000}\n",
        f"{'a' * 5000}: b\n",
    ],
)
def test_what_goes_too_deep_or_too_far_is_left_to_yaml(header: str) -> None:
    assert plain_header.load(header) is None
