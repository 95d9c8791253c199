"""Names become records: exact matches only, scoped abbreviations, namesakes, documents, redirects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.loading import load
from plugins.archive.records import Role

UNION = "---\nname: Liên hiệp hội tỉnh {0}\nabbreviations: LHH; Liên hiệp Hội tỉnh\nprovince: {0}\n---\n"
CLUSTER = "---\nowner: {0}\nkind: cụm\nnumber: 1\n---\n"


def record(*lines: str, body: str = "") -> str:
    return "---\n" + "\n".join(("sources: https://vi-du.example/bai", *lines)) + f"\n---\n{body}\n"


def meeting(date: str, *lines: str, body: str = "") -> str:
    return record("title: Hội nghị thử", f"date: {date}", *lines, body=body)


def archive_of(content: Path, files: dict[str, str], codes: tuple[str, ...] = ()) -> Archive:
    for name, text in files.items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    archive, problems = load(content)
    assert tuple(problem.code for problem in problems) == codes, [problem.render() for problem in problems]
    return archive


@pytest.fixture
def unions() -> dict[str, str]:
    return {
        "organizations/lhh-song-may.md": UNION.format("Sông Mây"),
        "organizations/lhh-hong-lac.md": UNION.format("Hồng Lạc"),
        "clusters/song-may-cum-1.md": CLUSTER.format("lhh-song-may"),
        "clusters/hong-lac-cum-1.md": CLUSTER.format("Liên hiệp hội tỉnh Hồng Lạc"),
    }


def test_one_name_in_several_writings_is_one_person(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "chairs: Lê Thử Quý"),
            "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", "chairs: đồng chí Lê thử  Qúy – Chủ tịch"),
        },
        codes=("name-respelt",),
    )
    assert list(archive.people) == ["le-thu-quy"]
    first, second = archive.participations_of_person["le-thu-quy"]
    assert (first.meeting, second.position, second.honorific, second.role) == ("2030-01-01-a", "Chủ tịch", "đồng chí", Role.CHAIR)
    assert not archive.people["le-thu-quy"].has_authority


def test_a_variant_leads_to_its_authority(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "people/vo-thu-tri.md": "---\nname: Võ Thử Trí\nvariants: Võ Công Trí\n---\n",
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "speakers: Võ Công Trí"),
        },
    )
    (participation,) = archive.participations_of_person["vo-thu-tri"]
    assert participation.name == "Võ Công Trí"


def test_namesakes_stay_two_once_the_editor_says_so(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "people/hoang-thu-tien.md": "---\nname: Hoàng Thử Tiến\nqualifier: Sông Mây\nnot_same_as: hoang-thu-tien-hong-lac\n---\n",
            "people/hoang-thu-tien-hong-lac.md": "---\nname: Hoàng Thử Tiến\nqualifier: Hồng Lạc\n---\n",
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "chairs:\n  - {name: Hoàng Thử Tiến, person: hoang-thu-tien}"),
            "meetings/2030/2030-01-02-b.md": meeting("2030-01-02", "chairs:\n  - {person: hoang-thu-tien-hong-lac}"),
        },
    )
    assert [m.id for m in archive.meetings_of_person["hoang-thu-tien"]] == ["2030-01-01-a"]
    assert archive.meetings["2030-01-02-b"].participations[0].name == "Hoàng Thử Tiến"
    assert archive.people["hoang-thu-tien"].label == "Hoàng Thử Tiến (Sông Mây)"


def test_an_abbreviation_means_the_union_of_its_article(tmp_path: Path, unions: dict[str, str]) -> None:
    archive = archive_of(
        tmp_path,
        unions
        | {
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "cluster: song-may-cum-1", "host: LHH"),
            "meetings/2030/2030-01-02-b.md": meeting("2030-01-02", "cluster: Cụm thi đua số 1, Hồng Lạc", "chairs:\n  - {name: Lê Thử, organization: Liên hiệp Hội tỉnh}"),
            "meetings/2030/2030-01-03-c.md": meeting("2030-01-03", "union: lhh-hong-lac", "organizer: lhh"),
        },
    )
    assert archive.meetings["2030-01-01-a"].hosts == ("lhh-song-may",)
    assert archive.meetings["2030-01-02-b"].participations[0].organizations == ("lhh-hong-lac",)
    assert archive.meetings["2030-01-03-c"].organizers == ("lhh-hong-lac",)
    assert archive.clusters["song-may-cum-1"].label == "Cụm thi đua số 1, Sông Mây"


def test_a_scoped_abbreviation_without_an_article_of_its_own_is_ambiguous(tmp_path: Path, unions: dict[str, str]) -> None:
    archive_of(tmp_path, unions | {"meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "host: LHH")}, ("organization-ambiguous",))


def test_the_day_tells_two_bodies_of_one_name_apart(tmp_path: Path) -> None:
    old = "---\nname: Hội Thử Sông Mây\nvalid_to: 2030-06-30\nsuccessors: hoi-thu-moi\n---\n"
    new = "---\nname: Hội Thử Sông Mây\nvalid_from: 2030-07-01\npredecessors: hoi-thu-cu\n---\n"
    archive = archive_of(
        tmp_path,
        {
            "organizations/hoi-thu-cu.md": old,
            "organizations/hoi-thu-moi.md": new,
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "host: Hội Thử Sông Mây"),
            "meetings/2030/2030-08-01-b.md": meeting("2030-08-01", "host: Hội Thử Sông Mây"),
        },
    )
    assert [m.hosts for m in archive.meetings.values()] == [("hoi-thu-cu",), ("hoi-thu-moi",)]


def test_a_chair_may_be_an_organization(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "chairs:\n  - organization: Hội Thử Một\n  - Hội Thử Hai Ba")})
    chairs = archive.meetings["2030-01-01-a"].with_role(Role.CHAIR)
    assert [(c.person, c.organizations) for c in chairs] == [(None, ("hoi-thu-mot",)), (None, ("hoi-thu-hai-ba",))]
    assert archive.people == {}


def test_leads_of_a_meeting_and_of_the_record_stand_side_by_side(tmp_path: Path, unions: dict[str, str]) -> None:
    unions["clusters/song-may-cum-1.md"] = (
        "---\nowner: lhh-song-may\nkind: cụm\nnumber: 1\nleads:\n  - {year: 2030, lead: Hội Thử Một, deputies: Hội Thử Hai Ba, meeting: 2030-01-01-a}\n---\n"
    )
    archive = archive_of(
        tmp_path,
        unions | {"meetings/2030/2030-01-01-a.md": meeting("2030-01-01", "cluster: song-may-cum-1", "leads:\n  - {year: 2031, lead: Hội Thử Hai Ba}")},
    )
    attested, decided = archive.leads_of_cluster["song-may-cum-1"]
    assert (attested.year, attested.decided, decided.year, decided.decided, decided.meeting) == (2030, False, 2031, True, "2030-01-01-a")
    assert [term.year for term in archive.terms_of_organization["hoi-thu-hai-ba"]] == [2030, 2031]


def test_documents_listed_and_named_in_the_text_are_one_record(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "meetings/2030/2030-01-01-a.md": meeting(
                "2030-01-01",
                "documents: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
                body="Theo Nghị quyết 57 – NQ/TW và các văn bản số 5-CT/TW; Luật Thử nghiệm.",
            ),
            "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", "documents:\n  - {type: Luật, title: Luật Thử nghiệm}", body="Chỉ thị số 05-CT/TW"),
        },
    )
    assert {d.label for d in archive.documents.values()} == {"Nghị quyết số 57-NQ/TW", "Chỉ thị số 05-CT/TW", "Luật Thử nghiệm"}
    assert set(archive.documents) == {"nghi-quyet-57-nq-tw", "chi-thi-05-ct-tw", "luat-thu-nghiem"}
    (citation,) = archive.citations_of["nghi-quyet-57-nq-tw"]
    assert (citation.listed, citation.date, citation.issuer) == (True, PartialDate(2024, 12, 22), "Bộ Chính trị")
    assert len(archive.meetings_citing["chi-thi-05-ct-tw"]) == 2


def test_one_number_of_two_years_is_two_documents_and_a_page_for_the_undated(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", body="Nghị quyết số 18-NQ/TW ngày 25/10/2017"),
            "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", body="Nghị quyết số 18-NQ/TW ngày 16/6/2022"),
            "meetings/2030/2030-03-01-c.md": meeting("2030-03-01", body="Nghị quyết số 18-NQ/TW"),
        },
    )
    assert set(archive.documents) == {"nghi-quyet-18-nq-tw", "nghi-quyet-18-nq-tw-2017", "nghi-quyet-18-nq-tw-2022"}
    assert archive.documents["nghi-quyet-18-nq-tw"].siblings == ("nghi-quyet-18-nq-tw-2017", "nghi-quyet-18-nq-tw-2022")
    assert [m.id for m in archive.meetings_citing["nghi-quyet-18-nq-tw-2022"]] == ["2030-02-01-b"]


def test_two_dates_within_a_year_are_a_contradiction_of_one_document(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "meetings/2030/2030-01-01-a.md": meeting("2030-01-01", body="Kết luận số 35-KL/TW ngày 05/5/2022"),
            "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", body="Kết luận số 35-KL/TW ngày 06/5/2022"),
        },
    )
    document = archive.documents["ket-luan-35-kl-tw"]
    assert document.date is None and document.dates == (PartialDate(2022, 5, 5), PartialDate(2022, 5, 6))


def test_a_former_id_leaves_a_redirect(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"meetings/2030/2030-01-01-moi.md": meeting("2030-01-01", "former_ids: 2030-01-01-cu")})
    (redirect,) = archive.redirects
    assert (redirect.old, redirect.new) == (urls.meeting("2030-01-01-cu"), urls.meeting("2030-01-01-moi"))


def test_two_sources_make_one_meeting_published_with_the_first(tmp_path: Path) -> None:
    lines = "sources:\n  - {url: https://a.example/, published: 2030-01-03}\n  - {url: https://b.example/, published: 2030-01-02 08:15}"
    archive = archive_of(tmp_path, {"meetings/2030/2030-01-01-a.md": f"---\ntitle: Hội nghị\ndate: 2030-01-01\n{lines}\n---\n"})
    record = archive.meetings["2030-01-01-a"]
    assert len(record.sources) == 2 and record.published.isoformat() == "2030-01-02T08:15:00+07:00"


def test_who_is_merely_named_has_a_page_but_took_no_part(tmp_path: Path) -> None:
    lines = ("chairs: Lê Thử Quý", "mentions: [{name: Trần Thử Nam, role: Tổng Bí thư}, {organization: Bảo tàng Thử}]")
    archive = archive_of(tmp_path, {"meetings/2030/2030-01-01-a.md": meeting("2030-01-01", *lines)})
    assert list(archive.people) == ["le-thu-quy", "tran-thu-nam"] and list(archive.organizations) == ["bao-tang-thu"]
    assert list(archive.participations_of_person) == ["le-thu-quy"] and not archive.participations_for_organization
    (found,) = archive.meetings_mentioning_person["tran-thu-nam"]
    assert archive.meetings_mentioning_organization["bao-tang-thu"] == (found,)
    assert [(one.name, one.position, one.person) for one in found.mentions] == [
        ("Trần Thử Nam", "Tổng Bí thư", "tran-thu-nam"),
        ("Bảo tàng Thử", "", None),
    ]


def test_a_year_of_birth_stands_in_the_person_s_own_file(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"people/le-thu.md": "---\nname: Lê Thử\nborn: 1979\n---\n"})
    assert archive.people["le-thu"].born == PartialDate(1979)


POST = "chairs: [{name: %s, role: %s, organization: Liên hiệp hội tỉnh Sông Mây}]"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("Võ Thử Trí", "Chủ tịch"), ("Võ Văn Trí", "Trưởng ban Đò ngang; Chủ tịch Liên hiệp hội tỉnh"), True),
        (("Võ Thử Trí", "Chủ tịch"), ("Võ Văn Trí", "Phó Chủ tịch"), False),
        (("Võ Thử Trí", "Phó Chủ tịch"), ("Võ Văn Trí", "Phó Chủ tịch"), False),
        (("Võ Thị Trí", "Chủ tịch"), ("Võ Văn Trí", "Chủ tịch"), False),
        (("Võ Thử Trí", "Chủ tịch"), ("Lê Thử Trí", "Chủ tịch"), False),
    ],
)
def test_two_names_alike_in_one_post_are_told_and_not_merged(first: tuple, second: tuple, told: bool, tmp_path: Path) -> None:
    files = {f"meetings/203{n}/203{n}-01-01-a.md": meeting(f"203{n}-01-01", POST % (name, json.dumps(role, ensure_ascii=False))) for n, (name, role) in enumerate((first, second))}
    archive = archive_of(tmp_path, files, codes=("name-near",) if told else ())
    assert len(archive.people) == 2


def test_two_in_one_post_whom_the_editor_tells_apart_are_not_told_of(tmp_path: Path) -> None:
    files = {f"meetings/203{n}/203{n}-01-01-a.md": meeting(f"203{n}-01-01", POST % (name, "Chủ tịch")) for n, name in enumerate(("Võ Thử Trí", "Võ Văn Trí"))}
    archive_of(tmp_path, {**files, "people/vo-van-tri.md": "---\nname: Võ Văn Trí\nnot_same_as: vo-thu-tri\n---\n"})


def test_a_faulty_record_is_told_once_and_not_by_each_that_refers_to_it(tmp_path: Path, unions: dict[str, str]) -> None:
    files = {
        **unions,
        "organizations/lhh-song-may.md": UNION.format("Sông Mây").replace("province:", "provinse:"),
        "people/le-thu.md": record("nam: Lê Thử"),
        "meetings/2030/2030-01-01-a.md": meeting("2030-1-1", "union: lhh-hong-lac"),
        "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", "cluster: song-may-cum-1", "host: lhh-song-may", "chairs: [{person: le-thu}]"),
        "clusters/hong-lac-cum-1.md": CLUSTER.format("lhh-hong-lac\nleads: [{year: 2030, lead: lhh-song-may, meeting: 2030-01-01-a}]"),
    }
    # In order of path: the meeting's date, the organization's field, the person's two.
    archive_of(tmp_path, files, ("date-invalid", "field-unknown", "field-missing", "field-unknown"))


def test_a_cluster_with_an_unknown_owner_is_told_once(tmp_path: Path) -> None:
    files = {
        "clusters/song-may-cum-1.md": CLUSTER.format("lhh-song-mai"),
        "meetings/2030/2030-02-01-b.md": meeting("2030-02-01", "cluster: song-may-cum-1"),
        "meetings/2030/2030-03-01-c.md": meeting("2030-03-01", "cluster: song-may-cum-2"),
    }
    archive_of(tmp_path, files, ("organization-unknown", "cluster-unknown"))
