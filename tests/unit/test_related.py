"""Which meetings are called related, and in which order. All names are invented."""

from __future__ import annotations

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.records import Citation, Meeting, Participation, Role
from plugins.meetings.related import LIMIT, WINDOW, Kind, related


def meeting(
    id: str, date: str, title: str = "", *, cluster: str | None = None, people: tuple[str, ...] = (), documents: tuple[str, ...] = ()
) -> Meeting:
    return Meeting(
        id=id,
        path=f"meetings/{id}.md",
        title=title or id,
        date=PartialDate.parse(date),
        cluster=cluster,
        participations=tuple(Participation(meeting=id, role=Role.CHAIR, person=one, name=one) for one in people),
        citations=tuple(Citation(meeting=id, document=one, as_written=one) for one in documents),
    )


def archive(*meetings: Meeting) -> Archive:
    ordered = sorted(meetings, key=lambda one: (one.date, one.id))
    return Archive(meetings={one.id: one for one in ordered}, people={}, organizations={}, clusters={}, documents={}, pages={})


def found(result: Archive, id: str) -> list[str]:
    return [entry.meeting for entry in related(result)(id)]


def test_a_meeting_is_never_related_to_itself() -> None:
    one = archive(meeting("a", "2023-01-05", cluster="c"), meeting("b", "2023-04-05", cluster="c"))
    assert found(one, "a") == ["b"]


def test_nothing_shared_is_not_related() -> None:
    one = archive(meeting("a", "2023-01-05", "Họp đồi chè"), meeting("b", "2023-04-05", "Giao lưu bến cảng"))
    assert found(one, "a") == []


def test_what_few_share_outweighs_what_many_share() -> None:
    crowd = [meeting(f"m{n}", f"2023-02-{n:02}", cluster="đông") for n in range(1, 20)]
    one = archive(meeting("a", "2023-01-05", cluster="đông", people=("hiếm",)), meeting("b", "2019-01-05", people=("hiếm",)), *crowd)
    assert found(one, "a")[0] == "b"


def test_of_equals_the_nearest_in_time_comes_first() -> None:
    one = archive(
        *(meeting(id, day, cluster="c") for id, day in (("a", "2020-01-01"), ("b", "2023-01-01"), ("c", "2023-06-01"), ("d", "2025-01-01")))
    )
    assert found(one, "b") == ["c", "d", "a"]


def test_names_what_is_shared() -> None:
    one = archive(meeting("a", "2023-01-05", cluster="c", documents=("d",)), meeting("b", "2023-04-05", cluster="c", documents=("d",)))
    assert {kind for kind, _ in related(one)("a")[0].shared} >= {Kind.CLUSTER, Kind.DOCUMENT}


def test_words_relate_only_where_they_are_uncommon() -> None:
    others = [meeting(f"m{n}", f"2022-03-{n:02}", f"Giao ban quý {n}") for n in range(1, 15)]
    one = archive(meeting("a", "2023-01-05", "Giao ban nuôi ong lấy mật"), meeting("b", "2023-04-05", "Giao ban nuôi ong rừng"), *others)
    assert found(one, "a") == ["b"]


def test_at_most_so_many_and_independent_of_reading_order() -> None:
    meetings = [meeting(f"m{n:02}", f"2023-05-{n:02}", cluster="c") for n in range(1, 25)]
    forwards, backwards = related(archive(*meetings)), related(archive(*reversed(meetings)))
    assert {len(forwards(one.id)) for one in meetings} == {LIMIT}
    assert all(forwards(one.id) == backwards(one.id) for one in meetings)


def test_in_a_crowded_cluster_only_the_nearest_in_time_are_compared() -> None:
    """Comparing each with each would be sixteen million pairs."""
    meetings = [meeting(f"m{n:05}", f"{2000 + n // 365}-{1 + n // 28 % 12:02}-{1 + n % 28:02}", cluster="c", people=("p",)) for n in range(4000)]
    made = archive(*meetings)
    closest = related(made)
    place = {id: n for n, id in enumerate(made.meetings)}
    assert all(0 < abs(place[other.meeting] - place[id]) <= WINDOW for id in place for other in closest(id))
    assert {len(closest(id)) for id in place} == {LIMIT}
