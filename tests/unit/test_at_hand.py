"""What was read ahead is what the file holds; of another file nothing is taken for known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.archive.records import Person
from plugins.building import keeping, packing
from plugins.building.at_hand import AtHand
from plugins.building.keeping import Kept
from plugins.building.packing import Pack


class Workshop:
    """With a pack of people, each under the name that the archive has for him today."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = Pack(folder / "records-1", {})
        self.put("an", "binh", "chi")

    def put(self, *ids: str, name: str = "Tên Thử") -> None:
        for id in ids:
            self.pack.put("person", id, Person(id=id, path=f"people/{id}.md", name=name))
        self.pack.put("kept", "a text", "that nobody reads ahead")
        self.keep()

    def keep(self) -> None:
        self.pack.flush()
        kept = Kept(program="", settings="", git="", more=(), inputs={}, outputs={}, warnings=(), pack=self.pack.path.name, index=self.pack.index)
        keeping.keep(self.folder, kept)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def at_hand(workshop: Workshop) -> AtHand:
    made = AtHand()
    made.read(workshop.folder)
    return made


def people(workshop: Workshop, at_hand: AtHand) -> dict[str, Person]:
    pack = Pack(workshop.pack.path, workshop.pack.index, at_hand.of(workshop.pack.path))
    return dict(pack.section("person", ["an", "binh", "chi"]))


def test_records_that_are_at_hand_are_not_read(workshop: Workshop, at_hand: AtHand, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(at_hand.of(workshop.pack.path)) == 3
    monkeypatch.setattr(packing, "opened", pytest.fail)
    assert [person.name for person in people(workshop, at_hand).values()] == ["Tên Thử"] * 3
    assert people(workshop, at_hand)["an"] is people(workshop, at_hand)["an"]


def test_a_record_that_was_put_since_is_read_and_what_it_replaced_is_forgotten(workshop: Workshop, at_hand: AtHand) -> None:
    before = people(workshop, at_hand)
    for number in range(20):
        workshop.put("binh", name=f"Tên {number}")
        after = people(workshop, at_hand)
        assert after["binh"].name == f"Tên {number}" and after["an"] is before["an"]
        at_hand.read(workshop.folder)
        assert len(at_hand.of(workshop.pack.path)) == 3
        assert people(workshop, at_hand)["binh"].name == f"Tên {number}"


def test_another_file_in_the_place_of_the_pack_is_read_itself(workshop: Workshop, at_hand: AtHand) -> None:
    path = workshop.pack.path
    path.rename(path.with_name("before"))  # so that its number is not given to the next file
    workshop.pack = Pack(path, {})
    workshop.put("an", "binh", "chi", name="Khác")
    assert at_hand.of(path) == {}
    assert {person.name for person in people(workshop, at_hand).values()} == {"Khác"}
    at_hand.read(workshop.folder)
    assert {person.name for person in people(workshop, at_hand).values()} == {"Khác"}


def test_what_is_damaged_or_missing_leaves_nothing_at_hand(workshop: Workshop, at_hand: AtHand) -> None:
    path = workshop.pack.path
    end = path.stat().st_size
    workshop.put("an")
    path.write_bytes(path.read_bytes()[:end] + bytes(path.stat().st_size - end))
    at_hand.read(workshop.folder)
    assert at_hand.of(path) == {}
    path.unlink()
    at_hand.read(workshop.folder)
    keeping.forget(workshop.folder)
    at_hand.read(workshop.folder)
    assert at_hand.of(path) == {}


def test_nothing_is_at_hand_of_a_file_that_was_cut_off(workshop: Workshop, at_hand: AtHand) -> None:
    path = workshop.pack.path
    size = path.stat().st_size
    os.truncate(path, size - 1)
    assert at_hand.of(path) == {}
    os.truncate(path, size + 1)  # as where a build has put more there
    assert len(at_hand.of(path)) == 3


def test_reading_ahead_leaves_alone_what_a_build_is_putting_beside_the_pack(workshop: Workshop, at_hand: AtHand) -> None:
    beside = workshop.pack.path.with_name(f"{workshop.pack.path.name}.aside-1")
    beside.write_bytes(b"")
    at_hand.read(workshop.folder)
    assert beside.exists()
