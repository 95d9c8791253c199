"""What is not kept of a record: its text and its lines are read again, and never those of another version."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from plugins.archive.loading import load
from plugins.archive.problems import Problems
from plugins.archive.reading import Entry, read_content
from plugins.archive.records import Meeting
from plugins.archive.rereading import FileChanged, markdown

HEAD = "---\ntitle: Hội nghị thử\ndate: 2030-04-18\nimages:\n  - caption: Một\n  - file: hai.jpg\n    caption: Hai\n---\n"
PLAIN_HEAD = "Title: Hội nghị thử\nDate: 2030-04-18\n\n"


def write(content: Path, text: str) -> Path:
    file = content / "meetings" / "2030" / "2030-04-18-hop.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file


def read(content: Path, text: str) -> tuple[Path, Meeting]:
    file = write(content, text)
    archive, problems = load(content)
    assert not problems.errors
    assert archive.content == content
    (meeting,) = archive.meetings.values()
    return file, meeting


@pytest.mark.parametrize("head", [HEAD, PLAIN_HEAD])
@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Một.\n\nHai.\n", "Một.\n\nHai."),
        ("\n\n  Một.\n---\nHai.\n\n\n", "  Một.\n---\nHai."),
        ("Một.\r\n\r\nHai.", "Một.\n\nHai."),
        ("Ho\u0323p\u200b.", "Họp."),
        (" \n\t\n", ""),
        ("", ""),
    ],
)
def test_a_text_is_what_stands_below_the_header_as_it_was_read(head: str, written: str, text: str, tmp_path: Path) -> None:
    _, meeting = read(tmp_path, head + written)
    assert markdown(tmp_path, meeting) == text
    assert bool(meeting.body_line) == bool(text)


def test_a_file_with_a_byte_order_mark_has_its_text(tmp_path: Path) -> None:
    _, meeting = read(tmp_path, "\ufeff" + HEAD + "Một.")
    assert markdown(tmp_path, meeting) == "Một."


def test_the_text_of_another_version_is_never_given(tmp_path: Path) -> None:
    file, meeting = read(tmp_path, HEAD + "Một.\n")
    write(tmp_path, HEAD + "Hai.\n")
    with pytest.raises(FileChanged, match=r"^meetings/2030/2030-04-18-hop\.md$"):
        markdown(tmp_path, meeting)
    file.unlink()
    with pytest.raises(FileChanged):
        markdown(tmp_path, meeting)


def entry_of(content: Path, text: str) -> tuple[Path, Entry]:
    file = write(content, text)
    (entry,) = read_content(content, Problems())
    return file, entry


def test_an_entry_knows_the_lines_of_its_fields(tmp_path: Path) -> None:
    file, entry = entry_of(tmp_path, HEAD + "Một.\n")
    assert [entry.line(), entry.line("date"), entry.line("images", 1, "caption"), entry.line("venue")] == [2, 3, 7, 2]
    assert entry.image_lines == (5, 6)
    file.unlink()
    assert entry.line("date") == 1


def test_nothing_that_was_read_outlives_its_record(tmp_path: Path) -> None:
    read(tmp_path, HEAD + "Một.\n")
    assert [found for found in gc.get_objects() if isinstance(found, Entry) and found.content == str(tmp_path)] == []


def test_many_processes_read_what_one_reads(tmp_path: Path) -> None:
    for number in range(250):
        file = tmp_path / "meetings" / f"2030-04-18-hop-{number}.md"
        file.parent.mkdir(exist_ok=True)
        broken = "date: hôm qua\n" if number % 40 == 0 else "date: 2030-04-18\n"
        file.write_text(f"---\ntitle: «Họp {number}\n{broken}---\nTheo Nghị quyết số {number}-NQ/TW.\n", encoding="utf-8")
    alone, together = Problems(), Problems()
    assert read_content(tmp_path, together, workers=3) == read_content(tmp_path, alone, workers=1)
    assert together.found == alone.found
    assert len(alone.errors) == 7
