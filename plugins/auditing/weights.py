"""Weights against the budgets that the design sets: a reader on a cheap phone pays for every byte.

First views are counted as a browser fetches them: the page, its styles, scripts and pictures of the interface, every font that the styles
name, text compressed by gzip; photographs are counted one by one. 1 KB is 1,024 bytes.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.archive import urls
from plugins.archive.problems import N_

from .findings import Finding, Result, Weight, finding, result
from .pages import Page
from .site import Site, kind

KB = 1024
MAX_STYLE = 25 * KB
MAX_SCRIPT = 12 * KB
"""On every page but the search."""
MAX_SEARCH = 250 * KB
"""Compressed, before the first useful result."""
MAX_PICTURE = 160 * KB


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes of HTML as it stands, and of a whole first view, compressed and without photographs."""

    page: int
    view: int


BUDGETS = {
    urls.HOME.removesuffix(".html"): Budget(24 * KB, 120 * KB),
    "ban-ghi": Budget(60 * KB, 120 * KB),
    # Seventy-five meetings and the quarters of thirty years: 69 KB, and 8 KB on the way.
    "nguoi": Budget(72 * KB, 140 * KB),
    "cum": Budget(72 * KB, 140 * KB),
    "to-chuc": Budget(72 * KB, 140 * KB),
    "lich/N": Budget(60 * KB, 160 * KB),
    "van-ban": Budget(90 * KB, 190 * KB),
    # The page carries every sentence its scripts say, since the content policy allows no inline script to hold them; and the newest meetings.
    urls.SEARCH.removesuffix(".html"): Budget(32 * KB, 130 * KB),
}
"""By kind of page; lists may weigh as much as the list of documents."""
_OTHERS = Budget(90 * KB, 190 * KB)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_PHOTOGRAPH = re.compile(r"-(\d+)\.(?:jpe?g|webp|avif|png)$|\.(?:jpe?g|webp|avif)$")
_COMPRESSED = {".html", ".css", ".js", ".svg", ".json"}


def check(site: Site) -> Result:
    scale = Scale(site)
    found = [fault for path, page in site.pages.items() for fault in _page_faults(scale, path, page)]
    return result(N_("Trọng lượng so với ngân sách"), len(site.pages), [*found, *_search_faults(scale), *_picture_faults(site)])


class Scale:
    """Weighs the files of one site, each once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._sent: dict[str, int] = {}
        self._fonts: dict[str, list[str]] = {}

    def first_view(self, path: str) -> int:
        """Bytes of the first view of a page."""
        page = self.site.pages[path]
        styles = self.linked(page, ".css")
        fonts = [font for style in styles for font in self.fonts(style)]
        return sum(self.sent(file) for file in {path, *styles, *fonts, *self.linked(page, ".js"), *self.linked(page, ".svg")})

    def linked(self, page: Page, suffix: str) -> list[str]:
        """The files with that ending that a page loads."""
        addresses = [e.get("src") or e.get("href") for e in page.elements if e.tag in ("script", "link", "img")]
        inside = [address for address in addresses if address.endswith(suffix) and not self.site.outside(address)]
        return self._among_files(page.path, inside)

    def fonts(self, style: str) -> list[str]:
        if style not in self._fonts:
            addresses = [match[1] for match in _URL.finditer(self.site.text(style)) if match[1].endswith(".woff2")]
            self._fonts[style] = self._among_files(style, addresses)
        return self._fonts[style]

    def _among_files(self, path: str, addresses: Iterable[str]) -> list[str]:
        """The files of the site that addresses on the page or in the style sheet at ``path`` lead to."""
        found = (self.site.resolve(path, address) for address in addresses)
        return sorted({file for file in found if file is not None and file in self.site.files})

    def sent(self, path: str) -> int:
        """Bytes on the way, compressed where hosts compress."""
        if path not in self._sent:
            data = (self.site.folder / path).read_bytes()
            self._sent[path] = len(gzip.compress(data, 9, mtime=0)) if Path(path).suffix in _COMPRESSED else len(data)
        return self._sent[path]


def _page_faults(scale: Scale, path: str, page: Page) -> Iterator[Finding]:
    budget, sizes = BUDGETS.get(kind(path), _OTHERS), scale.site.files
    if sizes[path] > budget.page:
        yield finding(path, 0, "page-heavy", size=sizes[path], limit=budget.page)
    if (size := scale.first_view(path)) > budget.view:
        yield finding(path, 0, "view-heavy", size=size, limit=budget.view)
    if path == urls.SEARCH:
        return
    if (size := sum(sizes[style] for style in scale.linked(page, ".css"))) > MAX_STYLE:
        yield finding(path, 0, "style-heavy", size=size, limit=MAX_STYLE)
    if (size := sum(sizes[script] for script in scale.linked(page, ".js"))) > MAX_SCRIPT:
        yield finding(path, 0, "script-heavy", size=size, limit=MAX_SCRIPT)


def _search_faults(scale: Scale) -> Iterator[Finding]:
    """The index is in pieces; the first answer needs the head and one piece, here the largest."""
    pieces = sorted((scale.sent(path) for path in scale.site.files if path.startswith(urls.SEARCH_INDEX + "/")), reverse=True)
    if (size := sum(pieces[:2])) > MAX_SEARCH:
        yield finding(urls.SEARCH, 0, "search-heavy", size=size, limit=MAX_SEARCH)


def _picture_faults(site: Site) -> Iterator[Finding]:
    """Noted, not refused: what a photograph weighs is for its editor to say."""
    for path, size in site.files.items():
        if _PHOTOGRAPH.search(path) and size > MAX_PICTURE:
            yield finding(path, 0, "picture-heavy", size=size, limit=MAX_PICTURE, weight=Weight.NOTE)
