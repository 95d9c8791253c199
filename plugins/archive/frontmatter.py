"""A file's header as values that know their line, and its body.

Every scalar is text. Pelican's own ``Key: value`` header is read too. Nothing raises; what is wrong becomes a problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import plain_header
from .problems import Problems
from .values import MAX_FIELDS, Value

_PLAIN_KEY = re.compile(r"([A-Za-z][A-Za-z_ -]{0,40}):(?:[ \t]+(.*)|$)")
_OPENING_FENCE = re.compile(r"---[ \t]*(?=\n|\Z)")
_CLOSING_FENCE = re.compile(r"\n---[ \t]*(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file taken apart. ``header`` holds a mapping; ``body_line`` is the body's first line, counted from 1."""

    path: str
    header: Value
    body: str
    body_line: int

    @property
    def fields(self) -> Mapping[str, Value]:
        """What the header says, by name."""
        return self.header.data if isinstance(self.header.data, dict) else {}

    def plain(self) -> dict[str, object]:
        """The same without lines."""
        return {name: value.plain() for name, value in self.fields.items()}

    @property
    def text_line(self) -> int:
        """On which the text in the body begins; 0 where there is white space alone, of which the renderer would make nothing at all."""
        return self.body_line + len(self.body) - len(self.body.lstrip("\n")) if self.body.strip() else 0


def parse(content: str, path: str, problems: Problems) -> Parsed | None:
    """Takes a file's text apart; None, with a problem, where the header cannot be read."""
    if opening := _OPENING_FENCE.match(content):
        return _parse_fenced(content, opening.end(), path, problems)
    lines = content.split("\n")
    if _PLAIN_KEY.fullmatch(lines[0]):
        return _parse_plain(lines, path, problems)
    problems.add(path, 1, "", "header-missing")
    return None


def _parse_fenced(content: str, start: int, path: str, problems: Problems) -> Parsed | None:
    closing = _CLOSING_FENCE.search(content, start)
    if closing is None:
        problems.add(path, 1, "", "header-open")
        return None
    source = content[start + 1 : closing.start() + 1]
    header = plain_header.load(source) or _load_yaml(source, path, problems)
    if header is None:
        return None
    if " #" in source:
        _warn_of_comments(source.split("\n"), path, problems)
    return Parsed(path, header, content[closing.end() + 1 :], content.count("\n", 0, closing.end()) + 2)


def _load_yaml(source: str, path: str, problems: Problems) -> Value | None:
    from . import yaml_header  # takes a moment to load, and an archive may well do without it

    return yaml_header.load(source, path, problems)


def _warn_of_comments(header: list[str], path: str, problems: Problems) -> None:
    """YAML drops what follows `` #`` in an unquoted text; an editor who wrote "Hội nghị #1" must hear of it."""
    for number, line in enumerate(header, 2):
        value = line.partition(": ")[2].strip()
        if " #" in value and value[0] not in "\"'|>[{#":
            problems.add(path, number, line.partition(":")[0].strip(" -"), "yaml-comment", value="#" + value.partition(" #")[2])


def _parse_plain(lines: list[str], path: str, problems: Problems) -> Parsed | None:
    """Pelican's own header: ``Key: value`` lines, indented lines that go on with the value, up to an empty line."""
    fields: dict[str, Value] = {}
    last = ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            break
        match = _PLAIN_KEY.fullmatch(line)
        if match is None and last and line[0] in " \t":
            fields[last] = Value(f"{fields[last].data} {line.strip()}", fields[last].line)
            continue
        if match is None:
            problems.add(path, number, "", "yaml-key")
            return None
        last = re.sub(r"[ -]+", "_", match[1].strip().lower())
        if last in fields:
            problems.add(path, number, "", "field-duplicate", value=last, other=fields[last].line)
            return None
        if len(fields) == MAX_FIELDS:
            problems.add(path, number, "", "list-too-long", size=len(lines), limit=MAX_FIELDS)
            return None
        fields[last] = Value((match[2] or "").strip(), number)
    return Parsed(path, Value(fields, 1), "\n".join(lines[number:]), number + 1)
