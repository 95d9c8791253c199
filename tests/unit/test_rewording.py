"""Other words of a meeting's own leave the archive what it was but for that meeting; whatever is more than that is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.archive.loading import load
from plugins.archive.problems import Problem, Problems
from plugins.archive.reading import read_entry
from plugins.archive.records import Meeting
from plugins.archive.retaking import Taken
from plugins.archive.rewording import reworded

FILE = "meetings/2030/2030-04-18-hop.md"
TEXT = """\
---
period: {review: 2030-Q1}
images: [{file: 2030/cau.png, alt: Cầu}]
title: Họp quý II
date: 2030-04-18
union: Liên hiệp hội Sông Mây
chairs:
  - {name: Phạm Thử An, role: Chủ tịch}
summary: Bàn việc.
---
Ông An nói.

Theo Nghị quyết số 7-NQ/TW.
"""
OTHER = TEXT.replace("Phạm Thử An", "Lê Thử Bình").replace("2030-Q1", "2030-Q2").replace("2030-04-18", "2030-05-18")
WORDS = {
    "another title": ("Họp quý II", "Họp quý hai"),
    "a title of two lines": ("title: Họp quý II", "title: Họp\n  quý II"),
    "no summary": ("summary: Bàn việc.\n", ""),
    "tags and a venue": ("summary: Bàn việc.", "tags: [thi đua]\nvenue: Hội trường\nattendance: 20 người"),
    "the title at the end": ("title: Họp quý II\n", ""),
    "other words in the text too": ("việc.\n---\nÔng An nói", "việc khác.\n---\nBà nói"),
}
MORE = {
    "another name": ("Phạm Thử An", "Phạm Thử Yên"),
    "another day": ("2030-04-18", "2030-04-19"),
    "another union": ("Sông Mây", "Sông Gió"),
    "another period": ("2030-Q1", "2029-Q4"),
    "another document": ("7-NQ/TW", "8-NQ/TW"),
    "a period on another line": ("period:", "tags: [thi đua]\nperiod:"),
    "a picture on another line": ("images:", "tags: [thi đua]\nimages:"),
    "a note": ("summary:", "notes: [Ghi chú]\nsummary:"),
    "another id": ("title:", "id: 2030-04-18-khac\ntitle:"),
    "a former id": ("title:", "former_ids: [cu]\ntitle:"),
    "a draft": ("title:", "status: draft\ntitle:"),
    "a quote that was never closed": ("Họp quý II", '"Họp quý II'),
    "a new warning": ("Họp quý II", "Họp “quý II"),
    "no title": ("title: Họp quý II\n", ""),
    "a field that does not exist": ("title:", "khong-co: 1\ntitle:"),
}


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.write(FILE, TEXT)
        self.write(FILE.replace("04-18", "05-18"), OTHER)

    def write(self, name: str, text: str) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def look(self) -> tuple[Meeting, Taken, tuple[Problem, ...]]:
        archive, told = load(self.path)
        own = Problems()
        return archive.meetings[Path(FILE).stem], (read_entry(self.path / FILE, self.path, own), own.found), tuple(told)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("old, new", WORDS.values(), ids=WORDS)
def test_other_words_make_the_archive_that_all_files_make(old: str, new: str, folder: Folder) -> None:
    meeting, taken, told = folder.look()
    text = TEXT.replace(old, new, 1)
    folder.write(FILE, text if new else text.replace("\n---\n", f"\n{old}---\n", 1) if "title" in old else text)
    found = reworded(meeting, taken, folder.path, told)
    assert found is not None
    assert (*found, told) == folder.look()


@pytest.mark.parametrize("old, new", MORE.values(), ids=MORE)
def test_more_than_words_is_not_taken_for_words(old: str, new: str, folder: Folder) -> None:
    last = folder.look()
    folder.write(FILE, TEXT.replace(old, new, 1))
    assert reworded(last[0], last[1], folder.path, last[2]) is None


def test_where_a_warning_stands_on_a_line_that_only_the_file_knows_all_is_read(folder: Folder) -> None:
    (folder.path / "people").mkdir()
    (folder.path / "people" / "an.md").write_text("---\nname: Phạm Thử Ân\nvariants: [Phạm thử An]\n---\n", encoding="utf-8")
    last = folder.look()
    assert any(problem.code == "name-respelt" for problem in last[2])
    folder.write(FILE, TEXT.replace("title: Họp quý II\n", "summary: |\n  Bàn\n  việc.\ntitle: Họp quý II\n").replace("summary: Bàn việc.\n", ""))
    assert reworded(last[0], last[1], folder.path, last[2]) is None


def test_a_file_that_is_gone_is_no_meeting(folder: Folder) -> None:
    last = folder.look()
    (folder.path / FILE).unlink()
    assert reworded(last[0], last[1], folder.path, last[2]) is None
