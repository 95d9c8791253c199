"""How well the search finds: a judged set asked in Python and in a browser. docs/search.md has the figures."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from plugins.archive import urls

from . import search_planted
from .corpus import write
from .search_planted import Judged

ROOT = Path(__file__).resolve().parents[2]
NOISE = 1500
TARGETS = {"recall@10": 0.98, "MRR": 0.90, "phrase": 0.95}
MOST_LOST = 0.03
"""Recall that queries without marks may lose against the same with marks."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

ASK = """async ([folder, manifest, queries]) => {
  const search = SoGiaoBan.search, index = await search.openIndex(folder, manifest), engine = new search.Engine(index), told = [];
  for (const query of queries) {
    const { hits, stretched } = await engine.run(query, false);
    const cards = await Promise.all(Array.from(hits.slice(0, 100), engine.card));
    told.push({ ids: cards.map((card) => card.id), stretched });
  }
  return told;
}"""


@dataclass(frozen=True, slots=True)
class Scored:
    """What one query reached; ``phrase`` is None where it looks for one word, or for no text."""

    judged: Judged
    recall: float
    reciprocal: float
    phrase: float | None
    first: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    """Builds the archive, asks the judged set, prints the figures; 0 where all targets are reached and both languages agree.
    Arguments: a folder to keep the archive and its site in, where wanted."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else Path(scratch)
        content, output = folder / "content", folder / "site"
        if not output.exists():
            _write_archive(content)
            _build(content, output)
        asked = search_planted.queries()
        queries = [judged.query for judged in asked]
        python = _in_python(output, queries)
        browser = _in_browser(output, queries)
        scored = score(asked, python, texts_of(content))
        reached = report(scored)
        differing = [query for query, mine, theirs in zip(queries, python, browser, strict=True) if mine["ids"] != theirs["ids"]]
        print(f"{len(queries) - len(differing)} of {len(queries)} queries give the same order in Python and in the browser", *differing)
        return 0 if reached and not differing else 1


def _write_archive(content: Path) -> None:
    write(NOISE, content)
    shutil.copytree(ROOT / "content", content, dirs_exist_ok=True)
    for path, text in search_planted.files():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _build(content: Path, output: Path) -> None:
    command = [sys.executable, str(ROOT / "tasks.py"), "build", "--content", str(content), "--output", str(output)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def texts_of(content: Path) -> dict[str, str]:
    """The text of every report by id, as its file has it."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((content / "meetings").rglob("*.md"))}


def _in_python(output: Path, queries: list[str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "plugins.search.asking", str(output)]
    done = subprocess.run(command, check=True, cwd=ROOT, input=json.dumps(queries), capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)


def _in_browser(output: Path, queries: list[str]) -> list[dict[str, Any]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto((output / urls.SEARCH).as_uri())
        manifest = Path(page.locator("#search").get_attribute("data-manifest") or "").stem
        told = page.evaluate(ASK, [urls.SEARCH_INDEX + "/", manifest, queries])
        browser.close()
    return told


def chromium() -> str:
    """The machine's Chromium. Raises FileNotFoundError where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("chromium")


def score(asked: Sequence[Judged], answers: Sequence[dict[str, Any]], texts: Mapping[str, str]) -> list[Scored]:
    """What each query reached."""
    keyed = {id: search_planted.keyed(text) for id, text in texts.items()}
    folded = {id: search_planted.unmarked(text) for id, text in texts.items()}
    made = []
    for judged, answer in zip(asked, answers, strict=True):
        wanted, ids = search_planted.wanted(judged, keyed, folded), answer["ids"]
        found = [id for id in ids[:10] if id in wanted]
        recall = len(found) / min(10, len(wanted)) if wanted else float(not ids)
        rank = next((place for place, id in enumerate(ids, 1) if id in wanted), 0)
        reciprocal = 1 / rank if rank else float(not wanted and not ids)
        phrase = recall if wanted and judged.needle and " " in judged.query and "|" not in judged.needle else None
        made.append(Scored(judged, recall, reciprocal, phrase, tuple(ids[:3])))
    return made


def report(scored: Sequence[Scored]) -> bool:
    """Prints the figures and the failures; whether every target is reached."""
    kinds: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        kinds[one.judged.kind].append(one)
    print(f"{'':20} queries  recall@10    MRR")
    for kind, ones in sorted(kinds.items()):
        print(f"{kind:20} {len(ones):7}  {_mean(one.recall for one in ones):9.3f}  {_mean(one.reciprocal for one in ones):5.3f}")
    figures = {
        "recall@10": _mean(one.recall for one in scored),
        "MRR": _mean(one.reciprocal for one in scored),
        "phrase": _mean(one.phrase for one in scored if one.phrase is not None),
    }
    lost = _mean(one.recall for one in scored if one.judged.kind.endswith("có dấu") and one.judged.pair) - _mean(
        one.recall for one in scored if one.judged.kind.endswith("không dấu")
    )
    print(
        f"{len(scored)} queries:",
        *(f"{name} {value:.3f} (≥ {TARGETS[name]})" for name, value in figures.items()),
        f"lost without marks {lost:.3f} (≤ {MOST_LOST})",
    )
    for one in scored:
        if one.recall < 1 or one.reciprocal < 1:
            print(f"  {one.judged.kind}: {one.judged.query!r} recall {one.recall:.2f}, reciprocal {one.reciprocal:.2f}, first {one.first}")
    return all(figures[name] >= target for name, target in TARGETS.items()) and lost <= MOST_LOST


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else 1.0
