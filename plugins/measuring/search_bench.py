"""What the search costs: building its index, and asking it in a browser from file://, at several sizes, with what else can run beside it.

Bytes, CPU seconds and ratios can be trusted on a busy machine; times by the clock are worth less. docs/search.md has the figures.
"""

from __future__ import annotations

import gzip
import json
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from . import search_rivals
from .corpus import write
from .search_planted import bare
from .search_quality import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000)
QUERIES = 46
SCRIPTS = tuple(f"search-{part}" for part in ("analysis", "store", "segments", "query", "units", "names", "narrowing", "engine"))
PAGE = '<!doctype html><meta charset="utf-8"><title>x</title><body>' + "".join(
    f'<script src="theme/js/{name}.js"></script>' for name in SCRIPTS
)

COLD = """async ([manifest, query]) => {
  const started = performance.now(), search = SoGiaoBan.search;
  let longest = 0, last = started, over = false;
  const tick = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; if (!over) setTimeout(tick); };
  tick();
  const engine = new search.Engine(await search.openIndex("tim-kiem/", manifest));
  const { hits } = await engine.run(query, false);
  await Promise.all(Array.from(hits.slice(0, 10), engine.card));
  const cold = performance.now() - started;
  over = true;
  const times = [];
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await engine.find(await engine.ask(query), false);
    times.push(performance.now() - before);
  }
  return { cold, longest, warm: times.sort((a, b) => a - b)[2], hits: hits.length };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one cold query cost."""

    query: str
    kilobytes: float
    files: int
    cold: float
    warm: float
    longest: float
    hits: int
    heap: float


def main(arguments: Sequence[str]) -> int:
    """Measures the sizes named (1000 and 10000 unless told otherwise) and prints a table. ``--keep FOLDER`` keeps what was made, and
    ``--rivals`` puts other programs beside it."""
    words = list(arguments)
    keep = Path(words.pop(words.index("--keep") + 1)) if "--keep" in words else None
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            folder = (keep or Path(scratch)) / str(size)
            measure(size, folder)
            if "--rivals" in words:
                search_rivals.compare(folder / "content", folder, queries_for(folder / "content")[:12])
    return 0


def measure(size: int, folder: Path) -> None:
    """One size: builds where nothing is built yet, asks, prints."""
    content, site = folder / "content", folder / "site"
    if not content.exists():
        write(size, content)
    built = _build(content, site)
    asked = list(_ask(site, Path(built["manifest"]).stem, queries_for(content)))
    files = list((site / "tim-kiem").iterdir())
    raw, packed = sum(path.stat().st_size for path in files), sum(len(gzip.compress(path.read_bytes())) for path in files)
    print(f"\n{size} meetings; {platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    print(
        f"building: {built['cpu'] / size * 1000:.2f} CPU s per 1,000, {built['wall']:.0f} s by the clock; "
        f"{built['own_mb']:.0f} MB with all records"
    )
    print(f"files {len(files)}, {raw / 1e6:.1f} MB, gzip {packed / 1e6:.1f} MB")
    _line("cold query, gzip KB", [one.kilobytes for one in asked])
    _line("cold query, files", [one.files for one in asked])
    _line("cold query, ms", [one.cold for one in asked])
    _line("warm query, ms", [one.warm for one in asked])
    _line("page blocked, ms", [one.longest for one in asked])
    _line("heap, MB", [one.heap for one in asked])
    for one in sorted(asked, key=lambda one: -one.kilobytes)[:5]:
        print(f"  {one.query!r}: {one.kilobytes:.0f} KB, {one.files} files, {one.hits} found")
    typing(site, built["manifest"])


TYPED = "ho dinh luong"


def typing(site: Path, manifest: str) -> None:
    """Types a query into the search page, letter by letter, and prints what it says after each, and when."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, str(ROOT / "tasks.py"), "build", "--output", scratch + "/site"]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        page = Path(scratch, "site", "tim-kiem.html").read_text(encoding="utf-8")
    (site / "tim-kiem.html").write_text(re.sub(r'data-manifest="[^"]*"', f'data-manifest="{manifest}"', page), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        opened = browser.new_page()
        opened.goto((site / "tim-kiem.html").as_uri())
        opened.locator("#search[data-state=ready]").wait_for()
        for letter in TYPED:
            told = opened.evaluate(_TYPE, letter)
            print(f"  {told['typed']:14} {told['ms']:6.0f} ms  {told['status']}")
        browser.close()


_TYPE = """async (letter) => {
  const field = document.querySelector("[data-search-field]"), root = document.getElementById("search");
  const status = root.querySelector(".search__status");
  field.value += letter;
  const started = performance.now(), before = status.textContent;
  root.dataset.answered = "\\u0000";
  field.form.requestSubmit();
  while (root.dataset.answered !== field.value && performance.now() - started < 20000) {
    if (root.querySelector(".search__list").dataset.drawn === field.value) break;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { typed: field.value, ms: performance.now() - started, status: status.textContent };
}"""


def _line(name: str, values: Sequence[float]) -> None:
    ordered = sorted(values)
    print(f"{name:22} median {statistics.median(ordered):8.1f}   p95 {ordered[int(len(ordered) * 0.95)]:8.1f}   max {ordered[-1]:8.1f}")


def _build(content: Path, site: Path) -> dict:
    told = site / "built.json"
    if not told.exists():
        command = [sys.executable, "-m", "plugins.search.alone", str(content.resolve()), str(site.resolve())]
        done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
        told.write_text(done.stdout, encoding="utf-8")
    shutil.copytree(ROOT / "theme" / "static", site / "theme", dirs_exist_ok=True)
    (site / "do.html").write_text(PAGE, encoding="utf-8")
    return json.loads(told.read_text(encoding="utf-8"))


def queries_for(content: Path) -> list[str]:
    """Names, numbers, phrases of two to five syllables and very common words, taken from the records; every other one without marks."""
    choose = random.Random(7)
    texts = [path.read_text(encoding="utf-8") for path in choose.sample(sorted((content / "meetings").rglob("*.md")), QUERIES)]
    made = []
    for number, text in enumerate(texts):
        header, body = text.split("\n---\n", 1)
        query = _from(number % 6, header, body, choose)
        made.append(bare(query) if number % 2 else query)
    return ["hội nghị", "thi đua", "công nghệ chuyển đổi kế hoạch", *made[3:]]


def _from(kind: int, header: str, body: str, choose: random.Random) -> str:
    names = re.findall(r"name: ([^,]+),", header)
    words = (
        choose.choice([line for line in body.split("\n") if len(line.split()) > 40]).rstrip(".").replace(".", "").replace(",", "").split()
    )
    start = choose.randrange(len(words) - 6)
    numbers = re.findall(r"\d+-[A-ZĐ]+(?:/[A-ZĐ]+)?", body)
    if kind == 0:
        return choose.choice(names)
    if kind == 1 and numbers:
        return choose.choice(numbers)
    if kind == 2:
        return f"{choose.choice(names).split()[-1]} {words[start]}"
    return " ".join(words[start : start + kind]).lower()


def _ask(site: Path, manifest: str, queries: Sequence[str]) -> Iterator[Asked]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, "--enable-precise-memory-info"])
        for query in queries:
            yield _cold(browser, site, manifest, query)
        browser.close()


def _cold(browser: Browser, site: Path, manifest: str, query: str) -> Asked:
    page = browser.new_page()
    loaded: list[str] = []
    page.goto((site / "do.html").as_uri())
    page.on("request", lambda request: loaded.append(request.url))
    told = page.evaluate(COLD, [manifest, query])
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    page.close()
    pieces = {url for url in loaded if "/tim-kiem/" in url}
    kilobytes = sum(len(gzip.compress((site / "tim-kiem" / url.rsplit("/", 1)[1]).read_bytes())) for url in pieces) / 1000
    return Asked(query, kilobytes, len(pieces), told["cold"], told["warm"], told["longest"], told["hits"], heap)
