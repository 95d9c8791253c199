"""What is made from the schema for editors' programs: the form, JSON Schemas, snippets. None of it can lag behind."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from plugins import editing
from plugins.archive.schema import RECORD_FIELDS, Fields
from plugins.editing import form, json_schema, labels, published, shapes, short_forms, snippets

CONFIG = form.configuration({"name": "proxy", "proxy_url": "/api"})


def fields_of(entry: dict[str, Any], model: type[Fields]) -> Iterator[tuple[dict[str, Any], type[Fields]]]:
    for field in entry["fields"]:
        if field["name"] == "body":
            continue
        yield field, model
        group, _ = shapes.group_of(model.model_fields[field["name"]])
        if group:
            yield from fields_of(field, group)


@pytest.mark.parametrize("folder", list(RECORD_FIELDS))
def test_every_field_has_a_widget_a_label_and_its_choices(folder: str) -> None:
    (collection,) = [collection for collection in CONFIG["collections"] if collection["folder"] == f"content/{folder}"]
    model = RECORD_FIELDS[folder]
    assert {field["name"] for field in collection["fields"]} == set(model.model_fields) - {"id"} | {"body"}
    for field, owner in fields_of(collection, model):
        info = owner.model_fields[field["name"]]
        assert field["widget"] and field["label"] and field["required"] is info.is_required()
        assert field.get("options", []) == shapes.choices_of(info)


def test_every_label_belongs_to_a_field_and_every_field_has_one() -> None:
    models = [*RECORD_FIELDS.values(), *(group for model in RECORD_FIELDS.values() for group in shapes.field_groups(model))]
    assert set(labels.LABELS) == {name for model in models for name in model.model_fields}


def test_every_relation_leads_to_a_collection() -> None:
    names = {collection["name"] for collection in CONFIG["collections"]}
    relations = [f for c in CONFIG["collections"] for f, _ in fields_of(c, RECORD_FIELDS[c["name"]]) if f["widget"] == "relation"]
    assert {relation["collection"] for relation in relations} == {"clusters", "people", "meetings"} <= names


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("PartialDate", ["2025", "2025-10", "2025-10-09", "1976-01-31"], ["18/4/2023", "2025-13", "2025-1-1", "25-10-09", "mai"]),
        ("Timestamp", ["2025-10-10", "2025-10-10 16:55", "2025-10-10T16:55+07:00"], ["2025-10", "10/10/2025", "16:55"]),
        ("Period", ["2025", "2025-Q4", "2025-6M", "2025-H2"], ["2025-Q5", "quý 4", "2025-10"]),
    ],
)
def test_the_form_asks_for_what_the_archive_reads(kind: str, good: list[str], bad: list[str]) -> None:
    (type_, (pattern, _)) = next((t, p) for t, p in form._PATTERNS.items() if t.__name__ == kind)
    for value in good:
        assert re.search(pattern, value) and type_.parse(value)
    assert [value for value in bad if re.search(pattern, value)] == []


def test_a_published_form_saves_by_way_of_a_review() -> None:
    made = form.configuration({"name": "github", "repo": "a/b", "branch": "main"}, "https://so.example.org")
    assert made["publish_mode"] == "editorial_workflow" and made["site_url"] == "https://so.example.org"


@pytest.mark.parametrize(
    ("backend", "hosts"),
    [
        ({"name": "github", "repo": "a/b"}, "https://api.github.com https://avatars.githubusercontent.com"),
        ({"name": "github", "base_url": "https://dang-nhap.example"}, "https://api.github.com https://avatars.githubusercontent.com https://dang-nhap.example"),
        ({"name": "gitlab"}, "https://gitlab.com https://secure.gravatar.com"),
        ({"name": "gitlab", "base_url": "https://ma.example", "api_root": "https://ma.example/api/v4"}, "https://ma.example"),
    ],
)
def test_a_published_form_may_talk_to_its_code_host_only(backend: dict[str, str], hosts: str) -> None:
    page = published.page(backend)
    assert f"connect-src 'self' blob: {hosts};" in page and f"img-src 'self' data: blob: {hosts};" in page
    assert page.replace(f" {hosts};", ";") == (editing.ASSETS / "index.html").read_text(encoding="utf-8")


def test_a_form_on_this_machine_may_talk_to_no_host() -> None:
    assert "http" not in (editing.ASSETS / "index.html").read_text(encoding="utf-8").partition("Content-Security-Policy")[2].partition(">")[0]


def test_entries_written_as_text_are_told_in_full(small_archive: Path) -> None:
    text = "---\ntitle: T\ndate: 2030\nchairs: [TS. Lê Thử – Chủ tịch, {name: An}, Hội Thử]\nnotes: [Một ghi chú; một câu.]\nsources: [không]\n---\n"
    (small_archive / "meetings" / "2030" / "x.md").write_text(text, encoding="utf-8")
    assert short_forms.short_forms(small_archive) == {
        "NoteEntry": {"Một ghi chú; một câu.": {"text": "Một ghi chú; một câu."}},
        "PersonEntry": {"Hội Thử": {"organization": ["Hội Thử"]}, "TS. Lê Thử – Chủ tịch": {"honorific": "TS.", "name": "Lê Thử", "role": "Chủ tịch"}},
    }


def test_nothing_can_be_deleted_through_the_form() -> None:
    assert {collection["delete"] for collection in CONFIG["collections"]} == {False}


def test_vendored_code_is_what_it_says_it_is() -> None:
    vendor = editing.ASSETS / "vendor"
    listed = json.loads((vendor / "vendor.json").read_text(encoding="utf-8"))
    for name, entry in listed.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == entry["sha256"]
        assert "MIT License" in (vendor / entry["licence_file"]).read_text(encoding="utf-8") and (vendor / entry["notices_file"]).is_file()
    page = (editing.ASSETS / "index.html").read_text(encoding="utf-8")
    assert [name for name in listed if f"vendor/{name}" not in page] == []


# JSON Schema and snippets


def test_the_files_for_vs_code_are_up_to_date(root: Path) -> None:
    for folder, schema in json_schema.schemas().items():
        assert json.loads((root / json_schema.FOLDER / f"{folder}.json").read_text(encoding="utf-8")) == schema
    assert json.loads((root / snippets.FILE).read_text(encoding="utf-8")) == snippets.snippets()


def test_vs_code_finds_the_schema_of_every_folder(root: Path) -> None:
    """Where the extension looks for it: docs/schema/, by the name of the folder."""
    looked_for = 'path.join(root(), "docs", "schema", folder + ".json")'
    assert looked_for in (root / ".vscode/extensions/so-giao-ban/extension.js").read_text(encoding="utf-8")
    assert {file.stem for file in (root / "docs" / "schema").iterdir()} == set(RECORD_FIELDS)


class _Loader(yaml.SafeLoader):
    """As VS Code's YAML 1.2: a day is text."""


_Loader.yaml_implicit_resolvers = {
    first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(folder: str, header: str) -> list[str]:
    validator = jsonschema.Draft7Validator(json_schema.schemas()[folder])
    return [fault.message for fault in validator.iter_errors(yaml.load(header, _Loader))]


def test_no_record_of_this_repository_is_underlined(root: Path) -> None:
    for folder in RECORD_FIELDS:
        for file in (root / "content" / folder).rglob("*.md"):
            assert faults(folder, file.read_text(encoding="utf-8").split("\n---")[0][4:]) == [], file


@pytest.mark.parametrize(
    "line",
    [
        "chairs: Lê Thử – Chủ tịch; Hội Thử", "chairs: {name: A}", "chairs: [A, {name: B, organization: [C, D]}]", "sources: https://vi-du.example",
        "notes: một câu", "period: {review: 2030-Q1}", "leads: {year: 2030, lead: A}", "host: A; B", "host: [A, B]", "tags:", "venue: 281", "documents: [A]",
    ],
)  # fmt: skip
def test_what_the_check_accepts_is_not_underlined(line: str) -> None:
    header = f"title: 2030\ndate: 2030\n{line}\n"
    RECORD_FIELDS["meetings"].model_validate(yaml.load(header, yaml.BaseLoader))
    assert faults("meetings", header) == []


@pytest.mark.parametrize("line", ["titel: A", "kind: họp", "chairs: {nam: A}", "leads: A", "former_ids: {a: b}"])
def test_what_is_plainly_wrong_is_underlined(line: str) -> None:
    assert faults("meetings", f"title: A\ndate: 2030\n{line}\n")


def test_snippets_are_headers_that_can_be_read() -> None:
    for title, snippet in snippets.snippets().items():
        text = re.sub(r"\$\{\d+(?:\|([^,|]+)[^}]*)?\}|\$0", lambda stop: stop[1] or "", "\n".join(snippet["body"]))
        assert isinstance(yaml.safe_load(text.replace("---", "")), dict), title
