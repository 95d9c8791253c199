"""Broken archives, one folder for each code, with the exact messages an editor gets."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from plugins import wording
from plugins.archive.field_types import is_id, valid_id
from plugins.archive.files import MAX_BYTES
from plugins.archive.loading import load
from plugins.archive.problems import KINDS

INVALID = Path(__file__).parent / "invalid"
# What no folder under git can hold, or only an image plugin or the command check finds, has tests of its own: here below, in test_images.py, test_check.py.
ELSEWHERE = {code for code in KINDS if code.startswith("image-")} | {"content-missing", "date-future", "draft-waiting", "file-changed", "file-huge", "file-not-regular", "file-too-large", "file-unreadable"}
RECORD = "---\ntitle: Hội nghị thử\ndate: 2030-04-18\nsources: https://vi-du.example/bai\n---\nBài thử.\n"


def messages(content: Path) -> list[str]:
    return [problem.render() for problem in load(content)[1]]


def test_every_code_has_a_broken_archive() -> None:
    assert {folder.name for folder in INVALID.iterdir()} == set(KINDS) - ELSEWHERE


@pytest.mark.parametrize("folder", sorted(INVALID.iterdir()), ids=lambda folder: folder.name)
def test_broken_archive_gives_exactly_these_messages(folder: Path) -> None:
    expected = (folder / "messages.txt").read_text(encoding="utf-8").splitlines()
    assert messages(folder / "content") == expected
    assert any(line.endswith(f"[{folder.name}]") for line in expected)


def test_in_english_a_hint_without_anything_near_says_so_in_english() -> None:
    problems = load(INVALID / "organization-unknown" / "content")[1]
    assert any("; nearest: (nothing); " in problem.render(wording.translations("en").gettext) for problem in problems)


@pytest.mark.parametrize("folder", sorted(INVALID.iterdir()), ids=lambda folder: folder.name)
def test_a_broken_record_leaves_the_others_unharmed(folder: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for file in (file for file in (folder / "content").rglob("*") if file.is_file()):
        copy = content / file.relative_to(folder / "content")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    sound = content / "meetings" / "2029" / "2029-01-02-lanh-lan.md"
    sound.parent.mkdir(parents=True, exist_ok=True)
    sound.write_text(RECORD.replace("2030-04-18", "2029-01-02"), encoding="utf-8")
    archive, problems = load(content)
    assert "2029-01-02-lanh-lan" in archive.meetings
    assert [p.render() for p in problems] == (folder / "messages.txt").read_text(encoding="utf-8").splitlines()


def write(content: Path, name: str, text: str | bytes = RECORD) -> Path:
    file = content / "meetings" / "2030" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_missing_content_folder_is_named(tmp_path: Path) -> None:
    (line,) = messages(tmp_path / "khong-co")
    assert re.search(r"không có thư mục nội dung .*khong-co; chỉ đúng thư mục bằng --content \[content-missing\]$", line)


def test_a_file_over_the_limit_is_named_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, "2030-04-18-hop.md", b"---\n" + b"x" * MAX_BYTES)
    assert messages(tmp_path) == [
        f"content/meetings/2030/2030-04-18-hop.md: tệp lớn {MAX_BYTES + 4} byte, quá giới hạn {MAX_BYTES}; tách bài hoặc bỏ phần thừa [file-too-large]"
    ]


def test_a_folder_named_like_a_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "meetings" / "2030" / "2030-04-18-hop.md").mkdir(parents=True)
    assert messages(tmp_path) == [
        "content/meetings/2030/2030-04-18-hop.md: đây không phải là tệp văn bản thường; xoá hoặc chuyển nó ra khỏi content/ [file-not-regular]"
    ]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "2030-04-18-hop.md")
    listed = os.scandir

    def scandir(folder: str) -> object:
        if str(folder).endswith("2030"):
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert messages(tmp_path) == ["content/meetings/2030: không đọc được tệp (Permission denied); kiểm tra quyền đọc của tệp [file-unreadable]"]


def test_linked_records_and_folders_are_named_and_not_followed(tmp_path: Path) -> None:
    elsewhere = write(tmp_path / "elsewhere", "2030-04-18-hop.md")
    content = tmp_path / "content"
    write(content, "2030-05-01-hop.md")
    (content / "meetings" / "2030" / "2030-04-18-hop.md").symlink_to(elsewhere)
    (content / "meetings" / "2031").symlink_to(elsewhere.parent)
    (content / "people").symlink_to(elsewhere.parent)
    archive, problems = load(content)
    assert [(p.path, p.code) for p in problems] == [
        ("meetings/2030/2030-04-18-hop.md", "file-not-regular"),
        ("meetings/2031", "file-not-regular"),
        ("people", "file-not-regular"),
    ]
    assert list(archive.meetings) == ["2030-05-01-hop"]


@pytest.mark.parametrize("id", ["con", "lpt1", "Hội nghị", "a" * 300, "../../a", "-"])
def test_the_id_proposed_in_place_of_a_wrong_one_is_right(id: str) -> None:
    assert not is_id(id) and is_id(valid_id(id))


if hasattr(os, "mkfifo"):

    def test_a_pipe_named_like_a_record_does_not_hang(tmp_path: Path) -> None:
        file = write(tmp_path, "2030-04-18-hop.md")
        file.unlink()
        os.mkfifo(file)
        (line,) = messages(tmp_path)
        assert line.endswith("[file-not-regular]")

    def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
        file = write(tmp_path, "2030-04-18-hop.md")
        file.unlink()
        file.symlink_to(file)
        (line,) = messages(tmp_path)
        assert re.search(r"\[file-(not-regular|unreadable)\]$", line)


def test_four_mistakes_in_four_files_are_told_at_once(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    (people / "ho-thu-luong.md").write_text("---\nname: Hồ Thử Lưỡng\n---\n", encoding="utf-8")
    write(tmp_path, "2030-01-01-a.md", RECORD.replace("2030-04-18", "31/02/2030"))
    write(tmp_path, "2030-01-02-b.md", RECORD.replace("sources:", "cluster: Cụm thi đua số 1\nsources:"))
    write(tmp_path, "2030-01-03-c.md")
    write(tmp_path, "../2031/2030-01-03-c.md")
    write(tmp_path, "2030-01-04-d.md", RECORD.replace("sources:", "chairs: Hồ Thử Lượng\nsources:"))
    archive, problems = load(tmp_path)
    assert [(Path(p.path).name, p.code) for p in problems] == [
        ("2030-01-01-a.md", "date-invalid"),
        ("2030-01-02-b.md", "cluster-unknown"),
        ("2030-01-04-d.md", "slug-collision"),
        ("2030-01-03-c.md", "id-duplicate"),
    ]
    assert len(problems.errors) == 4 and "2030-01-03-c" in archive.meetings


def test_a_draft_is_told_about_but_blocks_nothing(tmp_path: Path) -> None:
    write(tmp_path, "2030-04-18-nhap.md", RECORD.replace("title: Hội nghị thử", "status: draft\ntitel: x"))
    archive, problems = load(tmp_path)
    assert archive.meetings == {}
    assert [p.code for p in problems.warnings] == ["field-missing", "field-unknown"] and problems.errors == ()
