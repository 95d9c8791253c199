"""What the disk refuses, told to whoever builds: our own mistake it is not, and a trace would help nobody."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.archive.problems import N_, ContentProblems, Refusal

from .outcome import BuildError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
MB = 1_000_000


def refusal(error: BaseException, workshop: Path) -> BuildError | None:
    """How to tell an error of a build that came of the disk, or None where it is of another kind. ``workshop`` is where the build writes."""
    for one in _causes(error):
        if _is_full(one):
            message = N_("hết chỗ để ghi vào %(path)s (đĩa còn %(free)s MB); hãy xoá bớt tệp rồi dựng lại; bản cũ vẫn còn nguyên")
            return BuildError(message, path=workshop.parent, free=_free(workshop))
        if isinstance(one, OSError) and one.errno in _FORBIDDEN and one.filename and Path(_path(one)).is_relative_to(workshop.parent):
            return BuildError(N_("không ghi được vào %(path)s (%(reason)s); bản cũ vẫn còn nguyên"), path=_path(one), reason=one.strerror)
    return None


@contextmanager
def blamed(workshop: Path) -> Iterator[None]:
    """What the disk refuses within the block is raised as a refusal."""
    try:
        yield
    except (Refusal, ContentProblems):
        raise
    except Exception as error:
        if refused := refusal(error, workshop):
            raise refused from error
        raise


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
    return isinstance(error, OSError) and error.errno in _FULL


def _path(error: OSError) -> str:
    return error.filename.decode(errors="replace") if isinstance(error.filename, bytes) else str(error.filename)


def _free(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free / MB:.0f}"
    except OSError:
        return "?"
