"""What a page may do: a strict content security policy, no code of its own, nothing from another host."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Container, Iterator

from plugins.archive.problems import N_

from .findings import Finding, Result, finding, result
from .pages import Element, Page
from .site import Site

# Where an element names something that the browser fetches without being asked.
_LOADING = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src", "srcdoc"), "video": ("src", "poster"),
    "audio": ("src",), "track": ("src",), "embed": ("src",), "object": ("data",), "input": ("src",), "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"), "body": ("background",),
}  # fmt: skip
# Relations of <link> that name other pages and load nothing.
_NAMING = {"canonical", "alternate", "next", "prev", "license", "author", "search", "describedby", "self", "up", "index", "help"}
_FORBIDDEN = {"base", "iframe", "frame", "frameset", "embed", "object", "applet", "foreignobject", "animate", "set", "portal"}
_DATA = {"application/ld+json", "application/json"}
# "file:" opens nothing on a web server, and a page opened from a folder has no 'self' to speak of.
_SOURCES = {"'self'", "'none'", "file:"}
_IMPORT = re.compile(r"@import\s+(?:url\()?\s*[\"']?([^\"')]+)|url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)


def check(site: Site) -> Result:
    styles = [path for path in site.files if path.endswith(".css")]
    found = [fault for page in site.pages.values() for fault in _faults(site, page)]
    found += [fault for path in styles for fault in _style_faults(site, path)]
    return result(N_("Chính sách nội dung (CSP), mã lạ, máy chủ khác"), len(site.pages) + len(styles), found)


def _faults(site: Site, page: Page) -> Iterator[Finding]:
    yield from _policy_faults(page)
    for element, text in page.scripts:
        if element.get("type") not in _DATA:
            yield finding(page.path, element.line, "script-inline", value=text)
    for element in page.styles:
        yield finding(page.path, element.line, "style-inline", value="<style>")
    for element in page.elements:
        yield from _element_faults(site, page, element)


def _policy_faults(page: Page) -> Iterator[Finding]:
    policies = [(n, e) for n, e in enumerate(page.elements) if e.tag == "meta" and e.get("http-equiv").lower() == "content-security-policy"]
    loading = (n for n, element in enumerate(page.elements) if element.tag in ("script", "link", "style", "img"))
    loads = next(loading, len(page.elements))
    if not policies or policies[0][0] > loads or not policies[0][1].in_head:
        yield finding(page.path, 0, "policy-missing")
        return
    element = policies[0][1]
    data = [text for script, text in page.scripts if script.get("type") in _DATA]
    for value in sorted(set(weaknesses(element.get("content"), {_digest(text) for text in data}))):
        yield finding(page.path, element.line, "policy-weak", value=value)


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def weaknesses(policy: str, digests: Container[str] = ()) -> Iterator[str]:
    """What a policy allows beyond files of this site. ``data:`` is suffered for pictures alone; ``digests`` are those of data in the page,
    which runs nowhere."""
    words = [directive.split() for directive in policy.split(";") if directive.split()]
    directives = {name.lower(): sources for name, *sources in words}
    if directives.get("default-src") != ["'none'"]:
        yield f"default-src {' '.join(directives.get('default-src', ['*']))}"
    for name in ("form-action", "base-uri"):
        if name not in directives:  # default-src does not stand in for these
            yield f"{name} *"
    for name, sources in directives.items():
        allowed = _SOURCES | ({"data:"} if name == "img-src" else set())
        yield from (f"{name} {source}" for source in sources if source.lower() not in allowed and source not in digests)


def _element_faults(site: Site, page: Page, element: Element) -> Iterator[Finding]:
    if element.tag in _FORBIDDEN:
        yield finding(page.path, element.line, "element-forbidden", value=f"<{element.tag}>")
    for name, value in element.attributes.items():
        if name.startswith("on"):
            yield finding(page.path, element.line, "handler-inline", value=f"{name}={value}")
        elif name == "style":
            yield finding(page.path, element.line, "style-inline", value=value)
        elif _is_script_address(value) and name in ("href", "src", "action", "formaction", "xlink:href", "content", "data", "poster"):
            yield finding(page.path, element.line, "script-inline", value=value)
    for address in _loaded(element):
        if site.outside(address):
            yield finding(page.path, element.line, "loaded-outside", value=address)
        elif (target := site.resolve(page.path, address)) is None or target not in site.files:
            yield finding(page.path, element.line, "link-broken", value=address)
    if element.tag in ("form", "button", "input"):
        for name in ("action", "formaction"):
            if site.outside(element.get(name)):
                yield finding(page.path, element.line, "loaded-outside", value=element.get(name))


def _is_script_address(value: str) -> bool:
    # Browsers drop control characters and white space within a scheme.
    return re.sub(r"[\x00-\x20]", "", value).lower().startswith(("javascript:", "vbscript:", "data:"))


def _loaded(element: Element) -> Iterator[str]:
    if element.tag == "link" and "href" in element.attributes and not set(element.get("rel").lower().split()) <= _NAMING:
        yield element.get("href")
    for name in _LOADING.get(element.tag, ()):
        value = element.get(name)
        if name == "srcset":
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.split())
        elif value and not value.startswith("#"):
            yield value


def _style_faults(site: Site, path: str) -> Iterator[Finding]:
    text = site.text(path)
    for match in _IMPORT.finditer(text):
        address = (match[1] or match[2]).strip()
        line = text.count("\n", 0, match.start()) + 1
        if site.outside(address) and not address.startswith("data:image/"):
            yield finding(path, line, "loaded-outside", value=address)
        elif not site.outside(address) and site.resolve(path, address) not in site.files:
            yield finding(path, line, "link-broken", value=address)
