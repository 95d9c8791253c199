"""The offline edition, made from output/ alone; and the link to it from a site that is published. See docs/offline.md."""

from __future__ import annotations

from pelican import signals

from .bundling import Bundle, bundle, faults
from .manifest import NotAnEdition
from .moment import source_date
from .shelf import EditionGenerator

__all__ = ["Bundle", "NotAnEdition", "bundle", "faults", "register", "source_date"]


def edition_generator(_pelican: object) -> type[EditionGenerator]:
    return EditionGenerator


def register() -> None:
    signals.get_generators.connect(edition_generator)
