"""The page in which the search is timed: it does what it is told, and nothing watches it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.measuring.quiet_page import QuietPage

LOADED = "() => document.readyState === 'complete' || new Promise((resolve) => addEventListener('load', () => resolve(true)))"


@pytest.fixture
def quiet(browser: Browser) -> Iterator[QuietPage]:
    page = QuietPage(browser)
    yield page
    page.close()


def test_a_quiet_page_opens_an_address_and_answers_functions(quiet: QuietPage, tmp_path: Path) -> None:
    (tmp_path / "trang.html").write_text('<!doctype html><meta charset="utf-8"><title>Giao ban</title>', encoding="utf-8")
    quiet.open((tmp_path / "trang.html").as_uri())
    assert quiet.evaluate(LOADED)
    assert quiet.evaluate("async ([a, b]) => [document.title, a + b]", [1, 2]) == ["Giao ban", 3]


def test_what_is_to_run_before_a_page_runs_before_its_scripts(quiet: QuietPage, tmp_path: Path) -> None:
    (tmp_path / "trang.html").write_text("<!doctype html><script>window.seen = window.early;</script>", encoding="utf-8")
    quiet.before("window.early = 'trước';")
    quiet.open((tmp_path / "trang.html").as_uri())
    assert quiet.evaluate(LOADED)
    assert quiet.evaluate("() => window.seen") == "trước"


def test_a_function_that_fails_says_so(quiet: QuietPage) -> None:
    with pytest.raises(RuntimeError, match="not there"):
        quiet.evaluate("() => { throw new Error('not there'); }")
    with pytest.raises(RuntimeError):
        quiet.evaluate("() => {")


def test_playwright_does_not_know_of_a_quiet_page(browser: Browser, quiet: QuietPage) -> None:
    quiet.open("data:text/html,x")
    assert quiet.evaluate("() => location.href") not in [page.url for context in browser.contexts for page in context.pages]
