"""Every link of every page: leads to a file and an anchor, from a web server and from a memory card alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from plugins.archive import urls
from plugins.archive.problems import N_

from .findings import Finding, Result, finding, result
from .pages import Element, Page
from .site import Site

_SCHEMES = {"http", "https", "mailto"}
_SAFE_RELATIONS = {"noopener", "noreferrer", "external"}


def check(site: Site) -> Result:
    links = [(page, element) for page in site.pages.values() for element in page.all("a", "area") if "href" in element.attributes]
    anchors = {path: set(page.ids) for path, page in site.pages.items()}
    found = [fault for page, element in links for fault in _faults(site, anchors, page, element)]
    return result(N_("Liên kết và mục trong trang"), len(links), [*found, *_unreached(site)])


def _faults(site: Site, anchors: dict[str, set[str]], page: Page, link: Element) -> Iterator[Finding]:
    address = link.get("href")
    try:
        parts = urlsplit(address)
    except ValueError:
        yield finding(page.path, link.line, "link-scheme", value=address)
        return
    if parts.scheme or parts.netloc:
        yield from _faults_of_absolute(site, page, link)
        return
    # A host sends the page for "not found" in answer to any address: only there nothing can be relative.
    target = site.resolve(page.path, address)
    if parts.path.startswith("/") and page.path != urls.NOT_FOUND:
        yield finding(page.path, link.line, "link-absolute", value=address)
    elif parts.path and "." not in parts.path.rsplit("/", 1)[-1].strip("."):
        yield finding(page.path, link.line, "link-folder", value=address)
    elif target is None or target not in site.files:
        yield finding(page.path, link.line, "link-broken", value=address)
    elif parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]:
        yield finding(page.path, link.line, "anchor-missing", value=address)


def _faults_of_absolute(site: Site, page: Page, link: Element) -> Iterator[Finding]:
    address = link.get("href")
    scheme = urlsplit(address).scheme.lower()
    if scheme not in _SCHEMES:
        yield finding(page.path, link.line, "link-scheme", value=address)
    elif site.own(address):
        if address.rstrip("/") != site.address:  # where the newest edition is, a copy may say
            yield finding(page.path, link.line, "link-absolute", value=address)
    elif scheme != "mailto" and not _SAFE_RELATIONS & set(link.get("rel").split()):
        yield finding(page.path, link.line, "link-rel", value=address)


def _unreached(site: Site) -> Iterator[Finding]:
    seen, waiting = {urls.HOME}, deque([urls.HOME])
    while waiting:
        here = waiting.popleft()
        for element in site.pages[here].all("a"):
            target = None if site.outside(element.get("href")) else site.resolve(here, element.get("href"))
            if target in site.pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    for path, page in site.pages.items():
        if path not in seen and path != urls.NOT_FOUND and not page.is_redirect:
            yield finding(path, 0, "page-unreached")
