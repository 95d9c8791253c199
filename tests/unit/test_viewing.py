"""Values for pages are compared, kept and told apart as any of our frozen ones."""

from __future__ import annotations

import pickle
from dataclasses import is_dataclass, replace

import pytest

from plugins.archive import pickling
from plugins.archive.links import Link
from plugins.archive.tracing import plain_bytes
from plugins.archive.viewing import view_class


@view_class
class Shown:
    label: str
    links: tuple[Link, ...] = ()


ONE = Shown(label="a", links=(Link(label="b", path="c"),))


def test_equal_ones_are_one_key_and_have_the_same_bytes() -> None:
    other = replace(ONE, links=(Link(label="b", path="c"),))
    assert other == ONE and {other: 1}[ONE] == 1 and is_dataclass(ONE)
    assert plain_bytes(other) == plain_bytes(ONE) != plain_bytes(replace(ONE, label="x"))


def test_they_come_back_from_where_they_were_kept() -> None:
    assert pickle.loads(pickling.dumps(ONE)) == pickle.loads(plain_bytes(ONE)) == ONE


def test_fields_are_named_and_no_others_can_be_added() -> None:
    with pytest.raises(TypeError):
        Shown("a")  # type: ignore[misc]
    with pytest.raises(AttributeError):
        ONE.colour = "red"  # type: ignore[attr-defined]
