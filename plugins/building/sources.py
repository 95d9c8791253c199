"""The files that the builds of one site read, and what is known of an edit by where the file lies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from . import inputs
from .circumstances import Moment


class Sources:
    """Those in the usual places, and ``more`` that a build came across."""

    def __init__(self, moment: Moment) -> None:
        self._roots = moment.roots
        self._content = _below(moment.content)
        self._followed = (self._content, _below(moment.theme / "templates"), _below(moment.theme / "static"))
        self.more: set[str] = set()

    def look(self, more: Iterable[str], certain: Mapping[str, inputs.Signature] = MappingProxyType({})) -> inputs.Sight:
        """How all of them stand, ``more`` among them from now on; of those that are ``certain``, whether they are there."""
        self.more.update(more)
        return inputs.look([*self._roots, *map(Path, sorted(self.more))], certain)

    def is_followed(self, path: str) -> bool:
        """Whether it is known what an edited file touches; of the program and its words nobody knows."""
        return path.startswith(self._followed) and not path.endswith((".py", ".po"))

    def is_record(self, path: str) -> bool:
        return path.startswith(self._content) and path.endswith(".md")

    def below_content(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of the whole paths that lie below the content folder, each after what it is called there, with "/" between the names."""
        return ((path.removeprefix(self._content).replace(os.sep, "/"), path) for path in paths if path.startswith(self._content))


def _below(folder: Path) -> str:
    """What the whole path of every file in the folder begins with."""
    return os.path.join(os.path.abspath(folder), "")
