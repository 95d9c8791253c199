"""The annotations tell the truth: the type checker has nothing to say. What it is asked stands in pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

SAMPLES = {
    "no-untyped-def": "def f(x):\n    return x\n",
    "type-arg": "def f(x: dict) -> None: ...\n",
    "arg-type": "def f(x: str | None) -> int:\n    return len(x)\n",
    "comparison-overlap": 'def f(x: int) -> bool:\n    return x == "a"\n',
    "unreachable": "def f(x: int) -> int:\n    return x\n    print(x)\n",
    "unused-ignore": "x: int = 1  # type: ignore[assignment]\n",
    "ignore-without-code": 'x: int = ""  # type: ignore\n',
    "attr-defined": "from plugins.archive.reading import Mention\n",
    "call-arg": 'from plugins.archive.outputs import OutputPage\n\nOutputPage(path="", template="")\n',
    "import-not-found": "import library_that_nobody_has\n",
}
"""By what is wrong with it, a module."""


def check(root: Path, *modules: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--config-file", root / "pyproject.toml", *modules]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


def test_annotations_hold(root: Path) -> None:
    done = check(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"Success: no issues found in \d{3} source files", done.stdout), "it looked at hardly anything"


def test_what_is_wrong_is_found(root: Path, tmp_path: Path) -> None:
    """Also where another setting of the checker would pass over it."""
    modules = {code: tmp_path / f"sample_{code.replace('-', '_')}.py" for code in SAMPLES}
    for code, module in modules.items():
        module.write_text(SAMPLES[code], encoding="utf-8")
    told = check(root, *modules.values()).stdout.splitlines()
    found = {code: {line.rpartition("[")[2] for line in told if module.name in line} for code, module in modules.items()}
    assert {code for code, codes in found.items() if f"{code}]" not in codes} == set()


def test_what_the_checker_passes_over_has_its_reason(root: Path) -> None:
    """A library without annotations is named; a line says after the code of the finding why it stays."""
    overrides = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    assert [module for one in overrides for module in one["module"] if "*" in module.removesuffix(".*")] == []
    modules = [*(root / "plugins").rglob("*.py"), *root.glob("*.py")]
    ignored = [line for module in modules for line in module.read_text(encoding="utf-8").splitlines() if "# type: ignore" in line]
    assert [line.strip() for line in ignored if not re.search(r"# type: ignore\[[a-z-]+\]  # \w", line)] == []
