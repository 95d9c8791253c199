"""The record as a file: header in the order editors know, unsure fields as comments beside their evidence, then the body."""

from __future__ import annotations

import re
from typing import Any

import yaml

from plugins.archive.text import INVISIBLE, clean, nfc

from .fields import Field

_ORDER = (
    "title", "date", "date_end", "date_inferred", "session", "published", "kind", "period", "cluster", "union", "chairs", "speakers",
    "participants",
    "host", "venue", "province", "leads", "documents", "images", "sources", "notes",
)  # fmt: skip
# Our reader takes every scalar for text, so that a date needs no quotes.
_QUOTED_DATE = re.compile(r"(?<=: )'(\d{4}-\d\d(?:-\d\d)?)'$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def record(fields: list[Field], extra: dict[str, Any], body: str, *, sure: float) -> str:
    """A draft record. ``extra`` holds the fields that need no evidence: images, sources, notes."""
    stated = {field.name: field.value for field in fields if field.confidence >= sure and not _is_open(field)}
    if "date" not in stated:
        stated = {name: value for name, value in stated.items() if name not in ("date_end", "date_inferred")}
    values = {**stated, **{name: value for name, value in extra.items() if value}}
    header = "".join(_dump({name: values[name]}) for name in _ORDER if name in values)
    unsure = [field for field in fields if field.confidence < sure or _is_open(field)]
    comments = "".join(_comment(field) for field in unsure if field.name not in ("date_end", "date_inferred"))
    opening = "# Gợi ý chưa chắc, chưa được dùng. Đúng thì bỏ dấu thăng đầu dòng:\n" if comments else ""
    return f"---\n{header}status: draft\n{opening}{comments}---\n{body.strip()}\n"


def _is_open(field: Field) -> bool:
    """A day without its year is no date a record can hold."""
    return field.name == "date" and str(field.value).startswith("-")


def _dump(mapping: dict[str, Any]) -> str:
    dumped = yaml.dump(_cleaned(mapping), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000, default_flow_style=False)
    return _QUOTED_DATE.sub(r"\1", dumped)


class _Dumper(yaml.SafeDumper):
    """Items of a list stand two spaces in, as in the records that editors write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return clean(_CONTROL.sub(" ", value))[:1900] if isinstance(value, str) else value


def _comment(field: Field) -> str:
    lines = _dump({field.name: field.value}).splitlines()
    why = " — ".join(
        part for part in (f"độ chắc {field.confidence:.2f}", field.reason, f"«{_one_line(field.quote)}»" if field.quote else "") if part
    )
    return "".join(f"# {line}\n" for line in lines) + f"#   {_one_line(why)}\n"


def _one_line(text: str) -> str:
    """Evidence on one line, without the mark that begins a comment within a comment."""
    return clean(_CONTROL.sub(" ", INVISIBLE.sub("", nfc(text)))).replace("#", "")[:500]


def with_source(record_text: str, source: dict[str, Any]) -> str:
    """A record with one more source at the end of its list; its other lines stay as the editor wrote them."""
    entry = _dump({"sources": [source]}).split("\n", 1)[1]
    lines = record_text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ValueError("the record has no header")
    start = next((n for n, line in enumerate(lines[:end]) if re.match(r"sources:\s*$", line)), None)
    if start is None:
        if any(line.startswith("sources:") for line in lines[:end]):
            raise ValueError("the record's sources are written in one line")
        return "\n".join([*lines[:end], "sources:", entry.rstrip("\n"), *lines[end:]])
    last = next((n for n in range(start + 1, end + 1) if n == end or lines[n][:1] not in (" ", "-")), end)
    first = lines[start + 1]
    indent = first[: len(first) - len(first.lstrip())] if last > start + 1 else "  "
    shifted = "\n".join(indent + line[2:] for line in entry.rstrip("\n").split("\n"))
    return "\n".join([*lines[:last], shifted, *lines[last:]])
