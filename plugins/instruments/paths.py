"""Output paths of the instruments."""

from __future__ import annotations

INDEX = "cong-cu.html"


def instrument(name: str, sheet: int = 1) -> str:
    """The page of an instrument; what does not fit on one page goes on at the next sheet, counted from 1."""
    return f"cong-cu/{name}.html" if sheet == 1 else f"cong-cu/{name}_{sheet}.html"
