"""Shows the site on this machine while it is being written, and tells open pages when there is a new one.

Nothing of this is in the built files: the script is added to a page on its way out. The pages forbid every connection but scripts of
their own host, so news comes as a script whose answer waits until there is some; no other reload library gets through that policy.
"""

from __future__ import annotations

import json
import threading
import time
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HOST = "127.0.0.1"
_OWN = "/.sogiaoban/"
_ASSETS = {"serve.js": "text/javascript", "serve.css": "text/css"}
_FOLDER = Path(__file__).resolve().parent / "serve"
_ADDED = f'<link rel="stylesheet" href="{_OWN}serve.css"><script src="{_OWN}serve.js" defer></script>'
_WAIT = 20.0


class News:
    """How the last build ended; whoever asks waits until it is newer than what he knows."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = int(time.time())  # a page that was open under an earlier server must not know it already
        self._problems = ""

    def tell(self, problems: str) -> None:
        """``problems`` is the report of a build that failed, or empty."""
        with self._changed:
            self._number += 1
            self._problems = problems
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> dict[str, int | str]:
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return {"number": self._number, "problems": self._problems}


def server(site: Path, port: int, news: News) -> ThreadingHTTPServer:
    """A server for this machine alone; raises OSError where the port is taken."""
    handler = partial(_Handler, news=news, directory=str(site))
    made = ThreadingHTTPServer((HOST, port), handler)
    made.daemon_threads = True
    return made


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, news: News, directory: str) -> None:
        self.news = news
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]  # a request, an address and a server, as they come

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if not self._is_for_us():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif address.path == _OWN + "news.js":
            self._send_news(address.query)
        elif address.path.startswith(_OWN):
            self._send_asset(address.path.removeprefix(_OWN))
        else:
            self._send_page_or_file(address.path)

    def _is_for_us(self) -> bool:
        """A page of another site, whose name was made to lead here, must not read what is not published yet."""
        return (self.headers.get("Host") or "").rsplit(":", 1)[0] in {HOST, "localhost"}

    def _send_page_or_file(self, path: str) -> None:
        file = Path(self.translate_path(path))
        if file.is_dir():
            file = file / "index.html"
        if file.suffix == ".html" and file.is_file():
            self._send(file.read_bytes() + _ADDED.encode(), "text/html; charset=utf-8")
        elif file.is_file():
            super().do_GET()
        else:
            self._send_missing()

    def _send_missing(self) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_text(encoding="utf-8") if page.is_file() else "<!doctype html><meta charset=utf-8><title>404</title><h1>404</h1>"
        self._send((body + _ADDED).encode(), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send_asset(self, name: str) -> None:
        if name in _ASSETS:
            self._send((_FOLDER / name).read_bytes(), _ASSETS[name])
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_news(self, query: str) -> None:
        known = parse_qs(query).get("after", ["0"])[0]
        news = self.news.after(int(known) if known.isdecimal() else 0, _WAIT)
        self._send(f"SoGiaoBanServe({json.dumps(news)});".encode(), "text/javascript")

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """The terminal belongs to the problems."""
