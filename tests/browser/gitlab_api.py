"""GitLab's HTTP API, as far as an editor's browser uses it. Paths and shapes are those of docs.gitlab.com, "REST API"."""

from __future__ import annotations

import base64
from typing import Any

from .forge import REPOSITORY, TOKEN, USER, Answer, NotThere, Repository


class GitLab:
    """Knows its merge requests; ``page`` signs in by OAuth with PKCE, which needs no relay."""

    authorization = f"Bearer {TOKEN}"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.merge_requests: list[dict[str, Any]] = []

    def page(self, path: str, query: dict[str, str]) -> Answer | None:
        if path == "/oauth/authorize":
            return Answer(302, "", {"Location": f"{query['redirect_uri']}?code=ma-thu&state={query['state']}"})
        if path == "/oauth/token":
            return Answer(200, {"access_token": TOKEN, "token_type": "Bearer", "refresh_token": "x", "expires_in": 7200})
        return None

    def answer(self, method: str, parts: list[str], query: dict[str, str], asked: dict[str, Any]) -> Answer:
        if parts[1:] == ["user"]:
            return Answer(200, {**USER, "username": USER["login"]})
        if parts[1:3] != ["projects", REPOSITORY]:
            raise NotThere
        if parts[3:] == []:
            return Answer(
                200, {"path_with_namespace": REPOSITORY, "permissions": {"project_access": {"access_level": 30}}, "shared_with_groups": []}
            )
        repository = self._repository
        match method, parts[3:]:
            case "GET", ["repository", "tree"]:
                return self._tree(query)
            case "GET", ["repository", "files", path, "raw"]:
                return Answer(200, repository.git("show", f"{query['ref']}:{path}"), {"Content-Type": "text/plain; charset=utf-8"})
            case "HEAD", ["repository", "files", path]:
                return Answer(200, "", {"X-Gitlab-Blob-Id": repository.git("rev-parse", "--verify", f"{query['ref']}:{path}").strip()})
            case "GET", ["repository", "commits"]:
                date = repository.git("log", "-1", "--format=%cI", query.get("ref_name", "main"), "--", query.get("path", ".")).strip()
                return Answer(200, [{"author_name": USER["name"], "authored_date": date}])
            case "POST", ["repository", "commits"]:
                return Answer(201, {"id": self._committed(asked)})
            case "GET", ["repository", "commits", _, "statuses"]:
                return Answer(200, [])
            case "GET", ["repository", "branches", name]:
                return Answer(200, {"name": name, "commit": {"id": repository.head(name)}})
            case "GET", ["repository", "compare"]:
                return Answer(
                    200, {"diffs": [_difference(letter, path) for letter, _, path in repository.changes(query["from"], query["to"])]}
                )
            case "GET", ["merge_requests"]:
                return Answer(
                    200, [request for request in self.merge_requests if query.get("source_branch", "") in ("", request["source_branch"])]
                )
            case "POST", ["merge_requests"]:
                return Answer(201, self._opened(query))
        raise NotThere

    def _tree(self, query: dict[str, str]) -> Answer:
        folder = query["path"]
        found = self._repository.entries(f"{query['ref']}:{folder}", deep=query.get("recursive") == "true")
        value = [
            {"id": e["sha"], "type": e["type"], "mode": e["mode"], "path": f"{folder}/{e['path']}", "name": e["path"].split("/")[-1]}
            for e in found
        ]
        return Answer(200, value, {"X-Page": "1", "X-Total-Pages": "1", "X-Per-Page": "100", "X-Total": str(len(value))})

    def _committed(self, asked: dict[str, Any]) -> str:
        base = self._repository.head(asked.get("start_branch", asked["branch"]))
        entries = [
            {"mode": "100644", "sha": self._repository.blob(base64.b64decode(action["content"])), "path": action["file_path"]}
            for action in asked["actions"]
        ]
        sha = self._repository.commit(self._repository.new_tree(base, entries), [base], asked["commit_message"])
        self._repository.git("update-ref", f"refs/heads/{asked['branch']}", sha)
        return sha

    def _opened(self, query: dict[str, str]) -> dict[str, Any]:
        made = {
            "iid": len(self.merge_requests) + 1, "title": query["title"], "state": "opened", "labels": query["labels"].split(","), "author": USER,
            "source_branch": query["source_branch"], "target_branch": query["target_branch"], "sha": self._repository.head(query["source_branch"]),
            "updated_at": "2031-01-01T00:00:00Z",
        }  # fmt: skip
        self.merge_requests.append(made)
        return made


def _difference(letter: str, path: str) -> dict[str, Any]:
    return {"old_path": path, "new_path": path, "new_file": letter == "A", "deleted_file": letter == "D", "renamed_file": False, "diff": ""}
