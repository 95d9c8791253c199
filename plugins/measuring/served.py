"""How long an editor waits under ``tasks.py serve``: from saving a file until an open page has heard of it and shows it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from .edits import Editor, Shown

_PATIENCE = 3600.0
"""Seconds until the first build of a large archive must have ended."""
_FAREWELL = 20.0
_NEWS = 3
"""After an edit the first news may be those of the edit before: of the pages that followed it, and of all the rest."""
_PAUSE = 1.0
"""Seconds between a build and the next edit: an editor looks at the page, and saves again before all the rest is built."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open page of the site: asks for news as the script in the page does."""

    address: str

    def news(self, after: int) -> int:
        """The number of the first news that are others than those with the number ``after``. Raises RuntimeError with the problems of a build that failed."""
        while True:
            said = self._get(f".sogiaoban/news.js?after={after}").decode("utf-8")
            told = json.loads(said.removeprefix("SoGiaoBanServe(").removesuffix(");"))
            if told["problems"]:
                raise RuntimeError(told["problems"])
            if told["number"] != after:
                return int(told["number"])

    def page(self, path: str) -> str:
        """What stands there; nothing where there is no such page yet."""
        try:
            return self._get(path).decode("utf-8")
        except HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
            return ""

    def _get(self, path: str) -> bytes:
        with urlopen(self.address + path, timeout=_PATIENCE) as answer:  # our own server
            return bytes(answer.read())


@contextmanager
def serving(root: Path, content: Path, output: Path) -> Iterator[Open]:
    """While open, the site is served; it is built when the block begins. Raises RuntimeError where the server ends by itself."""
    port = _free_port()
    command = [sys.executable, str(root / "tasks.py"), "serve", "--no-browser", "--port", str(port), "--content", str(content), "--output", str(output)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            opened = Open(f"http://127.0.0.1:{port}/")
            _wait_for(opened, server)
            yield opened
        finally:
            _end(server)


def waits(opened: Open, editor: Editor, edits: Mapping[str, Callable[[Editor], Shown]], rounds: int) -> dict[str, list[float]]:
    """Seconds, by the name of an edit. Raises RuntimeError where the page does not show what was edited."""
    found: dict[str, list[float]] = {}
    known = opened.news(0)
    for name, edit in edits.items():
        for _ in range(rounds):
            time.sleep(_PAUSE)
            shown, started = edit(editor), time.perf_counter()
            for _ in range(_NEWS):
                known = opened.news(known)
                if shown.words in opened.page(shown.page):
                    break
            else:
                raise RuntimeError(f"{name}: the page does not show it")
            found.setdefault(name, []).append(time.perf_counter() - started)
    return found


def _end(server: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does, which a process that was started in the background may not hear of."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        server.kill()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(opened: Open, server: subprocess.Popen[bytes]) -> None:
    """It listens at once, and answers when the site is built."""
    while server.poll() is None:
        try:
            opened.news(0)
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"tasks.py serve ended with status {server.returncode}")
