"""Where a room keeps what it can make again. It may be deleted at any time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def folder(settings: Mapping[str, Any], name: str) -> Path:
    """``.cache/<name>`` beside the content; where nothing can be written there, a folder in the workshop of the build (the setting ``SCRATCH``)."""
    beside = Path(settings["PATH"]).resolve().parent / ".cache" / name
    scratch = settings.get("SCRATCH")
    return beside if not scratch or _is_open(beside) else Path(scratch) / f"cache-{name}"


def _is_open(folder: Path) -> bool:
    """Whether files can be written into a folder that there is, or can be made."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(nearest, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)
