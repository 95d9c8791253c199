"""An archive as a Hugo site whose pages show what ours show, page kind by page kind, in the same markup (layouts: hugo_layouts/).

What Hugo is spared: what headers.py works out; paragraphs have no ids, tasks no numbers of their own and citations in a text lead
nowhere; a long list goes on in pages of 75, where ours has one a year.
What it does as we do: related meetings, the strip of quarters, neighbours, counts, positions, companions, citations, structured data.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.rereading import markdown

from . import headers

LAYOUTS = Path(__file__).with_name("hugo_layouts")
_TAXONOMIES = ("cum", "to-chuc", "nguoi", "van-ban", "lich")
_RELATED = {
    "threshold": 1,
    "includeNewer": True,
    "indices": [
        {"name": "cum", "weight": 30},
        {"name": "nguoi", "weight": 25},
        {"name": "van-ban", "weight": 20, "cardinalityThreshold": 1},
    ],
}


def write(archive: Archive, folder: Path) -> None:
    """Writes the Hugo site of an archive below ``folder``."""
    shutil.copytree(LAYOUTS, folder / "layouts")
    _put(folder / "hugo.json", _json(_config(archive)))
    for path, authority in headers.authorities(archive):
        _put(folder / "content" / path / "_index.md", _json(authority))
    for name, url in (("ban-ghi", "hoi-nghi"), *((name, name) for name in _TAXONOMIES)):
        _put(folder / "content" / name / "_index.md", _json({"title": name, "url": f"/{url}.html"}))
    led = headers.led(archive)
    for meeting in archive.meetings.values():
        header = _json(headers.meeting(archive, meeting, led))
        _put(folder / "content" / "ban-ghi" / f"{meeting.id}.md", f"{header}\n\n{markdown(archive.content, meeting)}\n")


def _config(archive: Archive) -> dict[str, object]:
    years = sorted(archive.meetings_in_year)
    return {
        "baseURL": "https://vi-du.example/",
        "title": "Sổ Giao Ban",
        "locale": "vi",
        "uglyURLs": True,
        "taxonomies": {name: name for name in _TAXONOMIES},
        "disableKinds": ["RSS", "sitemap", "robotsTXT", "404"],
        "pagination": {"pagerSize": 75, "disableAliases": True},
        "related": _RELATED,
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
        "params": {"first": years[0], "last": years[-1] + 1, "first_second": _second(years[0]), "last_second": _second(years[-1] + 1)},
    }


def _second(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")
