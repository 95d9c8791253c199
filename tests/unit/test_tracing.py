"""What a page reads is noted, and another value at that place is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.records import Meeting, Person
from plugins.archive.tracing import Reads, Tracer, plain_bytes


def meeting(id: str, **fields: object) -> Meeting:
    return Meeting(id=id, path=f"meetings/{id}.md", **{"title": "Giao ban", "date": PartialDate(2030, 4, 18), "cluster": "cum-1", **fields})


def archive(*meetings: Meeting, people: tuple[Person, ...] = ()) -> Archive:
    return Archive({one.id: one for one in meetings}, {one.id: one for one in people}, {}, {}, {}, {})


ONE = archive(meeting("a"), meeting("b"), people=(Person(id="an", path="", name="Phạm Thử An"),))


def read(found: Archive, look: Callable[[Archive], object]) -> tuple[Reads, Tracer]:
    tracer = Tracer()
    followed = tracer.follow(found)
    with tracer.noting() as reads:
        look(followed)
    return reads, tracer


def is_as_it_was(look: Callable[[Archive], object], other: Archive) -> bool:
    reads, before = read(ONE, look)
    assert reads
    _, after = read(other, lambda _: None)
    return all(before.digest(one) == after.digest(one) for one in reads)


OTHER_TITLE = archive(meeting("a", title="Tổng kết"), meeting("b"), people=tuple(ONE.people.values()))
OTHER_TEXT = archive(meeting("a", body_line=9, named="x", sha256="1"), meeting("b"), people=tuple(ONE.people.values()))
ONE_MORE = archive(meeting("a"), meeting("b"), meeting("c", cluster=None), people=tuple(ONE.people.values()))


@pytest.mark.parametrize(
    ("look", "title", "text", "more"),
    [
        (lambda a: a.meetings["a"].title, False, True, True),
        (lambda a: a.meetings["b"].title, True, True, True),
        (lambda a: a.meetings.get("c"), True, True, False),
        (lambda a: "c" in a.meetings, True, True, False),
        (lambda a: "a" in a.meetings, True, True, True),
        (lambda a: bool(a.meetings), True, True, True),
        (lambda a: len(a.meetings), True, True, False),
        (lambda a: list(a.meetings), True, True, False),
        (lambda a: list(a.meetings.values()), False, True, False),
        (lambda a: dict(a.meetings.items()), False, True, False),
        (lambda a: list(a.records()), False, True, False),
        (lambda a: a.meetings_of_cluster["cum-1"], False, True, True),
        (lambda a: a.meetings_of_cluster.get("cum-2"), True, True, True),
        (lambda a: a.meetings_in_year[2030], False, True, False),
        (lambda a: a.people["an"], True, True, True),
    ],
)
def test_a_page_is_as_it_was_where_what_it_read_is(look: Callable[[Archive], object], title: bool, text: bool, more: bool) -> None:
    assert is_as_it_was(look, archive(*(replace(one) for one in ONE.meetings.values()), people=tuple(ONE.people.values())))
    assert [is_as_it_was(look, other) for other in (OTHER_TITLE, OTHER_TEXT, ONE_MORE)] == [title, text, more]


def test_every_mapping_and_index_of_the_archive_is_followed() -> None:
    from functools import cached_property

    names = [name for name, value in vars(Archive).items() if isinstance(value, cached_property)]
    assert len(names) > 10
    for name in ("meetings", "people", "organizations", "clusters", "documents", "pages", *names):
        assert read(ONE, lambda a, name=name: getattr(a, name).get("x"))[0] == {(name, "x")}


def test_what_is_worked_out_for_all_is_noted_of_no_page_and_what_it_takes_of_that_is() -> None:
    def look(followed: Archive) -> None:
        titles = followed.table("titles", lambda: {one.id: one.title for one in followed.meetings.values()})
        assert titles["a"]

    assert read(ONE, look)[0] == {("titles", "a")}


def test_an_answer_that_takes_work_is_one_read_whatever_was_read_for_it() -> None:
    def digest(found: Archive) -> bytes:
        tracer = Tracer()
        followed = tracer.follow(found)
        ask = followed.asked("title", lambda id: followed.meetings[id].title)
        with tracer.noting() as reads:
            ask("a")
        assert reads == {("title", "a")} and tracer.is_asked(("title", "a")) and list(tracer.answers()) == [("title", "a")]
        return tracer.digest(("title", "a"))

    assert digest(ONE) == digest(OTHER_TEXT) != digest(OTHER_TITLE)


def test_of_an_answer_counts_what_is_told_of_it() -> None:
    def digest(found: Archive) -> tuple[bytes, bytes]:
        tracer = Tracer()
        followed = tracer.follow(found)
        ask = followed.asked("record", lambda id: followed.meetings[id], lambda meeting: meeting.date)
        before = tracer.digest(("record", "b"))
        with tracer.noting():
            assert ask("a").title
        return tracer.digest(("record", "a")), before

    other_day = archive(meeting("a", date=PartialDate(2031)), meeting("b", date=PartialDate(2031)))
    assert digest(ONE) == digest(OTHER_TITLE)
    assert all(one != other for one, other in zip(digest(ONE), digest(other_day), strict=True))


def test_an_answer_from_the_same_basis_is_not_sought_again() -> None:
    asked: list[str] = []

    def answers(basis: str, last: Tracer | None = None) -> Tracer:
        tracer = Tracer()

        def answer(id: str) -> str:
            asked.append(id)
            return f"{basis} of {id}"

        tracer.follow(ONE).asked("x", answer, basis=lambda id: f"{basis}/{id}".encode())
        if last:
            tracer.remember(last.answers())
        tracer.digest(("x", "a"))
        return tracer

    first = answers("one")
    again = answers("one", first)
    assert asked == ["a"]
    assert again.answers() == first.answers()
    other = answers("other", again)
    assert asked == ["a", "a"]
    assert other.digest(("x", "a")) != first.digest(("x", "a"))


def test_where_no_basis_is_told_every_answer_is_sought() -> None:
    asked: list[str] = []
    for remembered in ({}, {("x", "a"): (b"12345678", b"")}):
        tracer = Tracer()
        tracer.follow(ONE).asked("x", asked.append)
        tracer.remember(remembered)
        tracer.digest(("x", "a"))
    assert asked == ["a", "a"]


def test_what_stands_for_a_value_is_told_in_its_place() -> None:
    tracer = Tracer()
    followed = tracer.follow(ONE)
    followed.table("functions", lambda: {"a": print}, lambda key: key)
    assert tracer.digest(("functions", "a")) == tracer.told("a")


def test_nothing_is_like_what_nobody_follows() -> None:
    assert Tracer().digest(("x", "a")) != Tracer().digest(("x", "a"))


def test_nothing_is_noted_outside_a_page_and_a_plain_archive_notes_nothing() -> None:
    tracer = Tracer()
    assert tracer.follow(ONE).meetings["a"] and tracer.noted is None
    with ONE.noting() as reads:
        assert ONE.table("x", lambda: {1: 2})[1] == 2
    assert reads is None


def test_equal_values_are_told_alike_whether_or_not_they_share_a_part() -> None:
    text = "".join(["giao ", "ban"])
    assert plain_bytes((text, text)) == plain_bytes((text, "".join(["giao", " ban"])))
    with pytest.raises(ValueError, match="too much"):
        plain_bytes("x" * 100, 50)
