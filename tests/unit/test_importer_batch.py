"""From pages to draft records: what is written, what is left open, and what happens a second time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.archive.loading import load
from plugins.archive.text import fold
from plugins.importer import report, writing
from plugins.importer.batch import Batch
from plugins.importer.command import main
from plugins.importer.journal import Journal, Outcome
from plugins.importer.matching import Authorities
from plugins.importer.sources import Source, find
from plugins.importer.workers import Workers
from plugins.wording import translations
from tests.fixtures.importer.content import PAGE, make


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return make(tmp_path / "content")


def source(text: str = PAGE, key: str = "trang.txt", url: str = "") -> Source:
    return Source(key=key, data=text.encode("utf-8"), name="trang.txt", url=url)


def run(content: Path, *sources: Source, **options: object) -> list[Outcome]:
    options.setdefault("journal", Journal(None))
    return list(Batch(content=content, workers=1, **options).run(sources))  # type: ignore[arg-type]


def publish(content: Path, outcome: Outcome) -> None:
    file = content / outcome.path
    file.write_text(file.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")


def test_draft_is_a_sound_record_once_published(content: Path) -> None:
    (outcome,) = run(content, source())
    assert outcome.path == "meetings/2023/2023-03-16-giao-ban-cum-2-ha-nam.md"
    publish(content, outcome)
    archive, problems = load(content)
    assert [problem.render() for problem in problems] == []
    meeting = archive.meetings["2023-03-16-giao-ban-cum-2-ha-nam"]
    assert (str(meeting.date), meeting.session, meeting.kind, meeting.cluster) == ("2023-03-16", "sáng", "giao ban", "ha-nam-cum-2")
    assert [(p.person, p.position, p.organizations) for p in meeting.participations] == [
        ("mai-van-tinh", "Chủ tịch, Cụm trưởng", ("hoi-dong-y-ha-nam",)),
        ("lo-thi-pan", "Phó Chủ tịch", ("lhh-ha-nam",)),
    ]
    assert [archive.documents[c.document].label for c in meeting.citations] == ["Kế hoạch số 07/KH-LHH"]
    assert (str(meeting.review), str(meeting.plan)) == ("2023-Q1", "2023-Q2")
    assert [image.caption for image in meeting.images] == ["Toàn cảnh buổi giao ban"]
    assert (meeting.sources[0].byline, meeting.sources[0].published and meeting.sources[0].published.isoformat()) == (
        "Thu Hương",
        "2023-03-20",
    )


def test_tasks_stand_as_one_list_under_their_heading_and_furniture_is_gone(content: Path) -> None:
    (outcome,) = run(content, source())
    body = outcome.record.split("---\n", 2)[2]
    assert "## Nhiệm vụ do Lò Thị Pản giao\n\n1. Một là, nộp báo cáo đúng hạn.\n2. Hai là," in body
    for gone in ("Các tin khác", "Bế Văn Sơ", "13/04/2024", "tm-img-alt", "Toàn cảnh", "Thu Hương"):
        assert gone not in body


def test_day_without_a_year_is_asked_for_and_never_guessed(content: Path) -> None:
    text = PAGE.replace("Thứ Hai, 20/03/2023\n", "").replace(" quý I, bàn việc quý II năm 2023", "").replace("ngày 01/02/2023", "")
    (outcome,) = run(content, source(text.replace("Thứ Bảy, 13/04/2024\n", "")))
    assert outcome.path.startswith("meetings/khong-ro-nam/")
    assert "\ndate:" not in outcome.record
    assert "# date: --03-16\n" in outcome.record
    assert load(content)[1].errors == ()


def test_date_above_the_title_may_be_the_day_of_saving_and_decides_nothing(content: Path) -> None:
    text = PAGE.replace("Thứ Hai, 20/03/2023\n", "").replace(" quý I, bàn việc quý II năm 2023", "")
    (outcome,) = run(content, source(text))
    assert "\ndate:" not in outcome.record and "\npublished:" not in outcome.record
    assert "# published: 2024-04-13" in outcome.record


def test_unknown_cluster_is_a_comment_and_its_union_stands(content: Path) -> None:
    (outcome,) = run(content, source(PAGE.replace("Cụm thi đua số 2", "Cụm thi đua số 8")))
    assert "\nunion: lhh-ha-nam\n" in outcome.record
    assert "# cluster: Cụm thi đua số 8" in outcome.record


def test_contradictions_become_notes(content: Path) -> None:
    text = PAGE.replace("Hội Đông y tỉnh, Cụm trưởng", "Hội Đông y tỉnh, Trưởng Cụm thi đua số 2").replace(
        "Toàn cảnh buổi giao ban", "Ông Mai văn Tịnh - Chủ tịch Hội Đông y tỉnh, Trưởng Cụm thi đua số 5 phát biểu"
    )
    (outcome,) = run(content, source(text.replace("ngày 01/02/2023", "ngày 01/05/2023")))
    notes = [note["text"] for note in outcome.examined.notes]  # type: ignore[union-attr]
    assert notes == [
        "Mai Văn Tịnh khi thì thuộc cụm số 2, khi thì số 5.",
        "Văn bản 07/KH-LHH ký ngày 2023-05-01, sau ngày họp 2023-03-16.",
        "Một tên viết nhiều cách: Mai Văn Tịnh, Mai văn Tịnh.",
    ]


def test_near_name_is_told_and_not_merged(content: Path) -> None:
    (outcome,) = run(content, source(PAGE.replace("Mai Văn Tịnh", "Mai Văn Tính")))
    (chairs,) = [field for field in outcome.examined.fields if field.name == "chairs"]  # type: ignore[union-attr]
    assert ("Mai Văn Tính", "near", "Mai Văn Tịnh") in chairs.matches
    assert chairs.value[0]["name"] == "Mai Văn Tính"


def test_other_spelling_of_a_known_name_is_written_as_the_archive_has_it(content: Path) -> None:
    (content / "people/ngo-duc-quy.md").write_text("---\nname: Ngô Đức Quý\n---\n", encoding="utf-8")
    (outcome,) = run(content, source(PAGE.replace("Mai Văn Tịnh", "Ngô Đức Qúy")))
    assert "name: Ngô Đức Quý\n" in outcome.record
    assert "Nguồn viết “Ngô Đức Qúy”; kho ghi Ngô Đức Quý." in outcome.record


def test_second_report_of_a_meeting_becomes_its_second_source(content: Path) -> None:
    other = PAGE.replace("Giao ban Cụm thi đua số 2", "Cụm thi đua số 2 họp đầu xuân", 1)
    first, second = run(content, source(url="https://a.example/1"), source(other, "b.txt", "https://b.example/2"))
    assert (first.status, second.status, second.path) == ("written", "source-added", first.path)
    publish(content, first)
    (meeting,) = load(content)[0].meetings.values()
    assert [s.title for s in meeting.sources] == ["Giao ban Cụm thi đua số 2", "Cụm thi đua số 2 họp đầu xuân"]


def test_published_record_is_only_given_a_source_when_asked(content: Path) -> None:
    (first,) = run(content, source())
    publish(content, first)
    before = (content / first.path).read_bytes()
    again = source(PAGE.replace("Giao ban Cụm thi đua số 2", "Cụm hai họp bàn chuyện quý mới", 1), "khac.txt")
    assert [o.status for o in run(content, again)] == ["duplicate"]
    assert (content / first.path).read_bytes() == before
    assert [o.status for o in run(content, again, add_sources=True)] == ["source-added"]
    assert load(content)[1].errors == ()


def test_two_clusters_that_meet_on_one_day_are_two_meetings(content: Path) -> None:
    (content / "clusters/ha-nam-cum-3.md").write_text("---\nowner: lhh-ha-nam\nkind: cụm\nnumber: 3\n---\n", encoding="utf-8")
    outcomes = run(content, source(), source(PAGE.replace("số 2", "số 3"), "b.txt"))
    assert [outcome.status for outcome in outcomes] == ["written", "written"]


def test_file_that_is_there_is_never_overwritten(content: Path) -> None:
    own = content / "meetings/2023/2023-03-16-giao-ban-cum-2-ha-nam.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Của biên tập viên\nstatus: draft\n---\n", encoding="utf-8")
    (outcome,) = run(content, source())
    assert outcome.path.endswith("-2.md")
    assert "Của biên tập viên" in own.read_text(encoding="utf-8")


def test_interrupted_batch_goes_on_where_it_stopped(content: Path, tmp_path: Path) -> None:
    pages = [source(PAGE.replace("16/3", f"{day}/3").replace("20/03", "29/03"), f"{day}.txt") for day in (14, 15, 16)]
    file = tmp_path / "journal.jsonl"
    for outcome in Batch(content=content, workers=1, journal=Journal(file)).run(pages):
        if outcome.key == "15.txt":
            break
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"key": "16.txt", "dig')
    outcomes = run(content, *pages, journal=Journal(file))
    assert [(o.key, o.again) for o in outcomes] == [("14.txt", True), ("15.txt", True), ("16.txt", False)]
    assert len(list((content / "meetings").rglob("*.md"))) == 3


def test_page_that_changed_is_read_again(content: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    run(content, source(), journal=Journal(journal))
    (outcome,) = run(content, source(PAGE.replace("16/3", "17/3")), journal=Journal(journal))
    assert (outcome.again, outcome.path) == (False, "meetings/2023/2023-03-17-giao-ban-cum-2-ha-nam.md")


def test_several_processes_give_the_same_as_one(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for day in range(10, 20):
        (pages / f"{day}.txt").write_text(PAGE.replace("16/3", f"{day}/3"), encoding="utf-8")
    texts = []
    for workers in (1, 3):
        content = make(tmp_path / f"content-{workers}")
        outcomes = list(Batch(content=content, workers=workers, journal=Journal(None)).run(find([str(pages)])))
        texts.append([(outcome.path, outcome.record) for outcome in outcomes])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 10


def test_process_that_dies_costs_no_page(content: Path) -> None:
    def pages() -> Iterator[Source]:
        for day in range(10, 26):
            if day == 18:
                for child in multiprocessing.active_children():
                    child.kill()
            yield source(PAGE.replace("16/3", f"{day}/3").replace("20/03", "29/03"), f"{day}.txt")

    outcomes = list(Batch(content=content, workers=2, journal=Journal(None)).run(pages()))
    assert [outcome.status for outcome in outcomes] == ["written"] * 16


def test_a_page_that_takes_too_long_is_given_up_on_any_system() -> None:
    """Less time than any page takes: the process ends itself, whatever holds it up."""
    long = source("<p>" + PAGE * 2_000, "dài.html")
    with Workers(1, Authorities(), seconds=0.05) as workers:
        made = workers.result(long, workers.start(long))
    assert made.key == "dài.html" and made.fault == "đọc trang này quá lâu, đã thôi"


def test_reasons_are_told_in_the_editors_language(content: Path) -> None:
    english = translations("en").gettext
    without_year = PAGE.replace("16/3/2023", "16/3")
    (outcome,) = run(content, source(without_year, "a.txt"))
    reasons = {field.reason for field in outcome.examined.fields if field.reason}  # type: ignore[union-attr]
    assert reasons == {"năm không có trong nguồn; cách suy ra ở date_inferred"}
    page = report.html([outcome], english)
    assert "the source does not give the year; how it was worked out stands in date_inferred" in page and not any(reason in page for reason in reasons)
    assert '<html lang="en">' in page and '<pre lang="vi">' in page and '<html lang="vi">' in report.html([outcome], str)


def test_report_shows_source_and_record_and_lets_nothing_through(content: Path) -> None:
    nasty = PAGE.replace("Toàn cảnh buổi giao ban", "Toàn cảnh <script>alert(1)</script> buổi giao ban")
    outcomes = run(content, source(nasty, "a<b>.txt"), Source(key="x", data=b"", name="x", fault="hỏng <i>"))
    page = report.html(outcomes, str)
    assert "<script" not in page and "a<b>" not in page and "<i>" not in page
    assert "<mark>" in page and "độ" not in page.split("</style>")[0]
    assert "default-src 'none'" in page
    assert "http://" not in page and "https://" not in page


def test_report_makes_its_folder_and_where_it_cannot_be_written_nothing_is_imported(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "trang.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert main([str(page), "--into", str(content), "--report", str(page / "nhap.html")]) == 2
    assert "không ghi được báo cáo" in capsys.readouterr().err
    assert not list(content.rglob("meetings/**/*.md"))
    assert main([str(page), "--into", str(content), "--report", str(tmp_path / "build" / "nhap.html")]) == 0
    assert "<html" in (tmp_path / "build" / "nhap.html").read_text(encoding="utf-8")


def test_source_can_be_added_to_a_list_in_either_indentation() -> None:
    for record in (
        "---\ntitle: A\nsources:\n- url: https://a.example/\nstatus: draft\n---\nBài\n",
        "---\ntitle: A\nsources:\n    - url: https://a.example/\n---\nBài\n",
        "---\ntitle: A\n---\nBài\n",
    ):
        text = writing.with_source(record, {"url": "https://b.example/", "title": "B: hai"})
        assert text.endswith("---\nBài\n")
        assert "title: 'B: hai'" in text
        assert fold(text).count("sources:") == 1


def test_threshold_decides_what_is_written(content: Path) -> None:
    (careful,) = run(content, source(), sure=0.99)
    assert "# chairs:" in careful.record and "\nchairs:" not in careful.record
    assert replace(careful, record="").status == "written"


def test_draft_of_a_colleague_is_not_written_a_second_time(content: Path) -> None:
    """Whose journal is on another machine; what is told again is told of, and becomes a second source where the editor asks for it."""
    (written,) = run(content, source(url="https://a.example/1"))
    told = PAGE.replace("Thu Hương", "Hương Thu")
    (again,) = run(content, source(told, "b.txt", "https://b.example/2"))
    assert (again.status, again.path) == ("duplicate", written.path)
    (added,) = run(content, source(told, "b.txt", "https://b.example/2"), add_sources=True)
    assert (added.status, added.path) == ("source-added", written.path)
    assert len(list((content / "meetings").rglob("*.md"))) == 1


@pytest.mark.parametrize("header", ["status: draft\n# date: --08-09", "status: draft\ndate: [2023]\nsources: x", "status: draft\n\tx: ["])
def test_draft_that_says_too_little_is_passed_over(content: Path, header: str) -> None:
    file = content / "meetings" / "2023" / "nhap.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: Nháp\n{header}\n---\n", encoding="utf-8")
    (written,) = run(content, source())
    assert written.status == "written"
