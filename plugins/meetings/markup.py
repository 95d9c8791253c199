"""How a Markdown body becomes a tree: no raw HTML, anchors on every passage, the tasks marked, citations linked.

Editors' text is untrusted. Raw HTML is not read at all (it shows as it was typed), and what Python-Markdown makes is sanitised once more
in :mod:`meetings.bodies`. Only Python-Markdown's registries are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plugins.archive import citations, text
from plugins.archive.outputs import Task

from .announcing import giver_of_tasks

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ol", "ul"}
_LINKABLE = {"p", "li", "em", "strong", "blockquote", "td", "th"}
_SCHEMES = {"http", "https", "mailto"}
# What Python-Markdown writes as it stands, so that a browser reads it: any other ampersand is an ampersand.
_REFERENCE = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)

DocumentPath = Callable[[str, str], str]
"""(type, number) gives the link target of a cited document, or "" where the record cites none such."""


@dataclass(slots=True)
class Marks:
    """What a tree held, for the record beside its HTML."""

    passages: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    given_by: str = ""
    paragraphs: int = 0


class BodyExtension(Extension):
    """Takes raw HTML out of Python-Markdown and puts a :class:`Marker` behind all other steps."""

    marker: Marker

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "entity", "automail"):
            md.inlinePatterns.deregister(pattern)
        # After "unescape" (0): the tree then holds the text that readers see.
        self.marker = Marker(md)
        md.treeprocessors.register(self.marker, "sogiaoban", -10)


class Marker(Treeprocessor):
    """Gives the tree of one body its anchors and links. The caller says beforehand where citations lead, and reads what was marked."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.marks = Marks()
        self.document_path: DocumentPath = lambda type, number: ""

    def begin(self, document_path: DocumentPath) -> None:
        """Before each body: an empty source never reaches the tree, and must not show what the body before it held."""
        self.marks, self.document_path = Marks(), document_path

    def run(self, root: Element) -> None:
        _tame(root)  # first: a picture that becomes words belongs to its passage
        self._lower_headings(root)
        tasks = self._find_tasks(root)
        for block in list(root):
            self._mark(block, tasks)
        self._link(root, self.document_path)

    def _lower_headings(self, root: Element) -> None:
        for number, heading in enumerate((e for e in root.iter() if e.tag in _HEADINGS), 1):
            heading.tag = "h2" if heading.tag == "h1" else heading.tag
            heading.set("id", f"muc-{number}")

    def _find_tasks(self, root: Element) -> Element | None:
        """The ordered list right under the first heading that announces tasks."""
        for heading, following in zip(root, list(root)[1:], strict=False):
            giver = giver_of_tasks(_plain(heading)) if heading.tag in _HEADINGS and following.tag == "ol" else None
            if giver is not None:
                heading.set("class", "tasks-heading")
                following.set("class", "tasks")
                self.marks.given_by = giver
                return following
        return None

    def _mark(self, block: Element, tasks: Element | None) -> None:
        if block is tasks:
            for number, item in enumerate(block, 1):
                self._mark_task(item, number)
        elif block.tag in _LISTS or block.tag == "blockquote":
            for child in block:
                self._mark(child, tasks)
        elif block.tag in ("p", "li") and _plain(block):
            self.marks.paragraphs += 1
            anchor = f"doan-{self.marks.paragraphs}"
            block.set("id", anchor)
            self.marks.passages.append((anchor, _plain(block)))
        elif block.tag in _HEADINGS or block.tag == "table":
            self.marks.passages.append((block.get("id", ""), _plain(block)))

    def _mark_task(self, item: Element, number: int) -> None:
        anchor, content = f"nv-{number}", _plain(item)
        self.marks.tasks.append(Task(number=number, anchor=anchor, text=content))
        self.marks.passages.append((anchor, content))
        item.set("id", anchor)
        link = Element("a", {"class": "task-number", "href": f"#{anchor}"})
        link.text, link.tail, item.text = AtomicString(str(number)), f" {item.text or ''}", ""
        item.insert(0, link)

    def _link(self, element: Element, document_path: DocumentPath) -> None:
        for child in list(element):
            if child.tag not in ("a", "code", "pre"):
                self._link(child, document_path)
        if element.tag in _LINKABLE:
            _link_citations(element, document_path)


def _link_citations(element: Element, document_path: DocumentPath) -> None:
    """Turns the numbers in an element's own text, and in the tails of its children, into links."""
    _split(element, element.text or "", document_path, at=0, set_text=partial(setattr, element, "text"))
    for child in list(element):
        if child.get("class") != "cite":
            position = list(element).index(child) + 1
            _split(element, child.tail or "", document_path, at=position, set_text=partial(setattr, child, "tail"))


def _split(element: Element, content: str, document_path: DocumentPath, *, at: int, set_text: Callable[[str], None]) -> None:
    end = 0
    for mention in citations.find(content):
        target = document_path(mention.type, mention.number)
        if not target:
            continue
        set_text(content[end : mention.start])
        link = Element("a", {"class": "cite", "href": target})
        link.text = AtomicString(content[mention.start : mention.end])
        element.insert(at, link)
        at, end, set_text = at + 1, mention.end, partial(setattr, link, "tail")
    if end:
        set_text(content[end:])


def _tame(root: Element) -> None:
    """Pictures become links or words, links elsewhere say so; no page loads anything from another host."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag == "img":
                _picture_to_link(child)
            if child.tag == "a":
                _tame_link(child)


def _picture_to_link(image: Element) -> None:
    source, alt = image.get("src", ""), image.get("alt", "")
    image.attrib.clear()
    image.tag = "a" if _is_outside(source) else "span"
    image.text = AtomicString(alt or source)
    if image.tag == "a":
        image.set("href", source)


def _tame_link(link: Element) -> None:
    if _is_outside(link.get("href", "")):
        link.set("rel", "external nofollow noopener noreferrer")


def _is_outside(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def _plain(element: Element) -> str:
    return text.clean("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    # Blocks inside an element (the paragraphs of a loose list item) must not run together.
    yield _as_read(element.text or "")
    for child in element:
        yield from _texts(child)
        yield " " if child.tag in ("p", "li", "td", "th", "tr", "br", "ol", "ul") else ""
        yield _as_read(child.tail or "")


def _as_read(content: str) -> str:
    """Text of the tree as it reads on the page: ``&lt;`` is <, ``&nbsp;`` a space."""
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), content) if "&" in content else content
