"""Packs: one value at a time, whole or not at all, and nothing that is not ours."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.archive.dates import PartialDate
from plugins.archive.records import Person
from plugins.building.packing import Pack
from plugins.building.sealing import Damaged, seal

BINH = Person(id="binh", path="people/binh.md", name="Trần Thử Bình")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records-1"


def written(path: Path) -> Pack:
    pack = Pack(path, {})
    for number in range(3):
        pack.put("people", f"p{number}", BINH)
    pack.put("kept", "days", {"a": PartialDate(2030, 4, 18)})
    pack.flush()
    return pack


def test_what_was_put_is_had_again_one_by_one_and_in_order(path: Path) -> None:
    again = Pack(path, written(path).index)
    assert repr(again.get("people", "p1")) == repr(BINH)
    assert again.get("kept", "days") == {"a": PartialDate(2030, 4, 18)}
    section = again.section("people", ["p2", "p0"], changed={"p2": "other"})
    assert list(section) == ["p2", "p0"] and len(section) == 2 and "p1" not in section
    assert section["p2"] == "other" and section["p0"] is section["p0"]
    with pytest.raises(KeyError):
        again.get("people", "p")
    with pytest.raises(KeyError):
        again.section("people", ["p"])


def test_the_last_value_of_a_name_holds(path: Path) -> None:
    pack = Pack(path, written(path).index)
    pack.put("people", "p0", "new")
    pack.flush()
    again = Pack(path, pack.index)
    assert again.get("people", "p0") == "new"


@pytest.mark.parametrize("damage", [lambda data: data[:20], lambda data: bytes(255 - byte for byte in data), lambda data: b""])
def test_a_damaged_value_is_no_value(damage: Callable[[bytes], bytes], path: Path) -> None:
    index = written(path).index
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Damaged):
        Pack(path, index).get("people", "p1")


def test_a_pack_that_is_gone_is_damaged(path: Path) -> None:
    index = written(path).index
    path.unlink()
    with pytest.raises(Damaged):
        Pack(path, index).get("people", "p1")


class Evil:
    def __reduce__(self) -> tuple:
        return os.mkdir, ("evil",)


@pytest.mark.parametrize("value", [Evil(), os.path.join, Path("x")])
def test_nothing_but_our_own_frozen_classes_is_made(value: object, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = pickle.dumps(value)
    path.write_bytes(seal(data))
    with pytest.raises(Damaged):
        Pack(path, {"x": f"\ny\t0\t{path.stat().st_size}\n"}).get("x", "y")
    assert not (tmp_path / "evil").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forked processes")
def test_what_forked_processes_put_is_taken_up_and_what_one_left_half_written_is_not(path: Path) -> None:
    pack = Pack(path, {})
    pack.put("x", "own", 1)
    for number in range(2):
        if (child := os.fork()) == 0:
            pack.put("x", f"child{number}", number)
            os._exit(0)
        os.waitpid(child, 0)
    path.with_name("records-1.aside-cut").write_bytes(b"x\tcut\t1000\nabc")
    pack.flush()
    again = Pack(path, pack.index)
    assert dict(again.section("x", ["own", "child0", "child1"])) == {"own": 1, "child0": 0, "child1": 1}
    assert [file.name for file in path.parent.iterdir()] == ["records-1"]


def test_what_a_killed_build_left_beside_a_pack_is_not_taken_up(path: Path) -> None:
    index = written(path).index
    path.with_name("records-1.aside-9").write_bytes(b"x\ty\t3\nabc")
    pack = Pack(path, index)
    pack.flush()
    assert "x" not in pack.index


def test_a_lean_pack_holds_the_last_values_and_nothing_else(path: Path) -> None:
    pack = Pack(path, written(path).index)
    for number in range(100):
        pack.put("people", "p0", f"new {number}")
    pack.flush()
    lean = pack.lean(path.with_name("records-2"))
    again = Pack(lean.path, lean.index)
    assert again.get("people", "p0") == "new 99" and repr(again.get("people", "p1")) == repr(BINH)
    assert list(again.section("people", ["p0", "p1", "p2"])) == ["p0", "p1", "p2"]
    assert again.size == lean.path.stat().st_size < pack.size / 2
    assert again.get("kept", "days") == {"a": PartialDate(2030, 4, 18)}


def test_many_values_are_found_as_few_are_also_when_one_is_replaced_meanwhile(path: Path) -> None:
    pack = Pack(path, written(path).index)
    for _ in range(100):
        assert repr(pack.get("people", "p1")) == repr(BINH)
    pack.put("people", "p1", "new")
    pack.flush()
    assert pack.get("people", "p1") == "new"
    with pytest.raises(KeyError):
        pack.get("people", "p9")
