"""What else can search the same archive, beside ours in the same run: Pagefind (from PyPI, where it is installed), a whole lunr index."""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Response, sync_playwright

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


def compare(content: Path, folder: Path, queries: Sequence[str]) -> list[str]:
    """Builds and asks each; what it cost, in a table of Markdown."""
    texts = [path.read_text(encoding="utf-8").split("\n---\n", 1) for path in sorted((content / "meetings").rglob("*.md"))]
    head = f"| {len(texts):,} meetings, beside ours | CPU s per 1,000 | MB of memory | files | MB | cold query, KB median / most | ms |"
    return [head, "|---|---|---|---|---|---|---|", _pagefind(texts, folder / "pages", queries), _lunr(texts, folder)]


def _program() -> list[str] | None:
    """How Pagefind is called: as a module of this Python, or by its name; None where it is not installed."""
    if importlib.util.find_spec("pagefind"):
        return [sys.executable, "-m", "pagefind"]
    return ["pagefind"] if shutil.which("pagefind") else None


def _pagefind(texts: Sequence[list[str]], pages: Path, queries: Sequence[str]) -> str:
    program = _program()
    if program is None:
        return "| Pagefind is not installed: pip install 'pagefind[extended]' |"
    pages.mkdir(parents=True, exist_ok=True)
    for number, (header, body) in enumerate(texts):
        page = f"<!doctype html><html lang=vi><title>{number}</title><body><p>{html.escape(header)}<p>{html.escape(body)}"
        (pages / f"{number}.html").write_text(page, encoding="utf-8")
    figure = run([*program, "--site", str(pages)], pages)
    files = [path for path in (pages / "pagefind").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    kilobytes, times, _ = zip(*_over_http(pages, queries), strict=True)
    asked = f"{statistics.median(kilobytes):.0f} / {max(kilobytes):.0f} | {statistics.median(times):.0f}"
    cost = f"{figure.cpu / len(texts) * 1000:.2f} | {figure.memory:.0f} | {len(files):,} | {size:.1f}"
    return f"| Pagefind, over HTTP (it cannot read `file://`) | {cost} | {asked} |"


def _add_size(sizes: list[int], response: Response) -> None:
    sizes.append(int(response.headers.get("content-length", 0)))


def _over_http(pages: Path, queries: Sequence[str]) -> Iterator[tuple[float, float, int]]:
    handler = partial(_Quiet, directory=str(pages))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for query in queries:
            page = browser.new_context().new_page()
            sizes: list[int] = []
            page.goto(f"http://127.0.0.1:{server.server_port}/0.html")
            page.on("response", partial(_add_size, sizes))
            told = page.evaluate(_SEARCH, [query])
            page.close()
            yield sum(sizes) / 1000, told["cold"], told["hits"]
        browser.close()
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def _lunr(texts: Sequence[list[str]], folder: Path) -> str:
    lines, index = folder / "texts.jsonl", folder / "lunr.json"
    lines.write_text("".join(json.dumps(f"{header}\n{body}", ensure_ascii=False) + "\n" for header, body in texts), encoding="utf-8")
    figure = run([sys.executable, "-c", _LUNR, str(lines), str(index)], folder)
    packed, size = len(gzip.compress(index.read_bytes(), 6)) / 1e3, index.stat().st_size / 1e6
    cost = f"{figure.cpu / len(texts) * 1000:.2f} | {figure.memory:.0f} | 1 | {size:.1f}"
    return f"| a whole lunr index, of the words alone | {cost} | {packed:,.0f} / {packed:,.0f} | |"
