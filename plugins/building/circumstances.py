"""All that a build depends on besides the files it reads: settings, the program's surroundings, where git stands.

Each is told as a text that is another as soon as the site may be another. Nothing of Pelican is imported.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .configuring import settings
from .keeping import Kept
from .request import Request

ROOT = Path(__file__).resolve().parents[2]
_FORMAT = 4
"""Of what is kept; raised where older builds cannot be gone on from."""


def of_settings(values: Mapping[str, Any]) -> str | None:
    """A digest of settings; None where one of them cannot be compared."""
    try:
        told = "\n".join(f"{name}={_told(values[name])}" for name in sorted(values))
    except (TypeError, ValueError, AttributeError, pickle.PicklingError):
        return None
    return _digest(told)


def of_program() -> str:
    """A digest of the Python that runs and of the packages beside it. The program's own files are looked at one by one."""
    packages = sorted(name for name in _listed(sysconfig.get_path("purelib")) if name.endswith(("-info", ".egg-link", ".pth")))
    return _digest("\n".join([str(_FORMAT), sys.version, sqlite3.sqlite_version, sys.platform, str(ROOT), *packages]))


def of_git(folder: Path) -> str:
    """The commit that is checked out and whether all of its past is there; empty without git."""
    command = ["git", "-C", str(folder), "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD"]
    environment = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False, encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def roots(values: Mapping[str, Any], request: Request) -> list[Path]:
    """Every file and folder that a build reads; relative settings are those of the settings file's folder."""
    base = request.settings.resolve().parent
    named = [base / values[name] for name in ("PATH", "THEME", "OFFLINE_EDITIONS") if values.get(name)]
    of_program = [ROOT / "plugins", ROOT / "theme", ROOT / (values.get("HANDBOOK_PATH") or "docs"), *sorted(ROOT.glob("*.py"))]
    return list(dict.fromkeys([*named, *of_program, request.settings.resolve(), *sorted(base.glob("*.py"))]))


def modules() -> Iterator[Path]:
    """Files of modules from elsewhere that are loaded now, such as a plugin of one's own; those of Python and its packages are told by
    their versions."""
    known = tuple({os.path.join(path, "") for path in (*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(ROOT / "plugins"))})
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    yield from (Path(file) for file in sorted(files) if file and os.path.isabs(file) and not file.startswith(known))


def _told(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_told, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_told(key)}:{_told(item)}" for key, item in value.items())) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(_told, value))) + "}"
    if isinstance(value, type) or callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return pickle.dumps(value, protocol=5).hex()


def _listed(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a build depends on, as it is now; ``settings`` is None where settings cannot be compared."""

    values: Mapping[str, Any]
    roots: tuple[Path, ...]
    content: Path
    theme: Path
    output: Path
    program: str
    settings: str | None
    git: str

    @classmethod
    def of(cls, request: Request) -> Moment:
        values = settings(request)
        base = request.settings.resolve().parent
        return cls(
            values=values,
            roots=tuple(roots(values, request)),
            content=base / values["PATH"],
            theme=base / values["THEME"],
            output=(base / values["OUTPUT_PATH"]).resolve(),
            program=of_program(),
            settings=of_settings(values),
            git=of_git(base / values["PATH"]),
        )

    def is_as(self, kept: Kept) -> bool:
        """But for the commit, which nothing but the dates of the records is asked for."""
        return (self.program, self.settings) == (kept.program, kept.settings)
