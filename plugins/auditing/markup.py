"""HTML without another program: ids once and our own, every element closed where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.archive.problems import N_

from .findings import Finding, Result, finding, result
from .pages import Page
from .site import Site

# An element with such an id or name takes the place of what scripts ask the document for ("DOM clobbering").
_SHADOWING = {
    "body", "head", "forms", "images", "links", "scripts", "cookie", "domain", "location", "title", "documentElement", "defaultView",
    "getElementById", "querySelector", "querySelectorAll", "createElement", "addEventListener", "constructor", "prototype", "__proto__",
    "window", "document", "self", "top", "parent", "opener", "localStorage", "sessionStorage", "navigator", "history", "attributes",
    "children", "childNodes", "firstChild", "innerHTML", "textContent", "nodeName", "submit", "action", "method", "length",
    "sogiaoban", "SoGiaoBan",
}  # fmt: skip


def check(site: Site) -> Result:
    return result(N_("HTML: id và thẻ"), len(site.pages), (fault for page in site.pages.values() for fault in _faults(page)))


def _faults(page: Page) -> Iterator[Finding]:
    for name, count in page.ids.items():
        if count > 1:
            yield finding(page.path, 0, "id-twice", value=name)
    for element in page.elements:
        for name in (element.get("id"), element.get("name") if element.tag in ("a", "img", "form", "iframe", "object") else ""):
            if name in _SHADOWING:
                yield finding(page.path, element.line, "id-shadows", value=name)
    for line, tag in page.unbalanced[:3]:  # one tag left open brings every later one out of step
        yield finding(page.path, line, "markup-unbalanced", value=tag)
