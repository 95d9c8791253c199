"""Headers: every value is text and knows its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import frontmatter
from plugins.archive.problems import Problems


def parse(text: str) -> tuple[frontmatter.Parsed | None, list[str]]:
    problems = Problems()
    return frontmatter.parse(text, "meetings/x.md", problems), [problem.code for problem in problems]


@pytest.mark.parametrize("value", ["no", "8:30", "012", "2023-04-18", "1e3", "0x1f", "yes", "on", ".5", "1_000"])
def test_yaml_types_do_not_change_what_was_typed(value: str) -> None:
    parsed, codes = parse(f"---\ntitle: {value}\n---\n")
    assert codes == []
    assert parsed.header.plain() == {"title": value}


@pytest.mark.parametrize("value", ["", "~", "null", "Null"])
@pytest.mark.parametrize("other", ["x", "|\n  x"], ids=["plain", "YAML"])
def test_what_stands_for_nothing_is_nothing(value: str, other: str) -> None:
    parsed, codes = parse(f"---\ntitle: {value}\nquoted: '{value}'\nother: {other}\n---\n")
    assert codes == []
    assert (parsed.header.plain()["title"], parsed.header.plain()["quoted"]) == ("", value)


def test_nested_values_know_their_lines_and_the_body_its_own() -> None:
    parsed, _ = parse("---\ntitle: Một\nchairs:\n  - name: A\n    role: B\n  - C\n---\n\nBài\n")
    assert parsed.header.line_of(("chairs",)) == 3
    assert parsed.header.line_of(("chairs", 0, "role")) == 5
    assert parsed.header.line_of(("chairs", 1)) == 6
    assert parsed.header.line_of(("chairs", 7, "role")) == 3
    assert (parsed.body, parsed.body_line) == ("\nBài\n", 8)


def test_a_place_inside_a_short_form_has_the_line_of_the_whole() -> None:
    parsed, _ = parse("---\ntitle: Một\nchairs: A; B\n---\n")
    assert parsed.header.line_of(("chairs", 1, "name")) == 3


def test_pelicans_own_header_is_read() -> None:
    parsed, codes = parse("Title: Hội nghị thử\nDate: 2030-04-18\nChairs: Phạm Thử;\n   Lê Thử\n\nBài viết.\n")
    assert codes == []
    assert parsed.header.plain() == {"title": "Hội nghị thử", "date": "2030-04-18", "chairs": "Phạm Thử; Lê Thử"}
    assert (parsed.body, parsed.body_line) == ("Bài viết.\n", 6)


@given(st.text(alphabet=st.sampled_from('abđ:-[]{}&*!|>\'"%@`#,? \n\t\\~'), max_size=200))
def test_any_header_is_a_header_or_a_problem(header: str) -> None:
    parsed, codes = parse(f"---\n{header}\n---\nBài\n")
    assert parsed is not None or codes


def test_nested_aliases_do_not_grow() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    parsed, codes = parse("---\n" + "\n".join(lines) + "\n---\n")
    assert parsed is None and set(codes) == {"yaml-alias"}
