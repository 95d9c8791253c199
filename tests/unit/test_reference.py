"""The reference in docs/ is that of the code."""

from __future__ import annotations

from pathlib import Path

from plugins.archive.problems import KINDS
from plugins.archive.schema import RECORD_FIELDS
from plugins.editing import reference

ROOT = Path(__file__).parents[2]


def test_the_references_are_up_to_date() -> None:
    assert (ROOT / reference.FIELDS).read_text(encoding="utf-8") == reference.fields_reference()
    assert (ROOT / reference.PROBLEMS).read_text(encoding="utf-8") == reference.problems_reference()


def test_every_style_sheet_and_every_script_is_told_of() -> None:
    told = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docs").glob("*.md"))
    ours = [*(ROOT / "theme" / "static").glob("css/*.css"), *(ROOT / "theme" / "static").glob("js/*.js")]
    assert len(ours) > 30 and [file.name for file in ours if f"{file.name}`" not in told] == []


def test_every_field_and_every_code_is_explained() -> None:
    fields, problems = reference.fields_reference(), reference.problems_reference()
    for model in RECORD_FIELDS.values():
        for name, info in model.model_fields.items():
            assert f"| `{name}` |" in fields and info.description
    assert all(f"| `{code}` |" in problems for code in KINDS)
