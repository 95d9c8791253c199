"""A header as YAML, by libyaml where it is there: whatever an editor may write in one.

YAML 1.1 reads ``no`` as False, ``8:30`` as 510 and ``012`` as 10, so its implicit types are not used at all.
"""

from __future__ import annotations

import re

import yaml

from . import text
from .problems import Problems
from .values import MAX_DEPTH, MAX_FIELDS, PLAIN_NULLS, Value

# What may open one more level within a line: a list, a mapping, an entry, a key.
_OPENING = re.compile(r"[\[{]|[-?:](?=\s)")
_MANY_OPENINGS = 500
# What plain YAML resolves to by itself.
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(source: str, path: str, problems: Problems) -> Value | None:
    """The mapping that ``source`` holds, which begins on line 2 of a file; None, with a problem, where it cannot be read."""
    try:
        if too_deep := _too_deep(source):
            problems.add(path, too_deep, "", "yaml-depth")
            return None
        node = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        _add_yaml_fault(error, path, problems)
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problems.add(path, 2, "", "yaml", reason=text.clean(str(error)) or type(error).__name__)
        return None
    if node is None:
        return Value({}, 1)
    if not isinstance(node, yaml.MappingNode):
        problems.add(path, node.start_mark.line + 2, "", "yaml-key")
        return None
    return _Converter(path, problems).convert(node, 0)


def _too_deep(source: str) -> int:
    """The line where a header goes too deep for the loader, which would overrun its stack and take the whole build down; or 0.

    Only events are read, which needs no stack, and only where the text holds enough to go that deep.
    """
    if len(_OPENING.findall(source)) < _MANY_OPENINGS:
        return 0
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH + 1:
            return (event.start_mark.line if event.start_mark else 0) + 2
    return 0


# What libyaml says, and which of our problems it is.
_YAML_FAULTS = {
    "mapping values are not allowed": "yaml-colon",
    "could not find expected ':'": "yaml-key",
    "cannot start any token": "yaml-character",
    "found a tab character": "yaml-character",
    "found unexpected end of stream": "yaml-quote",
    "expected ',' or": "yaml-quote",
    "did not find expected": "yaml-indent",
}


def _add_yaml_fault(error: yaml.MarkedYAMLError, path: str, problems: Problems) -> None:
    reason = error.problem or error.context or "YAML"
    code = next((code for words, code in _YAML_FAULTS.items() if words in reason), "yaml")
    # What is not closed is seen further down; the editor must find where it begins.
    mark = error.context_mark if code in ("yaml-quote", "yaml-key") and error.context_mark else error.problem_mark or error.context_mark
    problems.add(path, (mark.line if mark else 0) + 2, "", code, **({"reason": reason} if code == "yaml" else {}))


class _Converter:
    """Turns YAML nodes into values: no alias, no tag, no key twice, no depth without end."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.seen: set[int] = set()

    def convert(self, node: yaml.Node, depth: int) -> Value | None:
        line = node.start_mark.line + 2
        fault = self._fault(node, depth)
        if fault is not None:
            self.problems.add(self.path, line, "", *fault[:1], **fault[1])
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, line, depth)
        if isinstance(node, yaml.SequenceNode):
            items = [self.convert(child, depth + 1) for child in node.value]
            sound = [item for item in items if item is not None]
            return Value(sound, line) if len(sound) == len(items) else None
        if found := text.CONTROL.search(node.value):  # from an escape such as "\b"
            self.problems.add(self.path, line, "", "control-character", value=f"U+{ord(found[0]):04X}")
            return None
        is_quoted = isinstance(node, yaml.ScalarNode) and node.style
        plain_null = not is_quoted and node.value.lower() in PLAIN_NULLS
        return Value("" if plain_null else node.value, line)

    def _fault(self, node: yaml.Node, depth: int) -> tuple[str, dict[str, object]] | None:
        if id(node) in self.seen:
            return "yaml-alias", {}
        if depth > MAX_DEPTH:
            return "yaml-depth", {}
        if node.tag not in _TAGS:
            return "yaml-tag", {"value": node.tag}
        return None

    def _mapping(self, node: yaml.MappingNode, line: int, depth: int) -> Value | None:
        if len(node.value) > MAX_FIELDS:
            self.problems.add(self.path, line, "", "list-too-long", size=len(node.value), limit=MAX_FIELDS)
            return None
        fields: dict[str, Value] = {}
        whole = True
        for key_node, value_node in node.value:
            key = text.clean(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            key_line = key_node.start_mark.line + 2
            if not key:
                self.problems.add(self.path, key_line, "", "text-expected")
            elif key in fields:
                self.problems.add(self.path, key_line, "", "field-duplicate", value=key, other=fields[key].line)
            elif (value := self.convert(value_node, depth + 1)) is not None:
                # A list or mapping begins on the line below its key; an editor looks for the key.
                fields[key] = Value(value.data, value.line if isinstance(value.data, str) else key_line)
                continue
            whole = False
        return Value(fields, line) if whole else None
