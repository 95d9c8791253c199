"""The extension for VS Code: what it knows of a place in a header. (Nothing but a browser runs JavaScript on every machine.)"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

RECORD = """\
---
title: Giao ban
session: sáng
kind:
chairs:
  - name: Lê Thử
    role: Chủ tịch
  -
period:
  review: 2030-Q1
sou
---
session: đây là bài
"""
LINES = RECORD.splitlines()


@pytest.fixture
def header(page: Page, root: Path) -> Page:
    page.add_script_tag(path=root / ".vscode" / "extensions" / "so-giao-ban" / "header.js")
    return page


def ask(header: Page, root: Path, row: int, column: int) -> dict[str, Any]:
    """What may stand at a place of the record, counted from 0: name, whether it is a value, fields, choices."""
    schema = json.loads((root / "docs" / "schema" / "meetings.json").read_text(encoding="utf-8"))
    script = """([lines, row, column, schema]) => {
      const place = Header.place(lines, row, column);
      const fields = place && Header.fieldsAt(schema, place.parents);
      if (!fields) return {};
      const field = fields[place.name];
      return { name: place.name, value: place.inValue, fields: Object.keys(fields), choices: field ? Header.choices(field) : [], told: field && field.description };
    }"""
    return header.evaluate(script, [LINES, row, column, schema])


@pytest.mark.parametrize(
    ("row", "column", "name", "value", "told"),
    [
        (1, 3, "title", False, "Nhan đề"),
        (2, 10, "session", True, "Buổi họp"),
        (3, 5, "kind", True, "Loại hội nghị"),
        (5, 6, "name", False, "Họ và tên, không kèm học hàm, chức vụ"),
        (6, 20, "role", True, "Chức vụ tại ngày họp, như nguồn nêu"),
        (9, 4, "review", False, "Kỳ được tổng kết: 2025-Q3, 2025-6M, 2025-9M, 2025"),
        (10, 3, "sou", False, None),
    ],
)
def test_a_place_in_the_header_is_explained(header: Page, root: Path, row: int, column: int, name: str, value: bool, told: str | None) -> None:
    found = ask(header, root, row, column)
    assert (found["name"], found["value"], found.get("told")) == (name, value, told)


def test_fields_are_those_of_the_group_that_the_cursor_stands_in(header: Page, root: Path) -> None:
    assert ask(header, root, 7, 4)["fields"] == ask(header, root, 5, 4)["fields"] == ["name", "honorific", "role", "organization", "person"]
    assert ask(header, root, 9, 2)["fields"] == ["review", "plan"]
    assert {"sources", "chairs", "status"} < set(ask(header, root, 10, 3)["fields"])


def test_a_short_list_of_answers_is_offered_whole(header: Page, root: Path) -> None:
    assert ask(header, root, 2, 9)["choices"] == ["sáng", "chiều", "tối", "cả ngày"]
    assert ask(header, root, 1, 7)["choices"] == []


@pytest.mark.parametrize(("row", "column"), [(0, 0), (11, 0), (12, 9)])
def test_outside_the_header_nothing_is_said(header: Page, root: Path, row: int, column: int) -> None:
    assert ask(header, root, row, column) == {}


def test_fields_that_are_there_already_are_known(header: Page) -> None:
    assert header.evaluate("lines => Header.present(lines)", LINES) == ["title", "session", "kind", "chairs", "period"]


def test_a_file_without_a_header_has_no_place(header: Page) -> None:
    assert header.evaluate("() => [Header.end(['x']), Header.end([]), Header.place(['', 'title: x'], 1, 0)]") == [0, 0, None]


def test_the_extension_says_what_vs_code_needs(root: Path) -> None:
    folder = root / ".vscode" / "extensions" / "so-giao-ban"
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    assert (folder / manifest["main"]).is_file() and manifest["activationEvents"] == ["onLanguage:markdown"]
    recommended = json.loads((root / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert f"{manifest['publisher']}.{manifest['name']}" in recommended
