"""The reference for editors, made from the schema and the table of problems, so that neither can drift from the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic.fields import FieldInfo

from plugins.archive.problems import KINDS, Kind, Severity
from plugins.archive.schema import RECORD_FIELDS, Fields, RecordFields

from . import json_schema, snippets

FIELDS = Path("docs/fields.md")
PROBLEMS = Path("docs/problems.md")
_MARKS = re.compile(r"[\\`*\[\]|]")
_MADE = "<!-- Tệp này được tạo từ mã nguồn bằng lệnh: python3 tasks.py docs -->"


def write(root: Path) -> list[Path]:
    """Writes below ``root`` all that is made from the schema: both references, JSON Schemas, snippets; returns what changed."""
    changed = [*json_schema.write(root), *snippets.write(root)]
    for path, made in ((root / FIELDS, fields_reference()), (root / PROBLEMS, problems_reference())):
        if not path.exists() or path.read_text(encoding="utf-8") != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def fields_reference() -> str:
    """Every field of every kind of record, in Vietnamese, as Markdown."""
    lines = [_MADE, "", "# Các trường của hồ sơ", "", "Mỗi hồ sơ là một tệp Markdown: phần đầu giữa hai dòng `---`, rồi đến bài viết.", ""]
    nested: dict[str, type[Fields]] = {}
    for folder, model in RECORD_FIELDS.items():
        lines += [f"## content/{folder}/", "", (model.__doc__ or "").strip(), "", *_table(model, nested)]
    lines += ["## Các nhóm trường", ""]
    for name, group in sorted(nested.items()):
        lines += [f"### {name}", "", (group.__doc__ or "").strip(), "", *_table(group, nested)]
    return "\n".join(lines).rstrip() + "\n"


def _table(model: type[Fields], nested: dict[str, type[Fields]]) -> Iterator[str]:
    yield "| trường | bắt buộc | dạng | ý nghĩa |"
    yield "|---|---|---|---|"
    common = set(RecordFields.model_fields) if model is not RecordFields else set()
    names = [name for name in model.model_fields if name not in common] + [name for name in model.model_fields if name in common]
    for name in names:
        info = model.model_fields[name]
        yield f"| `{name}` | {'có' if info.is_required() else ''} | {_form(info, nested)} | {info.description or ''} |"
    yield ""


def _form(info: FieldInfo, nested: dict[str, type[Fields]]) -> str:
    groups = list(_groups(info.annotation))
    for group in groups:
        nested[group.__name__] = group
    if groups:
        return ", ".join(f"[{group.__name__}](#{group.__name__.lower()})" for group in groups)
    choices = [choice for choice in _choices(info.annotation) if choice]
    if choices:
        return ", ".join(f"`{choice}`" for choice in choices)
    return "danh sách" if "tuple" in str(info.annotation) else "chữ hoặc số"


def _groups(annotation: object) -> Iterator[type[Fields]]:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for argument in get_args(annotation):
        yield from _groups(argument)


def _choices(annotation: object) -> Iterator[str]:
    for argument in get_args(annotation):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _choices(argument)


def problems_reference() -> str:
    """Every code with what it says and what to write, as Markdown."""
    lines = [
        _MADE, "", "# Các lỗi và cảnh báo", "",
        "Mỗi dòng thông báo gồm tệp, số dòng, tên trường, điều sai, cách viết đúng và mã lỗi trong ngoặc vuông.",
        "**Lỗi** làm trang không dựng (trang cũ giữ nguyên); **cảnh báo** thì không.", "",
    ]  # fmt: skip
    for severity, title in ((Severity.ERROR, "Lỗi"), (Severity.WARNING, "Cảnh báo")):
        lines += [f"## {title}", "", "| mã | điều sai | cần viết |", "|---|---|---|"]
        lines += [_row(kind) for kind in sorted(KINDS.values(), key=lambda kind: kind.code) if kind.severity is severity]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(kind: Kind) -> str:
    return f"| `{kind.code}` | {_cell(kind.message)} | {_cell(kind.hint)} |"


def _cell(text: str) -> str:
    """The text with its values shown as dots, safe between two bars."""
    filled = text % dict.fromkeys(("value", "other", "nearest", "size", "limit", "reason", "path", "folder"), "…")
    return _MARKS.sub(r"\\\g<0>", filled).replace("<", "&lt;")
