"""What a machine may mend in a record without asking: the form of the header, never what it says, and never the body.

The body keeps every byte but for one thing: letters whose marks are written apart are joined (NFC). In the header, invisible marks,
stray spaces, missing quotation marks, the form of dates that can be read one way only, and the order of the fields are mended. Each
step is kept only where the header reads the same after it (or reads at all, where it did not before).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

import yaml

from plugins.archive import text
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.schema import RECORD_FIELDS, Fields, RecordFields

from .day_forms import iso
from .ordering import in_order

_FENCE = re.compile(r"---[ \t]*")
_ENDS = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"(?<=\S)[ \t\u00a0\u2007\u202f]{2,}(?=\S)|[\t\u00a0\u2007\u202f]+(?=\S)")
_GLUED = re.compile(r"([a-z_]+):[\u00a0\u2007\u202f\t]*(?=[^\s/])")
_ENTRY = re.compile(r"((?:[ ]*- )*[ ]*[A-Za-z_]+:[ ]+)(?P<value>\S.*)|((?:[ ]*- )+)(?P<item>[^\s\-].*)")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_QUOTED = 200


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file taken apart: ``opening`` and ``closing`` are its fences, ``header`` ends its lines with ``\\n`` whatever the file does."""

    opening: str
    header: str
    closing: str
    body: str
    end: str

    def joined(self) -> str:
        return self.opening + self.header.replace("\n", self.end) + self.closing + self.body


def mend(source: str, folder: str) -> str:
    """The text of a record of content/``folder``, mended. Mending what was mended changes nothing."""
    source = text.nfc(source.removeprefix("\ufeff"))
    parts = _take_apart(source)
    if parts is None or _has_alias(parts.header):
        return source
    header = parts.header
    for step in (_without_invisible, _with_plain_spaces, _with_quotes):
        header = _kept(header, step(header), _reads_alike)
    model = RECORD_FIELDS[folder]
    header = _with_iso_dates(header, model)
    header = _kept(header, in_order(header, _compose(header), model), _reads_alike)
    return replace(parts, opening=_fence(parts.opening), header=header, closing=_fence(parts.closing)).joined()


def _take_apart(source: str) -> _Parts | None:
    """None for a file without fences: what is header and what is body is then for an editor to say."""
    ends = list(_ENDS.finditer(source))
    starts = [0, *(end.end() for end in ends)]
    stops = [*(end.start() for end in ends), len(source)]
    fences = [n for n in range(len(starts)) if _FENCE.fullmatch(source, starts[n], stops[n])]
    if len(fences) < 2 or fences[0] != 0:
        return None
    last = fences[1]
    after = starts[last + 1] if last + 1 < len(starts) else len(source)
    header = _ENDS.sub("\n", source[starts[1] : starts[last]])
    return _Parts(source[: starts[1]], header, source[starts[last] : after], source[after:], ends[0][0])


def _fence(line: str) -> str:
    return "---" + line[len(line.rstrip("\r\n")) :]


def _has_alias(header: str) -> bool:
    """What YAML repeats by reference is an error already, and unfolds without end."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(header, Loader=_Loader))
    except (yaml.YAMLError, ValueError):
        return False


def _kept(before: str, after: str, alike: Callable[[str, str], bool]) -> str:
    return after if after != before and alike(before, after) else before


def _reads_alike(before: str, after: str) -> bool:
    old, new = _read(before), _read(after)
    return old is None or old == new


def _read(header: str) -> object:
    """What a header says, as the archive reads it; None where it cannot be read."""
    node = _compose(header)
    return _plain(node) if isinstance(node, yaml.MappingNode) else None


def _compose(header: str) -> yaml.Node | None:
    try:
        return yaml.compose(header, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        # Sorted pairs, not a dict: a field written twice must stay twice, for the editor to see.
        return ("mapping", sorted(((_plain(key), _plain(value)) for key, value in node.value), key=repr))
    if isinstance(node, yaml.SequenceNode):
        return ("list", [_plain(item) for item in node.value])
    # Plain and quoted differ where the text is null or nothing; block texts are read as one line.
    is_null = isinstance(node, yaml.ScalarNode) and node.style is None and node.value.lower() in ("", "~", "null")
    return ("text", is_null, text.clean(node.value), node.tag if node.tag.startswith("!") else "")


# Steps on the text


def _without_invisible(header: str) -> str:
    return text.INVISIBLE.sub("", header)


def _with_plain_spaces(header: str) -> str:
    return "".join(_line_with_plain_spaces(line) + "\n" for line in header.split("\n")[:-1])


def _line_with_plain_spaces(line: str) -> str:
    line = line.rstrip(" \t\u00a0\u2007\u202f")
    glued = _GLUED.match(line)
    if glued and glued[1] in _ALL_FIELDS:
        line = f"{glued[1]}: {line[glued.end() :]}"
    if '"' in line or "'" in line or " #" in line:
        return line
    indent = len(line) - len(line.lstrip(" \u00a0\u2007\u202f"))
    return " " * indent + _SPACES.sub(" ", line[indent:])


_ALL_FIELDS = frozenset(name for model in RECORD_FIELDS.values() for name in model.model_fields)


def _with_quotes(header: str) -> str:
    """Quotation marks around the values that YAML refuses without, one after the other as YAML comes upon them."""
    for _ in range(_MAX_QUOTED):
        line = _refused_line(header)
        if line is None:
            break
        lines = header.split("\n")
        quoted = _quoted(lines[line]) if line < len(lines) else None
        if quoted is None:
            break
        lines[line] = quoted
        header = "\n".join(lines)
    return header


def _refused_line(header: str) -> int | None:
    try:
        yaml.compose(header, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        reason = error.problem or ""
        if error.problem_mark and ("mapping values are not allowed" in reason or "cannot start any token" in reason):
            return error.problem_mark.line
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    return None


def _quoted(line: str) -> str | None:
    match = _ENTRY.fullmatch(line)
    value = match and (match["value"] or match["item"])
    # What begins so was meant as YAML; what holds a comment may end before it.
    if not value or value[0] in "\"'[{|>&*!#?" or " #" in value:
        return None
    return line[: len(line) - len(value)] + '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Dates


def _with_iso_dates(header: str, model: type[RecordFields]) -> str:
    node = _compose(header)
    lines = header.split("\n")
    for scalar, is_moment in sorted(_dates(node, model), key=lambda found: -found[0].start_mark.column) if node is not None else ():
        mark, meant = scalar.start_mark, iso(scalar.value, is_moment=is_moment)
        if meant is None or mark.line != scalar.end_mark.line:
            continue
        line = lines[mark.line]
        lines[mark.line] = line[: mark.column] + meant + line[scalar.end_mark.column :]
    changed = "\n".join(lines)
    return changed if _read(changed) is not None else header


def _dates(node: yaml.Node, model: type[Fields]) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Every scalar that the schema takes for a date, and whether it may have a time."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _dates(item, model)
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        field = model.model_fields.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if field is None:
            continue
        types = {field.annotation, *get_args(field.annotation)}
        if isinstance(value, yaml.ScalarNode) and types & {PartialDate, Timestamp}:
            yield value, Timestamp in types
        for inner in _groups(field.annotation):
            yield from _dates(value, inner)


def _groups(annotation: object) -> Iterator[type[Fields]]:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for argument in get_args(annotation):
        yield from _groups(argument)
