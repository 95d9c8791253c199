"""Takes a picture of one page of each kind, at the three widths of the design, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from plugins.archive import urls

from . import chromium

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
_SINGLE = (
    urls.HOME,
    urls.SEARCH,
    urls.MEETINGS,
    urls.CLUSTERS,
    urls.ORGANIZATIONS,
    urls.PEOPLE,
    urls.DOCUMENTS,
    urls.CALENDAR,
    urls.OFFLINE,
    urls.ENGLISH,
    urls.NOT_FOUND,
)
_PATTERNS = {
    "hoi-nghi": urls.meeting("*"),
    "cum": urls.cluster("*"),
    "to-chuc": urls.organization("*"),
    "nguoi": urls.person("*"),
    "van-ban": urls.document("*"),
    "nam": "lich/[0-9][0-9][0-9][0-9].html",
    "quy": "lich/*-q[1-4].html",
    "trang": urls.page("*"),
}


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
    for path in _SINGLE:
        if (site / path).is_file():
            yield f"1-{Path(path).stem}", site / path
    for name, pattern in _PATTERNS.items():
        pages = sorted(site.glob(pattern), key=lambda page: (page.stat().st_size, page.name))
        if pages:
            yield f"2-{name}", pages[-1]


def _shoot(browser: Browser, page: Path, target: Path) -> None:
    for scheme in SCHEMES:
        for width in WIDTHS:
            view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            view.goto(page.resolve().as_uri())
            view.screenshot(path=target.with_name(f"{target.name}-{width}-{scheme}.png"), full_page=True)
            view.close()
