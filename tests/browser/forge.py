"""A code host of our own, for the published form: GitHub's HTTP API, as far as an editor's browser uses it, before a real git repository.

Paths and shapes are those of docs.github.com, "REST API": what is answered is asked of git, and what is saved is in git. The same server
shows the published site and asks who is there, as a relay for signing in does, so that the form needs no other host.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

REPOSITORY = "vi-du/kho"
TOKEN = "chia-khoa-thu"
_API = f"/api/repos/{REPOSITORY}"
_USER = {"login": "bien-tap", "id": 1, "name": "Biên Tập", "email": "bien-tap@vi-du.example", "avatar_url": ""}
_SIGN_IN = """<!doctype html><meta charset="utf-8"><title>Đăng nhập</title><script>
addEventListener("message", function (event) {
  event.source.postMessage('authorization:github:success:{"token":"%s","provider":"github"}', event.origin);
});
opener.postMessage("authorizing:github", "*");
</script>"""


class NotThere(Exception):
    """What was asked for does not exist."""


class Repository:
    """A bare repository; everything is done by git."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pulls: list[dict[str, Any]] = []

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        who = {f"GIT_{role}_{what}": _USER[key] for role in ("AUTHOR", "COMMITTER") for what, key in (("NAME", "name"), ("EMAIL", "email"))}
        settled = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **environment}  # type: ignore[dict-item]
        done = subprocess.run(["git", "-C", self.path, *arguments], input=given, capture_output=True, env=settled, check=False)
        if done.returncode:
            raise NotThere(done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8")

    def head(self, branch: str) -> str:
        return self.git("rev-parse", "--verify", f"refs/heads/{branch}").strip()

    def tree(self, name: str, *, deep: bool) -> dict[str, Any]:
        listed = self.git("ls-tree", "-z", *(["-r", "-t"] if deep else []), name)
        entries = [(line.split("\t")[1], *line.split("\t")[0].split()) for line in listed.split("\0") if line]
        return {"sha": name, "tree": [{"path": path, "mode": mode, "type": kind, "sha": sha} for path, mode, kind, sha in entries]}

    def new_tree(self, base: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            index = str(Path(folder) / "index")
            self.git("read-tree", base, GIT_INDEX_FILE=index)
            for entry in entries:
                self.git("update-index", "--add", "--cacheinfo", f"{entry['mode']},{entry['sha']},{entry['path']}", GIT_INDEX_FILE=index)
            return {"sha": self.git("write-tree", GIT_INDEX_FILE=index).strip()}

    def commit(self, sha: str) -> dict[str, Any]:
        full, tree, message, date = self.git("show", "-s", "--format=%H%n%T%n%s%n%cI", sha).strip().split("\n")
        author = {"name": _USER["name"], "email": _USER["email"], "date": date}
        return {
            "sha": full,
            "message": message,
            "tree": {"sha": tree},
            "author": author,
            "parents": [{"sha": s} for s in self.git("rev-parse", f"{sha}^@").split()],
        }

    def compared(self, base: str, head: str) -> dict[str, Any]:
        changes = self.git("diff", "--raw", "--abbrev=40", "-z", f"{base}...{head}").split("\0")
        words = {"A": "added", "M": "modified", "D": "removed"}
        files = [
            {"filename": path, "sha": about.split()[3], "status": words[about.split()[4]], "patch": ""}
            for about, path in zip(changes[::2], changes[1::2], strict=False)
        ]
        commits = self.git("rev-list", "--reverse", f"{base}..{head}").split()
        return {
            "files": files,
            "commits": [{"sha": sha, "commit": self.commit(sha)} for sha in commits],
            "merge_base_commit": {"sha": self.git("merge-base", base, head).strip()},
        }

    def open_pull(self, asked: dict[str, Any]) -> dict[str, Any]:
        branch = asked["head"].rpartition(":")[2]
        made = {
            "number": len(self.pulls) + 1, "title": asked["title"], "state": "open", "merged_at": None, "draft": False, "labels": [], "user": _USER,
            "head": {"ref": branch, "sha": self.head(branch), "repo": {"fork": False}}, "base": {"ref": asked["base"]}, "updated_at": "2031-01-01T00:00:00Z",
        }  # fmt: skip
        self.pulls.append(made)
        return made

    def pulls_of(self, head: str, state: str) -> list[dict[str, Any]]:
        for pull in self.pulls:
            if pull["state"] == "open":
                pull["head"]["sha"] = self.head(pull["head"]["ref"])
        branch = head.rpartition(":")[2]
        return [pull for pull in self.pulls if state in ("all", pull["state"]) and branch in ("", pull["head"]["ref"])]


class _Handler(SimpleHTTPRequestHandler):
    """Answers in GitHub's words; anything it does not know is 404, and noted."""

    protocol_version = "HTTP/1.1"
    server: Forge

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/auth":
            self._send(200, (_SIGN_IN % TOKEN).encode("utf-8"), "text/html; charset=utf-8")
        elif address.path.startswith("/api/"):
            self._answer("GET")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PATCH(self) -> None:
        self._answer("PATCH")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = json.loads(self.rfile.read(length)) if length else {}
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if self.headers.get("Authorization") != f"token {TOKEN}":
            self._send_json(401, {"message": "Bad credentials"})
            return
        try:
            with self.server.changing:
                status, answer = self._routed(method, unquote(address.path), query, asked)
        except NotThere as error:
            self.server.unknown.append(f"{method} {self.path}")
            status, answer = 404, {"message": str(error) or "Not Found"}
        self._send_json(status, answer)

    def _routed(self, method: str, path: str, query: dict[str, str], asked: dict[str, Any]) -> tuple[int, Any]:
        repository = self.server.repository
        if path == "/api/user":
            return 200, _USER
        if path == _API:
            return 200, {
                "full_name": REPOSITORY,
                "name": "kho",
                "owner": {"login": REPOSITORY.partition("/")[0]},
                "fork": False,
                "permissions": {"push": True},
                "default_branch": "main",
            }
        match method, path.removeprefix(f"{_API}/").split("/"):
            case "GET", ["branches", *name]:
                sha = repository.head("/".join(name))
                return 200, {"name": "/".join(name), "commit": {"sha": sha, "commit": repository.commit(sha)}}
            case "GET", ["git", "trees", *name]:
                return 200, repository.tree("/".join(name), deep="recursive" in query)
            case "POST", ["git", "trees"]:
                return 201, repository.new_tree(asked["base_tree"], asked["tree"])
            case "GET", ["git", "blobs", sha]:
                content = repository.git("cat-file", "blob", sha).encode("utf-8")
                return 200, {"sha": sha, "encoding": "base64", "content": base64.b64encode(content).decode()}
            case "POST", ["git", "blobs"]:
                data = base64.b64decode(asked["content"])
                return 201, {"sha": repository.git("hash-object", "-w", "--stdin", given=data).strip()}
            case "POST", ["git", "commits"]:
                parents = [word for parent in asked["parents"] for word in ("-p", parent)]
                sha = repository.git("commit-tree", asked["tree"], *parents, "-m", asked["message"]).strip()
                return 201, repository.commit(sha)
            case "GET", ["git", "commits", sha]:
                return 200, repository.commit(sha)
            case "POST", ["git", "refs"]:
                repository.git("update-ref", asked["ref"], asked["sha"])
                return 201, {"ref": asked["ref"], "object": {"sha": asked["sha"]}}
            case "PATCH", ["git", "refs", *name]:
                repository.git("update-ref", "refs/" + "/".join(name), asked["sha"])
                return 200, {"ref": "refs/" + "/".join(name), "object": {"sha": asked["sha"]}}
            case "GET", ["compare", *names]:
                return 200, repository.compared(*"/".join(names).split("...", 1))
            case "GET", ["commits", sha, "status"]:
                return 200, {"state": "pending", "statuses": [], "sha": sha}
            case "GET", ["commits"]:
                listed = repository.git("log", "--format=%H", query.get("sha", "main"), "--", query.get("path", ".")).split()
                return 200, [{"sha": sha, "commit": repository.commit(sha), "author": _USER} for sha in listed]
            case "GET", ["pulls"]:
                return 200, repository.pulls_of(query.get("head", ""), query.get("state", "open"))
            case "POST", ["pulls"]:
                return 201, repository.open_pull(asked)
            case "GET", ["pulls", number, "commits"]:
                return 200, repository.compared("main", repository.pulls[int(number) - 1]["head"]["ref"])["commits"]
            case "PUT", ["issues", number, "labels"]:
                repository.pulls[int(number) - 1]["labels"] = [{"name": name} for name in asked["labels"]]
                return 200, repository.pulls[int(number) - 1]["labels"]
        raise NotThere

    def _send_json(self, status: int, value: Any) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode("utf-8"), "application/json; charset=utf-8")

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


class Forge(ThreadingHTTPServer):
    """``unknown`` lists what was asked for and is not there."""

    daemon_threads = True

    def __init__(self, repository: Repository, site: Path) -> None:
        self.repository, self.changing = repository, threading.Lock()
        self.unknown: list[str] = []
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(site)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def forge(content: Path, folder: Path) -> Iterator[Forge]:
    """A code host whose repository holds ``content`` as its first commit; ``folder/site`` is shown as the published site."""
    work, site = Repository(folder / "work"), folder / "site"
    shutil.copytree(content, work.path / "content")
    site.mkdir()
    work.git("init", "-q", "-b", "main")
    work.git("add", ".")
    work.git("commit", "-q", "-m", "Kho")
    work.git("clone", "-q", "--bare", ".", str(folder / "kho.git"))
    with Forge(Repository(folder / "kho.git"), site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
