"""Takes a picture of one page of each kind, at the three widths of the design, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from . import chromium

WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_EACH = "cong-cu"
"""In this folder every page is of a kind of its own."""


def take(site: Path, folder: Path, tell: Callable[[str], None]) -> None:
    """Writes ``<kind>-<width>-<scheme>.png`` into ``folder`` for every kind of page found in ``site``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=chromium.flags())
        for name, page in sample(site):
            tell(name)
            _shoot(browser, page, folder / name)
        browser.close()


def sample(site: Path) -> Iterator[tuple[str, Path]]:
    """A name and a page for each kind; of many, the largest, which shows most."""
    for page in sorted(site.glob("*.html")):
        yield f"1-{page.stem}", page
    kinds: dict[str, Path] = {}
    for page in sorted(site.glob("*/*.html"), key=lambda page: (page.stat().st_size, page.name)):
        kinds[_kind(page)] = page
    for kind, page in sorted(kinds.items()):
        yield f"2-{kind}", page


def _kind(page: Path) -> str:
    """Pages of one folder are of one kind, but for later pages of long lists (``_`` in the name), quarters and what _EACH holds."""
    folder, (stem, underscore, _) = page.parent.name, page.stem.partition("_")
    if folder == _EACH:
        return f"{folder}-{stem}"
    is_quarter = folder == "lich" and "-q" in stem
    return f"{folder}{'-quy' if is_quarter else ''}{'-tiep' if underscore else ''}"


def _shoot(browser: Browser, page: Path, target: Path) -> None:
    for scheme in SCHEMES:
        view = browser.new_page(color_scheme=scheme)
        view.goto(page.resolve().as_uri())
        for width in WIDTHS:
            view.set_viewport_size({"width": width, "height": 900})
            # Pictures further down load when they come near.
            view.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => { image.loading = 'eager'; })")
            view.wait_for_load_state("networkidle")
            view.screenshot(path=target.with_name(f"{target.name}-{width}-{scheme}.png"), full_page=True)
        view.close()
