"""Shows an audit: a table of what was looked at, and each finding on a line of its own; or all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plugins.archive.problems import N_, Translate

from .findings import Result, Weight

FORMATS = ("text", "json")
_LABELS = {Weight.FAULT: N_("lỗi"), Weight.NOTE: N_("nhắc")}


def show(results: Sequence[Result], format: str, translate: Translate, stream: TextIO) -> None:
    if format == "json":
        stream.write(_json(results, translate))
        return
    console = Console(file=stream, highlight=False)
    for result in results:
        for found in result.findings:
            style = "bold red" if found.weight is Weight.FAULT else "yellow"
            line = Text(f"{translate(_LABELS[found.weight])}: ", style=style).append(found.render(translate), style="default")
            console.print(line, soft_wrap=True)
    console.print(_table(results, translate))


def _table(results: Sequence[Result], translate: Translate) -> Table:
    table = Table(translate(N_("Phép kiểm tra")))
    for title in (N_("Đã xem"), N_("Lỗi"), N_("Nhắc")):
        table.add_column(translate(title), justify="right")
    for result in results:
        faults, all_found = len(result.faults), len(result.findings)
        table.add_row(translate(result.title), str(result.looked_at), str(faults), str(all_found - faults), style="red" if faults else "")
    return table


def _json(results: Sequence[Result], translate: Translate) -> str:
    """A list of groups; ``findings`` are objects with path, line, code, weight, values and message."""
    groups = [
        {
            "title": translate(result.title),
            "looked_at": result.looked_at,
            "findings": [
                {
                    "path": found.path,
                    "line": found.line,
                    "code": found.code,
                    "weight": found.weight.value,
                    "values": dict(found.values),
                    "message": found.message(translate),
                }
                for found in result.findings
            ],
        }
        for result in results
    ]
    return json.dumps(groups, ensure_ascii=False, indent=2) + "\n"
