"""Asks a built index in a browser from file://: cold queries, the longest task, a query typed letter by letter."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from plugins.archive import urls

from .quiet_page import QuietPage
from .search_quality import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("analysis", "store", "segments", "query", "units", "names", "narrowing", "engine", "rehearsal")
PAGE = '<!doctype html><meta charset="utf-8"><title>x</title><body>' + "".join(
    f'<script src="theme/js/search-{part}.js"></script>' for part in PARTS
)
TYPED = "ho dinh luong"

CARDS = 10

OPENED = """async ([folder, manifest]) => {
  const search = SoGiaoBan.search;
  window.engine = new search.Engine(await search.openIndex(folder, manifest));
  await search.rehearse(() => true);
}"""
COLD = """async ([query, cards]) => {
  const { hits } = await engine.run(query, false);
  await Promise.all(Array.from(hits.slice(0, cards), engine.card));
  return hits.length;
}"""
WARM = """async (query) => {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await engine.find(await engine.ask(query), false);
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[2];
}"""
_WATCH = """([query, cards]) => {
  window.drawn = new Promise((resolve) => {
    // What the page shows without a query says nothing of passages.
    const find = () => document.querySelector(".search__list"), list = find();
    const isDrawn = (list) => list && (list.dataset.drawn === query || (list.children[cards - 1] && "passage" in list.children[cards - 1].dataset));
    const observer = new MutationObserver(() => {
      if (!isDrawn(find())) return;
      observer.disconnect();
      resolve(performance.now());
    });
    // Where the list stands already nothing else is observed: every script that is loaded changes the document.
    observer.observe(list || document, { childList: true, subtree: !list, attributes: true, attributeFilter: ["data-drawn"] });
  });
}"""
_REST = """async () => {
  const rests = (root) => root && "rehearsed" in root.dataset && !root.hasAttribute("aria-busy");
  while (!rests(document.getElementById("search"))) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
_SUBMIT = """async (query) => {
  const field = document.querySelector("[data-search-field]"), started = performance.now();
  field.value = query;
  field.form.requestSubmit();
  return (await window.drawn) - started;
}"""
_TYPE = """async (letter) => {
  const field = document.querySelector("[data-search-field]"), root = document.getElementById("search");
  const list = root.querySelector(".search__list"), started = performance.now();
  field.value += letter;
  delete list.dataset.drawn;
  field.form.requestSubmit();
  while (list.dataset.drawn !== field.value && performance.now() - started < 20000) await new Promise((resolve) => setTimeout(resolve, 2));
  return { typed: field.value, ms: performance.now() - started, status: root.querySelector(".search__status").textContent };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one cold query cost: times in milliseconds by the clock, but ``longest``, the processor time of the longest task. ``cold``: from
    the query, given to a search page that has loaded what it names, until ten results are drawn; ``opened``: from the opening of a search
    page whose address holds the query. Both in a page that nothing watches."""

    query: str
    kilobytes: float
    files: int
    cold: float
    opened: float
    warm: float
    longest: float
    hits: int
    heap: float


@dataclass(frozen=True, slots=True)
class Typed:
    """What the page said after a letter, and when the results stood there."""

    typed: str
    milliseconds: float
    status: str


def prepare(site: Path, manifest: str, first: Sequence[str]) -> None:
    """Puts the scripts beside an index, a page that does nothing by itself, and the search page."""
    shutil.copytree(ROOT / "theme" / "static", site / "theme", dirs_exist_ok=True)
    (site / "do.html").write_text(PAGE, encoding="utf-8")
    (site / urls.SEARCH).write_text(_search_page(manifest, first), encoding="utf-8")


def ask(site: Path, manifest: str, queries: Sequence[str]) -> Iterator[Asked]:
    """Each query in pages of its own: for what it loads, for times, for its longest task, since to be traced costs time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, "--enable-precise-memory-info"])
        for query in queries:
            yield _cold(browser, site, manifest, query)
        browser.close()


def _cold(browser: Browser, site: Path, manifest: str, query: str) -> Asked:
    loaded: list[str] = []
    page = _opened(browser, site, manifest, loaded)
    hits = page.evaluate(COLD, [query, CARDS])
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    warm = page.evaluate(WARM, query)
    page.close()
    pieces = {url for url in loaded if f"/{urls.SEARCH_INDEX}/" in url}
    kilobytes = sum(len(gzip.compress((site / urls.SEARCH_INDEX / url.rsplit("/", 1)[1]).read_bytes())) for url in pieces) / 1000
    cold, opened, longest = _typed_in(browser, site, query), _arrived(browser, site, query), _longest(browser, site, manifest, query)
    return Asked(query, kilobytes, len(pieces), cold, opened, warm, longest, hits, heap)


def _typed_in(browser: Browser, site: Path, query: str) -> float:
    page = _at_rest(browser, site)
    page.evaluate(_WATCH, [query, CARDS])
    taken = page.evaluate(_SUBMIT, query)
    page.close()
    return taken


def _arrived(browser: Browser, site: Path, query: str) -> float:
    page = QuietPage(browser)
    page.before(f"({_WATCH})({json.dumps([query, CARDS])})")
    page.open((site / urls.SEARCH).as_uri() + "?" + urlencode({"q": query}))
    taken = page.evaluate("() => window.drawn")
    page.close()
    return taken


def _at_rest(browser: Browser, site: Path) -> QuietPage:
    """The search page, when it stands and is at rest."""
    page = QuietPage(browser)
    page.open((site / urls.SEARCH).as_uri())
    page.evaluate(_REST)
    return page


def _opened(browser: Browser, site: Path, manifest: str, loaded: list[str]) -> Page:
    """The page that does nothing by itself, with the index opened and a query rehearsed, as the search page does; ``loaded`` takes the
    address of every file."""
    page = browser.new_page()
    page.on("request", lambda request: loaded.append(request.url))
    page.goto((site / "do.html").as_uri())
    page.evaluate(OPENED, [urls.SEARCH_INDEX + "/", manifest])
    return page


def _longest(browser: Browser, site: Path, manifest: str, query: str) -> float:
    page = _opened(browser, site, manifest, [])
    browser.start_tracing(page=page, categories=["toplevel"])
    page.evaluate(COLD, [query, CARDS])
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.close()
    mains = {_thread(event) for event in events if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"}
    tasks = [event.get("tdur", 0) for event in events if event["name"].endswith("RunTask") and _thread(event) in mains]
    return max(tasks) / 1000


def _thread(event: dict[str, Any]) -> tuple[int, int]:
    return event["pid"], event["tid"]


def typing(site: Path) -> list[Typed]:
    """Types a query into the search page, letter by letter."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = _at_rest(browser, site)
        told = [page.evaluate(_TYPE, letter) for letter in TYPED]
        browser.close()
    return [Typed(one["typed"], one["ms"], one["status"]) for one in told]


def _search_page(manifest: str, first: Sequence[str]) -> str:
    """The search page of this repository's site, for another index."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, str(ROOT / "tasks.py"), "build", "--output", scratch + "/site"]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        page = Path(scratch, "site", urls.SEARCH).read_text(encoding="utf-8")
    page = re.sub(rf'<script src="{urls.SEARCH_INDEX}/[^>]*></script>\n', "", page)
    named = "".join(f'<script src="{path}" defer></script>\n' for path in (manifest, *first))
    page = page.replace('<script src="theme/js/search.js"', named + '<script src="theme/js/search.js"')
    return re.sub(r'data-manifest="[^"]*"', f'data-manifest="{manifest}"', page)
