"""One holder at a time, across processes; the system itself lets go when the holder ends, however it ends.

Imports the standard library only. On POSIX a record lock is used, not ``flock``: a worker forked by a builder that was killed
would go on holding the latter.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Another process holds the lock."""


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Holds the lock file at ``path``, which is made where it is missing and stays; raises :class:`Held` without waiting."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _seize(descriptor)
        except OSError as error:
            raise Held(str(path)) from error
        yield
    finally:
        os.close(descriptor)
