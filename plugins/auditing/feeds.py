"""What a published site promises to readers that are programs: feeds, a sitemap, robots.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .findings import Finding, finding
from .site import Site

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MAX_SITEMAP_URLS = 50_000
MAX_SITEMAP_BYTES = 50 * 1024 * 1024


def check(site: Site) -> Iterator[Finding]:
    for path in site.files:
        if path.endswith(".xml"):
            try:
                root = ElementTree.parse(site.folder / path).getroot()
            except ElementTree.ParseError:
                continue  # told already, as a file that cannot be parsed
            yield from _faults(site, path, root)
    if site.address:
        yield from _robots_faults(site)


def _faults(site: Site, path: str, root: Element) -> Iterator[Finding]:
    if root.tag == f"{_ATOM}feed":
        yield from _feed_faults(site, path, root)
    elif root.tag in (f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"):
        yield from _sitemap_faults(site, path, root)


def _feed_faults(site: Site, path: str, feed: Element) -> Iterator[Finding]:
    """RFC 4287: a feed and each entry have an id, a title and a moment; ids are never shared."""
    entries = feed.findall(f"{_ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            if len(found := element.findall(f"{_ATOM}{name}")) != 1 or not (found[0].text or "").strip():
                yield finding(path, 0, "feed-incomplete", value=name)
        moment = element.findtext(f"{_ATOM}updated") or ""
        if _moment(moment) is None:
            yield finding(path, 0, "feed-incomplete", value=moment)
        yield from _link_faults(site, path, element)
    for id, count in Counter(entry.findtext(f"{_ATOM}id") for entry in entries).items():
        if count > 1:
            yield finding(path, 0, "feed-incomplete", value=id)


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _link_faults(site: Site, path: str, element: Element) -> Iterator[Finding]:
    for link in element.findall(f"{_ATOM}link"):
        address = link.get("href", "")
        if link.get("rel") != "via" and (site.outside(address) or site.resolve(path, address) not in site.files):
            yield finding(path, 0, "address-unknown", value=address)


def _sitemap_faults(site: Site, path: str, root: Element) -> Iterator[Finding]:
    places = [element.text or "" for element in root.iter(f"{_SITEMAP}loc")]
    if len(places) > MAX_SITEMAP_URLS or site.files[path] > MAX_SITEMAP_BYTES:
        yield finding(path, 0, "file-unparsed", format="sitemap", value=f"{len(places)} > {MAX_SITEMAP_URLS}")
    for address, count in Counter(places).items():
        target = site.resolve("", address) if site.own(address) else None
        if target not in site.files or count > 1:
            yield finding(path, 0, "address-unknown", value=address)
        elif target in site.pages and site.pages[target].is_hidden:
            yield finding(path, 0, "address-noindex", value=address)


def _robots_faults(site: Site) -> Iterator[Finding]:
    if "robots.txt" not in site.files:
        yield finding("robots.txt", 0, "link-broken", value="robots.txt")
        return
    for number, line in enumerate(site.text("robots.txt").splitlines(), 1):
        name, _, address = line.partition(":")
        if name.strip().lower() == "sitemap" and site.resolve("", address.strip()) not in site.files:
            yield finding("robots.txt", number, "address-unknown", value=address)
