"""Firefox for the tests, driven through WebDriver BiDi, which it speaks itself: Debian has no driver to go between."""

from __future__ import annotations

import base64
import itertools
import json
import os
import socket
import struct
import subprocess
import time
from pathlib import Path
from types import TracebackType

from plugins.browsing import firefox

PATIENCE = 60.0
_MESSAGE, _CLOSE, _PING = 1, 8, 9


class Firefox:
    """One window of a Firefox of its own; a context manager. Fails where none is installed and says what to install."""

    def __init__(self, profile: Path) -> None:
        found = str(firefox.ensure())
        self._numbers = itertools.count(1)
        (profile / "user.js").write_text('user_pref("app.update.enabled", false);\n', encoding="utf-8")
        command = [found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        environment = {**os.environ, "HOME": str(profile), "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._socket = _opened(self._port(profile))
            self.send("session.new", {"capabilities": {}})
            self._window = self.send("browsingContext.getTree", {})["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _port(self, profile: Path) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return int(json.loads((profile / "WebDriverBiDiServer.json").read_text(encoding="utf-8"))["ws_port"])
            except (OSError, ValueError, KeyError):
                time.sleep(0.1)
        raise TimeoutError("Firefox does not listen")

    def send(self, method: str, parameters: dict) -> dict:
        """The result of a command. Raises AssertionError with what Firefox says where it fails."""
        number = next(self._numbers)
        _write(self._socket, json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(_read(self._socket))
            if told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]

    def open(self, address: str) -> None:
        self.send("browsingContext.navigate", {"context": self._window, "url": address, "wait": "complete"})

    def evaluate(self, expression: str) -> object:
        """The value of an expression of JavaScript that gives a text, a number or a promise of one."""
        asked = {"expression": expression, "target": {"context": self._window}, "awaitPromise": True}
        told = self.send("script.evaluate", asked)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Waits until an expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < deadline, expression
            time.sleep(0.05)


def _opened(port: int) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /session HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]  # fmt: skip
    opened.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += opened.recv(1)
    assert b" 101 " in answer.split(b"\r\n")[0], answer
    return opened


def _write(opened: socket.socket, text: str, kind: int = _MESSAGE) -> None:
    data, mask = text.encode(), os.urandom(4)
    size = len(data)
    head = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0xFE, size) if size < 65536 else struct.pack("!BQ", 0xFF, size)
    opened.sendall(bytes([0x80 | kind]) + head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data)))


def _read(opened: socket.socket) -> str:
    whole = b""
    while True:
        first, second = _exactly(opened, 2)
        size = second & 127
        if size > 125:
            (size,) = struct.unpack("!H" if size == 126 else "!Q", _exactly(opened, 2 if size == 126 else 8))
        data, kind = _exactly(opened, size), first & 15
        assert kind != _CLOSE, "Firefox has closed the connection"
        if kind == _PING:
            continue
        whole += data
        if first & 0x80:
            return whole.decode()


def _exactly(opened: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = opened.recv(size - len(data))
        assert more, "Firefox has gone"
        data += more
    return data
