"""What only a browser can say: axe, contrast of every text, visible focus, no sideways scroll, a quiet console, no request outside.

Pages are opened as readers open them: from a folder on the narrow screen, from a web server on the wide one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from plugins.archive import urls
from plugins.archive.problems import N_

from .findings import Finding, Result, finding, result
from .site import Site, samples

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOUR_RULES = ("color-contrast", "color-contrast-enhanced")
MIN_CONTRAST = 7.0
_NARROWEST = 320
_WALK = Path(__file__).with_name("walk.js")


Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    width: int
    scheme: Scheme
    served: bool

    @property
    def name(self) -> str:
        return f"{self.width} px, {self.scheme}"


VIEWS = tuple(View(width, scheme, width > 600) for width in (360, 1280) for scheme in get_args(Scheme))


def check(site: Site, browser: Browser) -> list[Result]:
    """The largest page of each kind in every view, the smallest in the first."""
    kinds = samples(site)
    found: list[Finding] = []
    looked_at = texts = 0
    with served(site) as address:
        for view in VIEWS:
            paths = [path for pages in kinds.values() for path in (pages if view is VIEWS[0] else pages[:1])]
            with _context(browser, view) as context:
                for path in paths:
                    count, faults = _look(context, site, path, view, address)
                    found, looked_at, texts = [*found, *faults], looked_at + 1, texts + count
    by_group = {group: [fault for fault in found if (fault.code in codes)] for group, codes in _GROUPS.items()}
    return [result(title, texts if title is _CONTRAST else looked_at, by_group[title]) for title in _GROUPS]


_AXE = N_("Trình duyệt: axe, tiêu điểm, màn hình hẹp")
_CONTRAST = N_("Trình duyệt: tương phản của từng dòng chữ")
_QUIET = N_("Trình duyệt: không lỗi, không gọi ra ngoài")
_GROUPS = {
    _AXE: {"accessibility", "focus-invisible", "reflow"},
    _CONTRAST: {"contrast"},
    _QUIET: {"console", "request-outside", "request-failed", "dialog"},
}


@contextmanager
def _context(browser: Browser, view: View) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": view.width, "height": 900}, color_scheme=view.scheme, reduced_motion="reduce")
    yield context
    context.close()


class _Handler(SimpleHTTPRequestHandler):
    """Sends the site from the place it will have on the web, be that a folder of a host."""

    def __init__(self, *arguments: Any, prefix: str, **named: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.prefix))

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of the site on a web server of its own, with the folder it will stand in."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, prefix=site.prefix, directory=str(site.folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{site.prefix}"
        finally:
            server.shutdown()
            thread.join()


def _look(context: BrowserContext, site: Site, path: str, view: View, address: str) -> tuple[int, list[Finding]]:
    """How many texts a page shows, and what is wrong with it."""
    page = context.new_page()
    found: list[Finding] = []
    _listen(page, path, view, address, found)
    page.goto(f"{address}/{path}" if view.served or path == urls.NOT_FOUND else (site.folder / path).resolve().as_uri())
    page.evaluate("document.fonts.ready.then(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }))")
    faults = axe(page, colours=view in (VIEWS[0], VIEWS[-1]))
    found.extend(finding(path, 0, "accessibility", view=view.name, rule=rule, value=value) for rule, value in faults)
    page.keyboard.press("Tab")  # from now on the browser shows where the focus is, as it does for those who use keys
    walked = page.evaluate(f"({_WALK.read_text(encoding='utf-8')})()")
    found.extend(_walk_faults(path, view, walked))
    if view == VIEWS[0]:
        page.set_viewport_size({"width": _NARROWEST, "height": 900})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > _NARROWEST:
            found.append(finding(path, 0, "reflow", size=width, limit=_NARROWEST, view=view.name))
    page.close()
    return len(walked["texts"]), found


def _listen(page: Page, path: str, view: View, address: str, found: list[Finding]) -> None:
    own = ("file:", "data:", "about:", "blob:", f"{address}/")

    def tell(code: str, value: object) -> None:
        found.append(finding(path, 0, code, value=value, view=view.name))

    def dismiss(dialog: Dialog) -> None:
        tell("dialog", dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: tell("console", message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: tell("console", error))
    page.on("dialog", dismiss)
    page.on("request", lambda request: None if request.url.startswith(own) else tell("request-outside", request.url))
    page.on("requestfailed", lambda request: tell("request-failed", request.url))


def axe(page: Page, *, colours: bool = True) -> list[tuple[str, str]]:
    """What axe finds on an open page: rule, and what it says of which element.

    Colours take most of its time, and our own walk is stricter: they may be left to it. Style sheets may not be fetched once more, for
    the page's policy forbids that.
    """
    page.evaluate(resources.files(axe_playwright_python).joinpath("axe.min.js").read_text(encoding="utf-8"))
    options = {
        "runOnly": RULES,
        "rules": {name: {"enabled": colours} for name in _COLOUR_RULES},
        "resultTypes": ["violations"],
        "preload": False,
    }
    violations = page.evaluate("(options) => axe.run(document, options).then((found) => found.violations)", options)
    return [(v["id"], f"{v['help']}: {node['html']}") for v in violations for node in v["nodes"]]


def _walk_faults(path: str, view: View, walked: dict[str, Any]) -> Iterator[Finding]:
    for text in walked["texts"]:
        if text["ratio"] < MIN_CONTRAST:
            yield finding(path, 0, "contrast", ratio=f"{text['ratio']:.2f}", limit=f"{MIN_CONTRAST:g}", value=text["text"], view=view.name)
    for element in walked["focuses"]:
        yield finding(path, 0, "focus-invisible", value=element, view=view.name)
    if walked["width"] > view.width:
        yield finding(path, 0, "reflow", size=walked["width"], limit=view.width, view=view.name)
