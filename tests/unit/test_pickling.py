"""What is pickled quickly is what pickle makes of it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import pytest
from markupsafe import Markup

from plugins.archive import pickling
from plugins.archive.dates import PartialDate, Period
from plugins.archive.records import Citation, Meeting, Participation, Person, Role
from plugins.archive.tracing import plain_bytes


@dataclass(frozen=True, slots=True)
class Alone:
    name: str


@dataclass
class Loose:
    name: str
    more: tuple[object, ...] = ()


CHAIR = Participation(meeting="a", role=Role.CHAIR, person="an", name="Lê Thử An")
MEETING = Meeting(
    id="a",
    path="meetings/a.md",
    title="Giao ban thử",
    date=PartialDate(2030, 4),
    review=Period(2030, "Q1"),
    participations=(CHAIR, CHAIR),
    citations=(Citation(meeting="a", document="d", as_written="1/TB"),),
)


@pytest.mark.parametrize(
    "value", [MEETING, [MEETING, CHAIR, MEETING], Person(id="an", path="", name="Lê Thử An"), Alone("a"), Loose("b", (CHAIR,)), Markup("<b>")]
)
def test_the_bytes_are_those_of_pickle_and_give_the_value_back(value: object) -> None:
    data = pickling.dumps(value)
    assert data == pickle.dumps(value, protocol=5)
    assert repr(pickle.loads(data)) == repr(value)
    assert repr(pickle.loads(plain_bytes(value))) == repr(value)


@pytest.mark.parametrize("value", [PartialDate(2030, 4), Role.CHAIR, Alone("a"), Loose("b"), Markup("<b>")])
def test_a_class_that_has_a_way_of_its_own_keeps_it(value: object) -> None:
    assert pickling.REDUCERS[Meeting](MEETING)[1] == (Meeting,)
    assert pickling.REDUCERS[type(value)](value) == value.__reduce_ex__(5)


def test_a_class_among_the_values_goes_by_its_name() -> None:
    assert pickle.loads(pickling.dumps((Role, PartialDate))) == (Role, PartialDate)
    assert pickling.REDUCERS[type(Role)](Role) == "Role"


def test_what_cannot_be_pickled_is_told_as_pickle_tells_it() -> None:
    with pytest.raises(TypeError, match="cannot pickle 'generator' object"):
        pickling.dumps(number for number in ())
