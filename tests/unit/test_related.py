"""Which meetings are called related, and in which order. All names are invented."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.records import Citation, Meeting, Participation, Role
from plugins.meetings import related as module
from plugins.meetings.related import LIMIT, WINDOW, WORDS_ALONE, Relations


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
    return [entry.meeting for entry in Relations(result)(id)]


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
    assert {kind for kind, _ in Relations(one)("a")[0].shared} >= {module.CLUSTER, module.DOCUMENT}


def test_words_relate_only_where_they_are_uncommon() -> None:
    others = [meeting(f"m{n}", f"2022-03-{n:02}", f"Giao ban quý {n}") for n in range(1, 15)]
    one = archive(meeting("a", "2023-01-05", "Giao ban nuôi ong lấy mật"), meeting("b", "2023-04-05", "Giao ban nuôi ong rừng"), *others)
    assert found(one, "a") == ["b"]


def test_at_most_so_many_and_independent_of_reading_order() -> None:
    meetings = [meeting(f"m{n:02}", f"2023-05-{n:02}", cluster="c") for n in range(1, 25)]
    forwards, backwards = Relations(archive(*meetings)), Relations(archive(*reversed(meetings)))
    assert {len(forwards(one.id)) for one in meetings} == {LIMIT}
    assert all(forwards(one.id) == backwards(one.id) for one in meetings)


def test_in_a_crowded_cluster_only_the_nearest_in_time_are_compared() -> None:
    """Comparing each with each would be sixteen million pairs."""
    meetings = [meeting(f"m{n:05}", f"{2000 + n // 365}-{1 + n // 28 % 12:02}-{1 + n % 28:02}", cluster="c", people=("p",)) for n in range(4000)]
    made = archive(*meetings)
    closest = Relations(made)
    place = {id: n for n, id in enumerate(made.meetings)}
    assert all(0 < abs(place[other.meeting] - place[id]) <= WINDOW for id in place for other in closest(id))
    assert {len(closest(id)) for id in place} == {LIMIT}


def added_up(web: module._Web, id: str) -> list[str]:
    """The same by adding up everything for everybody and looking at all of it."""
    here = web.ids.index(id)
    scores: Counter[int] = Counter()
    for feature in web.features[here]:
        scores.update(dict.fromkeys(module._near(here, web.sharing[feature]), web.weights[feature]))
    own = set(web.features[here][: web.named[here]])
    named = {other for feature in own for other in module._near(here, web.sharing[feature])}
    chosen = [other for other in scores if other != here and (other in named or scores[other] >= WORDS_ALONE)]
    chosen.sort(key=lambda other: (-scores[other], abs(web.days[other] - web.days[here]), web.ids[other]))
    return [web.ids[other] for other in chosen[:LIMIT]]


def drawn_meetings(drawn: random.Random) -> list[Meeting]:
    words = [f"từ{number}" for number in range(90)]
    return [
        meeting(
            f"m{number:03}",
            f"{drawn.randint(2015, 2025)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}",
            " ".join(drawn.choices(words, weights=range(1, 91), k=drawn.randint(2, 14))),
            cluster=drawn.choice(("c1", "c2", "c3", None)),
            people=tuple(drawn.sample([f"p{one}" for one in range(30)], drawn.randint(0, 3))),
        )
        for number in range(400)
    ]


def test_who_falls_behind_early_would_not_have_come_up() -> None:
    made = archive(*drawn_meetings(random.Random(7)))
    closest, web = Relations(made), module._web(made)
    for _ in range(2):
        assert all([entry.meeting for entry in closest(id)] == added_up(web, id) for id in made.meetings)


@pytest.mark.parametrize("number, about", [(0, 0), (1, 1), (15, 15), (16, 16), (17, 16), (31, 30), (32, 32), (35, 32), (100, 96), (10_000, 9_216), (10_239, 9_216)])
def test_a_number_is_taken_roughly_once_it_is_large(number: int, about: int) -> None:
    assert module._about(number) == about


def test_a_new_meeting_moves_few_lists() -> None:
    meetings = drawn_meetings(random.Random(3))[:399]  # of which sixteen make the next step
    before = Relations(archive(*meetings))
    new = replace(meetings[200], id="mới", date=PartialDate.parse("2020-02-02"))
    after = Relations(archive(*meetings, new))
    moved = [one for one in meetings if before(one.id) != after(one.id)]
    assert len(moved) < 100
    assert all(before.basis(one.id) != after.basis(one.id) for one in moved)
    assert any(before.basis(one.id) == after.basis(one.id) for one in meetings)


EDITS = {
    "title": lambda one, other: replace(one, title=other.title),
    "summary": lambda one, other: replace(one, summary="từ3 từ5 đồi chè"),
    "people": lambda one, other: replace(one, participations=other.participations),
    "documents": lambda one, other: replace(one, citations=(Citation(meeting=one.id, document="nq-1", as_written="1"),)),
    "tags": lambda one, other: replace(one, tags=("từ4",)),
    "cluster": lambda one, other: replace(one, cluster="c2" if one.cluster != "c2" else None),
    "date": lambda one, other: replace(one, date=other.date),
    "text": lambda one, other: replace(one, body_line=7, sha256="another"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_where_the_basis_is_as_it_was_so_is_the_answer(edit: str) -> None:
    drawn = random.Random(edit)
    meetings = drawn_meetings(drawn)
    for _ in range(8):
        before = Relations(archive(*meetings))
        place, other = drawn.sample(range(len(meetings)), 2)
        meetings[place] = EDITS[edit](meetings[place], meetings[other])
        after = Relations(archive(*meetings))
        same = {one.id for one in meetings if before.basis(one.id) == after.basis(one.id)}
        assert all(before(id) == after(id) for id in same)
        assert len(same) > len(meetings) / 10  # else it would be of little use
        assert edit != "text" or len(same) == len(meetings)


def test_a_meeting_more_or_less_is_another_basis_where_the_answer_is_another() -> None:
    meetings = drawn_meetings(random.Random(8))
    for last in (399, 398, 385, 384, 383):  # over a step, too
        before, after = Relations(archive(*meetings[: last + 1])), Relations(archive(*meetings[:last]))
        same = {one.id for one in meetings[:last] if before.basis(one.id) == after.basis(one.id)}
        assert all(before(id) == after(id) for id in same)
        assert bool(same) == (last != 383)
