"""Which heading announces the tasks that a meeting sets, and who set them."""

from __future__ import annotations

import re

_TASKS = re.compile(r"(?:\d+\s+)?nhiệm vụ\b(?:.*?\bdo\s+(?P<giver>.+?)\s+(?:giao|đề ra|nêu|đặt ra|đề nghị)\b.*)?", re.IGNORECASE | re.DOTALL)


def giver_of_tasks(heading: str) -> str | None:
    """The name in "Nhiệm vụ do Nguyễn Văn A giao", "" where nobody is named, None where the heading announces no tasks."""
    match = _TASKS.fullmatch(heading)
    return None if match is None else (match["giver"] or "").strip(" ,")
