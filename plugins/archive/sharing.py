"""Work shared among processes: the results are those of a plain loop, and come in its order or as they are made.

Workers are forked: they inherit the work and all that it reaches as it stands in memory, and only results are pickled. Where the system cannot
fork (Windows, and macOS by choice of Python), where one process was asked for, and in a worker, which shares no further, it is the plain loop.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

T = TypeVar("T")
R = TypeVar("R")

_TICKET = 4
_TICKETS = 8_192
"""A pipe takes so many without a reader on every system that can fork."""
_WIDE = 1 << 20
"""Bytes that a pipe may hold on Linux without further rights."""


class WorkerFault(RuntimeError):
    """What went wrong in another process, with its trace; the cause of the error that is raised here, or all there is to be had of it."""


def processes(wanted: int = 0) -> int:
    """How many can share work: as many as ``wanted``, or as there are processors; one where it cannot be shared. A process that is forked while
    another thread holds a lock would wait for it for ever: so only the main thread shares."""
    is_worker, is_main = multiprocessing.current_process().daemon, threading.current_thread() is threading.main_thread()
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin" or is_worker or not is_main:
        return 1
    return wanted or len(os.sched_getaffinity(0))


def processes_of(settings: Mapping[str, Any]) -> int:
    """As many as the setting ``WRITER_WORKERS`` allows a build; one where Pelican's own writer was asked for."""
    wanted = settings.get("WRITER_WORKERS")
    return 1 if wanted == 0 else processes(wanted or 0)


def shared(work: Callable[[T], R], tasks: Sequence[T], *, workers: int = 0, chunk: int = 1) -> Iterator[R]:
    """What ``work`` makes of each task, in order. Results that come early wait here: where tasks differ much in length and results
    are large, :func:`as_made` needs less memory.

    ``workers`` is as for :func:`processes`. A worker takes ``chunk`` tasks at a time: more where they are small. A result travels by pickle; what else a
    worker changes in memory is lost. An error of a worker is raised here, with the worker's trace. Whoever stops taking results, by
    Ctrl-C too, stops the workers.
    """
    early: dict[int, R] = {}
    due = 0
    for number, result in as_made(work, tasks, workers=workers, chunk=chunk):
        early[number] = result
        while due in early:
            yield early.pop(due)
            due += 1


def as_made(work: Callable[[T], R], tasks: Sequence[T], *, workers: int = 0, chunk: int = 1) -> Iterator[tuple[int, R]]:
    """As :func:`shared`, but each result comes with the number of its task (from 0) as soon as it is made."""
    with begun(work, tasks, workers=workers, chunk=chunk) as made:
        yield from made


@contextmanager
def begun(work: Callable[[T], R], tasks: Sequence[T], *, workers: int = 0, chunk: int = 1) -> Iterator[Iterator[tuple[int, R]]]:
    """Gives the results of :func:`as_made`, which may be taken later within the block: the workers are at it from its beginning on, as far as pipes hold what
    they report. Results that are not taken by the end of the block are lost; where it fails, the workers are stopped."""
    chunk = chunk_size(len(tasks), chunk)
    count = min(processes(workers), -(-len(tasks) // chunk))
    if count < 2:
        yield ((number, work(task)) for number, task in enumerate(tasks))
        return
    with tickets(-(-len(tasks) // chunk)) as office, _running(work, tasks, chunk, office, count) as reports:
        yield (numbered for first, results in _received(reports) for numbered in enumerate(results, first))


@contextmanager
def meanwhile(jobs: Sequence[Callable[[], object]], *, workers: int = 0) -> Iterator[None]:
    """Other processes, one for each, do the jobs while the block runs; at its end all are done. What they leave in memory is lost.

    Where work cannot be shared (``workers`` is as for :func:`processes`), they are done here before the block. An error of a job is raised
    at the end, here with the worker's trace; where the block fails, they are stopped.
    """
    if processes(workers) < 2:
        for job in jobs:
            job()
        yield
        return
    with tickets(len(jobs)) as office, _running(_do, jobs, 1, office, len(jobs)) as reports:
        yield
        for _ in _received(reports):
            pass


def _do(job: Callable[[], object]) -> None:
    job()


def chunk_size(count: int, least: int) -> int:
    """Of how many tasks each a chunk is, at ``least``, so that there is a ticket for every chunk."""
    return max(least, count // _TICKETS + 1)


@contextmanager
def tickets(count: int) -> Iterator[int]:
    """A pipe's end at which workers draw the numbers of chunks, each once."""
    office, ours = os.pipe()
    os.write(ours, b"".join(number.to_bytes(_TICKET, "big") for number in range(count)))
    os.close(ours)
    try:
        yield office
    finally:
        os.close(office)


def drawn(office: int) -> Iterator[int]:
    """Numbers of chunks that nobody else has drawn, until none is left."""
    while ticket := os.read(office, _TICKET):
        yield int.from_bytes(ticket, "big")


@contextmanager
def _running(work: Callable[[T], R], tasks: Sequence[T], chunk: int, office: int, count: int) -> Iterator[list[Connection]]:
    """The ends at which workers report; they are stopped where their work is not awaited to its end."""
    forking = multiprocessing.get_context("fork")
    reports: list[Connection] = []
    running: list[ForkProcess] = []
    try:
        with _interrupted_later():
            for _ in range(count):
                ours, theirs = forking.Pipe(duplex=False)
                _widen(theirs)
                reports.append(ours)
                process = forking.Process(target=_work, args=(work, tasks, chunk, office, theirs, reports), daemon=True)
                process.start()
                theirs.close()
                running.append(process)
        yield reports
    except BaseException:
        for process in running:
            process.terminate()
        raise
    finally:
        for report in reports:
            report.close()
        for process in running:
            process.join()


def _widen(pipe: Connection) -> None:
    """Where the system can, lets a worker report more than a pipe holds as a rule before anybody listens."""
    import fcntl  # there is none where processes are not forked

    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _WIDE)


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Ctrl-C is heard at the end: else a worker that was being started would be known to nobody, and go on."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _work(
    work: Callable[[T], R], tasks: Sequence[T], chunk: int, office: int, report: Connection, others: Iterable[Connection]
) -> None:
    """A worker's life. Nobody but the parent holds the other ends: so each side notices when the other has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and stops all
    gc.freeze()  # a collection would touch, and so copy, every object that was inherited
    for other in others:
        other.close()
    try:
        for number in drawn(office):
            first = number * chunk
            report.send((first, [work(task) for task in tasks[first : first + chunk]]))
        report.send(None)
    except BaseException as error:  # the parent raises it again
        with suppress(BrokenPipeError):
            report.send(_Fault(traceback.format_exc(), _as_it_travels(error)))


class _Fault(NamedTuple):
    trace: str
    error: BaseException | None


def _as_it_travels(error: BaseException) -> BaseException | None:
    """None where it cannot travel: an error may hold anything, and be made in any way."""
    try:
        return pickle.loads(pickle.dumps(error))
    except Exception:
        return None


def _received(reports: Sequence[Connection]) -> Iterator[tuple[int, list[Any]]]:
    """The chunks as they come: number of the first task, results."""
    from multiprocessing.connection import wait  # costs whoever has little to share more than the work

    open_ones = list(reports)
    while open_ones:
        ready = wait(open_ones)
        for report in [one for one in open_ones if one in ready]:
            said = _next(report)
            if said is None:
                open_ones.remove(report)
            else:
                yield said


def _next(report: Connection) -> tuple[int, list[Any]] | None:
    """The next chunk of a worker; None after its last."""
    try:
        said = report.recv()
    except EOFError:
        raise WorkerFault("a worker ended before its work was done") from None
    if isinstance(said, _Fault):
        fault = WorkerFault(said.trace)
        raise fault if said.error is None else said.error from fault
    return said
