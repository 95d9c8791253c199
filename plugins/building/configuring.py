"""The settings file, run anew by every build: it may ask the clock or the environment. What is wrong with it is said with its line."""

from __future__ import annotations

import runpy
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.archive.problems import N_

from .outcome import UsageError
from .request import Request

_NEEDED = ("PATH", "THEME", "OUTPUT_PATH")


def settings(request: Request) -> dict[str, Any]:
    """The settings in capitals, the file's and those asked for. Raises UsageError where the file cannot be run, or lacks what a build needs."""
    try:
        values = runpy.run_path(str(request.settings))
    except Exception as error:  # whatever may be written there
        raise _fault(error, request.settings) from error
    found = {name: value for name, value in values.items() if name.isupper()} | request.overrides()
    _check(found, request.settings)
    return found


def _check(values: Mapping[str, Any], file: Path) -> None:
    """Without these, Pelican would go by its own and write somewhere else."""
    for name in _NEEDED:
        if not values.get(name):
            raise UsageError(N_("%(path)s: tệp cài đặt thiếu %(name)s"), path=file, name=name)
    theme = file.resolve().parent / values["THEME"]
    if not theme.is_dir():
        raise UsageError(N_("%(path)s: không có thư mục giao diện %(theme)s (THEME)"), path=file, theme=theme)


def _fault(error: Exception, file: Path) -> UsageError:
    if isinstance(error, OSError) and error.filename == str(file):
        return UsageError(N_("không đọc được tệp cài đặt %(path)s (%(reason)s)"), path=file, reason=error.strerror)
    reason = traceback.format_exception_only(error)[-1].strip()
    return UsageError(N_("%(path)s: tệp cài đặt có lỗi: %(reason)s"), path=_place(error, file), reason=reason)


def _place(error: Exception, file: Path) -> str:
    """The last line of the file, or of one that it imports from beside it, that was run; the line that is no Python."""
    lines = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        lines.append((error.filename or "", error.lineno))
    beside = [f"{name}:{line}" for name, line in lines if Path(name).parent == file.parent]
    return beside[-1] if beside else str(file)
