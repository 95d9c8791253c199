"""A code host of our own, for the published form: an HTTP API before a real git repository. What is answered is asked of git, and what is
saved is in git.

The same server shows the published site and signs editors in, so that the form needs no other host. What the API is like is for
:mod:`github_api` and :mod:`gitlab_api` to say.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

REPOSITORY = "vi-du/kho"
TOKEN = "chia-khoa-thu"
USER = {"login": "bien-tap", "id": 1, "name": "Biên Tập", "email": "bien-tap@vi-du.example", "avatar_url": ""}


class NotThere(Exception):
    """What was asked for does not exist."""


class Repository:
    """A bare repository; everything is done by git."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        who = {f"GIT_{role}_{what}": USER[key] for role in ("AUTHOR", "COMMITTER") for what, key in (("NAME", "name"), ("EMAIL", "email"))}
        settled = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **environment}  # type: ignore[dict-item]
        done = subprocess.run(["git", "-C", self.path, *arguments], input=given, capture_output=True, env=settled, check=False)
        if done.returncode:
            raise NotThere(done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8")

    def head(self, branch: str) -> str:
        return self.git("rev-parse", "--verify", f"refs/heads/{branch}").strip()

    def entries(self, name: str, *, deep: bool = False) -> list[dict[str, str]]:
        """What a tree holds: path, mode, type and sha of each."""
        listed = self.git("ls-tree", "-z", *(["-r", "-t"] if deep else []), name)
        found = [(line.split("\t")[1], *line.split("\t")[0].split()) for line in listed.split("\0") if line]
        return [{"path": path, "mode": mode, "type": kind, "sha": sha} for path, mode, kind, sha in found]

    def new_tree(self, base: str, entries: list[dict[str, Any]]) -> str:
        """The tree of ``base`` with some of its files written anew; each entry has a mode, a sha and a path."""
        with tempfile.TemporaryDirectory() as folder:
            index = str(Path(folder) / "index")
            self.git("read-tree", base, GIT_INDEX_FILE=index)
            for entry in entries:
                self.git("update-index", "--add", "--cacheinfo", f"{entry['mode']},{entry['sha']},{entry['path']}", GIT_INDEX_FILE=index)
            return self.git("write-tree", GIT_INDEX_FILE=index).strip()

    def blob(self, data: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", given=data).strip()

    def commit(self, tree: str, parents: list[str], message: str) -> str:
        named = [word for parent in parents for word in ("-p", parent)]
        return self.git("commit-tree", tree, *named, "-m", message).strip()

    def changes(self, base: str, head: str) -> list[tuple[str, str, str]]:
        """Letter, sha and path of each file that differs since the two parted."""
        told = self.git("diff", "--raw", "--abbrev=40", "-z", f"{base}...{head}").split("\0")
        return [(about.split()[4], about.split()[3], path) for about, path in zip(told[::2], told[1::2], strict=False)]


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is sent as JSON, text as a page."""

    status: int
    value: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Host(Protocol):
    """What one maker of code hosts answers."""

    authorization: str

    def page(self, path: str, query: dict[str, str]) -> Answer | None:
        """For one who has not signed in; None where the address is another's."""

    def answer(self, method: str, parts: list[str], query: dict[str, str], asked: dict[str, Any]) -> Answer:
        """``parts`` of the path below /api/. Raises :class:`NotThere`."""


class _Handler(SimpleHTTPRequestHandler):
    """Pages of the site, pages for signing in, and the API; what no host knows is 404, and noted."""

    protocol_version = "HTTP/1.1"
    server: Forge

    def do_GET(self) -> None:
        if not self._open():
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._open():
            super().do_HEAD()

    def do_POST(self) -> None:
        self._open()

    do_PATCH = do_PUT = do_DELETE = do_POST

    def _open(self) -> bool:
        """Answers what is not a file of the site; False where it is one."""
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if page := self.server.host.page(address.path, query):
            self._send(page)
        elif address.path.startswith("/api/"):
            self._send(self._answer(address.path.removeprefix("/api/").split("/"), query, json.loads(body) if body else {}))
        else:
            return False
        return True

    def _answer(self, parts: list[str], query: dict[str, str], asked: dict[str, Any]) -> Answer:
        if self.headers.get("Authorization") != self.server.host.authorization:
            return Answer(401, {"message": "401 Unauthorized"})
        try:
            with self.server.changing:
                return self.server.host.answer(self.command, [unquote(part) for part in parts], query, asked)
        except NotThere as error:
            self.server.unknown.append(f"{self.command} {self.path}")
            return Answer(404, {"message": str(error) or "404 Not Found"})

    def _send(self, answer: Answer) -> None:
        is_text = isinstance(answer.value, str)
        data = answer.value.encode("utf-8") if is_text else json.dumps(answer.value, ensure_ascii=False).encode("utf-8")
        self.send_response(answer.status)
        kind = f"{'text/html' if is_text else 'application/json'}; charset=utf-8"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), "Cache-Control": "no-store", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


class Forge(ThreadingHTTPServer):
    """``unknown`` lists what was asked for and is not there."""

    daemon_threads = True

    def __init__(self, repository: Repository, site: Path, host: Host) -> None:
        self.repository, self.host, self.changing = repository, host, threading.Lock()
        self.unknown: list[str] = []
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(site)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def forge(content: Path, folder: Path, maker: Callable[[Repository], Host]) -> Iterator[Forge]:
    """A code host of ``maker`` whose repository holds ``content`` as its first commit; ``folder/site`` is shown as the published site."""
    work, site = Repository(folder / "work"), folder / "site"
    shutil.copytree(content, work.path / "content")
    site.mkdir()
    work.git("init", "-q", "-b", "main")
    work.git("add", ".")
    work.git("commit", "-q", "-m", "Kho")
    work.git("clone", "-q", "--bare", ".", str(folder / "kho.git"))
    repository = Repository(folder / "kho.git")
    with Forge(repository, site, maker(repository)) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
