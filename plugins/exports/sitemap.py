"""The sitemap (www.sitemaps.org/protocol.html): every page that a reader may look for, with the day of its last change where known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote
from xml.etree import ElementTree

LIMIT = 50_000
"""Addresses in one file, as the protocol has it; 50,000 of ours stay far below its 50 MB."""

NAME = "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(paths: Sequence[str], changes: Mapping[str, datetime.date], site_url: str, limit: int = LIMIT) -> Iterator[tuple[str, bytes]]:
    """Pairs of output path and XML: one file, or an index and as many files as it takes."""
    parts = [paths[start : start + limit] for start in range(0, len(paths), limit)]
    if len(parts) <= 1:
        yield NAME, _urlset(paths, changes, site_url)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files = list(zip(names, parts, strict=True))
    yield NAME, _xml("sitemapindex", "sitemap", [(name, _newest(part, changes)) for name, part in files], site_url)
    for name, part in files:
        yield name, _urlset(part, changes, site_url)


def robots(site_url: str) -> bytes:
    """Everybody may read everything; crawlers learn where the sitemap is (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}/{NAME}\n".encode()


def _urlset(paths: Sequence[str], changes: Mapping[str, datetime.date], site_url: str) -> bytes:
    return _xml("urlset", "url", [(path, changes.get(path)) for path in paths], site_url)


def _newest(paths: Sequence[str], changes: Mapping[str, datetime.date]) -> datetime.date | None:
    return max((changes[path] for path in paths if path in changes), default=None)


def _xml(root_name: str, entry_name: str, entries: Sequence[tuple[str, datetime.date | None]], site_url: str) -> bytes:
    root = ElementTree.Element(root_name, xmlns=_NAMESPACE)
    for path, changed in entries:
        entry = ElementTree.SubElement(root, entry_name)
        ElementTree.SubElement(entry, "loc").text = f"{site_url}/{quote(path)}"
        if changed:
            ElementTree.SubElement(entry, "lastmod").text = changed.isoformat()
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
