"""Checked fields as named tuples: all that the schema says of a record, and they travel."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import BaseModel

from plugins.archive.checked import checked
from plugins.archive.dates import PartialDate
from plugins.archive.schema import RECORD_FIELDS

MEETING = {
    "title": "Hội nghị thử",
    "date": "2030-04-18",
    "period": {"review": "2030-Q1"},
    "chairs": ["Lê Thử – Chủ tịch", {"name": "Phạm Thử", "organization": "Hội A; Hội B"}],
    "sources": "https://vi-du.example/bai",
    "leads": [{"year": "2030", "lead": "Hội A"}],
}


def plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    return [plain(part) for part in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("meetings", MEETING),
        ("clusters", {"owner": "Hội A", "kind": "cụm", "number": "2", "members": [{"year": "2030", "count": "4", "organizations": "B; C"}]}),
        ("people", {"name": "Lê Thử", "variants": "Lê Văn Thử"}),
    ],
)
def test_nothing_is_lost_and_everything_travels(kind: str, given: dict) -> None:
    model = RECORD_FIELDS[kind].model_validate(given)
    made = checked(model)
    assert plain(made) == plain(model)
    assert pickle.loads(pickle.dumps(made)) == made


def test_values_stand_under_their_names() -> None:
    made = checked(RECORD_FIELDS["meetings"].model_validate(MEETING))
    assert (made.date, made.period.review.span, made.period.plan) == (PartialDate(2030, 4, 18), "Q1", None)
    assert [(chair.name, chair.organization) for chair in made.chairs] == [("Lê Thử", ()), ("Phạm Thử", ("Hội A", "Hội B"))]
