"""What several sentences of one report say of one person, put together."""

from __future__ import annotations

import re

from . import roles


def usual_honorific(honorific: str) -> str:
    """An honorific as records write it: without a full stop, and small where no degree."""
    honorific = honorific.rstrip(".").replace("PGS, TS", "PGS.TS")
    if re.fullmatch(r"đ[/.]\s?c", honorific, re.IGNORECASE):
        return "đồng chí"
    return (
        honorific.lower()
        if honorific.lower() in ("đồng chí", "ông", "bà", "anh", "chị", "luật gia", "doanh nhân", "nhà báo")
        else honorific
    )


def fullest(given: list[str]) -> str:
    """Of several ways one article gives a man's positions, the first where it says all; else the one that says most and denies nothing."""
    first = next((role for role in given if role), "")
    have = _offices(first)
    best = first
    for role in given:
        offices = _offices(role)
        if len(offices) > len(_offices(best)) and all(any(office in other or other in office for other in offices) for office in have):
            best = role
    return best


def _offices(role: str) -> list[str]:
    office, _ = roles.split(role)
    return [part.strip().lower() for part in office.split(",") if part.strip()]
