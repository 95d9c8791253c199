"""On what a figure was taken: without it a table says nothing."""

from __future__ import annotations

import os
import platform
import re
from importlib import metadata
from pathlib import Path

from . import timing

_PACKAGES = ("pelican", "Markdown", "Jinja2")


def description() -> str:
    """The machine, its system and what else ran on it when this was asked, in one line."""
    load = f"; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {os.cpu_count()} processors, {_memory()}{platform.system()} {platform.release()}{load}"


def versions(hugo: str = "") -> str:
    """Python and what builds with it; Hugo's own words where its program is given."""
    ours = [f"Python {platform.python_version()}", *(f"{name} {metadata.version(name)}" for name in _PACKAGES)]
    return ", ".join([*ours, *([_hugo(hugo)] if hugo else [])])


def _hugo(program: str) -> str:
    found = re.search(r"hugo v([\d.]+)", timing.said([program, "version"]))
    return f"Hugo {found[1]}" if found else "Hugo"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB, "
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return ""
