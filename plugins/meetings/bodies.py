"""Markdown in, safe HTML and its passages out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import nh3
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

from plugins.archive.outputs import Body

from . import plain
from .indenting import deepened
from .markup import BodyExtension, DocumentPath

_TAGS = {
    "p", "br", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote", "ol", "ul", "li", "hr", "a", "span", "sup", "sub",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ANCHORED = {"p", "li", "h2", "h3", "h4", "h5", "h6"}
_ATTRIBUTES = {"a": {"href", "class", "rel"}, "ol": {"start", "class"}, **{tag: {"id", "class"} for tag in _ANCHORED}}
_OWN_IDS = re.compile(r"(?:doan|nv|muc)-\d+")
_OWN_CLASSES = {"cite", "task-number", "tasks", "tasks-heading"}


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id":
        return value if _OWN_IDS.fullmatch(value) else None
    if attribute == "class":
        return value if value in _OWN_CLASSES else None
    return value


def sanitise(html: str) -> str:
    """Only tags and attributes on the list, only http, https, mailto and relative addresses, only ids and classes of our own."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


class BodyRenderer:
    """Renders bodies one after another with one Markdown instance, which is costly to make.

    ``tidy`` puts spaces that do not break where Vietnamese wants none broken, in HTML.
    """

    def __init__(self, tidy: Callable[[Markup], Markup]) -> None:
        self._tidy = tidy
        extension = BodyExtension()
        # Not by name: for a name Markdown asks every package that is installed.
        self._markdown = Markdown(extensions=[TableExtension(), SaneListExtension(), extension], output_format="html")
        self._marker = extension.marker

    def render(self, source: str, document_path: DocumentPath = lambda type, number: "") -> Body:
        """One body. ``document_path`` gives the link target of each cited document."""
        body = plain.render(source, document_path) or self.render_marked(source, document_path)
        return replace(body, html=str(self._tidy(Markup(body.html))))

    def render_marked(self, source: str, document_path: DocumentPath = lambda type, number: "") -> Body:
        """One body by way of Python-Markdown and the sanitiser, not yet tidied."""
        self._markdown.reset()
        self._marker.begin(document_path)
        html = sanitise(self._markdown.convert(deepened(source)))
        marks = self._marker.marks
        return Body(
            html=html,
            text="\n".join(passage for _, passage in marks.passages),
            tasks=tuple(marks.tasks),
            given_by=marks.given_by,
            passages=tuple(marks.passages),
        )
