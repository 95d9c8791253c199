"""Pages examined in processes of their own, each in bounded time. A page that kills its process, or has to be stopped, is told of; those
that ran beside it are examined again.

A process stops itself by a thread of the C library, which neither a regular expression nor anything else can hold up, on every system.
"""

from __future__ import annotations

import faulthandler
import os
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from plugins.archive.problems import N_

from . import examining
from .examining import Examined
from .matching import Authorities
from .sources import Source

SECONDS = 60.0
"""No honest page takes longer; what does is given up."""

Task = Future[Examined]


class Workers:
    """A pool that is made anew when one of its processes dies."""

    def __init__(self, count: int, authorities: Authorities, seconds: float = SECONDS) -> None:
        self.count, self.authorities, self.seconds = count, authorities, seconds
        self.pool = self._pool(count)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def _pool(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, initializer=_start, initargs=(self.authorities, self.seconds))

    def start(self, source: Source) -> Task:
        """Begins with a page; its result is asked for later."""
        try:
            return _submitted(self.pool, source)
        except BrokenProcessPool:
            self.pool.shutdown(wait=False)
            self.pool = self._pool(self.count)
            return _submitted(self.pool, source)

    def result(self, source: Source, task: Task) -> Examined:
        """The suggestions for a page that was begun."""
        try:
            return task.result()
        except BrokenProcessPool:
            return self._alone(source)

    def _alone(self, source: Source) -> Examined:
        """A page in a process of its own: whichever page killed the pool, here it can only kill itself."""
        began = time.monotonic()
        with self._pool(1) as pool:
            try:
                return _submitted(pool, source).result()
            except BrokenProcessPool:
                is_late = time.monotonic() - began >= self.seconds
                return Examined(key=source.key, fault=N_("đọc trang này quá lâu, đã thôi") if is_late else N_("trang làm chương trình vấp"))


def _submitted(pool: ProcessPoolExecutor, source: Source) -> Task:
    if source.fault:
        done: Task = Future()
        done.set_result(Examined(key=source.key, fault=source.fault))
        return done
    return pool.submit(_examine, source.key, source.data, source.name, source.url, source.declared, source.retrieved)


# Inside a worker process

_AUTHORITIES = Authorities()
_SECONDS = SECONDS


def _start(authorities: Authorities, seconds: float) -> None:
    """Gives a worker process the names to match with, once for all its pages."""
    global _AUTHORITIES, _SECONDS
    _AUTHORITIES, _SECONDS = authorities, seconds


def _examine(key: str, data: bytes, name: str, url: str, declared: str, retrieved: str) -> Examined:
    source = Source(key=key, data=data, name=name, url=url, declared=declared, retrieved=retrieved)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(_SECONDS, exit=True, file=nowhere)
        try:
            return examining.examine(source, _AUTHORITIES)
        finally:
            faulthandler.cancel_dump_traceback_later()
