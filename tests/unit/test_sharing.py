"""Work shared among forked processes: the same as a plain loop, and nothing left running."""

from __future__ import annotations

import errno
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.archive import sharing
from plugins.archive.sharing import WorkerFault, as_made, begun, meanwhile, processes, processes_of, shared

ROOT = Path(__file__).resolve().parents[2]
forking = pytest.mark.skipif(processes(2) < 2, reason="this system cannot fork")


@settings(max_examples=25, deadline=None)
@given(tasks=st.lists(st.integers()), workers=st.integers(1, 4), chunk=st.integers(1, 9))
def test_results_are_those_of_a_loop(tasks: list[int], workers: int, chunk: int) -> None:
    def work(task: int) -> tuple[int, str]:
        return task * 3, "ạ" * (task % 2)

    assert list(shared(work, tasks, workers=workers, chunk=chunk)) == list(map(work, tasks))
    assert sorted(as_made(work, tasks, workers=workers, chunk=chunk)) == list(enumerate(map(work, tasks)))


@forking
def test_work_is_done_in_other_processes_which_inherit_what_they_need() -> None:
    unpicklable = [lambda: os.getpid() for _ in range(4)]
    makers = set(shared(lambda number: unpicklable[number](), range(4), workers=2))
    assert os.getpid() not in makers


def test_one_process_does_the_work_itself() -> None:
    assert set(shared(lambda _: os.getpid(), range(4), workers=1)) == {os.getpid()}


def test_a_system_that_cannot_fork_does_the_work_in_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert (processes(8), set(shared(lambda _: os.getpid(), range(4), workers=8))) == (1, {os.getpid()})


@forking
def test_a_worker_shares_no_further() -> None:
    def work(_: int) -> set[int]:
        return set(shared(lambda _: os.getpid(), range(9), workers=3)) | {os.getpid()}

    assert all(len(found) == 1 for found in shared(work, range(3), workers=2))


@forking
def test_more_tasks_than_tickets_are_all_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_TICKETS", 8)
    assert list(shared(abs, range(1_000), workers=2)) == list(range(1_000))


@forking
def test_results_larger_than_a_pipe_travel() -> None:
    assert [len(text) for text in shared(lambda size: "x" * size, [300_000] * 6, workers=2)] == [300_000] * 6


@pytest.mark.parametrize(("setting", "count"), [({"WRITER_WORKERS": 0}, 1), ({"WRITER_WORKERS": 1}, 1), ({}, processes())])
def test_a_setting_tells_how_many_processes_a_build_may_use(setting: dict, count: int) -> None:
    assert processes_of(setting) == count


class Unpicklable(Exception):
    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")
        self.lock = threading.Lock()  # which no library can teach to travel


def raising(error: Exception) -> Callable[[int], int]:
    def faulty_work(task: int) -> int:
        if task == 3:
            raise error
        return task

    return faulty_work


@forking
def test_an_error_of_a_worker_is_raised_with_its_trace() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        list(shared(raising(OSError(errno.ENOSPC, "No space left")), range(9), workers=2))
    assert caught.value.errno == errno.ENOSPC
    assert "in faulty_work" in str(caught.value.__cause__)
    assert not multiprocessing.active_children()


@forking
def test_an_error_that_cannot_travel_is_told_by_its_trace() -> None:
    with pytest.raises(WorkerFault, match=r"(?s)in faulty_work.*Unpicklable: 1 and 2"):
        list(shared(raising(Unpicklable(1, 2)), range(9), workers=2))


@forking
def test_a_worker_that_is_killed_is_missed() -> None:
    def work(task: int) -> int:
        if task == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    with pytest.raises(WorkerFault, match="ended before"):
        list(shared(work, range(9), workers=2))
    assert not multiprocessing.active_children()


@forking
def test_whoever_takes_no_more_results_stops_the_workers() -> None:
    results = shared(lambda task: "x" * 300_000, range(1_000), workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


@forking
def test_work_that_was_begun_is_done_before_its_results_are_taken() -> None:
    done, doing = os.pipe()
    with begun(lambda task: (os.write(doing, b"x"), task)[1], range(4), workers=2) as made:
        assert [os.read(done, 1) for _ in range(4)] == [b"x"] * 4
        assert sorted(made) == list(enumerate(range(4)))
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pipes are as wide as they are")
def test_work_that_was_begun_goes_on_though_nobody_takes_its_results_yet() -> None:
    done, doing = os.pipe()
    with begun(lambda task: (os.write(doing, b"x"), "x" * 100_000)[1], range(8), workers=2) as made:
        for _ in range(8):
            assert select.select([done], [], [], 60)[0], "a worker waits until its results are taken"
            os.read(done, 1)
        assert len(list(made)) == 8


@forking
def test_work_that_was_begun_is_stopped_where_the_block_fails() -> None:
    never, _held = os.pipe()
    with pytest.raises(ZeroDivisionError), begun(lambda _: os.read(never, 1), range(4), workers=2):
        1 / 0  # noqa: B018
    assert not multiprocessing.active_children()


INTERRUPTED = """
import os, signal, sys, time
from plugins.archive.sharing import as_made

def work(task):
    if task == 1:
        os.kill(os.getppid(), signal.SIGINT)
    time.sleep(600)

signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run in the background of a shell
print(os.getpgrp(), flush=True)
try:
    list(as_made(work, range(9), workers=2))
except KeyboardInterrupt:
    sys.exit(130)
"""


@forking
def test_an_interrupt_ends_all_workers() -> None:
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], cwd=ROOT, capture_output=True, text=True, timeout=120, start_new_session=True
    )
    assert (run.returncode, run.stderr) == (130, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(int(run.stdout), 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_work_done_meanwhile_is_done_at_the_end_of_the_block(workers: int, tmp_path: Path) -> None:
    def write(name: str) -> None:
        (tmp_path / name).write_text(str(os.getpid()), encoding="utf-8")

    with meanwhile([lambda: write("a"), lambda: write("b")], workers=workers):
        write("c")
    makers = {name: int((tmp_path / name).read_text(encoding="utf-8")) for name in "abc"}
    assert makers["c"] == os.getpid()
    assert [makers[name] == os.getpid() for name in "ab"] == [processes(workers) < 2] * 2


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_meanwhile_is_raised(workers: int) -> None:
    def fail() -> None:
        raise FileNotFoundError(errno.ENOENT, "no such file", "a.md")

    with pytest.raises(FileNotFoundError, match=r"a\.md"), meanwhile([fail, list], workers=workers):
        pass


@forking
def test_work_done_meanwhile_is_stopped_where_the_block_fails(tmp_path: Path) -> None:
    ready, release = os.pipe()
    with pytest.raises(ZeroDivisionError), meanwhile([lambda: (os.read(ready, 1), (tmp_path / "done").touch())], workers=2):
        raise ZeroDivisionError
    os.write(release, b"x")
    assert not multiprocessing.active_children()
    assert not (tmp_path / "done").exists()
    os.close(ready)
    os.close(release)
