"""In which order the fields of a record are written: those of its own kind, then those that all records have."""

from __future__ import annotations

import yaml

from plugins.archive.schema import RecordFields

LAST_FIELDS = ("sources", "notes", "corrections", "summary", "tags", "former_ids", "id", "status")
"""Where a record's fields end, after those that are its own."""


def field_order(model: type[RecordFields]) -> list[str]:
    """The fields of a kind of record in the order in which they are written."""
    own = [name for name in model.model_fields if name not in LAST_FIELDS]
    return own + [name for name in LAST_FIELDS if name in model.model_fields]


def in_order(header: str, node: yaml.Node | None, model: type[RecordFields]) -> str:
    """The lines of a header, which YAML reads as ``node``, with its fields in that order; as it is where they cannot be told apart by lines."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or any(key.start_mark.column for key, _ in node.value):
        return header
    lines = header.split("\n")[:-1]
    starts = [_with_comments(lines, key.start_mark.line) for key, _ in node.value]
    if not starts or len(set(starts)) != len(starts):
        return header
    blocks = [lines[start:stop] for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True)]
    order = field_order(model)
    ranks = [order.index(key.value) if key.value in order else len(order) for key, _ in node.value]
    ordered = [blocks[n] for n in sorted(range(len(blocks)), key=lambda n: ranks[n])]
    return "".join(line + "\n" for line in [*lines[: starts[0]], *(line for block in ordered for line in block)])


def _with_comments(lines: list[str], start: int) -> int:
    """Where a field's block begins: comments right above a field belong to it."""
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start
