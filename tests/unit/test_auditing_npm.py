"""stylelint and Lighthouse in the audit: what they say is placed, and a tool that is missing is named. Here small programs of the same
manners stand in for them, since the tests ask nobody to have Node."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from plugins.auditing import npm
from plugins.auditing.findings import Finding, Result, Weight
from plugins.auditing.site import Site, read

_SAY = """\
import json, os, sys
from pathlib import Path
from urllib.request import urlopen
arguments = sys.argv[1:]
"""
_LINT = """\
styles = [one for one in arguments if one.endswith(".css")]
assert arguments[arguments.index("--config") + 1].endswith("rules.json")
print(json.dumps([{"source": one, "warnings": [{"line": 3, "text": "Unexpected"}] if one.endswith("b.css") else []} for one in styles]), file=sys.stderr)
"""
_SCORES = """\
assert urlopen(arguments[0]).status == 200 and os.environ["CHROME_PATH"]
low = arguments[0].endswith("index.html")
print(json.dumps({"categories": {"performance": {"score": 0.9 if low else 1}, "seo": {"score": 0.5 if low else 0.98}, "accessibility": {"score": 1}}}))
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    (folder / "ban-ghi").mkdir(parents=True)
    for path in ("index.html", "ban-ghi/2030-a.html", "cum.html"):
        (folder / path).write_text("<!doctype html><title>A</title>", encoding="utf-8")
    for path in ("a.css", "b.css"):
        (folder / path).write_text("a { color: red }\n", encoding="utf-8")
    return read(folder, "")


def program(folder: Path, text: str) -> Path:
    """A program that runs that Python, on any system."""
    folder.mkdir(exist_ok=True)
    script = folder / "said.py"
    script.write_text(_SAY + text, encoding="utf-8")
    if os.name == "nt":
        made = folder / "tool.cmd"
        made.write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="utf-8")
    else:
        made = folder / "tool"
        made.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
        made.chmod(0o755)
    return made


def run(site: Site, folder: Path, **found: Path) -> tuple[Result, Result]:
    tools = npm.Tools(found=found, rules=folder / "rules.json", chromium=Path(sys.executable), flags=["--disable-gpu"])
    lint, lighthouse = npm.check(site, tools)
    return lint, lighthouse


def told(found: Finding) -> tuple[str, str, str, Weight]:
    return found.path, found.code, dict(found.values)["value"], found.weight


def test_what_stylelint_says_is_placed_in_the_site(site: Site, tmp_path: Path) -> None:
    lint, _ = run(site, tmp_path, stylelint=program(tmp_path / "tool", _LINT))
    assert lint.looked_at == 2
    assert [(told(one), one.line) for one in lint.findings] == [(("b.css", "style-unruly", "Unexpected", Weight.FAULT), 3)]


def test_a_low_score_is_a_fault_but_for_speed_which_hangs_on_the_machine(site: Site, tmp_path: Path) -> None:
    _, lighthouse = run(site, tmp_path, lighthouse=program(tmp_path / "tool", _SCORES))
    assert lighthouse.looked_at == 2
    assert [told(one) for one in lighthouse.findings] == [
        ("index.html", "score-low", "seo", Weight.FAULT),
        ("index.html", "score-low", "performance", Weight.NOTE),
    ]


def test_a_missing_tool_is_named_with_what_to_install_and_is_no_fault(site: Site, tmp_path: Path) -> None:
    results = run(site, tmp_path)
    assert [one.looked_at for one in results] == [0, 0]
    assert [told(found) for one in results for found in one.findings] == [
        ("", "tool-missing", "stylelint", Weight.NOTE),
        ("", "tool-missing", "lighthouse", Weight.NOTE),
    ]
    assert "npm install stylelint stylelint-config-standard" in results[0].findings[0].render()


@pytest.mark.parametrize("name", npm.NAMES)
def test_a_tool_that_breaks_is_a_fault_with_its_own_words(name: str, site: Site, tmp_path: Path) -> None:
    results = run(site, tmp_path, **{name: program(tmp_path / "tool", "sys.exit('no such rule')")})
    broken = [found for one in results for found in one.findings if found.code == "tool-failed"]
    assert broken and all(found.weight is Weight.FAULT and "no such rule" in found.render() for found in broken)


def test_tools_are_looked_for_in_variables_then_beside_the_project_then_on_the_path(tmp_path: Path) -> None:
    beside = program(tmp_path / "node_modules", "")
    (tmp_path / "node_modules" / ".bin").mkdir()
    own = tmp_path / "node_modules" / ".bin" / f"stylelint{beside.suffix}"
    own.write_bytes(beside.read_bytes())
    own.chmod(0o755)
    assert npm.find(tmp_path, {"PATH": "", "LIGHTHOUSE": str(beside)}) == {"stylelint": own, "lighthouse": beside}
    assert npm.find(tmp_path, {"PATH": "", "STYLELINT": str(beside)}) == {"stylelint": beside}
    assert npm.find(tmp_path / "site", {"PATH": str(own.parent)}) == {"stylelint": own}
