"""What the pages of clusters, organizations, people, documents and years say, and what they refuse to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.records import (
    Citation,
    Cluster,
    Document,
    LeadTerm,
    Meeting,
    Membership,
    Mention,
    Organization,
    Participation,
    Person,
    Role,
)
from plugins.archive.schema import OrganizationFields
from plugins.indexes import alphabet, calendar, clusters, document_list, documents, meetings, organization_list, organizations, people
from plugins.indexes.paging import LIMIT, paged
from plugins.indexes.quarters import GapRow, count_rows, date_rows, folded, marked
from plugins.indexes.rows import Block

MODULES = (calendar, clusters, document_list, documents, meetings, organizations, people)


def by_id(records: Iterable) -> dict:
    return {record.id: record for record in records}


def chair(meeting: str, person: str, position: str = "", organizations: tuple[str, ...] = (), role: Role = Role.CHAIR) -> Participation:
    return Participation(meeting=meeting, role=role, person=person, name=person.title(), position=position, organizations=organizations)


def meeting(id: str, date: str, **fields: object) -> Meeting:
    return Meeting(
        **{"id": id, "path": f"{id}.md", "title": f"Họp {id}", "date": PartialDate.parse(date), "cluster": "c1", "union": "lhh", **fields}
    )


def archive(*found: Meeting, **changes: object) -> Archive:
    fields = {
        "meetings": by_id(sorted(found, key=lambda m: (m.date, m.id))),
        "people": by_id(
            Person(id=id, path="", name=name) for id, name in (("an", "Lê Thị An"), ("binh", "Bùi Bình"), ("an-2", "Lê Thị An"))
        ),
        "organizations": by_id(
            [
                Organization(id="lhh", path="x", name="Liên hiệp Sông Mây", scope="Sông Mây", kind="liên hiệp hội"),
                Organization(id="hoi-a", path="", name="Hội Ánh", kind="hội"),
                Organization(id="hoi-b", path="", name="Hội Ân", kind="hội"),
            ]
        ),
        "clusters": by_id(
            [Cluster(id="c1", path="x", owner="lhh", kind="cụm", number=1, short_label="Cụm số 1", label="Cụm số 1, Sông Mây")]
        ),
        "documents": {},
        "pages": {},
    }
    return Archive(**{**fields, **changes})


def view_at(found: Archive, module: object, path: str) -> object:
    return {page.path: page.view for page in module.pages(found, Gathered())}[path]


# --- clusters


def test_years_without_a_meeting_become_one_line_and_a_single_one_stays() -> None:
    rows = date_rows([meeting("a", "2010-05-01"), meeting("b", "2013-02-02"), meeting("c", "2015-12-31")], lambda year: year == 2010)
    assert [(row.first, row.last) if isinstance(row, GapRow) else row.year for row in rows] == [2015, 2014, 2013, (2011, 2012), 2010]
    assert [link.label for link in rows[-1].cells[1].links] == [PartialDate(2010, 5, 1)]
    assert (rows[-1].path, rows[0].path) == (urls.year(2010), "")


def test_a_meeting_of_an_unknown_month_stands_beside_the_quarters() -> None:
    only = date_rows([meeting("a", "2010")], lambda year: True)[0]
    assert all(not cell.links for cell in only.cells)
    assert [link.path for link in only.undated] == [urls.meeting("a")]


def test_a_cluster_names_its_newest_meeting_first() -> None:
    assert view_at(archive(), clusters, urls.cluster("c1")).latest is None
    found = archive(meeting("a", "2020-12-01"), meeting("b", "2021-03-01"))
    assert view_at(found, clusters, urls.cluster("c1")).latest.path == urls.meeting("b")


def term(year: int, lead: str, deputies: tuple[str, ...] = (), meeting: str | None = None, decided: bool = True) -> LeadTerm:
    return LeadTerm(cluster="c1", year=year, lead=(lead,), deputies=deputies, meeting=meeting, decided=decided)


def test_leads_name_the_meeting_that_decided_them_and_leave_unknown_years_open() -> None:
    found = archive(meeting("a", "2020-12-01", leads=(term(2021, "hoi-a", ("hoi-b",), "a"),)), meeting("z", "2018-01-01"))
    terms = view_at(found, clusters, urls.cluster("c1")).terms
    assert [(one.first, one.year) for one in terms] == [(2021, 2021), (2018, 2020)]
    assert terms[0].lead[0].label == "Hội Ánh" and terms[0].deputies[0].label == "Hội Ân"
    assert [(piece.path, piece.decided) for piece in terms[0].evidence] == [(urls.meeting("a"), True)]
    assert terms[1].lead == terms[1].evidence == ()


def test_terms_that_contradict_each_other_are_both_shown_and_agreeing_ones_are_one_row() -> None:
    found = archive(
        meeting("a", "2020-12-01", leads=(term(2021, "hoi-a", meeting="a"),)),
        meeting("b", "2021-01-01", leads=(term(2021, "hoi-a", ("hoi-b",), "b"),)),
        meeting("c", "2021-06-01", leads=(term(2021, "hoi-b", ("hoi-a",), "c"),)),
    )
    rows = [one for one in view_at(found, clusters, urls.cluster("c1")).terms if one.year == 2021]
    assert [one.lead[0].label for one in rows] == ["Hội Ánh", "Hội Ân"]
    assert [len(one.evidence) for one in rows] == [2, 1]


def test_a_unit_shows_who_stood_for_it_that_year() -> None:
    stood = chair("a", "an", "Giám đốc, Cụm trưởng", ("hoi-a",))
    other = chair("a", "binh", "Giám đốc", ("hoi-a",))
    found = archive(meeting("a", "2021-12-01", participations=(stood, other), leads=(term(2021, "hoi-a"),)))
    assert [link.path for link in view_at(found, clusters, urls.cluster("c1")).terms[0].lead[0].people] == [urls.person("an")]


def test_members_count_only_what_is_known_and_others_are_not_called_members() -> None:
    membership = Membership(cluster="c1", year=2023, organizations=("hoi-a",), count=11, meeting="a")
    cluster = replace(archive().clusters["c1"], members=(membership,))
    found = archive(meeting("a", "2023-04-18", hosts=("hoi-b",)), clusters={"c1": cluster})
    view = view_at(found, clusters, urls.cluster("c1"))
    assert (view.members.count, [link.path for link in view.members.known.first]) == (11, [urls.organization("hoi-a")])
    assert [link.path for link in view.seen.first] == [urls.organization("hoi-b")]


# --- people


def test_a_position_spans_only_the_records_that_state_it() -> None:
    found = archive(
        meeting("a", "2020-01-01", participations=(chair("a", "an", "Chủ tịch", ("lhh",)),)),
        meeting("b", "2022-01-01", participations=(chair("b", "an", "chủ tịch", ("lhh",)),)),
        meeting("c", "2023-01-01", participations=(chair("c", "an"),)),
    )
    view = view_at(found, people, urls.person("an"))
    assert [(one.position, [str(r.date) for r in one.records]) for one in view.offices] == [("chủ tịch", ["2020-01-01", "2022-01-01"])]
    assert (view.latest.text, str(view.latest.record.date)) == ("chủ tịch, Liên hiệp Sông Mây", "2022-01-01")
    assert view.offices[0].dots == tuple(sorted(view.offices[0].dots))
    assert all(0 < dot < 100 for dot in view.offices[0].dots)


def test_an_organization_that_the_position_names_is_not_repeated() -> None:
    found = archive(meeting("a", "2020-01-01", participations=(chair("a", "an", "Chủ tịch Liên hiệp Sông Mây", ("lhh",)),)))
    view = view_at(found, people, urls.person("an"))
    assert view.latest.text == "Chủ tịch Liên hiệp Sông Mây"
    assert view.offices[0].organizations == ()


def test_a_person_without_a_stated_position_has_none() -> None:
    view = view_at(archive(meeting("a", "2020-01-01", participations=(chair("a", "an"),))), people, urls.person("an"))
    assert view.latest is None and view.offices == ()
    assert (view.chaired, view.attended, view.meeting_count) == (1, 0, 1)


def test_who_is_merely_named_is_listed_as_such_and_counted_with_nobody() -> None:
    named = Mention(meeting="m1", person="binh", name="Bùi Bình", position="Tổng Bí thư")
    body = Mention(meeting="m1", person=None, name="Hội Ánh", organizations=("hoi-a",))
    found = archive(meeting("m1", "2024-01-01", participations=(chair("m1", "an", "Chủ tịch"),), mentions=(named, body)))
    view = view_at(found, people, urls.person("binh"))
    (shown,) = view.meetings.first[0].items
    assert ([tag.label for tag in shown.tags], shown.detail) == (["Được nhắc tới"], "Tổng Bí thư")
    assert (view.meeting_count, view.chaired, view.attended, view.latest.text) == (1, 0, 0, "Tổng Bí thư")
    assert not len(view.companions.chaired) and not len(view.companions.attended)
    unit = view_at(found, organizations, urls.organization("hoi-a"))
    assert ([tag.label for tag in unit.meetings.first[0].items[0].tags], unit.attended) == (["Được nhắc tới"], 0)


def test_companions_are_counted_apart_by_chairing_and_attending() -> None:
    together = (chair("a", "an"), chair("a", "binh"))
    apart = (chair("b", "an"), chair("b", "binh", role=Role.PARTICIPANT))
    found = archive(meeting("a", "2020-01-01", participations=together), meeting("b", "2020-02-01", participations=apart))
    companions = view_at(found, people, urls.person("an")).companions
    assert [(link.path, link.count) for link in companions.chaired.first] == [(urls.person("binh"), 1)]
    assert [(link.path, link.count) for link in companions.attended.first] == [(urls.person("binh"), 1)]


def test_namesakes_point_at_each_other() -> None:
    found = archive()
    assert [link.path for link in view_at(found, people, urls.person("an")).not_same_as] == [urls.person("an-2")]
    assert [link.path for link in view_at(found, people, urls.person("an-2")).not_same_as] == [urls.person("an")]
    marked = archive(people={**found.people, "binh": replace(found.people["binh"], not_same_as=("an",))})
    assert urls.person("binh") in [link.path for link in view_at(marked, people, urls.person("an")).not_same_as]


def test_people_stand_by_given_name_then_family_name_in_vietnamese_order() -> None:
    names = ["Trần Ơn", "Bùi Ân", "Lê Ăn", "Lê Đạt", "Bùi Đạt", "Hồ Ánh", "Vũ Dũng", "Đỗ An"]
    found = archive(people=by_id(Person(id=f"p{i}", path="", name=name) for i, name in enumerate(names)))
    view = view_at(found, people, urls.PEOPLE)
    assert [(group.label, [entry.label for entry in group.entries]) for group in view.groups] == [
        ("A", ["Đỗ An", "Hồ Ánh"]),
        ("Ă", ["Lê Ăn"]),
        ("Â", ["Bùi Ân"]),
        ("D", ["Vũ Dũng"]),
        ("Đ", ["Bùi Đạt", "Lê Đạt"]),
        ("Ơ", ["Trần Ơn"]),
    ]


def test_a_long_list_of_names_gets_a_page_for_each_letter() -> None:
    found = archive(people=by_id(Person(id=f"p{i}", path="", name=f"Lê {'An' if i % 2 else 'Ơn'}") for i in range(alphabet.LIMIT + 1)))
    written = {page.path: page.view for page in people.pages(found, Gathered())}
    assert written[urls.PEOPLE].split
    listed = [entry.path for path in ("nguoi/chu_a.html", "nguoi/chu_ow.html") for entry in written[path].group.entries]
    assert sorted(listed) == sorted(urls.person(id) for id in found.people)


# --- organizations


def test_an_organization_shows_what_it_was_at_each_meeting_and_in_each_year() -> None:
    membership = Membership(cluster="c1", year=2020, organizations=("hoi-a", "hoi-b"), count=None, meeting=None)
    cluster = replace(archive().clusters["c1"], members=(membership, replace(membership, year=2021)))
    found = archive(
        meeting("a", "2020-03-01", hosts=("hoi-a",), leads=(term(2021, "hoi-a", ("hoi-b",), "a"),)),
        meeting("b", "2021-03-01", participations=(chair("b", "an", "Chủ tịch", ("hoi-a",), Role.SPEAKER),)),
        clusters={"c1": cluster},
    )
    view = view_at(found, organizations, urls.organization("hoi-a"))
    shown = {item.path: [tag.label for tag in item.tags] for block in view.meetings.first for item in block.items}
    assert shown == {urls.meeting("a"): ["Đăng cai"], urls.meeting("b"): ["Phát biểu", "Cụm trưởng"]}
    assert [(one.year, one.role.label) for one in view.roles] == [(2021, "Cụm trưởng"), (2020, "Thành viên")]
    assert [(one.name, one.position, str(one.date)) for one in view.representatives] == [("Lê Thị An", "Chủ tịch", "2021-03-01")]
    assert (view.hosted, view.attended, view.years_led) == (1, 1, 1)


def test_then_and_now_are_linked_with_their_dates() -> None:
    old = Organization(id="cu", path="x", name="Hội Cũ", valid_to=PartialDate(2025, 6, 30), successors=("hoi-a",))
    base = archive().organizations
    found = archive(organizations={**base, "cu": old, "hoi-a": replace(base["hoi-a"], predecessors=("cu",))})
    before = view_at(found, organizations, urls.organization("hoi-a")).predecessors
    assert [(one.path, str(one.valid_to)) for one in before] == [(urls.organization("cu"), "2025-06-30")]
    assert [one.path for one in view_at(found, organizations, urls.organization("cu")).successors] == [urls.organization("hoi-a")]


def test_organizations_stand_by_kind_then_in_vietnamese_order() -> None:
    view = view_at(archive(), organizations, urls.ORGANIZATIONS)
    assert [(group.label, [entry.label for entry in group.entries]) for group in view.groups] == [
        ("Hội", ["Hội Ánh", "Hội Ân"]),
        ("Liên hiệp hội", ["Liên hiệp Sông Mây"]),
    ]


# --- documents


def cite(meeting: str, document: str, date: str | None = None, as_written: str = "") -> Citation:
    return Citation(meeting=meeting, document=document, as_written=as_written, date=PartialDate.parse(date) if date else None)


def test_two_dates_of_one_document_are_both_shown_with_their_records() -> None:
    document = Document(id="d", path="", type="Nghị quyết", number="35-NQ/TW")
    found = archive(
        meeting("a", "2020-01-01", citations=(cite("a", "d", "2018-10-25", "35-NQ/TW"),)),
        meeting("b", "2022-01-01", citations=(cite("b", "d", "2018-10-22", "35 NQ/TW"),)),
        documents={"d": document},
    )
    view = view_at(found, documents, urls.document("d"))
    assert [(str(one.date), one.count, one.record.path) for one in view.dates] == [
        ("2018-10-22", 1, urls.meeting("b")),
        ("2018-10-25", 1, urls.meeting("a")),
    ]
    assert [(one.text, one.count) for one in view.wordings] == [("35 NQ/TW", 1), ("35-NQ/TW", 1)]
    assert [(one.label, one.count, one.path) for one in view.counts] == [
        ("2022", 1, urls.year(2022)),
        ("2021", 0, ""),
        ("2020", 1, urls.year(2020)),
    ]


def test_documents_stand_by_kind_and_number() -> None:
    numbers = [("Nghị quyết", "57-NQ/TW"), ("Nghị quyết", "5-NQ/TW"), ("Kết luận", "1-KL/TW"), ("", "9-XX/YY")]
    found = archive(documents=by_id(Document(id=f"d{i}", path="", type=kind, number=number) for i, (kind, number) in enumerate(numbers)))
    view = view_at(found, document_list, urls.DOCUMENTS)
    assert [(kind.label, [one.label for one in kind.documents]) for kind in view.kinds] == [
        ("Nghị quyết", ["số 5-NQ/TW", "số 57-NQ/TW"]),
        ("Văn bản khác", ["số 9-XX/YY"]),
        ("Kết luận", ["số 1-KL/TW"]),
    ]
    assert view.kinds[0].documents[1].anchor == "vb-57-nq-tw"


# --- years and quarters


def test_the_calendar_counts_every_quarter_and_marks_the_current_one() -> None:
    found = archive(meeting("a", "2020-01-01"), meeting("b", "2020-02-01"), meeting("c", "2022-11-01"), meeting("d", "2022"))
    rows = count_rows(found)
    assert [(row.year, [cell.links[0].label if cell.links else "" for cell in row.cells]) for row in rows] == [
        (2022, ["", "", "", "1"]),
        (2021, ["", "", "", ""]),
        (2020, ["2", "", "", ""]),
    ]
    assert rows[1].path == "" and [link.label for link in rows[0].undated] == ["1"]
    assert [row.total for row in rows] == [2, 0, 2]
    assert [cell.current for cell in marked(rows, 2020, 1)[2].cells] == [True, False, False, False]


def test_a_year_leads_to_the_nearest_years_and_a_quarter_to_the_nearest_quarters() -> None:
    found = archive(meeting("a", "2018-02-01"), meeting("b", "2020-05-01"), meeting("c", "2020"))
    year = view_at(found, calendar, urls.year(2020))
    assert (year.previous.path, year.next, [one.quarter for one in year.quarters], len(year.undated)) == (urls.year(2018), None, [2], 1)
    quarter = view_at(found, calendar, urls.quarter(2018, 1))
    assert (quarter.previous, quarter.next.path) == (None, urls.quarter(2020, 2))


# --- long lists


def blocks(sizes: dict[int, int]) -> list[Block]:
    return [
        Block(year=str(year), anchor=f"nam-{year}", items=(meeting("a", f"{year}-01-01"),) * size) for year, size in sizes.items() if size
    ]


@pytest.mark.parametrize(
    ("sizes", "first", "further"),
    [
        ({2020: 3, 2019: 7}, ["2020", "2019"], []),
        ({2020: 3, 2019: 8, 2018: 1}, ["2020"], [("cum/c_2016-2020.html", ["2019", "2018"])]),
        ({2021: 3, 2020: 8, 2015: 1}, ["2021"], [("cum/c_2016-2020.html", ["2020"]), ("cum/c_2011-2015.html", ["2015"])]),
        ({2021: 9, 2020: 8, 2019: 3}, ["2021"], [("cum/c_2020.html", ["2020"]), ("cum/c_2019.html", ["2019"])]),
        ({2020: 21}, ["2020 (3/3)"], [("cum/c_2020-2.html", ["2020 (2/3)"]), ("cum/c_2020-1.html", ["2020 (1/3)"])]),
        ({}, [], []),
    ],
)
def test_a_long_list_moves_its_older_years_to_pages_of_their_own(sizes: dict[int, int], first: list[str], further: list) -> None:
    result = paged("cum/c.html", blocks(sizes), limit=10)
    assert [block.year for block in result.first] == first
    assert [(part.path, [block.year for block in part.blocks]) for part in result.further] == further
    assert all(part.count <= 10 for part in result.further)


def test_what_is_too_long_for_its_page_stays_there_as_an_overview() -> None:
    result = paged("cum/c.html", blocks({2021: 9, 2020: 23, 2019: 3}), limit=10)
    assert [(part.path, part.heading, [inner.heading for inner in part.parts]) for part in result.overviews] == [
        ("cum/c_2016-2020.html", "2019 – 2020", ["2020", "2019"]),
        ("cum/c_2020.html", "2020", ["2020 (3/3)", "2020 (2/3)", "2020 (1/3)"]),
    ]
    assert [link.label for link in result.further[0].above] == ["2019 – 2020", "2020"]


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.data())
def test_an_address_once_given_stays_whatever_year_a_meeting_comes_to(counts: list[int], data: st.DataObject) -> None:
    sizes = dict(zip(range(2024, 2012, -1), counts, strict=True))
    given = set()
    for _ in range(12):
        result = paged("cum/c.html", blocks(sizes), limit=4)
        paths = {part.path for part in (*result.further, *result.overviews)}
        assert given <= paths
        given = paths
        sizes[data.draw(st.integers(2013, 2024))] += data.draw(st.integers(1, 3))


def test_the_further_pages_of_a_list_lead_to_each_other_past_the_overviews() -> None:
    found = archive(*(meeting(f"m{i}", f"{2013 + i % 12}-01-01") for i in range(400)))
    written = {page.path: page.view for page in clusters.pages(found, Gathered())}
    part, chain = written[urls.cluster("c1")].meetings.older[0], []
    while part:
        chain.append(part.path)
        part = written[part.path].older
    overview = written["cum/c1_2016-2020.html"]
    assert chain == [one.path for one in written[urls.cluster("c1")].meetings.older]
    assert [one.label for one in overview.parts] == ["2020", "2019", "2018", "2017", "2016"] and overview.count == 166
    assert (overview.newer.label, overview.older.label, overview.blocks) == ("2021 – 2022", "2015", ())
    assert [link.path for link in written["cum/c1_2018.html"].crumbs][-2:] == [urls.cluster("c1"), "cum/c1_2016-2020.html"]


def many(count: int) -> Archive:
    found = [
        meeting(
            f"m{i}",
            f"{2010 + i % 12}-0{1 + i % 3}-0{1 + i % 9}",
            hosts=("hoi-a",),
            participations=(chair(f"m{i}", "an", "Chủ tịch", ("hoi-a",)),),
        )
        for i in range(count)
    ]
    return archive(*found)


def test_no_page_is_too_long_and_no_meeting_is_lost() -> None:
    found = many(400)
    for module, path in ((clusters, urls.cluster("c1")), (organizations, urls.organization("hoi-a")), (people, urls.person("an"))):
        written = {page.path: page for page in module.pages(found, Gathered())}
        own = [item.path for block in written[path].view.meetings.first for item in block.items]
        parts = [
            [item.path for block in page.view.blocks for item in block.items]
            for key, page in written.items()
            if key.startswith(path.removesuffix(".html") + "_")
        ]
        assert all(len(items) <= LIMIT for items in (own, *parts))
        assert sorted([*own, *(item for items in parts for item in items)]) == sorted(urls.meeting(id) for id in found.meetings)


def test_the_quarters_of_a_crowded_cluster_count_the_years_that_have_pages_of_their_own() -> None:
    view = view_at(many(400), clusters, urls.cluster("c1"))
    further = {int(block.year): part.place(block) for part in view.meetings.further for block in part.blocks}
    rows = {one.year: [cell.links for cell in one.cells if cell.links] for one in view.quarters}
    assert min(rows) in further and max(rows) not in further
    for year, cells in rows.items():
        paths = {link.path for links in cells for link in links}
        assert paths == {further[year]} if year in further else all(path.startswith("ban-ghi/") for path in paths)
    counted = sum(int(links[0].label) for year in further for links in rows[year])
    assert counted == sum(part.count for part in view.meetings.further)


def test_empty_years_in_a_row_are_one_row_of_the_calendar() -> None:
    found = archive(meeting("a", "2012-05-01"), meeting("b", "2017-05-01"), meeting("c", "2019-05-01"))
    rows = [(row.first, row.last) if isinstance(row, GapRow) else row.year for row in folded(count_rows(found))]
    assert rows == [2019, 2018, 2017, (2013, 2016), 2012]


def test_a_crowded_quarter_is_shown_by_month() -> None:
    found = archive(*(meeting(f"m{i}", f"2020-0{1 + i % 3}-01") for i in range(120)))
    written: dict[str, OutputPage] = {page.path: page for page in calendar.pages(found, Gathered())}
    view = written[urls.quarter(2020, 1)].view
    assert [block.year for block in view.meetings.first] == ["03/2020", "02/2020"]
    assert written["lich/2020-q1_thang-01.html"].view.count == 40
    assert all(not quarter.items and quarter.count == 120 for quarter in written[urls.year(2020)].view.quarters)


@pytest.mark.parametrize("found", [archive(), many(400)], ids=["empty", "dense"])
def test_no_two_pages_share_a_path_and_each_lies_one_folder_deep(found: Archive) -> None:
    paths = [page.path for module in MODULES for page in module.pages(found, Gathered())]
    assert len(paths) == len(set(paths))
    assert all(path.count("/") <= 1 for path in paths)


def test_every_kind_and_level_of_the_schema_has_its_label() -> None:
    kinds, levels = (set(get_args(OrganizationFields.model_fields[name].annotation)) for name in ("kind", "level"))
    assert (set(organization_list.KINDS), {"", *organizations.LEVELS}) == (kinds, levels)
