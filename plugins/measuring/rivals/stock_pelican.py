"""An archive as a plain Pelican blog: meetings as articles, clusters as categories, people as authors, documents as tags, years as archives."""

from __future__ import annotations

from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting

_SETTINGS = """SITENAME = "Sổ"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
RELATIVE_URLS = True
READERS = {"rst": None, "html": None}
PLUGINS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
YEAR_ARCHIVE_SAVE_AS = "lich/{date:%Y}.html"
DEFAULT_PAGINATION = 150
PAGINATED_TEMPLATES = {"category": 150, "author": 150, "tag": 150}
"""
_BASE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{% block title %}{% endblock %} – {{ SITENAME }}</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="{{ SITEURL }}/theme/site.css"></head><body><a href="#noi-dung">Đến nội dung</a><header><a href="{{ SITEURL }}/">{{ SITENAME }}</a><nav><a href="{{ SITEURL }}/categories.html">Cụm</a>
<a href="{{ SITEURL }}/authors.html">Người</a> <a href="{{ SITEURL }}/tags.html">Văn bản</a></nav></header><main id="noi-dung">{% block main %}{% endblock %}</main>
<footer><p>Kho tư liệu hội nghị</p></footer></body></html>"""
_ROW = """{% macro row(a) %}<li><p><time datetime="{{ a.date.isoformat() }}">{{ a.locale_date }}</time></p><div><h3><a href="{{ SITEURL }}/{{ a.url }}">{{ a.title|e }}</a></h3>
<p>{{ a.category }}. Chủ trì: {{ a.authors|join(", ") }}</p></div></li>{% endmacro %}"""
_LIST = """{% extends "base.html" %}{% from "row.html" import row with context %}{% block title %}{{ NAME }}{% endblock %}{% block main %}<h1>{{ NAME }}</h1><ol>
{% for article in (articles_page.object_list if articles_page else articles) %}{{ row(article) }}{% endfor %}</ol>{% endblock %}"""
_INDEX = """{% extends "base.html" %}{% block title %}Mục lục{% endblock %}{% block main %}<ul>{% for name, articles in ITEMS %}<li><a href="{{ SITEURL }}/{{ name.url }}">{{ name }}</a> {{ articles|count }}</li>{% endfor %}</ul>{% endblock %}"""
_ARTICLE = """{% extends "base.html" %}{% block title %}{{ article.title|e }}{% endblock %}{% block main %}<h1>{{ article.title|e }}</h1><aside><dl><dt>Ngày diễn ra</dt><dd>{{ article.locale_date }}</dd>
<dt>Cụm</dt><dd><a href="{{ SITEURL }}/{{ article.category.url }}">{{ article.category }}</a></dd><dt>Chủ trì</dt><dd>{% for a in article.authors %}<a href="{{ SITEURL }}/{{ a.url }}">{{ a }}</a>{% endfor %}</dd>
<dt>Đơn vị đăng cai</dt><dd>{{ article.host }}</dd><dt>Địa điểm</dt><dd>{{ article.venue }}</dd></dl></aside><article>{{ article.content }}</article>
<ul>{% for t in article.tags %}<li><a href="{{ SITEURL }}/{{ t.url }}">{{ t }}</a></li>{% endfor %}</ul><p><a href="{{ article.source }}">{{ article.source }}</a></p>{% endblock %}"""
_TEMPLATES = {
    "base.html": _BASE,
    "row.html": _ROW,
    "article.html": _ARTICLE,
    "category.html": _LIST.replace("NAME", "category"),
    "author.html": _LIST.replace("NAME", "author"),
    "tag.html": _LIST.replace("NAME", "tag"),
    "period_archives.html": _LIST.replace("{{ NAME }}", "{{ period[0] }}"),
    "index.html": _LIST.replace("{{ NAME }}", "{{ SITENAME }}"),
    "categories.html": _INDEX.replace("ITEMS", "categories"),
    "authors.html": _INDEX.replace("ITEMS", "authors"),
    "tags.html": _INDEX.replace("ITEMS", "tags"),
    "archives.html": _LIST.replace("{{ NAME }}", "Mọi hội nghị"),
}


def write(archive: Archive, folder: Path) -> None:
    """Writes the blog of an archive below ``folder``."""
    _put(folder / "pelicanconf.py", _SETTINGS)
    _put(folder / "theme" / "static" / "site.css", "")
    for name, template in _TEMPLATES.items():
        _put(folder / "theme" / "templates" / name, template)
    for meeting in archive.meetings.values():
        _put(folder / "content" / f"{meeting.id}.md", _article(archive, meeting))


def _article(archive: Archive, meeting: Meeting) -> str:
    header = {
        "Title": meeting.title,
        "Date": str(meeting.date.first_day),
        "Slug": meeting.id,
        "Category": archive.clusters[meeting.cluster].label if meeting.cluster else "Khác",
        "Authors": "; ".join(dict.fromkeys(p.name for p in meeting.participations if p.person)),
        "Tags": ", ".join(archive.documents[c.document].label for c in meeting.citations),
        "Host": ", ".join(archive.organizations[id].name for id in meeting.hosts),
        "Venue": meeting.venue,
        "Source": meeting.sources[0].url if meeting.sources else "",
        "Summary": meeting.summary,
    }
    return "".join(f"{key}: {value}\n" for key, value in header.items() if value) + f"\n{meeting.body}\n"


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")
