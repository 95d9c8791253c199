"""The command check on whole archives: every form of its answer, what it mends, and how fast it is."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.archive.loading import load
from plugins.archive.problems import KINDS, Problems
from plugins.editing.check import check
from plugins.editing.guarding import MAX_MEGABYTES, look_ahead

DRAFT = "---\ntitle: Nháp\nstatus: draft\n---\n"


def run(content: Path, *only: Path, format: str = "text", **options: object) -> tuple[int, str]:
    told = io.StringIO()
    return check(content, list(only), format, str, told, **options), told.getvalue()  # type: ignore[arg-type]


@pytest.fixture
def faulty(small_archive: Path) -> Path:
    """A sound meeting, one with two faults and a doubt, and a draft."""
    folder = small_archive / "meetings" / "2030"
    (folder / "b.md").write_text("---\nkind: họp\ndate: 4/10/2030\ntitle: B\n---\n", encoding="utf-8")
    (folder / "c.md").write_text(DRAFT, encoding="utf-8")
    return small_archive


def test_all_problems_are_told_at_once_with_their_lines(faulty: Path) -> None:
    status, told = run(faulty)
    prefix = faulty.as_posix()
    assert status == 1
    assert told.splitlines() == [
        f"lỗi: {prefix}/meetings/2030/b.md:2: kind: không có giá trị «họp»; chọn một trong: giao ban, sơ kết, tổng kết, ký kết giao ước, ban chấp hành, hội thảo, đại hội, khác [choice-invalid]",
        f"lỗi: {prefix}/meetings/2030/b.md:3: date: «4/10/2030» không phải là ngày; viết năm-tháng-ngày, ví dụ 2030-10-04; chỉ biết tháng: 2023-04; chỉ biết năm: 2023 [date-invalid]",
        f"nhắc: {prefix}/meetings/2030/c.md:2: thiếu trường «date»; thêm một dòng date: … [field-missing]",
        f"nhắc: {prefix}/meetings/2030/c.md:3: status: bản nháp, chưa xuất hiện trên trang; xong thì xoá dòng status: draft [draft-waiting]",
        "2 lỗi, 2 lời nhắc",
    ]


def test_a_sound_archive_passes(small_archive: Path) -> None:
    assert run(small_archive) == (0, "0 lỗi, 0 lời nhắc\n")


def test_only_what_is_asked_for_is_told(faulty: Path) -> None:
    status, told = run(faulty, faulty / "meetings" / "2030" / "c.md")
    assert status == 0 and told.endswith("0 lỗi, 2 lời nhắc\n") and "b.md" not in told


def test_github_annotates_the_lines(faulty: Path) -> None:
    first = run(faulty, format="github")[1].splitlines()[0]
    assert first.startswith(f"::error file={faulty.as_posix()}/meetings/2030/b.md,line=2,title=choice-invalid::kind: không có giá trị «họp»; ")


def test_json_and_gitlab_hold_every_problem(faulty: Path) -> None:
    told = json.loads(run(faulty, format="json")[1])
    assert [(entry["line"], entry["code"], entry["severity"]) for entry in told] == [
        (2, "choice-invalid", "error"), (3, "date-invalid", "error"), (2, "field-missing", "warning"), (3, "draft-waiting", "warning"),
    ]  # fmt: skip
    quality = json.loads(run(faulty, format="gitlab")[1])
    assert [(entry["location"]["lines"]["begin"], entry["check_name"], entry["severity"]) for entry in quality] == [
        (2, "choice-invalid", "major"), (3, "date-invalid", "major"), (2, "field-missing", "minor"), (3, "draft-waiting", "minor"),
    ]  # fmt: skip
    assert len({entry["fingerprint"] for entry in quality}) == 4


@pytest.mark.parametrize(("options", "told"), [({"format": "xml"}, "không có dạng «xml»"), ({}, "không có thư mục nội dung")])
def test_wrong_usage_is_told_and_ends_with_two(tmp_path: Path, options: dict[str, str], told: str) -> None:
    status, said = run(tmp_path / "khong-co", **options)  # type: ignore[arg-type]
    assert status == 2 and told in said


def test_mending_shows_what_it_changed_and_then_checks(faulty: Path) -> None:
    (faulty / "meetings" / "2030" / "b.md").write_text("---\ndate: 18/4/2030\ntitle: Sông Mây: B\nsources: https://vi-du.example\n---\nBài  \n", encoding="utf-8")
    status, told = run(faulty, mend=True)
    assert status == 0
    assert "-date: 18/4/2030\n" in told and '+title: "Sông Mây: B"\n' in told and "đã sửa 1 tệp; xem lại các dòng trên" in told
    text = (faulty / "meetings" / "2030" / "b.md").read_text(encoding="utf-8")
    assert text == '---\ntitle: "Sông Mây: B"\ndate: 2030-04-18\nsources: https://vi-du.example\n---\nBài  \n'
    assert "đã sửa" not in run(faulty, mend=True)[1]


def test_machines_get_no_differences_between_the_problems(faulty: Path) -> None:
    (faulty / "meetings" / "2030" / "b.md").write_text("---\ndate: 18/4/2020\ntitle: B\n---\n", encoding="utf-8")
    assert {entry["code"] for entry in json.loads(run(faulty, format="json", mend=True)[1])} == {"source-missing", "field-missing", "draft-waiting"}


def test_a_huge_file_is_an_error_before_git_has_it(small_archive: Path) -> None:
    picture = small_archive / "images" / "to.jpg"
    picture.parent.mkdir()
    with picture.open("wb") as file:
        file.truncate(MAX_MEGABYTES * 1_000_000 + 1)
    status, told = run(small_archive)
    assert status == 1 and f"images/to.jpg: tệp nặng 10.0 MB, quá giới hạn {MAX_MEGABYTES} MB" in told


def test_a_draft_in_a_text_is_no_draft(small_archive: Path) -> None:
    (meeting,) = small_archive.glob("meetings/2030/*.md")
    meeting.write_text(meeting.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    assert run(small_archive) == (0, "0 lỗi, 0 lời nhắc\n")


def test_a_meeting_to_come_that_no_report_tells_of_is_doubted(small_archive: Path) -> None:
    (meeting,) = small_archive.glob("meetings/2030/*.md")
    unreported = meeting.read_text(encoding="utf-8").replace(", published: 2030-04-19", "")
    (small_archive / "meetings" / "2030" / "2030-04-19-b.md").write_text(unreported, encoding="utf-8")
    archive, problems = load(small_archive)
    look_ahead(archive, small_archive, problems, datetime.date(2030, 4, 18))
    assert not len(problems)
    look_ahead(archive, small_archive, problems, datetime.date(2030, 4, 17))
    assert [(p.path, p.line, p.code) for p in problems] == [("meetings/2030/2030-04-19-b.md", 3, "date-future")]


def test_what_other_rooms_know_is_told_too(small_archive: Path) -> None:
    def further(_archive: object, _content: Path, problems: Problems) -> None:
        problems.add("images/a.jpg", 0, "", "image-broken", value="a.jpg", reason="x")

    status, told = run(small_archive, further=[further])
    assert status == 1 and "[image-broken]" in told


def test_every_code_that_only_this_command_gives_is_documented(root: Path) -> None:
    documented = (root / "docs" / "problems.md").read_text(encoding="utf-8")
    assert all(f"| `{code}` |" in documented for code in ("draft-waiting", "file-huge", "date-future")) and {"draft-waiting", "file-huge", "date-future"} <= set(KINDS)


def test_the_command_line_mends_and_checks(faulty: Path, run_tasks: Callable) -> None:
    done = run_tasks("check", "--fix", "--content", faulty, "--language", "en")
    assert done.returncode == 1 and "choice-invalid" in done.stdout
    assert (faulty / "meetings" / "2030" / "b.md").read_text(encoding="utf-8").startswith("---\ntitle: B\n")
