"""What a model of :mod:`archive.schema` finds wrong with a header, as problems: in words for editors, at the line of each fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .frontmatter import Parsed
from .problems import KINDS, NOTHING_NEAR, Problems, nearest
from .schema import RecordFields

MAX_FAULTS = 50
"""Of one header; what is wrong beyond that is counted."""


def validate(parsed: Parsed, model: type[RecordFields], problems: Problems) -> RecordFields | None:
    """The fields that a header holds, checked; None, with a problem at the line of each fault, where they are not sound."""
    try:
        return model.model_validate(parsed.plain())
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for fault in faults[:MAX_FAULTS]:
            _add_fault(fault, parsed, model, problems)
        if len(faults) > MAX_FAULTS:
            problems.add(parsed.path, parsed.header.line, "", "header-faulty", size=len(faults) - MAX_FAULTS)
        return None


def _add_fault(fault: ErrorDetails, parsed: Parsed, model: type[RecordFields], problems: Problems) -> None:
    place = tuple(fault["loc"])
    line = parsed.header.line_of(place)
    name = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
    if fault["type"] in KINDS:
        problems.add(parsed.path, line, name, fault["type"], **(fault.get("ctx") or {}))
    elif fault["type"] in ("missing", "string_too_short"):
        owner = ".".join(str(step + 1) if isinstance(step, int) else step for step in place[:-1])
        problems.add(parsed.path, line, owner, "field-missing", value=place[-1])
    elif fault["type"] == "extra_forbidden":
        problems.add(parsed.path, line, name, "field-unknown", value=place[-1], nearest=_fields_to_propose(model, place))
    elif fault["type"] == "literal_error":
        choices = [choice for choice in _choices_at(model, place) if choice]
        problems.add(parsed.path, line, name, "choice-invalid", value=fault["input"], nearest=", ".join(choices))
    else:
        problems.add(parsed.path, line, name, "text-expected")


def _model_at(model: type[BaseModel], place: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that holds the last step of a place."""
    for step in place[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = next((found for found in _models_in(model.model_fields[step].annotation)), model)
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _fields_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    return list(_model_at(model, place).model_fields)


def _fields_to_propose(model: type[BaseModel], place: tuple[str | int, ...]) -> str:
    """The fields near to an unknown one; within a group, whose fields are few, all of them where none is near."""
    fields = _fields_at(model, place)
    near = nearest(str(place[-1]), fields)
    return ", ".join(fields) if near == NOTHING_NEAR and len(place) > 1 else near


def _choices_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    field = _model_at(model, place).model_fields[str(place[-1])]
    return [choice for choice in get_args(field.annotation) if isinstance(choice, str)]
