"""What is wrong with a template, told with its file and line: the program is not to blame, and a trace would hide the place."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError
from pelican.generators import PelicanTemplateNotFound

from plugins.archive.problems import N_, ContentProblems, Refusal
from plugins.archive.sharing import WorkerFault

from .outcome import BuildError

_FRAME = re.compile(r'^ *File "(?P<file>.+)", line (?P<line>\d+)', re.MULTILINE)
_SUFFIX = ".html"


@contextmanager
def blamed(theme: Path) -> Iterator[None]:
    """What a template of ``theme`` makes go wrong within the block, in another process too, is raised as a refusal."""
    try:
        yield
    except (Refusal, ContentProblems):
        raise
    except Exception as error:
        frames = [(frame["file"], frame["line"]) for frame in _FRAME.finditer(_trace(error))]
        own = isinstance(error, TemplateError | PelicanTemplateNotFound)
        if not own and not (frames and frames[-1][0].endswith(_SUFFIX)):
            raise
        place = next((f"{file}:{line}" for file, line in reversed(frames) if file.endswith(_SUFFIX)), str(theme))
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise BuildError(N_("%(place)s: mẫu trang có lỗi: %(reason)s"), place=place, reason=reason) from error


def _trace(error: Exception) -> str:
    """Of the process in which it came up."""
    cause = error.__cause__
    return str(cause) if isinstance(cause, WorkerFault) else "".join(traceback.format_tb(error.__traceback__))
