"""The recipe: which sizes and forms are made of a picture. Arithmetic only; the pixels are in :mod:`pixels`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

VERSION = 1
"""To be raised when the code in :mod:`pixels` gives other bytes for the same source."""

MODERN_FORM, MODERN_TYPE = "webp", "image/webp"
JPEG_FORM = "jpg"
FORMS = (MODERN_FORM, JPEG_FORM)

QUALITIES = (80, 72, 64, 56, 48, 40, 30, 20, 10)
"""Tried in this order until a file fits its budget; the last one is taken in any case."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder of sizes: a box ``width`` wide and twice as high, and the bytes a file of it may take."""

    width: int
    budget: int

    @property
    def height(self) -> int:
        return 2 * self.width


STEPS = (Step(480, 35_000), Step(800, 80_000), Step(1280, 160_000))

_WORTH_A_FILE = 0.9
"""A size nearer to the largest than this would save next to nothing."""


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int
    budget: int


def sizes(width: int, height: int) -> tuple[Size, ...]:
    """The sizes to make of an upright picture, widths ascending: at least one, none larger than the picture itself."""
    found = [_fit(width, height, step) for step in STEPS]
    largest = found[-1].width
    smaller = {size.width: size for size in reversed(found) if size.width <= _WORTH_A_FILE * largest}
    return (*sorted(smaller.values(), key=lambda size: size.width), _first_of_width(found, largest))


def digest(encoders: str) -> str:
    """Changes whenever derivatives may change; ``encoders`` names the versions of the libraries that encode."""
    steps = [(step.width, step.height, step.budget) for step in STEPS]
    text = json.dumps([VERSION, FORMS, QUALITIES, steps, _WORTH_A_FILE, encoders])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def key(source: bytes, recipe: str) -> str:
    """Names what a recipe makes of a source: the same bytes give the same key everywhere."""
    return hashlib.sha256(recipe.encode("ascii") + b"\0" + source).hexdigest()[:24]


def _fit(width: int, height: int, step: Step) -> Size:
    scale = min(1.0, step.width / width, step.height / height)
    return Size(max(1, round(width * scale)), max(1, round(height * scale)), step.budget)


def _first_of_width(found: list[Size], width: int) -> Size:
    """A picture that is smaller than several steps belongs to the first of them, and keeps to its budget."""
    return next(size for size in found if size.width == width)
