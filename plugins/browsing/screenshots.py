"""Takes a picture of the fullest and of the barest page of each kind, at the three widths of the design, light and dark; and lays them out on
a sheet to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from . import chromium

WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_EACH = "cong-cu"
"""In this folder every page is of a kind of its own."""


_SHEET = """\
<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>Ảnh các trang</title>
<style>
body { margin: 1rem; background: #888; color: #000; font: 1rem sans-serif }
section { display: flex; gap: .5rem; align-items: flex-start; overflow-x: auto }
a { flex: none; height: 60vh; overflow: hidden }
img { display: block; width: 24vw }
</style>
"""


def take(site: Path, folder: Path, tell: Callable[[str], None]) -> None:
    """Writes ``<kind>-<width>-<scheme>.png`` into ``folder`` for every kind of page found in ``site``, and ``index.html`` with all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name, _ in sample(site, barest=True)]
    (folder / "index.html").write_text(sheet(names), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=chromium.flags())
        for name, page in sample(site, barest=True):
            tell(name)
            _shoot(browser, page, folder / name)
        browser.close()


def sheet(names: Sequence[str]) -> str:
    """A page of thumbnails, one row for each name; each leads to its picture."""
    rows = []
    for name in names:
        pictures = [f"{name}-{width}-{scheme}.png" for scheme in SCHEMES for width in WIDTHS]
        links = "".join(f'<a href="{escape(one)}"><img src="{escape(one)}" alt="{escape(one)}" loading="lazy"></a>\n' for one in pictures)
        rows.append(f"<h2>{escape(name)}</h2>\n<section>\n{links}</section>\n")
    return _SHEET + "".join(rows)


def sample(site: Path, *, barest: bool = False) -> Iterator[tuple[str, Path]]:
    """A name and a page for each kind; of many, the largest, which shows most, and with ``barest`` the smallest too."""
    for page in sorted(site.glob("*.html")):
        yield f"1-{page.stem}", page
    kinds: dict[str, list[Path]] = {}
    for page in sorted(site.glob("*/*.html"), key=lambda page: (page.stat().st_size, page.name)):
        kinds.setdefault(_kind(page), []).append(page)
    for kind, pages in sorted(kinds.items()):
        yield f"2-{kind}", pages[-1]
        if barest and len(pages) > 1:
            yield f"2-{kind}-it", pages[0]


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
