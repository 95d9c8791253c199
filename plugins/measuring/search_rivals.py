"""What else can search the same archive, beside ours in the same run: Pagefind (from PyPI, where it is installed), a whole lunr index."""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from .search_quality import FLAGS, chromium
from .timing import run

WHOLE = 10_000
"""Meetings up to which a whole lunr index is tried: it takes 2 GB there."""

_LUNR = """import json, sys
from lunr.builder import Builder
builder = Builder()
builder.ref("ref")
builder.field("text")
for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    builder.add({"ref": str(number), "text": json.loads(line).lower().split()})
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(builder.build().serialize(), file, ensure_ascii=False)
"""

_SEARCH = """async ([query]) => {
  const pagefind = await import("/pagefind/pagefind.js"), started = performance.now();
  await pagefind.init();
  const found = await pagefind.search(query);
  await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  return { cold: performance.now() - started, hits: found.results.length };
}"""


def compare(content: Path, folder: Path, queries: Sequence[str]) -> None:
    """Builds and asks each and prints what it cost."""
    texts = [path.read_text(encoding="utf-8").split("\n---\n", 1) for path in sorted((content / "meetings").rglob("*.md"))]
    _pagefind(texts, folder / "pages", queries)
    if len(texts) <= WHOLE:
        _lunr(texts, folder)


def _pagefind(texts: Sequence[list[str]], pages: Path, queries: Sequence[str]) -> None:
    if not importlib.util.find_spec("pagefind"):
        print("Pagefind is not installed: pip install 'pagefind[bin]'")
        return
    pages.mkdir(parents=True, exist_ok=True)
    for number, (header, body) in enumerate(texts):
        page = f"<!doctype html><html lang=vi><title>{number}</title><body><p>{html.escape(header)}<p>{html.escape(body)}"
        (pages / f"{number}.html").write_text(page, encoding="utf-8")
    figure = run([sys.executable, "-m", "pagefind", "--site", str(pages)], pages)
    files = [path for path in (pages / "pagefind").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"Pagefind: {figure.cpu / len(texts) * 1000:.2f} CPU s per 1,000, {figure.memory:.0f} MB; {len(files)} files, {size:.1f} MB; not on file://"
    )
    asked = list(_over_http(pages, queries))
    kilobytes, times, hits = zip(*asked, strict=True)
    print(
        f"Pagefind: cold query {statistics.median(kilobytes):.0f} KB (max {max(kilobytes):.0f}), {statistics.median(times):.0f} ms, "
        f"{sum(hits)} found in all"
    )


def _over_http(pages: Path, queries: Sequence[str]) -> Iterator[tuple[float, float, int]]:
    handler = partial(_Quiet, directory=str(pages))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for query in queries:
            page = browser.new_context().new_page()
            sizes: list[int] = []
            page.goto(f"http://127.0.0.1:{server.server_port}/0.html")
            page.on("response", lambda response, sizes=sizes: sizes.append(int(response.headers.get("content-length", 0))))
            told = page.evaluate(_SEARCH, [query])
            page.close()
            yield sum(sizes) / 1000, told["cold"], told["hits"]
        browser.close()
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def _lunr(texts: Sequence[list[str]], folder: Path) -> None:
    lines, index = folder / "texts.jsonl", folder / "lunr.json"
    lines.write_text("".join(json.dumps(f"{header}\n{body}", ensure_ascii=False) + "\n" for header, body in texts), encoding="utf-8")
    figure = run([sys.executable, "-c", _LUNR, str(lines), str(index)], folder)
    packed = len(gzip.compress(index.read_bytes(), 6)) / 1e6
    size = index.stat().st_size / 1e6
    print(
        f"whole lunr index: {figure.cpu / len(texts) * 1000:.2f} CPU s per 1,000, {figure.memory:.0f} MB; "
        f"one file, {size:.1f} MB, gzip {packed:.1f} MB"
    )
