"""The moment of a commit, so that whoever builds it gets the same edition."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def source_date(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Seconds since 1970 as ``SOURCE_DATE_EPOCH`` gives them, else those of the last commit of the repository
    that holds the folder; empty outside of one."""
    given = environment.get("SOURCE_DATE_EPOCH", "")
    if given:
        return given
    try:
        asked = subprocess.run(["git", "-C", str(folder), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)
    except OSError:  # no git on this machine
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
