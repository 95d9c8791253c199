"""The labelled pages: the report is found, the furniture is gone, and the suggestions are as good as promised."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from plugins.archive.text import fold
from plugins.importer import bench, pages
from plugins.importer.command import main
from plugins.importer.examining import examine
from plugins.importer.matching import Authorities, authorities
from plugins.importer.reviewing import Reviewer
from plugins.importer.sources import Source
from plugins.importer.taking import take
from tests.fixtures.importer.content import PAGE, make

LABELLED = sorted(bench.LABELLED.rglob("*.json"))
FURNITURE = (
    "Tập huấn kỹ năng viết bài",
    "thăm mô hình trồng nấm",
    "Phát động hội thi sáng tạo lần thứ XII",
    "Hội Làm vườn tổng kết năm",
    "Leave a Reply",
    "Số lần xem",
    "Đang online",
    "tm-img-alt",
    "PDF",
)


def page_of(label: Path) -> Path:
    return next(path for path in sorted(label.parent.glob(f"{label.stem}.*")) if path.suffix != ".json")


def test_a_third_of_at_least_forty_pages_is_kept_apart() -> None:
    apart = [label for label in LABELLED if label.parent.name == "held-out"]
    assert len(LABELLED) >= 40
    assert len(apart) * 3 >= len(LABELLED)


@pytest.mark.parametrize("label", LABELLED, ids=lambda path: path.stem)
def test_report_is_taken_out_of_its_page(label: Path) -> None:
    source = page_of(label)
    article = take(pages.read(source.read_bytes(), name=source.name))
    assert fold(article.title) == fold(json.loads(label.read_text(encoding="utf-8"))["title"])
    text = "\n".join(block.text for block in article.body)
    assert [piece for piece in FURNITURE if piece in text] == []


@pytest.mark.parametrize("folder", ["tuned", "held-out"])
def test_suggestions_reach_what_is_asked_of_them(folder: str) -> None:
    scores = bench.measure(bench.LABELLED / folder)
    assert bench.missed(scores) == []


def test_bench_prints_both_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([]) == 0
    printed = capsys.readouterr().out
    assert "held-out P" in printed and "tuned P" in printed and "0.95 / 0.90" in printed


def test_bench_fails_where_a_target_is_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "held-out"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps({"title": "x", "date": "2020-01-01", "chairs": []}), encoding="utf-8")
    assert bench.main(["--labelled", str(tmp_path)]) == 1
    assert capsys.readouterr().out


def review(tmp_path: Path, answers: list[str], yes_above: float | None = None):  # type: ignore[no-untyped-def]
    examined = examine(Source(key="a.txt", data=PAGE.encode("utf-8"), name="a.txt"), authorities(make(tmp_path / "content")))
    asked = iter(answers)
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        return Reviewer(Console(file=stream, width=120), lambda prompt: next(asked), str, yes_above)(examined)


def test_review_accepts_edits_and_leaves_out_field_by_field(tmp_path: Path) -> None:
    fields = review(tmp_path, ["e", "Nhan đề khác", "", "", "s", *[""] * 20])
    assert fields is not None
    values = {field.name: field.value for field in fields}
    assert values["title"] == "Nhan đề khác"
    assert values["date"] == "2023-03-16"
    assert "session" not in values
    assert all(field.confidence == 1.0 for field in fields)
    shown = (tmp_path / "out").read_text(encoding="utf-8")
    assert "«Ông Mai Văn Tịnh – Chủ tịch Hội Đông y tỉnh, Cụm trưởng chủ trì hội nghị.»" in " ".join(shown.split())


def test_review_asks_only_for_what_is_less_sure(tmp_path: Path) -> None:
    fields = review(tmp_path, [""] * 20, yes_above=0.9)
    assert fields is not None and {"title", "date", "chairs", "cluster"} <= {field.name for field in fields}


def test_review_leaves_a_cluster_without_a_record_open(tmp_path: Path) -> None:
    (make(tmp_path / "content") / "clusters/ha-nam-cum-2.md").unlink()
    examined = examine(Source(key="a.txt", data=PAGE.encode("utf-8"), name="a.txt"), authorities(tmp_path / "content"))
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        fields = Reviewer(Console(file=stream), lambda prompt: "", str)(examined)
    assert fields is not None
    assert {f.name: f.confidence < 0.7 for f in fields if f.name in ("cluster", "union")} == {"cluster": True, "union": False}


def test_review_can_leave_the_page_out(tmp_path: Path) -> None:
    assert review(tmp_path, ["q"]) is None


def test_command_writes_records_and_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = make(tmp_path / "content")
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert main([str(tmp_path / "a.txt"), "--into", str(content), "--report", str(tmp_path / "r.html")]) == 0
    assert (content / "meetings/2023/2023-03-16-giao-ban-cum-2-ha-nam.md").is_file()
    assert "Giao ban Cụm thi đua số 2" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert list((tmp_path / ".cache" / "importer").glob("*.jsonl"))
    assert main([str(tmp_path / "khong-co.txt"), "--into", str(content), "--no-journal"]) == 1
    assert main([str(tmp_path / "a.txt"), "--into", str(content), "--yes-above", "7"]) == 2
    assert "đã ghi bản nháp" in capsys.readouterr().err


def test_command_explains_itself_with_an_example(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plugins.importer", "--help"], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0
    assert "python3 tasks.py import" in done.stdout


def test_unknown_archive_knows_nobody(tmp_path: Path) -> None:
    assert authorities(tmp_path / "none") == Authorities()


def test_documentation_names_every_option_and_family(root: Path) -> None:
    from plugins.importer.command import parser
    from plugins.importer.families import FAMILIES

    text = (root / "docs" / "importer.md").read_text(encoding="utf-8")
    options = {option for action in parser()._actions for option in action.option_strings if option.startswith("--")} - {"--help"}
    assert {option for option in options if f"`{option}`" not in text} == set()
    assert {family.name for family in FAMILIES if family.name not in text} == set()
