"""A page of HTML as the facts an audit asks for: one pass over its text, by the parser of the standard library."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# SVG elements that templates write as <path …/>.
_SELF_CLOSED = {"path", "circle", "rect", "line", "use", "polyline", "polygon", "ellipse", "stop"}
# HTML lets these go unclosed; our templates close them, and a body that leaves one open breaks the page around it.
_RAW_TEXT = {"script", "style"}


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: its name, attributes (the first of each name counts) and line."""

    tag: str
    attributes: dict[str, str]
    line: int
    in_head: bool

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def is_refresh(self) -> bool:
        return self.tag == "meta" and self.get("http-equiv").lower() == "refresh"


@dataclass(slots=True)
class Page:
    """A page taken apart. ``scripts`` are inline ones as (element, text); ``unbalanced`` tags as (line, tag)."""

    path: str
    elements: list[Element] = field(default_factory=list)
    scripts: list[tuple[Element, str]] = field(default_factory=list)
    styles: list[Element] = field(default_factory=list)
    unbalanced: list[tuple[int, str]] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def ids(self) -> Counter[str]:
        return Counter(element.get("id") for element in self.elements if "id" in element.attributes)

    @property
    def is_redirect(self) -> bool:
        return any(element.is_refresh for element in self.elements)

    @property
    def is_hidden(self) -> bool:
        """Search engines are told to leave it out."""
        return any(e.get("name").lower() == "robots" and "noindex" in e.get("content") for e in self.all("meta"))


def parse(text: str, path: str) -> Page:
    reader = _Reader(path)
    reader.feed(text)
    reader.close()
    reader.page.unbalanced.extend((line, f"<{tag}>") for tag, line in reader.open)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(path)
        self.open: list[tuple[str, int]] = []
        self.raw: tuple[Element, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        element = Element(tag, attributes, self.getpos()[0], any(name == "head" for name, _ in self.open))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append((tag, element.line))
        if tag in _RAW_TEXT:
            self.raw = element, []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in VOID:
            return
        self.open.pop()
        if tag not in _SELF_CLOSED:
            self.page.unbalanced.append((self.getpos()[0], f"<{tag}/>"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _RAW_TEXT and self.raw is not None:
            element, pieces = self.raw
            self.raw = None
            self._keep_raw(element, "".join(pieces))
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.page.unbalanced.append((self.getpos()[0], f"</{tag}>"))

    def _keep_raw(self, element: Element, text: str) -> None:
        if element.tag == "style":
            self.page.styles.append(element)
        elif "src" not in element.attributes:
            self.page.scripts.append((element, text))

    def handle_data(self, data: str) -> None:
        if self.raw is not None:
            self.raw[1].append(data)
