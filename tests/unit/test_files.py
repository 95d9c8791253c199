"""Files of content/ as text."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from plugins.archive import files, text
from plugins.archive.loading import load
from plugins.archive.problems import Problems


def read(tmp_path: Path, data: bytes) -> tuple[files.TextFile | None, list[tuple[int, str]]]:
    file = tmp_path / "x.md"
    file.write_bytes(data)
    problems = Problems()
    return files.read(file, "x.md", problems), [(problem.line, problem.code) for problem in problems]


def test_line_ends_and_byte_order_mark_do_not_matter_to_the_text_but_to_the_digest(tmp_path: Path) -> None:
    data = "\ufeff---\r\ntitle: Một\r---\r\nBài\r\n".encode()
    assert read(tmp_path, data) == (files.TextFile("---\ntitle: Một\n---\nBài\n", hashlib.sha256(data).hexdigest()), [])


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ("a\nb\x08", 2, "control-character"),
        ("a\n\nb\u2028c", 3, "control-character"),
        ("\x0c<<<<<<< a", 1, "control-character"),
        ("a\n<<<<<<< của tôi\n", 2, "conflict-marker"),
        ("a\nb\n=======\n", 3, "conflict-marker"),
        (">>>>>>> main", 1, "conflict-marker"),
    ],
)
def test_what_no_text_may_hold_is_named_with_its_line(content: str, line: int, code: str, tmp_path: Path) -> None:
    assert read(tmp_path, content.encode()) == (None, [(line, code)])


def test_signs_like_those_of_a_conflict_within_a_line_are_text(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"a ======= b\n========\n<<<<<<<\n")
    assert found is not None and problems == []


def test_an_invisible_character_is_dropped_and_told_and_the_letters_composed(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "a\u200b\nHô\u0323i".encode())
    assert found is not None and found.text == "a\nHội"
    assert problems == [(1, "invisible-character"), (2, "not-nfc")]


def test_a_byte_that_is_no_utf_8_has_its_line(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa\nb\n\xff") == (None, [(3, "encoding")])


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    assert read(tmp_path, b"a" * (files.MAX_BYTES + 1)) == (None, [(0, "file-too-large")])
    assert read(tmp_path, b"a" * files.MAX_BYTES)[1] == []


def test_what_is_searched_for_only_in_unprintable_text_is_not_printable() -> None:
    looked_for = [character for character in map(chr, range(sys.maxunicode + 1)) if text.CONTROL.match(character) or text.INVISIBLE.match(character)]
    assert len(looked_for) > 200
    assert not any(character.isprintable() for character in looked_for)


def test_every_record_knows_the_digest_of_its_file_and_an_implied_one_has_none() -> None:
    content = Path(__file__).parents[2] / "content"
    records = [record for _, record in load(content)[0].records()]
    assert all(record.sha256 == hashlib.sha256((content / record.path).read_bytes()).hexdigest() for record in records if record.path)
    assert {record.sha256 for record in records if not record.path} == {""}
