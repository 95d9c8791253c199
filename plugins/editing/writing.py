"""Writes records: the header in the order and form in which this archive keeps it, long lines whole, nothing that is empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel

from plugins.archive.dates import PartialDate, Period, Timestamp
from plugins.archive.schema import RECORD_FIELDS, RecordFields

from .ordering import field_order

_NULLS = ("", "~", "null")
# Booleans and the like are text to the archive, but not to every other program that reads YAML.
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false"}
_LIKE_TIME = re.compile(r"[0-9]+(?::[0-9]{2})+")


class _Dumper(yaml.SafeDumper):
    """Plain scalars wherever the archive reads them as they stand: it knows no YAML types but text."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.yaml_implicit_resolvers = {}


def _represent_text(dumper: _Dumper, value: str) -> yaml.Node:
    quoted = value.lower() in _NULLS or value.lower() in _WORDS or _LIKE_TIME.fullmatch(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if quoted else None)


_Dumper.add_representer(str, _represent_text)


def header_text(values: Mapping[str, Any]) -> str:
    """Fields as the lines of a header, in the order given."""
    if not values:
        return ""
    return yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)


def record_text(folder: str, values: Mapping[str, Any], body: str = "") -> str:
    """A whole file. ``values`` are plain: text, lists, mappings; what is empty is left out, unknown fields come last."""
    kept = without_empty(values)
    order = field_order(RECORD_FIELDS[folder])
    known = {name: kept[name] for name in order if name in kept}
    unknown = {name: value for name, value in kept.items() if name not in known}
    return f"---\n{header_text({**known, **unknown})}---\n" + (body.strip("\n") + "\n" if body.strip() else "")


def without_empty(value: Any) -> Any:
    """The same without empty texts, lists and groups, however deep."""
    if isinstance(value, Mapping):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_empty(item)}
    if isinstance(value, (list, tuple)):
        return [item for item in (without_empty(item) for item in value) if not _is_empty(item)]
    return value.strip() if isinstance(value, str) else value if isinstance(value, bool) or value is None else str(value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def long_form(fields: RecordFields) -> dict[str, Any]:
    """The fields of a record with every short form written out, as a form in a browser needs them; only what is set."""
    return {name: plain(getattr(fields, name)) for name in field_order(type(fields)) if name in fields.model_fields_set}


def plain(value: Any) -> Any:
    """A checked value as text, lists and mappings."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields if name in value.model_fields_set}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Timestamp):
        return value.isoformat().replace(":00+07:00", "+07:00")
    if isinstance(value, (PartialDate, Period)):
        return str(value)
    return value.value if isinstance(value, Enum) else value
