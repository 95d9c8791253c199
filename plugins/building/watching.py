"""Builds, serves, waits for a change, and builds again: each time in a process of its own, so that memory does not grow.

What was edited is seen at once: first a record's own page is built, or where more than records was edited the pages that show it, and open pages hear of
them as soon as they stand, before the build has put away what the next one needs. The other pages follow; data files, the search and whatever else
goes through the whole archive when nothing has been edited for a while. An edit meanwhile ends that build, and it begins again later.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from watchfiles import DefaultFilter, watch

from plugins.archive.problems import N_

from .outcome import BUSY, FAILURE, SUCCESS, USAGE
from .reporting import Report
from .serving import HOST, News, server
from .staging import Place
from .standby import STOPPED, Builder

OWN_FIRST, PAGES_FIRST = "--own-first", "--pages-first"
PAUSE = 3.0
"""After so many seconds without an edit the rest is built."""
_SOON = 0.1
_AT_ONCE = 0.02


def serve(site: Path, port: int, command: Sequence[str], watched: Sequence[Path], report: Report, *, open_browser: bool) -> int:
    """Shows ``site``, which ``command`` builds, until Ctrl-C; builds again whenever something under ``watched`` changes."""
    news = News()
    for path in watched:
        if not path.exists():
            report.failed(N_("không có %(path)s để theo dõi"), path=path)
            return USAGE
    try:
        shown = server(site, port, news)
    except OSError as error:
        report.failed(N_("không mở được cổng %(port)s (%(reason)s); chọn cổng khác bằng --port"), port=port, reason=error.strerror)
        return FAILURE
    first, rest = Builder(command, sys.stderr.write), Builder(command, sys.stderr.write)
    changes = _changes(watched)  # from now on: what is edited during the first build is not missed
    try:
        status = _rebuild(first, news, site)
        first.read_ahead(Place(site).workshop)
        _start(shown, report, open_browser)
        changed = set() if status == BUSY else changes.get()
        while True:
            if _is_program(changed):
                first.stop()
                rest.stop()
            status = _rebuild(first, news, site, OWN_FIRST)
            first.read_ahead(Place(site).workshop)
            changed = _next(status, rest, news, site, changes)
    except KeyboardInterrupt:
        return SUCCESS
    finally:
        first.stop()
        rest.stop()
        shown.server_close()


def _quiet(changes: queue.Queue[set[Path]]) -> set[Path] | None:
    """The next change; None where there is none for a while."""
    try:
        return changes.get(timeout=PAUSE)
    except queue.Empty:
        return None


def _next(status: int, rest: Builder, news: News, site: Path, changes: queue.Queue[set[Path]]) -> set[Path]:
    """The next change after a build that ended with ``status``; none, but soon, where another build was in its way. What is left is built meanwhile."""
    if status == BUSY:
        return _quiet(changes) or set()
    return (_meanwhile(rest, news, site, changes) if status == SUCCESS else None) or changes.get()


def _meanwhile(builder: Builder, news: News, site: Path, changes: queue.Queue[set[Path]]) -> set[Path] | None:
    """Builds what is left: the other pages at once, all else after a pause. The change that put an end to it, or None where it came to its own."""
    pages, rest = partial(_build_the_pages, builder, news, site), partial(_build_the_rest, builder, news)
    return _while_building(builder, pages, changes) or _quiet(changes) or _while_building(builder, rest, changes)


def _while_building(builder: Builder, build: Callable[[], None], changes: queue.Queue[set[Path]]) -> set[Path] | None:
    """The change that put an end to a build; None where it came to its own."""
    working = threading.Thread(target=build, daemon=True)
    working.start()
    while working.is_alive():
        with suppress(queue.Empty):
            changed = changes.get(timeout=_SOON)
            while working.is_alive():  # it may not have begun to build
                builder.stop()
                working.join(_SOON)
            return changed
    return None


def _build_the_pages(builder: Builder, news: News, site: Path) -> None:
    """Pages that are open hear of it where one of them may be another."""
    before = _folder(site)
    status, said = builder.build(PAGES_FIRST)
    if status not in (SUCCESS, STOPPED, BUSY):
        news.tell(said)
    elif _folder(site) not in (before, 0):
        news.tell("")


def _build_the_rest(builder: Builder, news: News) -> None:
    """Pages that are open hear of it only where it failed: what they show is as it was."""
    status, said = builder.build()
    if status not in (SUCCESS, STOPPED, BUSY):  # whatever holds the place builds the rest as well
        news.tell(said)


def _changes(watched: Sequence[Path]) -> queue.Queue[set[Path]]:
    """What was changed, as it is noticed."""
    found: queue.Queue[set[Path]] = queue.Queue()

    def look() -> None:
        for changes in watch(*watched, watch_filter=DefaultFilter(), raise_interrupt=False):
            found.put({Path(path) for _, path in changes})

    threading.Thread(target=look, daemon=True).start()
    return found


def _is_program(changed: Iterable[Path]) -> bool:
    """Whether a process that stands by has loaded something that is now another."""
    return any(path.suffix == ".py" for path in changed)


def _start(shown: ThreadingHTTPServer, report: Report, open_browser: bool) -> None:
    threading.Thread(target=shown.serve_forever, daemon=True).start()
    address = f"http://{HOST}:{shown.server_address[1]}/"
    report.succeeded(N_("Mở %(address)s để xem; Ctrl-C để dừng"), address=address)
    if open_browser:
        webbrowser.open(address)


def _rebuild(builder: Builder, news: News, site: Path, *options: str) -> int:
    """What the build says is shown as it comes, and kept for the page where the build fails; gives its status."""
    with _noticed(site, lambda: news.tell("")) as is_told:
        status, said = builder.build(*options)
    if status or not is_told():
        news.tell(said if status else "")
    return status


@contextmanager
def _noticed(site: Path, tell: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Tells once, as soon as another folder stands in the place of ``site``: a build puts a finished site there in one step. Gives whether it has been told."""
    before, is_told, is_over = _folder(site), threading.Event(), threading.Event()

    def look() -> None:
        while not is_over.wait(_AT_ONCE):
            if _folder(site) not in (before, 0):
                is_told.set()
                tell()
                return

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield is_told.is_set
    finally:
        is_over.set()
        looking.join()


def _folder(path: Path) -> int:
    """Which folder it is; 0 where there is none."""
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0
