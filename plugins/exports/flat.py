"""The tables as files: each as CSV, all of them as JSON, in one pass over their rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TextIO

from .tables import Table
from .writing import csv_lines, json_objects

ARCHIVE = "archive.json"
_AT_A_TIME = 500


def csv_name(table: Table) -> str:
    return f"{table.name}.csv"


def write(tables: Iterable[Table], folder: Path) -> None:
    """Writes ``archive.json``, an object that leads from the name of each table to its rows, and the CSV of each."""
    with (folder / ARCHIVE).open("w", encoding="utf-8", newline="") as every:
        every.write("{\n")
        for number, table in enumerate(tables):
            every.write((",\n" if number else "") + f'"{table.name}": [\n')
            with open_csv(folder / csv_name(table)) as own:
                _write(table, own, every)
            every.write("\n]")
        every.write("\n}\n")


def open_csv(path: Path) -> TextIO:
    """A file in UTF-8 with the mark by which Excel knows that."""
    return path.open("w", encoding="utf-8-sig", newline="")


def _write(table: Table, own: TextIO, every: TextIO) -> None:
    own.writelines(csv_lines([table.names]))
    rows = table.rows
    comma = ""
    while some := list(islice(rows, _AT_A_TIME)):
        own.writelines(csv_lines(some))
        every.write(comma + ",\n".join(json_objects(table.names, some)))
        comma = ",\n"
