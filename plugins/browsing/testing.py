"""Runs the tests, with the browser that some of them need."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import chromium, firefox

# A file stays whole, so that what its tests share is made once; in their order, so that the many short files of tests/unit end the run.
_SIDE_BY_SIDE = ("--numprocesses=logical", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")


def run(root: Path, arguments: Sequence[str]) -> int:
    """Gives pytest's exit status, or 1 where a browser is needed and there is none: no test is passed over in silence.

    Without arguments it is the whole suite, file by file shared among the processors.
    """
    environment = dict(os.environ)
    if _needs_browser(root, arguments):
        try:
            environment["CHROMIUM"] = str(chromium.ensure())
            environment["FIREFOX"] = str(firefox.ensure())
        except (chromium.NoBrowser, firefox.NoFirefox) as error:
            print(error, file=sys.stderr)
            return 1
    return subprocess.run([sys.executable, "-m", "pytest", *(arguments or _SIDE_BY_SIDE)], cwd=root, env=environment, check=False).returncode


def _needs_browser(root: Path, arguments: Sequence[str]) -> bool:
    """True unless the arguments name places, and tests/browser is under none of them."""
    browser_tests = root / "tests" / "browser"
    named = [(root / argument.split("::")[0]).resolve() for argument in arguments if not argument.startswith("-")]
    places = [path for path in named if path.exists()]
    return not places or any(browser_tests.is_relative_to(path) or path.is_relative_to(browser_tests) for path in places)
