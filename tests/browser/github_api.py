"""GitHub's HTTP API, as far as an editor's browser uses it. Paths and shapes are those of docs.github.com, "REST API"."""

from __future__ import annotations

import base64
from typing import Any

from .forge import REPOSITORY, TOKEN, USER, Answer, NotThere, Repository

_SIGN_IN = """<!doctype html><meta charset="utf-8"><title>Đăng nhập</title><script>
addEventListener("message", function (event) {
  event.source.postMessage('authorization:github:success:{"token":"%s","provider":"github"}', event.origin);
});
opener.postMessage("authorizing:github", "*");
</script>"""


class GitHub:
    """Knows its pull requests; ``page`` is a relay for signing in, as editors of GitHub need one."""

    authorization = f"token {TOKEN}"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.pulls: list[dict[str, Any]] = []

    def page(self, path: str, _query: dict[str, str]) -> Answer | None:
        return Answer(200, _SIGN_IN % TOKEN) if path == "/auth" else None

    def answer(self, method: str, parts: list[str], query: dict[str, str], asked: dict[str, Any]) -> Answer:
        if parts == ["user"]:
            return Answer(200, USER)
        if "/".join(parts[:3]) != f"repos/{REPOSITORY}":
            raise NotThere
        if parts[3:] == []:
            owner, name = REPOSITORY.split("/")
            return Answer(
                200, {"name": name, "owner": {"login": owner}, "fork": False, "permissions": {"push": True}, "default_branch": "main"}
            )
        match method, parts[3:]:
            case "GET", ["branches", *name]:
                sha = self._repository.head("/".join(name))
                return Answer(200, {"name": "/".join(name), "commit": {"sha": sha, "commit": self._commit(sha)}})
            case "GET", ["git", "trees", *name]:
                return Answer(200, self._tree("/".join(name), deep="recursive" in query))
            case "POST", ["git", "trees"]:
                return Answer(201, {"sha": self._repository.new_tree(asked["base_tree"], asked["tree"])})
            case "GET", ["git", "blobs", sha]:
                content = self._repository.git("cat-file", "blob", sha).encode("utf-8")
                return Answer(200, {"sha": sha, "encoding": "base64", "content": base64.b64encode(content).decode()})
            case "POST", ["git", "blobs"]:
                return Answer(201, {"sha": self._repository.blob(base64.b64decode(asked["content"]))})
            case "POST", ["git", "commits"]:
                return Answer(201, self._commit(self._repository.commit(asked["tree"], asked["parents"], asked["message"])))
            case "GET", ["git", "commits", sha]:
                return Answer(200, self._commit(sha))
            case "POST", ["git", "refs"]:
                self._repository.git("update-ref", asked["ref"], asked["sha"])
                return Answer(201, {"ref": asked["ref"], "object": {"sha": asked["sha"]}})
            case "PATCH", ["git", "refs", *name]:
                self._repository.git("update-ref", "refs/" + "/".join(name), asked["sha"])
                return Answer(200, {"ref": "refs/" + "/".join(name), "object": {"sha": asked["sha"]}})
            case "GET", ["compare", *names]:
                return Answer(200, self._compared(*"/".join(names).split("...", 1)))
            case "GET", ["commits", sha, "status"]:
                return Answer(200, {"state": "pending", "statuses": [], "sha": sha})
            case "GET", ["commits"]:
                listed = self._repository.git("log", "--format=%H", query.get("sha", "main"), "--", query.get("path", ".")).split()
                return Answer(200, [{"sha": sha, "commit": self._commit(sha), "author": USER} for sha in listed])
            case "GET", ["pulls"]:
                return Answer(200, self.pulls_of(query.get("head", ""), query.get("state", "open")))
            case "POST", ["pulls"]:
                return Answer(201, self.open_pull(asked))
            case "GET", ["pulls", number, "commits"]:
                return Answer(200, self._compared("main", self.pulls[int(number) - 1]["head"]["ref"])["commits"])
            case "PUT", ["issues", number, "labels"]:
                self.pulls[int(number) - 1]["labels"] = [{"name": name} for name in asked["labels"]]
                return Answer(200, self.pulls[int(number) - 1]["labels"])
        raise NotThere

    def _tree(self, name: str, *, deep: bool) -> dict[str, Any]:
        return {"sha": name, "tree": self._repository.entries(name, deep=deep)}

    def _commit(self, sha: str) -> dict[str, Any]:
        full, tree, message, date = self._repository.git("show", "-s", "--format=%H%n%T%n%s%n%cI", sha).strip().split("\n")
        author = {"name": USER["name"], "email": USER["email"], "date": date}
        return {
            "sha": full,
            "message": message,
            "tree": {"sha": tree},
            "author": author,
            "parents": [{"sha": s} for s in self._repository.git("rev-parse", f"{sha}^@").split()],
        }

    def _compared(self, base: str, head: str) -> dict[str, Any]:
        words = {"A": "added", "M": "modified", "D": "removed"}
        files = [
            {"filename": path, "sha": sha, "status": words[letter], "patch": ""}
            for letter, sha, path in self._repository.changes(base, head)
        ]
        commits = self._repository.git("rev-list", "--reverse", f"{base}..{head}").split()
        return {"files": files, "commits": [{"sha": sha, "commit": self._commit(sha)} for sha in commits]}

    def open_pull(self, asked: dict[str, Any]) -> dict[str, Any]:
        branch = asked["head"].rpartition(":")[2]
        made = {
            "number": len(self.pulls) + 1, "title": asked["title"], "state": "open", "merged_at": None, "draft": False, "labels": [], "user": USER,
            "head": {"ref": branch, "sha": self._repository.head(branch), "repo": {"fork": False}}, "base": {"ref": asked["base"]}, "updated_at": "2031-01-01T00:00:00Z",
        }  # fmt: skip
        self.pulls.append(made)
        return made

    def pulls_of(self, head: str, state: str) -> list[dict[str, Any]]:
        for pull in self.pulls:
            if pull["state"] == "open":
                pull["head"]["sha"] = self._repository.head(pull["head"]["ref"])
        branch = head.rpartition(":")[2]
        return [pull for pull in self.pulls if state in ("all", pull["state"]) and branch in ("", pull["head"]["ref"])]
