"""What the fields of the schema are made of: choices, groups, lists. The form, JSON Schemas and snippets ask here."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from plugins.archive.schema import Fields


def choices_of(field: FieldInfo) -> list[str]:
    """What a field may say, where that is a short list."""
    return [choice for choice in types_in(field.annotation) if isinstance(choice, str) and choice]


def group_of(field: FieldInfo) -> tuple[type[Fields] | None, bool]:
    """The group a field holds, or None; and whether it holds a list."""
    groups = (t for t in types_in(field.annotation) if isinstance(t, type) and issubclass(t, Fields))
    return next(groups, None), get_origin(field.annotation) is tuple


def field_groups(model: type[Fields]) -> list[type[Fields]]:
    """Every group of fields that a kind of record uses, each once."""
    found: dict[str, type[Fields]] = {}
    for field in model.model_fields.values():
        for inner in types_in(field.annotation):
            if isinstance(inner, type) and issubclass(inner, Fields):
                found[inner.__name__] = inner
    return list(found.values())


def types_in(annotation: Any) -> Iterator[Any]:
    """Every type and choice an annotation is made of."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_args(annotation):
        for argument in get_args(annotation):
            yield from types_in(argument)
    elif annotation not in (NoneType, Ellipsis):
        yield annotation
