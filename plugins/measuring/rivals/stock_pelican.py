"""An archive as a Pelican blog whose pages show what ours show: meetings are articles, clusters categories, people authors, documents tags.

All that Pelican can do is done by Pelican as it comes; what it cannot, by a plugin of the ordinary kind (pelican_site/facts.py): pages of
organizations and quarters, related meetings, and what the pages of a cluster, a person and a document tell.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting
from plugins.archive.rereading import markdown

from . import headers

SITE = Path(__file__).with_name("pelican_site")
_SETTINGS = """import sys

sys.path.insert(0, ".")
import facts

SITENAME = "Sổ Giao Ban"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
RELATIVE_URLS = True
READERS = {{"rst": None, "html": None}}
PLUGIN_PATHS = ["."]
PLUGINS = ["facts"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
DIRECT_TEMPLATES = ["index", "categories", "authors", "tags", "archives"]
ARTICLE_URL = ARTICLE_SAVE_AS = "ban-ghi/{{slug}}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "cum/{{slug}}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "nguoi/{{slug}}.html"
TAG_URL = TAG_SAVE_AS = "van-ban/{{slug}}.html"
CATEGORIES_SAVE_AS, AUTHORS_SAVE_AS, TAGS_SAVE_AS, ARCHIVES_SAVE_AS = "cum.html", "nguoi.html", "van-ban.html", "hoi-nghi.html"
YEAR_ARCHIVE_URL = YEAR_ARCHIVE_SAVE_AS = "lich/{{date:%Y}}.html"
PAGINATED_TEMPLATES = dict.fromkeys(["category", "author", "tag", "period_archives", "organization", "quarter"], 75)
JINJA_GLOBALS = {{**facts.GLOBALS, "FIRST": {first}, "LAST": {last}}}
JINJA_ENVIRONMENT = {{"trim_blocks": True, "lstrip_blocks": True}}
"""


def write(archive: Archive, folder: Path) -> None:
    """Writes the blog of an archive below ``folder``."""
    shutil.copytree(SITE / "templates", folder / "theme" / "templates")
    (folder / "theme" / "static").mkdir()
    shutil.copy(SITE / "facts.py", folder / "facts.py")
    years = sorted(archive.meetings_in_year)
    _put(folder / "pelicanconf.py", _SETTINGS.format(first=years[0], last=years[-1] + 1))
    _put(folder / "content" / "who.json", json.dumps(_who(archive), ensure_ascii=False))
    led = headers.led(archive)
    for meeting in archive.meetings.values():
        _put(folder / "content" / f"{meeting.id}.md", _article(archive, meeting, headers.meeting(archive, meeting, led)))


def _who(archive: Archive) -> dict[str, dict[str, headers.Header]]:
    """Clusters and organizations by id; the rest Pelican knows from the articles."""
    found: dict[str, dict[str, headers.Header]] = {"cum": {}, "to-chuc": {}}
    for path, header in headers.authorities(archive):
        kind, _, id = path.partition("/")
        found.setdefault(kind, {})[id] = header
    return {kind: found[kind] for kind in ("cum", "to-chuc")}


def _article(archive: Archive, meeting: Meeting, facts: headers.Header) -> str:
    header = {
        "Title": meeting.title,
        "Date": str(meeting.date.first_day),
        "Slug": meeting.id,
        "Category": str(facts["cluster_label"]),
        "Authors": "; ".join(dict.fromkeys(p.name for p in meeting.participations if p.person)),
        "Tags": ", ".join(dict.fromkeys(archive.documents[c.document].label for c in meeting.citations)),
        "Summary": meeting.summary,
        "Data": json.dumps(facts, ensure_ascii=False),
    }
    return "".join(f"{key}: {value}\n" for key, value in header.items() if value) + f"\n{markdown(archive.content, meeting)}\n"


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")
