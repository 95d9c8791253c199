"""A suggested value, with the words of the page that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_QUOTE = 320


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[T]):
    """What a field may hold. No suggestion at all means: not stated."""

    value: T
    quote: str
    """The words of the page, as they stand there."""
    confidence: float
    """0 to 1: how often such evidence was right on pages of the labelled set, roundly."""
    reason: str = ""
    """A message for the editor, where the words alone do not explain the value; translated where it is shown."""

    def less(self, factor: float, reason: str = "") -> Suggestion[T]:
        """The same, less sure."""
        return replace(self, confidence=round(self.confidence * factor, 3), reason=reason or self.reason)


def quoted(text: str, start: int = 0, end: int | None = None, around: int = 0) -> str:
    """A piece of a text with what stands around it, cut at words, not longer than an editor reads."""
    end = len(text) if end is None else end
    begin, stop = max(0, start - around), min(len(text), end + around)
    while 0 < begin < len(text) and start - begin < 15 + around and not text[begin - 1].isspace():
        begin -= 1
    while stop < len(text) and stop - end < 15 + around and not text[stop].isspace():
        stop += 1
    piece = text[begin:stop].strip()
    return piece if len(piece) <= MAX_QUOTE else piece[: MAX_QUOTE - 1].rsplit(" ", 1)[0] + "…"
