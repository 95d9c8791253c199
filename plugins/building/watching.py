"""Builds, serves, waits for a change, and builds again: each time in a process of its own, so that memory does not grow."""

from __future__ import annotations

import queue
import sys
import threading
import webbrowser
from collections.abc import Iterable, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path

from watchfiles import DefaultFilter, watch

from plugins.archive.problems import N_

from .outcome import FAILURE, SUCCESS
from .reporting import Report
from .serving import HOST, News, server
from .standby import Builder


def serve(site: Path, port: int, command: Sequence[str], watched: Sequence[Path], report: Report, *, open_browser: bool) -> int:
    """Shows ``site``, which ``command`` builds, until Ctrl-C; builds again whenever something under ``watched`` changes."""
    news = News()
    try:
        shown = server(site, port, news)
    except OSError as error:
        report.failed(N_("không mở được cổng %(port)s (%(reason)s); chọn cổng khác bằng --port"), port=port, reason=error.strerror)
        return FAILURE
    builder = Builder(command, sys.stderr.write)
    changes = _changes(watched)  # from now on: what is edited during the first build is not missed
    try:
        _rebuild(builder, news)
        _start(shown, report, open_browser)
        while True:
            if _is_program(changes.get()):
                builder.stop()
            _rebuild(builder, news)
    except KeyboardInterrupt:
        return SUCCESS
    finally:
        builder.stop()
        shown.server_close()


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


def _rebuild(builder: Builder, news: News) -> None:
    """What the build says is shown as it comes, and kept for the page where the build fails."""
    status, said = builder.build()
    news.tell(said if status else "")
