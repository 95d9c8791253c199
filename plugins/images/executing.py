"""Where the work is done: threads of this machine, or whatever ``concurrent.futures.Executor`` the settings name."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from itertools import chain
from typing import TypeVar

T = TypeVar("T")

AHEAD = 16
"""Pictures handed over and not yet done: enough for many workers, and no more than that many lie in memory."""

Setting = None | str | Callable[[], AbstractContextManager[Executor]]


def opened(setting: Setting) -> AbstractContextManager[Executor]:
    """The executor of the setting ``IMAGES_EXECUTOR``; leaving its context ends what it began.

    None stands for threads: Pillow lets other threads run while it decodes and encodes, so they keep every core busy, cost no copy of
    the program and behave alike on every system. A callable, or its dotted path, is called without arguments.
    """
    if setting is None:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="images")
    return (_imported(setting) if isinstance(setting, str) else setting)()


def completed(function: Callable[[bytes], T], jobs: Iterable[tuple[str, bytes]], setting: Setting) -> Iterator[tuple[str, T]]:
    """Pairs each job's key with its result, in the order in which they are done; takes jobs only as fast as they are done.

    Without any job no executor is opened: it may be a whole cluster.
    """
    remaining = iter(jobs)
    first = next(remaining, None)
    if first is None:
        return
    running: dict[Future[T], str] = {}
    with opened(setting) as executor:
        for key, data in chain([first], remaining):
            running[executor.submit(function, data)] = key
            if len(running) >= AHEAD:
                yield from _done(running)
        while running:
            yield from _done(running)


def _done(running: dict[Future[T], str]) -> Iterator[tuple[str, T]]:
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future.result()


def _imported(path: str) -> Callable[[], AbstractContextManager[Executor]]:
    module, _, name = path.rpartition(".")
    if not module:
        raise ValueError(f"IMAGES_EXECUTOR: {path!r} is not a dotted path such as package.module.name")
    return getattr(importlib.import_module(module), name)
