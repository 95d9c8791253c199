"""How often Python looks for objects that hold each other."""

from __future__ import annotations

import gc


def seldom(_pelican: object = None) -> None:
    """Records, views and pages hold no cycles, nor do modules that are loaded; looking for some among millions of objects took a seventh of a build's time."""
    gc.set_threshold(500_000, 50, 1_000)
