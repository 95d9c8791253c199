"""What is known about a source picture after it was looked at, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a picture cannot be used: the code of a kind of problem, and the values its message names.

    It is returned, not raised, so that it passes through any executor unharmed.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()


def broken(reason: str) -> Fault:
    return Fault("image-broken", (("reason", reason),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One derivative, encoded: ``form`` is its file extension, sizes are pixels."""

    form: str
    width: int
    height: int
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.width}.{self.form}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Everything made of one source picture; ``width`` and ``height`` are those of the upright original.

    ``renditions`` holds each width in each form, widths ascending.
    """

    width: int
    height: int
    renditions: tuple[Rendition, ...]
