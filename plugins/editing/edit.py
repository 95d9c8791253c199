"""The form in the browser, on this machine and for this machine only: Decap CMS before the files of the working tree.

Needs nothing but Python. Whoever may write through it must know the address with its secret part, must come from this machine, and
must come from the form's own page: another site open in the same browser is turned away by ``Host`` and ``Origin``.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO

from plugins.archive.problems import N_, Translate

from . import ASSETS
from .form import configuration
from .working_tree import Refused, WorkingTree

HOST = "127.0.0.1"
PORT = 8100
_API = "api/v1"
_MAX_BODY = 60_000_000
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".yml": "text/yaml",
    ".json": "application/json",
}


def edit(content: Path, port: int, translate: Translate, stream: TextIO, *, open_browser: bool = True) -> int:
    """Serves the form until Ctrl+C; gives 0, or 2 where there is no such folder or the port is taken."""
    if not content.is_dir():
        print(translate(N_("không có thư mục nội dung %(path)s")) % {"path": content}, file=stream)
        return 2
    try:
        server = DeskServer(content, port, translate)
    except OSError:
        print(translate(N_("cổng %(port)s đang bận; thử --port %(other)s")) % {"port": port, "other": port + 1}, file=stream)
        return 2
    print(translate(N_("Bàn biên tập: %(address)s\nDừng: bấm Ctrl+C")) % {"address": server.address}, file=stream, flush=True)
    if open_browser:
        webbrowser.open(server.address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


@contextmanager
def on_a_copy(content: Path) -> Iterator[str]:
    """The address of a form before a copy of ``content``, for pictures of it and for trying it out; both are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / content.name
        shutil.copytree(content, copy)
        with DeskServer(copy) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield server.address
            server.shutdown()


class DeskServer(ThreadingHTTPServer):
    """Serves the form at ``address``, whose path is a secret; port 0 takes any free one."""

    daemon_threads = True
    # Two desks on one port would each get some of the requests.
    allow_reuse_address = False

    def __init__(self, content: Path, port: int = 0, translate: Translate = str) -> None:
        self.secret = secrets.token_urlsafe(16)
        super().__init__((HOST, port), partial(_Handler, tree=WorkingTree(content, translate), secret=self.secret, translate=translate))

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.secret}/"


class _Handler(BaseHTTPRequestHandler):
    server: DeskServer

    def __init__(self, *arguments: Any, tree: WorkingTree, secret: str, translate: Translate) -> None:
        self.tree, self.secret, self.translate = tree, secret, translate
        super().__init__(*arguments)

    def do_GET(self) -> None:
        name = self._name()
        if name is None:
            self._send_error(HTTPStatus.NOT_FOUND)
        elif name == "config.yml":
            config = configuration({"name": "proxy", "proxy_url": f"/{self.secret}/{_API}"})
            self._send(json.dumps(config, ensure_ascii=False).encode("utf-8"), _TYPES[".yml"])  # JSON is YAML
        elif name == "names.json":
            self._send_json({**self.tree.names(), "create": _API})
        else:
            self._send_asset(name or "index.html")

    def do_POST(self) -> None:
        if self._name() != _API:
            self._send_error(HTTPStatus.NOT_FOUND)
        elif self.headers.get("Origin") != self.server.origin or self.headers.get_content_type() != "application/json":
            self._send_error(HTTPStatus.FORBIDDEN)
        else:
            self._answer()

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _MAX_BODY:
            self.close_connection = True
            self._send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
            answer = self.tree.answer(asked["action"], asked.get("params") or {})
        except (ValueError, KeyError, TypeError, AttributeError):
            self._send_error(HTTPStatus.BAD_REQUEST)
        except Refused as error:
            self._send_json({"error": error.render(self.translate)}, error.status)
        else:
            self._send_json(answer)

    def _name(self) -> str | None:
        """What is asked for behind the secret; None where the secret or the host is not ours."""
        if self.headers.get("Host") != f"{HOST}:{self.server.server_port}":
            return None
        path = self.path.partition("?")[0]
        start = f"/{self.secret}/"
        return path.removeprefix(start) if secrets.compare_digest(path[: len(start)].encode(), start.encode()) else None

    def _send_asset(self, name: str) -> None:
        file = ASSETS / name
        if ".." in name or file.suffix not in _TYPES or not file.is_file():
            self._send_error(HTTPStatus.NOT_FOUND)
            return
        self._send(file.read_bytes(), _TYPES[file.suffix])

    def _send_json(self, value: Any, status: int = HTTPStatus.OK) -> None:
        self._send(json.dumps(value, ensure_ascii=False).encode("utf-8"), "application/json", status)

    def _send_error(self, status: HTTPStatus) -> None:
        self._send(f"{status.value} {status.phrase}\n".encode(), "text/plain", status)

    def _send(self, data: bytes, kind: str, status: int = HTTPStatus.OK) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        """Nothing: the editor's terminal is for the address and for what goes wrong."""
