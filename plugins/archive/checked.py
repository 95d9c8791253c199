"""Fields that were checked, without what checked them: named tuples with the names of :mod:`archive.schema`.

A model of pydantic takes several times the memory and the time to be sent from one process to another, and there is one for each file, and in it
one for each entry of a list.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from sys import intern
from typing import Any

from .schema import Fields


def _every_kind_of(kind: type[Fields]) -> Iterator[type[Fields]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from _every_kind_of(narrower)


_TUPLES = {kind: namedtuple(kind.__name__, kind.model_fields, module=__name__) for kind in _every_kind_of(Fields)}
globals().update({made.__name__: made for made in _TUPLES.values()})  # pickle looks for them under their names


def checked(value: Any) -> Any:
    """The same values under the same names, however deep they lie."""
    if not value:
        return value
    if type(value) is str:
        return intern(value)  # names stand in many files: those that are read together send and keep each once
    if type(value) is tuple:
        return tuple(map(checked, value))
    made = _TUPLES.get(type(value))
    if made is None:
        return value
    return made._make(map(checked, map(vars(value).__getitem__, made._fields)))  # type: ignore[attr-defined]  # made of what no checker can know
