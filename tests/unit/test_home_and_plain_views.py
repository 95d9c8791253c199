"""What the first page and the plain pages are given to show. All names are invented."""

from __future__ import annotations

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered
from plugins.archive.records import Citation, Cluster, Document, Meeting, Organization, Page, Redirect
from plugins.indexes import home, plain


def archive(meetings: list[Meeting], **parts: object) -> Archive:
    empty = {"people": {}, "organizations": {}, "clusters": {}, "documents": {}, "pages": {}}
    return Archive(**{"meetings": {one.id: one for one in sorted(meetings, key=lambda m: (m.date, m.id))}, **empty, **parts})


def meeting(id: str, date: str, **fields: object) -> Meeting:
    return Meeting(**{"id": id, "path": "x.md", "title": id, "date": PartialDate.parse(date), "summary": f"Tóm tắt {id}", **fields})


def first_page(one: Archive) -> home.HomeView:
    (page,) = home.pages(one, Gathered())
    return page.view


def test_empty_archive_still_has_a_first_page() -> None:
    shown = first_page(archive([]))
    assert (shown.years, shown.rows, shown.recent, shown.bars, shown.tries) == (None, (), (), (), ())


def test_recent_meetings_stand_newest_first_and_only_the_first_has_a_summary() -> None:
    shown = first_page(archive([meeting(f"m{n:02}", f"2023-03-{n:02}") for n in range(1, 12)]))
    assert [row.path for row in shown.recent] == [urls.meeting(f"m{n:02}") for n in range(11, 3, -1)]
    assert [bool(row.summary) for row in shown.recent] == [True] + [False] * 7


def test_grid_holds_the_latest_eight_years_and_gives_way_after_four_on_a_phone() -> None:
    shown = first_page(archive([meeting("a", "2010-01-01"), meeting("b", "2025-01-01")]))
    assert [row.year for row in shown.rows] == list(range(2025, 2017, -1))
    assert [row.old for row in shown.rows] == [False] * 4 + [True] * 4


def test_bars_are_in_proportion_to_the_most_cited_document() -> None:
    documents = {id: Document(id=id, path="", type="Kế hoạch", number=id) for id in ("1-KH", "2-KH")}
    cited = {"a": ("1-KH",), "b": ("1-KH",), "c": ("1-KH", "2-KH")}
    meetings = [
        meeting(id, "2023-01-05", citations=tuple(Citation(meeting=id, document=one, as_written=one) for one in ids))
        for id, ids in cited.items()
    ]
    shown = first_page(archive(meetings, documents=documents))
    assert [(bar.count, bar.share) for bar in shown.bars] == [(3, 100), (1, 33)]


def test_documents_cited_equally_often_have_no_bars() -> None:
    documents = {id: Document(id=id, path="", type="Kế hoạch", number=id) for id in ("1-KH", "2-KH")}
    cited = meeting("a", "2023-01-01", citations=tuple(Citation(meeting="a", document=id, as_written=id) for id in documents))
    assert [bar.share for bar in first_page(archive([cited], documents=documents)).bars] == [0, 0]


def test_clusters_stand_under_their_owner_the_most_recently_active_first() -> None:
    owners = {id: Organization(id=id, path="", name=f"Liên hiệp {id}", scope=scope) for id, scope in (("x", "Bến Mơ"), ("y", "Đồi Gió"))}
    clusters = {
        f"{id}-1": Cluster(
            id=f"{id}-1", path="", owner=id, kind="cụm", number=1, short_label="Cụm thi đua số 1", label=f"Cụm thi đua số 1, {id}"
        )
        for id in owners
    }
    meetings = [
        meeting("a", "2020-01-05", cluster="x-1"),
        meeting("b", "2023-01-05", cluster="y-1"),
        meeting("c", "2021-01-05", cluster="x-1"),
    ]
    shown = first_page(archive(meetings, organizations=owners, clusters=clusters))
    assert [(scope.label, [one.count for one in scope.clusters]) for scope in shown.scopes] == [("Đồi Gió", [1]), ("Bến Mơ", [2])]


def test_footer_lists_the_pages_in_the_order_their_editors_gave() -> None:
    pages = {id: Page(id=id, path="x.md", title=title, order=order) for id, title, order in (("a", "Sau", 2), ("b", "Trước", 1))}
    assert plain.footer_pages(archive([], pages=pages)) == (("Trước", urls.page("b")), ("Sau", urls.page("a")))


def test_a_former_address_leads_to_the_page_that_stands_for_it() -> None:
    one = archive([], redirects=(Redirect(old="ban-ghi/cu.html", new="ban-ghi/moi.html"),))
    views = {page.path: page.view for page in plain.pages(one, Gathered())}
    assert views["ban-ghi/cu.html"].target == "ban-ghi/moi.html"
    assert {urls.NOT_FOUND, urls.OFFLINE, urls.ENGLISH} <= set(views)
