"""What a meeting's page is given to show. All names are invented."""

from __future__ import annotations

from dataclasses import replace

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.outputs import Derivative, Gathered, Picture
from plugins.archive.records import (
    Citation,
    Cluster,
    Correction,
    Document,
    Image,
    LeadTerm,
    Meeting,
    Note,
    Organization,
    Participation,
    Person,
    Role,
    Source,
)
from plugins.meetings.views import MeetingView, pages

NBSP = "\u00a0"
UNION = Organization(
    id="lhh-song-may", path="", name="Liên hiệp các Hội tỉnh Sông Mây", scope="Sông Mây", kind="liên hiệp hội", level="tỉnh"
)
HOST = Organization(id="hoi-do-hoa", path="", name="Hội Đồ họa tỉnh Sông Mây")
CLUSTER = Cluster(
    id="song-may-cum-1", path="", owner=UNION.id, kind="cụm", number=1, short_label="Cụm thi đua số 1", label="Cụm thi đua số 1, Sông Mây"
)
CHAIR = Person(id="do-thi-thu-nghiem", path="", name="Đỗ Thị Thử Nghiệm")
DOCUMENT = Document(
    id="ke-hoach-9-kh-tn",
    path="",
    type="Kế hoạch",
    number="9-KH/TN",
    issuer="Ban Thử nghiệm",
    dates=(PartialDate(2023, 1, 2), PartialDate(2023, 1, 3)),
)


def meeting(id: str, date: str, **fields: object) -> Meeting:
    return Meeting(**{"id": id, "path": f"meetings/{id}.md", "title": f"Hội nghị {id}", "date": PartialDate.parse(date), **fields})


def in_cluster(id: str, date: str, **fields: object) -> Meeting:
    return meeting(id, date, cluster=CLUSTER.id, union=UNION.id, **fields)


def view(id: str, *meetings: Meeting, gathered: Gathered | None = None) -> MeetingView:
    ordered = sorted(meetings, key=lambda one: (one.date, one.id))
    archive = Archive(
        meetings={one.id: one for one in ordered},
        people={CHAIR.id: CHAIR},
        organizations={one.id: one for one in (UNION, HOST)},
        clusters={CLUSTER.id: CLUSTER},
        documents={DOCUMENT.id: DOCUMENT},
        pages={},
    )
    return {page.path: page.view for page in pages(archive, gathered or Gathered())}[urls.meeting(id)]


def chair(meeting: str, name: str = CHAIR.name, **fields: object) -> Participation:
    return Participation(**{"meeting": meeting, "role": Role.CHAIR, "person": CHAIR.id, "name": name, **fields})


def test_every_meeting_has_its_page() -> None:
    archive = Archive(
        meetings={id: meeting(id, "2023-01-05") for id in ("a", "b")}, people={}, organizations={}, clusters={}, documents={}, pages={}
    )
    assert [page.path for page in pages(archive, Gathered())] == ["ban-ghi/a.html", "ban-ghi/b.html"]


def test_chair_shows_the_office_of_that_day_and_the_usual_name() -> None:
    shown = view(
        "a", meeting("a", "2023-01-05", participations=(chair("a", "Đỗ thị Thử Nghiệm", position="Trưởng ban", organizations=(HOST.id,)),))
    )
    (entry,) = shown.card.chairs
    assert (entry.name, entry.position, entry.path) == (CHAIR.name.replace(" ", NBSP), "Trưởng ban", urls.person(CHAIR.id))
    assert [link.label for link in entry.organizations] == [HOST.name]


def test_organization_can_chair_and_leads_to_its_own_page() -> None:
    shown = view("a", meeting("a", "2023-01-05", participations=(chair("a", HOST.name, person=None, organizations=(HOST.id,)),)))
    (entry,) = shown.card.chairs
    assert (entry.name, entry.path, entry.organizations) == (HOST.name, urls.organization(HOST.id), ())


def test_what_the_source_does_not_state_is_empty_not_guessed() -> None:
    card = view("a", meeting("a", "2023-01-05")).card
    assert (card.chairs, card.hosts, card.venue, card.kind, card.session) == ((), (), "", "", "")


def test_note_about_chairs_marks_the_chair_it_names() -> None:
    notes = (Note(about="venue", text="Nơi họp đọc không rõ."), Note(about="chairs", text="Nguồn viết “Đỗ thị thử nghiệm” một lần."))
    shown = view("a", meeting("a", "2023-01-05", notes=notes, participations=(chair("a"),)))
    assert shown.card.chairs[0].marks == (2,)
    assert dict(shown.marks) == {"venue": (1,)}


def test_note_about_chairs_that_names_nobody_marks_the_field() -> None:
    shown = view("a", meeting("a", "2023-01-05", notes=(Note(about="chairs", text="Nguồn nêu hai cách."),), participations=(chair("a"),)))
    assert shown.card.chairs[0].marks == ()
    assert shown.marks["chairs"] == (1,)


def test_previous_and_next_stay_in_the_cluster() -> None:
    meetings = [in_cluster("a", "2022-01-05"), meeting("x", "2022-06-05"), in_cluster("b", "2023-01-05"), in_cluster("c", "2024-01-05")]
    shown = view("b", *meetings)
    assert shown.previous and shown.next
    assert (shown.previous.path, shown.next.path) == (urls.meeting("a"), urls.meeting("c"))
    assert view("a", *meetings).previous is None
    assert view("c", *meetings).next is None


def test_strip_shows_the_years_before_own_and_after() -> None:
    days = {"a": "2015-02-01", "b": "2019-05-01", "c": "2023-05-10", "d": "2023-06-20", "e": "2025-11-01", "f": "2026-01-01"}
    shown = view("c", *(in_cluster(id, day) for id, day in days.items()))
    assert [year.year for year in shown.strip] == [2019, 2023, 2025]
    second_quarter = shown.strip[1].cells[1]
    assert [link.path for link in second_quarter.links] == [urls.meeting("c"), urls.meeting("d")]
    assert view("x", meeting("x", "2023-01-01")).strip == ()


def test_crumbs_and_letterhead_never_name_a_cluster_without_its_owner() -> None:
    shown = view("a", in_cluster("a", "2023-01-05"))
    assert [link.label for link in shown.crumbs] == ["Sông Mây", "Cụm thi đua số 1"]
    assert shown.letter_body and shown.letter_body.label == UNION.name
    assert shown.card.cluster and shown.card.cluster.label == CLUSTER.label


def test_document_cited_twice_stands_once_with_this_records_own_date() -> None:
    own = Citation(meeting="a", document=DOCUMENT.id, as_written="9-KH/TN", date=PartialDate(2023, 1, 3))
    shown = view(
        "a",
        meeting("a", "2023-02-05", citations=(own, replace(own, date=None))),
        meeting("b", "2023-03-05", citations=(replace(own, meeting="b"),)),
    )
    (document,) = shown.documents
    assert (document.dates, document.issuer, document.count) == ((PartialDate(2023, 1, 3),), "Ban Thử nghiệm", 2)
    assert document.anchor == urls.document_anchor(DOCUMENT.id)


def test_document_without_a_date_here_shows_every_date_the_archive_knows() -> None:
    shown = view("a", meeting("a", "2023-02-05", citations=(Citation(meeting="a", document=DOCUMENT.id, as_written="9 KH/TN"),)))
    assert shown.documents[0].dates == DOCUMENT.dates
    assert shown.documents[0].as_written == "9 KH/TN"


def image(file: str, caption: str) -> Image:
    return Image(file=file, caption=caption, alt="", credit="", line=1)


def picture(name: str) -> Picture:
    files = tuple(Derivative(path=f"anh/{name}-{width}.jpg", width=width, height=width // 2) for width in (480, 1280))
    return Picture(width=1280, height=640, modern_type="image/avif", modern=files, jpeg=files)


def test_neighbouring_pictures_with_one_caption_stand_together_and_lost_ones_alone() -> None:
    images = (
        image("1.jpg", "Toàn cảnh"),
        image("2.jpg", "Đại biểu"),
        image("3.jpg", "Đại biểu"),
        image("", "Tặng hoa"),
        image("9.jpg", "Tặng hoa"),
    )
    gathered = Gathered(pictures={f"{n}.jpg": picture(str(n)) for n in (1, 2, 3)})
    shown = view("a", meeting("a", "2023-01-05", images=images), gathered=gathered)
    assert [(group.caption, len(group.shots)) for group in shown.photos] == [
        ("Toàn cảnh", 1),
        ("Đại biểu", 2),
        ("Tặng hoa", 0),
        ("Tặng hoa", 0),
    ]
    assert shown.photo_count == 5
    assert (shown.photos[0].shots[0].full, shown.photos[0].shots[0].alt) == ("anh/1-1280.jpg", "Toàn cảnh")


def source(title: str, published: str = "") -> Source:
    stamp = Timestamp.parse(published) if published else None
    return Source(url="", site="Báo Thử", title=title, published=stamp, retrieved=None, byline="", note="")


def test_citation_goes_back_to_the_report_that_appeared_first() -> None:
    shown = view("a", meeting("a", "2023-01-05", sources=(source("muộn", "2023-01-09"), source("sớm", "2023-01-06"), source("không ngày"))))
    assert (shown.reference.report, shown.reference.publisher) == ("sớm", "Báo Thử")


def test_date_of_publication_of_the_record_holds_for_its_first_source_alone() -> None:
    stamp = Timestamp.parse("2023-01-06T08:30")
    shown = view("a", meeting("a", "2023-01-05", published=stamp, sources=(source("một"), source("hai"))))
    assert [entry.published for entry in shown.sources] == [stamp, None]
    assert shown.reference.published == stamp


def test_corrections_stand_newest_first() -> None:
    corrections = (Correction(date=PartialDate(2024, 1, 1), text="cũ"), Correction(date=PartialDate(2025, 1, 1), text="mới"))
    assert [entry.text for entry in view("a", meeting("a", "2023-01-05", corrections=corrections)).corrections] == ["mới", "cũ"]


def test_leads_of_another_cluster_name_it() -> None:
    term = LeadTerm(cluster=CLUSTER.id, year=2024, lead=(HOST.id,), deputies=(), meeting="a", decided=True)
    assert view("a", in_cluster("a", "2023-12-05", leads=(term,))).card.leads[0].cluster is None
    named = view("a", meeting("a", "2023-12-05", leads=(term,))).card.leads[0].cluster
    assert named and named.label == CLUSTER.label


def test_organizations_that_merely_took_part_stand_in_one_line_and_a_provincial_union_by_its_place() -> None:
    def present(organization: Organization, **fields: object) -> Participation:
        return Participation(
            meeting="a", role=Role.PARTICIPANT, person=None, name=organization.name, organizations=(organization.id,), **fields
        )

    shown = view("a", meeting("a", "2023-01-05", participations=(present(UNION), present(HOST), present(HOST, position="Đại diện")))).card
    assert [(unit.label, unit.path, unit.place) for unit in shown.units] == [
        (UNION.label, urls.organization(UNION.id), "Sông Mây"),
        (HOST.label, urls.organization(HOST.id), ""),
    ]
    assert [entry.position for entry in shown.participants] == ["Đại diện"]


def test_the_dialog_for_pictures_is_offered_only_where_one_can_be_shown() -> None:
    lost = meeting("a", "2023-01-05", images=(Image(file="", caption="Toàn cảnh", alt="", credit="", line=1),))
    assert (view("a", lost).photo_count, view("a", lost).pictures_kept) == (1, 0)
