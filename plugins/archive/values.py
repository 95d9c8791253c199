"""What a header holds: texts, lists and mappings, each with its line."""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 12
MAX_FIELDS = 200
"""Of one mapping."""
PLAIN_NULLS = {"", "~", "null"}
"""What an editor writes, in small letters or capitals, for nothing."""


class Value(NamedTuple):
    """A text, a list of values or a mapping of values, and the line it stands on (from 1)."""

    data: str | list[Value] | dict[str, Value]
    line: int

    def plain(self) -> object:
        """The same without lines."""
        if isinstance(self.data, list):
            return [item.plain() for item in self.data]
        if isinstance(self.data, dict):
            return {key: item.plain() for key, item in self.data.items()}
        return self.data

    def line_of(self, place: tuple[str | int, ...]) -> int:
        """The line of the deepest value on the way to ``place``."""
        value = self
        for step in place:
            known = value.data.items() if isinstance(value.data, dict) else enumerate(value.data) if isinstance(value.data, list) else ()
            deeper = next((found for key, found in known if key == step), None)
            if deeper is None:
                break
            value = deeper
        return value.line
