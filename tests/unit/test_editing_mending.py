"""What a machine mends: the form of a header and nothing else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import frontmatter, text
from plugins.archive.problems import Problems
from plugins.archive.schema import RECORD_FIELDS
from plugins.editing.day_forms import iso
from plugins.editing.fixing import fix
from plugins.editing.mending import mend
from plugins.editing.ordering import field_order

BODY = "Bài  thử, hai dấu cách  \nxuống dòng.\n\n\n- một\t\n"


def record(*lines: str, body: str = BODY, end: str = "\n") -> str:
    return end.join(["---", *lines, "---", ""]) + body


def header(source: str) -> list[str]:
    return source.replace("\r\n", "\n").split("---\n")[1].splitlines()


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("title: Phú Thọ: giao ban", 'title: "Phú Thọ: giao ban"'),
        ('title: Phú Thọ: "giao ban" \\ x', r'title: "Phú Thọ: \"giao ban\" \\ x"'),
        ("title: @hop", 'title: "@hop"'),
        ("title:Giao ban", "title: Giao ban"),
        ("title: Giao   ban  ", "title: Giao ban"),
        ("title:\u00a0Giao\u00a0ban", "title: Giao ban"),
        ("title: Giao\u200b ban", "title: Giao ban"),
        ("title: Giao ban".replace("ban", unicodedata.normalize("NFD", "bàn")), "title: Giao bàn"),
        # An editor must say what was meant.
        ("title: Hội nghị #1", "title: Hội nghị #1"),
        ("title: *Giao ban*", "title: *Giao ban*"),
        ('title: "Giao  ban"', 'title: "Giao  ban"'),
        ("sources: https://vi-du.example/a:b", "sources: https://vi-du.example/a:b"),
        ("title: “Giao ban", "title: “Giao ban"),
    ],
)
def test_a_line_is_mended_or_left(line: str, mended: str) -> None:
    assert header(mend(record(line), "meetings")) == [mended]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18/4/2023", "2023-04-18"),
        ("18-04-2023", "2023-04-18"),
        ("18.4.2023", "2023-04-18"),
        ("5/5/2023", "2023-05-05"),
        ("2023/4/8", "2023-04-08"),
        ("2023-4-18", "2023-04-18"),
        ("4/10/2023", None),
        ("10/4/2023", None),
        ("31/2/2023", None),
        ("4/18/2023", None),
        ("2023-04-18", None),
        ("2023-04", None),
        ("sáng 18/4/2023", None),
        ("", None),
    ],
)
def test_only_a_day_that_reads_one_way_becomes_iso(written: str, meant: str | None) -> None:
    assert iso(written) == meant


def test_dates_are_mended_where_the_schema_has_dates_and_nowhere_else() -> None:
    source = record(
        "title: 18/4/2023",
        "date: 18/4/2023",
        "published: 19/4/2023 16:05",
        "sources:",
        "  - {url: https://vi-du.example, published: '20/4/2023', retrieved: 21/4/2023}",
        "notes: 18/4/2023",
        "corrections:",
        "  - date: 30/4/2023",
        "    text: 30/4/2023",
    )
    assert header(mend(source, "meetings")) == [
        "title: 18/4/2023",
        "date: 2023-04-18",
        "published: 2023-04-19 16:05",
        "sources:",
        "  - {url: https://vi-du.example, published: 2023-04-20, retrieved: 2023-04-21}",
        "notes: 18/4/2023",
        "corrections:",
        "  - date: 2023-04-30",
        "    text: 30/4/2023",
    ]


def test_fields_move_with_their_lines_and_comments() -> None:
    source = record("# ghi chú đầu", "summary: S", "chairs:", "  - name: A", "# về ngày", "date: 2030", "la: x", "title: T")
    assert header(mend(source, "meetings")) == ["title: T", "# về ngày", "date: 2030", "chairs:", "  - name: A", "# ghi chú đầu", "summary: S", "la: x"]


def test_a_field_written_twice_stays_for_the_editor_to_see() -> None:
    source = record("date: 2030", "title: A", "title: B")
    mended = mend(source, "meetings")
    assert header(mended) == ["title: A", "title: B", "date: 2030"]


def test_a_block_of_text_keeps_its_lines() -> None:
    lines = ["title: T", "date: 2030", "summary: |", "  Dòng một: hai", "    thụt vào", "", "  date: 18/4/2023"]
    assert header(mend(record(*lines), "meetings")) == lines


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    mended = mend(record("date: 18/4/2030", "title: A", body=f"một{end}hai{end}", end=end), "meetings")
    assert mended == record("title: A", "date: 2030-04-18", body=f"một{end}hai{end}", end=end)


def test_aliases_are_left_alone_however_deep() -> None:
    lines = ["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True))]
    assert mend(record(*lines), "meetings") == record(*lines)


def test_content_of_this_repository_needs_no_mending(root: Path) -> None:
    for folder in RECORD_FIELDS:
        for file in (root / "content" / folder).rglob("*.md"):
            source = file.read_bytes().decode("utf-8")
            assert mend(source, folder) == source, file


# Properties

_words = st.text(st.sampled_from("aáạăôơđ Qúy1:#'\"-[]{}|>&*!@%\u00a0\u200b\t,/"), max_size=24)
_dates = st.builds("{}/{}/{}".format, st.integers(1, 32), st.integers(1, 13), st.sampled_from([2023, 2030]))
_values = st.one_of(_words, _dates, st.sampled_from(["2030-04-18", "[a, b]", "{name: A, role: B}", "|", '"a: b"', "'x'", "~"]))
_keys = st.sampled_from([*field_order(RECORD_FIELDS["meetings"]), "la", "Title"])
_lines = st.one_of(
    st.builds("{}: {}".format, _keys, _values),
    st.builds("{}:{}".format, _keys, _values),
    st.builds("  - {}: {}".format, st.sampled_from(["name", "date", "url"]), _values),
    st.builds("  {}".format, _words),
    st.builds("# {}".format, _words),
    _words,
)
_sources = st.builds(
    lambda lines, body, end: end.join(["---", *(line.replace("---", "") for line in lines), "---", body]),
    st.lists(_lines, max_size=8),
    st.text(max_size=60).filter(lambda body: "\x00" not in body),
    st.sampled_from(["\n", "\r\n"]),
)


def said(source: str) -> tuple[object, str] | None:
    """What a file says: its header as the archive reads it, and its body to the last character."""
    parsed = frontmatter.parse(source.replace("\r\n", "\n").replace("\r", "\n"), "", Problems())
    return None if parsed is None else (_clean(parsed.header.plain()), parsed.body)


def _clean(value: object) -> object:
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else iso(text.clean(value), is_moment=True) or text.clean(value)  # type: ignore[arg-type]


@given(_sources)
def test_mending_twice_changes_nothing_more(source: str) -> None:
    once = mend(source, "meetings")
    assert mend(once, "meetings") == once


@given(_sources)
def test_mending_never_changes_what_a_file_says(source: str) -> None:
    before = said(text.nfc(source))
    if before is not None:
        assert said(mend(source, "meetings")) == before


@given(_sources)
def test_the_body_keeps_every_character(source: str) -> None:
    normal = text.nfc(source)
    body = normal.split("---", 2)[2].lstrip(" \t")
    assert mend(source, "meetings").endswith(body)


def test_files_are_replaced_whole_and_others_left(tmp_path: Path) -> None:
    good, bad, broken = (tmp_path / "meetings" / "2030" / name for name in ("a.md", "b.md", "c.md"))
    good.parent.mkdir(parents=True)
    good.write_text(record("title: A", "date: 2030"), encoding="utf-8")
    bad.write_text(record("title: B", "date: 18/4/2030"), encoding="utf-8")
    broken.write_bytes(b"---\ntitle: \xff\n---\n")
    stamp = good.stat().st_mtime_ns
    (change,) = fix(tmp_path, [])
    assert change.path == bad and "-date: 18/4/2030\n+date: 2030-04-18\n" in change.difference
    assert good.stat().st_mtime_ns == stamp and broken.read_bytes() == b"---\ntitle: \xff\n---\n"
    assert sorted(file.name for file in good.parent.iterdir()) == ["a.md", "b.md", "c.md"]


def test_only_what_is_named_is_mended(tmp_path: Path) -> None:
    for name in ("a", "b"):
        file = tmp_path / "meetings" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(record("title: A", "date: 18/4/2030"), encoding="utf-8")
    assert [change.path.name for change in fix(tmp_path, [tmp_path / "meetings" / "b.md"])] == ["b.md"]
    assert fix(tmp_path, [tmp_path / "meetings" / "b.md"]) == []
