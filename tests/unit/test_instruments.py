"""The instruments count what the archive holds, and claim nothing else."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import instruments
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Body, OutputPage, Task
from plugins.archive.records import Citation, Cluster, Document, Meeting, Organization, Participation, Person, Role
from plugins.archive.text import match_key
from plugins.instruments import companions, coverage, documents, figures, ledger, numbers, succession, timeline
from plugins.instruments.parts import chart, sheets
from plugins.instruments.syllables import NOTHING, Syllables, words_of
from plugins.instruments.texts import TextPage, Texts, read, read_again

EMPTY = Archive(meetings={}, people={}, organizations={}, clusters={}, documents={}, pages={})


def meeting(id: str, date: str, *people: str, **fields: object) -> Meeting:
    participations = tuple(Participation(meeting=id, role=Role.CHAIR, person=person, name=person) for person in people)
    return Meeting(id=id, path=f"{id}.md", title=f"Hội nghị {id}", date=PartialDate.parse(date), participations=participations, **fields)


def archive_of(*meetings: Meeting, **kinds: dict) -> Archive:
    people = {p.person: Person(id=p.person, path="", name=p.person) for m in meetings for p in m.participations if p.person}
    cited = {c.document: Document(id=c.document, path="", type="Nghị quyết", number=c.document) for m in meetings for c in m.citations}
    clusters = {
        id: Cluster(id=id, path="", owner="lhh", kind="cụm", short_label=id, label=id) for id in {m.cluster for m in meetings if m.cluster}
    }
    owner = {"lhh": Organization(id="lhh", path="", name="LHH")}
    given_kinds = {"people": people, "organizations": owner, "clusters": clusters, "documents": cited, "pages": {}, **kinds}
    return Archive(meetings={m.id: m for m in sorted(meetings, key=lambda m: (m.date, m.id))}, **given_kinds)


def texts_of(archive: Archive, **bodies: Body) -> Texts:
    return read(archive, {("meeting", id): body for id, body in bodies.items()})


NO_TEXTS = texts_of(EMPTY)


def text_of(*passages: str, tasks: tuple[str, ...] = ()) -> Body:
    numbered = tuple(Task(number=n, anchor=f"nv-{n}", text=text) for n, text in enumerate(tasks, 1))
    told = tuple((f"doan-{n}", text) for n, text in enumerate(passages, 1)) + tuple((task.anchor, task.text) for task in numbered)
    return Body(html="", text="", tasks=numbered, passages=told)


def only(pages: list[OutputPage]) -> object:
    (page,) = pages
    return page.view


# --- All of them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("archive", [EMPTY, archive_of(meeting("a", "2025", "an")), archive_of(meeting("a", "2025-03", cluster="c"))])
def test_every_instrument_works_on_next_to_nothing(archive: Archive) -> None:
    pages = list(instruments.pages(archive, texts_of(archive)))
    assert len({page.path for page in pages}) == len(pages) > len(instruments.INSTRUMENTS)
    assert len(pages[-1].view.instruments) == len(instruments.INSTRUMENTS)
    assert {link.path for link, _ in pages[-1].view.instruments} <= {page.path for page in pages}


@given(st.lists(st.integers(0, 50), max_size=30))
def test_bars_stand_on_the_base_in_proportion(counts: list[int]) -> None:
    drawn = chart(counts, str)
    assert len(drawn.bars) == len(counts)
    for bar, count in zip(drawn.bars, counts, strict=True):
        assert (
            bar.y + bar.height == pytest.approx(drawn.base, abs=0.02) and bar.y >= 19.9 and 0 <= bar.x <= bar.x + bar.width <= 100
        )
        assert bar.height == pytest.approx(count / max(*counts, 1) * (drawn.base - 20), abs=0.01)


@pytest.mark.parametrize(("count", "shown", "on_a_phone"), [(0, 0, 0), (1, 1, 1), (6, 6, 6), (12, 12, 6), (26, 9, 5)])
def test_of_many_labels_some_are_left_out_evenly(count: int, shown: int, on_a_phone: int) -> None:
    labelled = [bar for bar in chart([1] * count, str).bars if bar.label]
    assert (len(labelled), sum(not bar.minor for bar in labelled)) == (shown, on_a_phone)
    places = [int(bar.label) for bar in labelled]
    assert len({after - before for before, after in pairwise(places)}) <= 1


@pytest.mark.parametrize(("rows", "sizes"), [(0, [0]), (3, [3]), (4, [3, 1])])
def test_a_long_table_goes_on_over_sheets(rows: int, sizes: list[int]) -> None:
    found = list(sheets("x", range(rows), 3))
    assert [len(piece) for _, _, _, piece in found] == sizes
    assert [path for path, *_ in found] == ["cong-cu/x.html", "cong-cu/x_2.html"][: len(sizes)]
    assert found[0][2] == (("cong-cu/x.html", "cong-cu/x_2.html") if len(sizes) > 1 else ())


# --- Timeline, documents, coverage --------------------------------------------------------------------------------------


def test_the_timeline_counts_every_meeting_once_and_shows_years_without_any() -> None:
    view = only(list(timeline.pages(archive_of(meeting("a", "2023-01-05"), meeting("b", "2023-03"), meeting("c", "2025")), NO_TEXTS)))
    assert [(row.year.label, [q.label if q else None for q in row.quarters], row.undated, row.total) for row in view.rows] == [
        ("2025", [None] * 4, 1, 1),
        ("2024", [None] * 4, 0, 0),
        ("2023", ["2", None, None, None], 0, 2),
    ]
    assert [bar.height > 0 for bar in view.chart.bars] == [True] + [False] * 11


def test_documents_are_counted_by_year_of_the_meeting() -> None:
    def citing(id: str, date: str, *cited: str) -> Meeting:
        return meeting(id, date, citations=tuple(Citation(meeting=id, document=one, as_written=one) for one in cited))

    view = only(list(documents.pages(archive_of(citing("a", "2023", "x", "x"), citing("b", "2025", "x", "y")), NO_TEXTS)))
    assert view.years == (2023, 2024, 2025) and view.totals == (1, 0, 2)
    assert [(row.document.label, row.total, row.counts) for row in view.rows] == [
        ("Nghị quyết số x", 2, (1, 0, 1)),
        ("Nghị quyết số y", 1, (0, 0, 1)),
    ]


def test_a_gap_lies_between_two_records_of_a_cluster_and_nowhere_else() -> None:
    view = only(
        list(coverage.pages(archive_of(meeting("a", "2024-05-01", cluster="c"), meeting("b", "2025-02-01", cluster="c")), NO_TEXTS))
    )
    (row,) = view.rows
    assert view.years == (2024, 2025)
    assert [bool(cell.meetings) for cell in row.cells] == [False, True, False, False, True, False, False, False]
    assert [cell.is_gap for cell in row.cells] == [False, False, True, True, False, False, False, False]
    assert (row.gaps, view.gap_count) == (2, 2)


def test_several_meetings_of_a_quarter_lead_to_the_cluster_and_undated_ones_are_named() -> None:
    archive = archive_of(meeting("a", "2025-01-01", cluster="c"), meeting("b", "2025-02", cluster="c"), meeting("d", "2025", cluster="c"))
    (row,) = only(list(coverage.pages(archive, NO_TEXTS))).rows
    assert (len(row.cells[0].meetings), row.cells[0].more) == (2, "cum/c.html")
    assert [held.title for held in row.undated] == ["Hội nghị d"]


def test_coverage_shows_four_years_at_a_time_and_only_clusters_known_then() -> None:
    archive = archive_of(meeting("a", "2015-01-01", cluster="old"), *(meeting(f"n{y}", f"{y}-01-01", cluster="new") for y in (2020, 2025)))
    pages = list(coverage.pages(archive, NO_TEXTS))
    assert [(page.path, page.view.years, [row.cluster.label for row in page.view.rows]) for page in pages] == [
        ("cong-cu/do-phu.html", (2022, 2023, 2024, 2025), ["new"]),
        ("cong-cu/do-phu-2018-2021.html", (2018, 2019, 2020, 2021), ["new"]),
        ("cong-cu/do-phu-2015-2017.html", (2015, 2016, 2017), ["old"]),
    ]
    assert [link.path for link in pages[0].view.periods] == ["", "cong-cu/do-phu-2018-2021.html", "cong-cu/do-phu-2015-2017.html"]


# --- Together, then and now ---------------------------------------------------------------------------------------------


def test_who_met_twice_is_a_pair_and_the_newest_meetings_prove_it() -> None:
    archive = archive_of(meeting("a", "2023", "an", "binh"), meeting("b", "2024", "an", "binh", "chi"), meeting("c", "2025", "chi"))
    view = only(list(companions.pages(archive, NO_TEXTS)))
    assert [(pair.first.label, pair.second.label, pair.count, [m.title for m in pair.meetings]) for pair in view.people] == [
        ("an", "binh", 2, ["Hội nghị b", "Hội nghị a"])
    ]


def test_a_succession_counts_whichever_side_states_it() -> None:
    bodies = {
        "old": Organization(id="old", path="", name="Hội cũ", successors=("new",)),
        "older": Organization(id="older", path="", name="Hội xưa", valid_to=PartialDate(2025, 7)),
        "new": Organization(id="new", path="", name="Hội mới", predecessors=("older",)),
    }
    view = only(list(succession.pages(archive_of(meeting("a", "2025", hosts=("old",)), organizations=bodies), NO_TEXTS)))
    (step,) = view.steps
    assert ([body.link.label for body in step.before], step.after.link.label) == (["Hội cũ", "Hội xưa"], "Hội mới")
    assert [body.count for body in step.before] == [1, 0] and str(step.before[1].valid_to) == "2025-07"


def test_provinces_are_shown_where_the_archive_has_met_them_in_whatever_spelling() -> None:
    view = only(
        list(succession.pages(archive_of(meeting("a", "2024", province="Hoà Bình"), meeting("b", "2025", province="Sông Mây")), NO_TEXTS))
    )
    (joined,) = view.provinces
    assert (joined.now.name, [(old.name, old.count) for old in joined.before]) == (
        "Phú Thọ",
        [("Hòa Bình", 1), ("Phú Thọ", 0), ("Vĩnh Phúc", 0)],
    )


def test_sixty_three_provinces_became_thirty_four() -> None:
    joined = succession.JOINED_2025
    assert len(joined) == 23 and sum(map(len, joined.values())) == 63 - 11
    assert len({name for before in joined.values() for name in before}) == 63 - 11


# --- Numbers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("có 1.305 hội viên và 22 lớp tập huấn", ["1.305", "22"]),
        ("tăng 5,5% so với cùng kỳ, đạt (100%)", ["5,5%", "100%"]),
        ("ngày 09/10/2025, sáng 18-4, tháng 7, năm 2025, quý 3", []),
        ("Nghị quyết số 57-NQ/TW, Kế hoạch 130/KH-BCĐ và Chỉ thị số 5", []),
        ("Cụm thi đua số 1, Khối 4, nhiệm kỳ 2020 - 2025, giai đoạn 2021-2025", []),
        ("lúc 8 giờ 30, 14h", []),
        ("1. Nhiệm vụ đầu", []),
        ("trên 2.000 đại biểu; 30 triệu đồng", ["2.000", "30"]),
        ("có 2000 đại biểu", ["2000"]),
        ("COVID-19 và H5N1", []),
        ("điện thoại 0210.3846.888", []),
    ],
)
def test_a_number_is_one_that_counts_or_measures(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in figures.numbers(text)] == found


def test_each_number_leads_to_its_paragraph_and_keeps_its_words() -> None:
    archive = archive_of(meeting("a", "2024"), meeting("b", "2025"))
    pages = list(figures.pages(archive, texts_of(archive, a=text_of("mở 22 lớp"), b=text_of("đầu", "có 7 hội", tasks=("lập 3 tổ",)))))
    assert [(page.path, page.view.year, page.view.count) for page in pages] == [
        ("cong-cu/so-lieu.html", 2025, 2),
        ("cong-cu/so-lieu-2024.html", 2024, 1),
    ]
    (told,) = pages[0].view.meetings
    assert [(f.before, f.value, f.after, f.path) for f in told.figures] == [
        ("có ", "7", " hội", "ban-ghi/b.html#doan-2"),
        ("lập ", "3", " tổ", "ban-ghi/b.html#nv-1"),
    ]


@given(st.text(max_size=200))
def test_no_text_stops_the_search_for_numbers(text: str) -> None:
    assert all(any(mark.isdigit() for mark in text[start:end]) for start, end in figures.numbers(text))


# --- The ledger of tasks ------------------------------------------------------------------------------------------------


def ledger_of(archive: Archive, **bodies: Body) -> ledger.LedgerView:
    _, page = ledger.pages(archive, texts_of(archive, **bodies))
    return page.view


def test_a_task_stands_beside_what_the_next_meeting_says_in_its_words() -> None:
    archive = archive_of(meeting("a", "2024-01", cluster="c"), meeting("b", "2024-04", cluster="c"), meeting("z", "2024-02"))
    first = text_of("Mở đầu", tasks=("Đẩy mạnh chuyển đổi số trong thư viện", "Trồng cây đầu năm"))
    second = text_of("Chào mừng đại biểu", "Thư viện đã hoàn thành chuyển đổi số")
    view = ledger_of(archive, a=first, b=second, z=second)
    (page,) = view.pages
    assert page.next is not None and page.next.path == "ban-ghi/b.html" and view.task_count == 2
    digital, trees = page.tasks
    assert [(answer.path, answer.shared) for answer in digital.answers] == [("ban-ghi/b.html#doan-2", ("chuyển đổi số", "thư viện"))]
    assert trees.answers == () and digital.path == "ban-ghi/a.html#nv-1"


def test_words_that_only_hold_sentences_together_prove_nothing() -> None:
    archive = archive_of(meeting("a", "2024-01", cluster="c"), meeting("b", "2024-04", cluster="c"))
    view = ledger_of(
        archive,
        a=text_of(tasks=("Báo cáo của hội và của tỉnh trong năm",)),
        b=text_of("Ý kiến của bà và của ông trong buổi họp"),
    )
    assert view.pages[0].tasks[0].answers == ()


def test_the_last_meeting_has_no_answer_yet() -> None:
    view = ledger_of(archive_of(meeting("a", "2024-01", cluster="c")), a=text_of(tasks=("Chuyển đổi số",)))
    assert view.pages[0].next is None and view.pages[0].tasks[0].answers == ()


def test_tone_placement_and_capitals_do_not_part_words() -> None:
    archive = archive_of(meeting("a", "2024-01", cluster="c"), meeting("b", "2024-04", cluster="c"))
    view = ledger_of(archive, a=text_of(tasks=("Văn hoá doanh nghiệp",)), b=text_of("về VĂN HÓA DOANH nghiệp"))
    assert view.pages[0].tasks[0].answers[0].shared == ("Văn hoá doanh nghiệp",)


@given(st.text(alphabet=st.sampled_from("hộiHOÁ vàcủa số–,.\n"), max_size=60))
def test_pairs_are_those_of_the_words_side_by_side(text: str) -> None:
    words, syllables = words_of(text), Syllables()
    pairs = syllables.pairs(text)
    assert len(pairs) == max(len(words) - 1, 0)
    for one, pair in zip(pairwise(words), pairs, strict=True):
        assert (pair == NOTHING) == bool({"và", "của"} & set(map(match_key, one)))
        assert syllables.pairs(" ".join(one)) == [pair]


@given(st.text(alphabet=st.sampled_from("0123456789.,%/:- a"), max_size=30))
def test_a_number_begins_where_no_word_sign_stands_before_it(text: str) -> None:
    plainly = re.compile(r"(?<![\w/.,:-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:%|(?![\w/:-]|[.,]\d))")
    assert [match.span() for match in numbers.NUMBER.finditer(text)] == [match.span() for match in plainly.finditer(text)]


# --- What another text changes ------------------------------------------------------------------------------------------


def two_clusters() -> Archive:
    return archive_of(*(meeting(id, f"202{number}-01", cluster=id[0]) for number, id in enumerate(("c1", "c2", "d1", "d2"))))


def told(archive: Archive, texts: Texts) -> dict[str, TextPage]:
    return {page.path: page for kind in instruments.OF_TEXTS for page in kind(archive, texts)}


TEXTS = st.lists(st.sampled_from(["có 7 hội", "Chuyển đổi số trong thư viện", "mở 22 lớp học"]), max_size=3)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=4, max_size=4), st.integers(0, 3), TEXTS, TEXTS)
def test_a_page_that_another_text_changes_shows_that_text_or_tells_something_else(
    said: list[tuple[list[str], list[str]]], place: int, passages: list[str], tasks: list[str]
) -> None:
    archive = two_clusters()
    before = {id: text_of(*some, tasks=tuple(set_)) for id, (some, set_) in zip(archive.meetings, said, strict=True)}
    changed = list(archive.meetings)[place]
    after = {**before, changed: text_of(*passages, tasks=tuple(tasks))}
    old, new = texts_of(archive, **before), texts_of(archive, **after)
    assert read_again(old.counts, new.bodies, [changed]) == new
    for path, page in told(archive, new).items():
        was = told(archive, old).get(path)
        if was is not None and was.told == page.told and changed not in page.texts:
            assert was.view == page.view
