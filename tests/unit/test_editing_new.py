"""New records: asked for at the terminal or given on the command line, and sound when written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from prompt_toolkit.document import Document

from plugins import wording
from plugins.archive.loading import load
from plugins.editing.asking import _completer
from plugins.editing.new import answers_from, new


@pytest.fixture
def content(small_archive: Path) -> Path:
    for name, text in (
        ("organizations/lhh-song-may.md", "---\nname: Liên hiệp hội Sông Mây\nprovince: Sông Mây\n---\n"),
        ("clusters/song-may-cum-1.md", "---\nowner: lhh-song-may\nkind: cụm\nnumber: 1\n---\n"),
    ):
        file = small_archive / name
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    return small_archive


def make(content: Path, kind: str, *words: str) -> tuple[int, str]:
    told = io.StringIO()
    return new(kind, answers_from(words), content, str, told), told.getvalue()


def test_in_english_an_unknown_field_is_told_in_english(content: Path) -> None:
    told = io.StringIO()
    assert new("person", answers_from(["xyz=1"]), content, wording.translations("en").gettext, told) != 0
    assert told.getvalue() == "there is no field «xyz»; nearest: (nothing)\n"


@pytest.mark.parametrize(
    ("kind", "words", "path", "text"),
    [
        (
            "meeting",
            ["title=Giao ban: quý I", "date=18/4/2031", "cluster=Cụm thi đua số 1, Sông Mây", "chairs=Lê Thử – Chủ tịch", "sources=https://vi-du.example", "body=Bài."],
            "meetings/2031/2031-04-18-giao-ban-quy-i.md",
            "---\ntitle: 'Giao ban: quý I'\ndate: 2031-04-18\ncluster: Cụm thi đua số 1, Sông Mây\nchairs: Lê Thử – Chủ tịch\nsources: https://vi-du.example\n---\nBài.\n",
        ),
        ("person", ["name=Lê Thử", "variants=Lê thữ; Lê T."], "people/le-thu.md", "---\nname: Lê Thử\nvariants: Lê thữ; Lê T.\n---\n"),
        ("person", ["name=Lê Thử", "qualifier=Sông Mây", "id=le-thu-2"], "people/le-thu-2.md", "---\nname: Lê Thử\nqualifier: Sông Mây\n---\n"),
        ("organization", ["name=Hội Thử", "kind=hội"], "organizations/hoi-thu.md", "---\nname: Hội Thử\nkind: hội\n---\n"),
        ("cluster", ["owner=lhh-song-may", "kind=khối", "number=2"], "clusters/song-may-khoi-2.md", "---\nowner: lhh-song-may\nkind: khối\nnumber: 2\n---\n"),
        (
            "document",
            ["type=Nghị quyết", "number=5-NQ/ST", "date=18/4/2029", "issuer=Tỉnh uỷ Sông Mây"],
            "documents/nghi-quyet-5-nq-st.md",
            "---\ntype: Nghị quyết\nnumber: 5-NQ/ST\ndate: 2029-04-18\nissuer: Tỉnh uỷ Sông Mây\n---\n",
        ),
        ("document", ["type=Điều lệ", "title=Điều lệ Hội Thử"], "documents/dieu-le-hoi-thu.md", "---\ntype: Điều lệ\ntitle: Điều lệ Hội Thử\n---\n"),
    ],
)
def test_answers_become_a_file_that_passes_the_check(content: Path, kind: str, words: list[str], path: str, text: str) -> None:
    status, told = make(content, kind, *words)
    assert (status, told) == (0, f"đã ghi {content / path}\n")
    assert (content / path).read_text(encoding="utf-8") == text
    assert [problem for problem in load(content)[1] if problem.path == path] == []


def test_a_document_that_records_cite_keeps_its_address(content: Path) -> None:
    meeting = next((content / "meetings").rglob("*.md"))
    meeting.write_text(meeting.read_text(encoding="utf-8") + "\nTheo Nghị quyết số 5/NQ-ST ngày 01/02/2029.\n", encoding="utf-8")
    assert "nghi-quyet-5-nq-st" in load(content)[0].documents
    assert make(content, "document", "type=Nghị quyết", "number=5 - NQ/ST", "url=https://vi-du.example/5")[0] == 0
    (document,) = load(content)[0].documents.values()
    assert (document.id, document.has_authority, document.url) == ("nghi-quyet-5-nq-st", True, "https://vi-du.example/5")


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("meeting", ["title=A"], "date: thiếu trường «date»"),
        ("meeting", ["title=A", "date=4/10/2031"], "«4/10/2031» không phải là ngày; viết năm-tháng-ngày, ví dụ 2031-10-04"),
        ("meeting", ["title=A", "date=2031", "cluster=song-may-cum-2"], "không có cụm «song-may-cum-2»; gần nhất: song-may-cum-1"),
        ("meeting", ["title=A", "date=2031", "kind=họp"], "không có giá trị «họp»; chọn một trong: giao ban"),
        ("meeting", ["title=A", "date=2031", "clustre=x"], "không có trường «clustre»; gần nhất: cluster"),
        ("meeting", ["title=A", "date=2031", "id=Giao Ban"], "mã «Giao Ban» không hợp lệ; chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ giao-ban"),
        ("meeting", ["title=A", "date=2031", "id=2030-04-18-giao-ban-song-may"], "mã «2030-04-18-giao-ban-song-may» đã có"),
        ("meeting", ["title=A", "date=2031", "chairs=Pham Thử An"], "viết khác «Phạm Thử An» mà cùng địa chỉ"),
        ("cluster", ["owner=lhh-song-may", "kind=cụm"], "cụm phải có số"),
        ("cluster", ["owner=lhh-song-may", "kind=cụm", "number=1"], "song-may-cum-1-2.md: «Cụm thi đua số 1, Sông Mây» đã có ở content/clusters/song-may-cum-1.md"),
    ],
)
def test_what_would_not_pass_the_check_is_told_and_leaves_no_file(content: Path, kind: str, words: list[str], told: str) -> None:
    before = sorted(content.rglob("*.md"))
    status, said = make(content, kind, *words)
    assert status == 1 and told in said
    assert sorted(content.rglob("*.md")) == before


def test_wrong_usage_names_what_there_is(content: Path, tmp_path: Path) -> None:
    assert make(content, "hop") == (2, "không có loại «hop»; chọn một trong: meeting, person, organization, cluster, document\n")
    assert make(tmp_path / "khong-co", "person", "name=A")[0] == 2
    with pytest.raises(ValueError, match="la"):
        answers_from(["name=A", "la"])


def test_a_second_meeting_of_one_day_and_title_gets_a_name_of_its_own(content: Path) -> None:
    words = ("title=Giao ban", "date=2031-04-18")
    assert make(content, "meeting", *words)[1].endswith("2031-04-18-giao-ban.md\n")
    assert make(content, "meeting", *words)[1].endswith("2031-04-18-giao-ban-2.md\n")


def test_a_wrong_answer_is_asked_again(content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\nLê Thử\n" + "\n" * 4))
    assert new("person", None, content, str, io.StringIO()) == 0
    assert "thiếu trường «name»" in capsys.readouterr().out
    assert (content / "people" / "le-thu.md").read_text(encoding="utf-8") == "---\nname: Lê Thử\n---\n"


def test_giving_up_writes_nothing(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Lê Thử\n"))
    told = io.StringIO()
    assert new("person", None, content, str, told) == 1 and "chưa ghi gì" in told.getvalue()
    assert not (content / "people").exists()


def test_names_are_offered_without_their_marks_and_after_a_semicolon() -> None:
    completer = _completer(["Phạm Thử An", "Lê Thử"])
    assert [c.text for c in completer.get_completions(Document("pham"), None)] == ["Phạm Thử An"]  # type: ignore[attr-defined]
    assert [c.text for c in completer.get_completions(Document("Lê Thử; an"), None)] == ["Phạm Thử An"]  # type: ignore[attr-defined]


def test_a_namesake_is_written_and_the_records_that_now_must_say_who_is_meant_are_named(content: Path) -> None:
    assert make(content, "person", "name=Phạm Thử An") == (0, f"đã ghi {content / 'people/pham-thu-an.md'}\n")
    status, told = make(content, "person", "name=Phạm Thử An", "qualifier=Hồng Lạc")
    assert status == 0
    assert told.splitlines() == [
        f"đã ghi {content / 'people/pham-thu-an-hong-lac.md'}",
        "từ nay phải sửa thêm:",
        "content/meetings/2030/2030-04-18-giao-ban-song-may.md:7: chairs.1.name: có nhiều người tên «Phạm Thử An»: pham-thu-an, pham-thu-an-hong-lac; thêm person: <mã> để nói rõ là ai [person-ambiguous]",
    ]
    assert make(content, "person", "name=Lê Thử")[1].count("\n") == 1, "what was wrong before is not told again"
