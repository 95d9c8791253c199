"""The benchmark of builds, run over archives small enough for a test: what it prints is what docs/performance.md holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.measuring import build_bench, corpus, served
from plugins.measuring.edits import SERVED, Editor, Shown

ROOT = Path(__file__).resolve().parents[2]


def test_a_bench_prints_a_table_for_each_question_and_the_curve(capfd: pytest.CaptureFixture[str]) -> None:
    assert build_bench.command(ROOT, "6,12", 1, "", with_whole=False) == 0
    printed = capfd.readouterr().out
    assert [line for line in printed.splitlines() if line.startswith("## ")] == ["## 6 meetings", "## 12 meetings", "## From size to size"]
    assert len(re.findall(r"^\| Sổ Giao Ban \| +\d+\.\d \|.*\| +1\.00 \| +1\.00 \|$", printed, re.MULTILINE)) == 2
    assert re.search(r"^\| meetings +\| +12 × \d+\.\d \|$", printed, re.MULTILINE)
    assert re.search(r"^\| 250,000 \(projected\) \|", printed, re.MULTILINE)
    again = re.findall(r"^\| (one .*?|nothing changed) +\|", printed, re.MULTILINE)
    assert again == ["one edited meeting", "one new title", "one new meeting", "nothing changed"] * 2


def test_who_has_a_page_open_sees_every_edit(tmp_path: Path) -> None:
    content = tmp_path / "content"
    corpus.write(12, content)
    editor = Editor.of(content)
    with served.serving(ROOT, content, tmp_path / "site") as opened:
        waits = served.waits(opened, editor, SERVED, 2)
        pages = [opened.page(f"ban-ghi/{editor.meeting.stem}{new}.html") for new in ("", "-moi-4", "-moi-5")]
        renamed = opened.page(f"to-chuc/{editor.organization.stem}.html")
    assert {name: len(seconds) for name, seconds in waits.items()} == dict.fromkeys(SERVED, 2)
    assert all(words in pages[0] for words in ("câu-0", "câu-1", "tên-2", "tên-3", "quyền-6", "quyền-7"))
    assert "mới-4" in pages[1] and "mới-5" in pages[2]
    assert "nay-là-9 nay-là-8" in renamed


def test_an_edit_that_breaks_the_build_ends_the_bench_with_what_is_wrong(tmp_path: Path) -> None:
    def broken(editor: Editor) -> Shown:
        editor.meeting.write_text("---\ntitle: Không ngày\n---\n", encoding="utf-8")
        return Shown("index.html", "Không ngày")

    content = tmp_path / "content"
    corpus.write(12, content)
    with served.serving(ROOT, content, tmp_path / "site") as opened, pytest.raises(RuntimeError, match="field-missing"):
        served.waits(opened, Editor.of(content), {"broken": broken}, 1)
