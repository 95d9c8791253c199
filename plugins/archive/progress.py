"""How far a long piece of work is: rooms tell, the build shows. They meet in the setting ``PROGRESS``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Progress(Protocol):
    """Whoever shows what is being done."""

    def phase(self, message: str) -> None:
        """Something else begins; ``message`` is one to be translated."""

    def reached(self, done: int, total: int) -> None:
        """Of the present phase so much is done."""


class Silence:
    """Shows nothing."""

    def phase(self, message: str) -> None:
        pass

    def reached(self, done: int, total: int) -> None:
        pass


SILENCE = Silence()


def progress_of(settings: Mapping[str, Any]) -> Progress:
    """Who is to be told; nobody where a build is not watched."""
    return settings.get("PROGRESS") or SILENCE
