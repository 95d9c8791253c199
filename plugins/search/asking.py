"""Asks the index of a built site from the command line: ``python -m plugins.search.asking OUTPUT < queries.json``.

Takes a JSON list of queries, gives a JSON list of {"ids", "stretched", "named", "seconds"}: at most a hundred meetings, best first.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from plugins.archive import urls

from .engine import Engine
from .names import candidates
from .reading import Index, from_folder

MOST = 100


def open_engine(output: Path) -> Engine:
    """The engine over the index of a site; the manifest is the one that its search page names."""
    page = (output / urls.SEARCH).read_text(encoding="utf-8")
    manifest = page.split(f'data-manifest="{urls.SEARCH_INDEX}/', 1)[1].split(".js", 1)[0]
    return Engine(Index(from_folder(output), manifest))


def answer(engine: Engine, query: str) -> dict[str, Any]:
    started = time.perf_counter()
    found = engine.run(query)
    seconds = time.perf_counter() - started
    named = candidates(engine.index, found.asked.units, False)[:4] if found.asked.units else []
    ids = [engine.index.card(place)[0] for place in found.hits[:MOST]]
    return {"ids": ids, "stretched": found.stretched, "named": [name[3] for name in named], "seconds": seconds}


def main(arguments: list[str]) -> int:
    engine = open_engine(Path(arguments[0]))
    json.dump([answer(engine, query) for query in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
