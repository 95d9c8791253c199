"""Pictures of the archive: checked, made small, stripped of what they should not tell. See docs/images.md."""

from __future__ import annotations


def image_generator(_pelican: object) -> type:
    from .generator import ImageGenerator

    return ImageGenerator


def register() -> None:
    # Here and not above: ``check`` uses this package and starts without Pelican.
    from pelican import signals

    signals.get_generators.connect(image_generator)
