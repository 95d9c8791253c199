"""``datapackage.json``: what each data file holds, as the Data Package standard has it (specs.frictionlessdata.io)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .flat import csv_name
from .tables import Column, Table
from .writing import LIST_SEPARATOR

NAME = "datapackage.json"
_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def package(tables: Sequence[Table], folder: Path, *, name: str, title: str, edition: str, address: str) -> dict[str, object]:
    """The description of the CSV files of the tables in a folder. ``edition`` and ``address`` may be empty."""
    about = {"profile": "tabular-data-package", "name": name, "title": title, "version": edition, "homepage": address}
    resources = [_resource(table, folder / csv_name(table)) for table in tables]
    return {**{key: value for key, value in about.items() if value}, "resources": resources}


def renewed(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same description, with those files that lie in ``folder``."""
    new = [{**one, **_measured(folder / one["path"])} if (folder / one["path"]).exists() else one for one in package["resources"]]
    return {**package, "resources": new}


def _resource(table: Table, file: Path) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": file.name,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_measured(file),
        "schema": _schema(table),
    }


def _measured(file: Path) -> dict[str, object]:
    with file.open("rb") as opened:
        return {"bytes": file.stat().st_size, "hash": "sha256:" + hashlib.file_digest(opened, "sha256").hexdigest()}


def _schema(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column, column.name in table.key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = list(_foreign_keys(table))
    return schema


def _field(column: Column, is_key: bool) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "type": column.type if column.type in ("integer", "boolean") else "string",
        "description": f"{column.description} Separated by {LIST_SEPARATOR}." if column.type == "list" else column.description,
    }
    constraints: dict[str, object] = {"required": True} if is_key else {}
    if column.type == "date":
        constraints["pattern"] = _DATE
    return {**described, "constraints": constraints} if constraints else described


def _foreign_keys(table: Table) -> Iterable[dict[str, object]]:
    for column, other in table.refers.items():
        resource = "" if other == table.name else other.replace("_", "-")
        yield {"fields": column, "reference": {"resource": resource, "fields": "id"}}
