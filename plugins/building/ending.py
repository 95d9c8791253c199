"""How a command ends: at once, without taking its memory apart.

When Python ends it gives back its objects one by one, which after a build of 10,000 meetings takes most of a second, while whoever waits has all there is
to come. The system takes back the memory of a process as a whole.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable


def at_once(work: Callable[[], object]) -> None:
    """Does the work, after which this process ends with the status that the work asked for by SystemExit; 0 where it asked for none.

    To be called before anything is registered with :mod:`atexit`: what was registered first is done last, and so this comes after all the rest, and after
    the last thread. Where the work fails otherwise, or where not all that was said can be written, Python ends as ever and says so.
    """
    end = _End()
    atexit.register(end)
    try:
        work()
    except SystemExit as asked:
        end.status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
        raise
    end.status = 0


class _End:
    def __init__(self) -> None:
        self.status: int | None = None
        """None where the work has come to no end that it had foreseen."""

    def __call__(self) -> None:
        if self.status is not None and _is_all_said():
            os._exit(self.status)


def _is_all_said() -> bool:
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:  # a full disk, a reader who has gone
        return False
    return True
