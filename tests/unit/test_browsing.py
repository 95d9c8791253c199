"""How Chromium is started, by tests and by the commands that look at pages."""

from __future__ import annotations

import re
from pathlib import Path

import playwright

from plugins.browsing import chromium


def test_what_playwright_switches_off_stays_off() -> None:
    """Chromium takes the last of two lists: after another version of Playwright, what its list has got more is to be added to ours."""
    (driver,) = (Path(playwright.__file__).parent / "driver" / "package" / "lib").glob("coreBundle.js")
    (listed,) = re.findall(r"disabledFeatures = \[(.*?)\]\.filter", driver.read_text(encoding="utf-8"), re.DOTALL)
    off_by_playwright = set(re.findall(r'^\s*"(\w+)"', listed, re.MULTILINE))
    assert "PaintHolding" in off_by_playwright
    (ours,) = (flag.partition("=")[2].split(",") for flag in chromium.flags() if flag.startswith("--disable-features="))
    assert {name for name in off_by_playwright - set(ours) if not name.startswith("ms")} == set()  # those of Edge alone
