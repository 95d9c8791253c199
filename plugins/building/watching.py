"""Builds, serves, waits for a change, and builds again: each time in a process of its own, so that memory does not grow."""

from __future__ import annotations

import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path

from watchfiles import DefaultFilter, watch

from plugins.archive.problems import N_

from .outcome import FAILURE, SUCCESS
from .reporting import Report
from .serving import HOST, News, server


def serve(site: Path, port: int, command: Sequence[str], watched: Sequence[Path], report: Report, *, open_browser: bool) -> int:
    """Shows ``site``, which ``command`` builds, until Ctrl-C; builds again whenever something under ``watched`` changes."""
    news = News()
    try:
        shown = server(site, port, news)
    except OSError as error:
        report.failed(N_("không mở được cổng %(port)s (%(reason)s); chọn cổng khác bằng --port"), port=port, reason=error.strerror)
        return FAILURE
    try:
        _rebuild(command, news)
        _start(shown, report, open_browser)
        for _ in watch(*watched, watch_filter=DefaultFilter(), raise_interrupt=True):
            _rebuild(command, news)
    except KeyboardInterrupt:
        return SUCCESS
    finally:
        shown.server_close()
    return SUCCESS


def _start(shown: ThreadingHTTPServer, report: Report, open_browser: bool) -> None:
    threading.Thread(target=shown.serve_forever, daemon=True).start()
    address = f"http://{HOST}:{shown.server_address[1]}/"
    report.succeeded(N_("Mở %(address)s để xem; Ctrl-C để dừng"), address=address)
    if open_browser:
        webbrowser.open(address)


def _rebuild(command: Sequence[str], news: News) -> None:
    """What the build says is shown here as it comes, and kept for the page where the build fails."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace") as builder:
        said = list(_echoed(builder.stderr))
    news.tell("".join(said) if builder.returncode else "")


def _echoed(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        sys.stderr.write(line)
        yield line
