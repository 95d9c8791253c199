"""Pictures of the archive: checked, made small, stripped of what they should not tell. See docs/images.md."""

from __future__ import annotations

from pelican import signals

from .generator import ImageGenerator


def image_generator(_pelican: object) -> type[ImageGenerator]:
    return ImageGenerator


def register() -> None:
    signals.get_generators.connect(image_generator)
