"""stylelint and Lighthouse, for whoever has them from npm. Nothing is installed here; where one is missing, the audit says so in a note."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.archive import urls
from plugins.archive.problems import N_

from .findings import Finding, Result, Weight, finding, result
from .sight import served
from .site import Site, samples

NAMES = ("stylelint", "lighthouse")
PACKAGES = {"stylelint": "stylelint stylelint-config-standard", "lighthouse": "lighthouse"}
MIN_SCORE = 98
_SECONDS = 300
# How fast a page is depends on what else the machine does; the other scores do not.
_UNSTEADY = "performance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The programs found, by name; ``rules`` is stylelint's configuration, ``chromium`` and ``flags`` are for Lighthouse."""

    found: Mapping[str, Path]
    rules: Path
    chromium: Path | None = None
    flags: Sequence[str] = field(default_factory=list)


def find(root: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Path]:
    """The tools that the variables STYLELINT and LIGHTHOUSE name, that stand in ``node_modules`` of ``root``, or on the path."""
    places = {
        name: environment.get(name.upper()) or shutil.which(name, path=f"{root / 'node_modules/.bin'}{os.pathsep}{environment.get('PATH', '')}")
        for name in NAMES
    }
    return {name: Path(place) for name, place in places.items() if place}


def check(site: Site, tools: Tools) -> list[Result]:
    """What each tool says; one note and nothing looked at where a tool is missing."""
    return [_lint(site, tools), _lighthouse(site, tools)]


_LINT = N_("stylelint: CSS theo quy ước của kho")
_SCORES = N_("Lighthouse: bốn điểm số")


def _missing(title: str, name: str) -> Result:
    return result(title, 0, [finding("", 0, "tool-missing", value=name, packages=PACKAGES[name], weight=Weight.NOTE)])


def _lint(site: Site, tools: Tools) -> Result:
    program = tools.found.get("stylelint")
    if program is None:
        return _missing(_LINT, "stylelint")
    styles = [path for path in site.files if path.endswith(".css")]
    # The rules extend a package that stands beside the program.
    beside = program.resolve().parent if program.parent.name != ".bin" else program.parents[2]
    options = ["--config", str(tools.rules.resolve()), "--config-basedir", str(beside), "--formatter", "json"]
    done = _run([str(program), *options, *(str((site.folder / path).resolve()) for path in styles)])
    try:
        found = [_warning(site, one["source"], warning) for one in json.loads(done.stdout or done.stderr) for warning in one["warnings"]]
    except ValueError:
        found = [finding("", 0, "tool-failed", value="stylelint", text=done.stderr or done.stdout or done.returncode)]
    return result(_LINT, len(styles), found)


def _warning(site: Site, source: str, warning: dict[str, Any]) -> Finding:
    path = Path(source).relative_to(site.folder.resolve()).as_posix()
    return finding(path, warning["line"], "style-unruly", value=warning["text"])


def _lighthouse(site: Site, tools: Tools) -> Result:
    program = tools.found.get("lighthouse")
    if program is None or tools.chromium is None:
        return _missing(_SCORES, "lighthouse")
    kinds = samples(site)
    pages = [kinds[kind][0] for kind in ("index", "ban-ghi", "nguoi", urls.SEARCH.removesuffix(".html")) if kind in kinds]
    with served(site) as address:
        found = [one for path in pages for one in _scores(str(program), path, f"{address}/{path}", tools)]
    return result(_SCORES, len(pages), found)


def _scores(program: str, path: str, url: str, tools: Tools) -> Iterator[Finding]:
    flags = " ".join(["--headless=new", *tools.flags])
    options = ["--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={flags}"]
    done = _run([program, url, *options], {"CHROME_PATH": str(tools.chromium)})
    try:
        categories = json.loads(done.stdout)["categories"]
    except ValueError:
        yield finding(path, 0, "tool-failed", value="lighthouse", text=done.stderr or done.returncode)
        return
    for name, category in categories.items():
        score = round(100 * (category["score"] or 0))
        if score < MIN_SCORE:
            weight = Weight.NOTE if name == _UNSTEADY else Weight.FAULT
            yield finding(path, 0, "score-low", value=name, score=score, limit=MIN_SCORE, weight=weight)


def _run(command: list[str], environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=False
    )
