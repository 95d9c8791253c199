"""Pages examined in several processes. A page that kills its process is told of; those that ran beside it are examined again."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from plugins.archive.problems import N_

from . import examining
from .examining import Examined
from .matching import Authorities
from .sources import Source

Task = Future[Examined]


class Workers:
    """A pool that is made anew when one of its processes dies."""

    def __init__(self, count: int, authorities: Authorities) -> None:
        self.count, self.authorities = count, authorities
        self.pool = self._pool(count)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def _pool(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, initializer=examining.start, initargs=(self.authorities,))

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
        with self._pool(1) as pool:
            try:
                return _submitted(pool, source).result()
            except BrokenProcessPool:
                return Examined(key=source.key, fault=N_("trang làm chương trình vấp"))


def _submitted(pool: ProcessPoolExecutor, source: Source) -> Task:
    if source.fault:
        done: Task = Future()
        done.set_result(Examined(key=source.key, fault=source.fault))
        return done
    return pool.submit(examining.in_worker, source.key, source.data, source.name, source.url, source.declared, source.retrieved)
