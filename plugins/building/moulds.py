"""What a page is made of besides what it reads of the archive: its template with all that this includes, plain values, and what all pages share."""

from __future__ import annotations

import pickle
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType, ModuleType
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound

from plugins.archive.archive import Archive
from plugins.archive.tracing import digest, is_followed, plain_bytes

_FOLLOWED = frozenset({"archive", "gathered", "problems", "revision", "keep", "standing"})
"""What a page reads of these is noted read by read, or is none of a page's business."""
_LARGEST = 4_000_000
"""Bytes of a page's own values; it would cost as much to know that so large a page is the same as to make it."""
_SHORT = 1_000
"""Characters of a text that is compared as it is."""


class Moulds:
    """Of one build. ``share`` comes first."""

    def __init__(self) -> None:
        self._shared = b""
        self._templates: dict[str, bytes] = {}
        self._parts: dict[str, tuple[str, frozenset[str]]] = {}

    def share(self, context: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        """What all pages see. Settings are not looked at: where one of them is another, all pages are made."""
        own = {name: value for name, value in context.items() if name not in settings and name not in _FOLLOWED and name not in _PELICAN}
        self._shared = _told(own)

    def of(self, template: Template, own: Mapping[str, Any]) -> bytes:
        """Empty where something cannot be compared."""
        try:
            values = _own_bytes(own)
        except (pickle.PicklingError, TypeError, AttributeError, ValueError):
            return b""
        return digest(self._shared + self._of_template(template.environment, template.name or "") + values) if self._shared else b""

    def _of_template(self, environment: Environment, name: str) -> bytes:
        """All generators of a build read templates from the same places."""
        if name not in self._templates:
            sources = self._with_parts(environment, name)
            self._templates[name] = digest("\0".join(f"{part}\0{source}" for part, source in sorted(sources.items())).encode())
        return self._templates[name]

    def _with_parts(self, environment: Environment, name: str) -> dict[str, str]:
        """The sources of a template and of all that it extends, includes or imports."""
        sources: dict[str, str] = {}
        waiting = {name}
        while waiting:
            part = waiting.pop()
            if part not in self._parts:
                self._parts[part] = _source_and_parts(environment, part)
            sources[part], parts = self._parts[part]
            waiting |= parts - sources.keys()
        return sources


def _own_bytes(own: Mapping[str, Any]) -> bytes:
    """Of what a page was given; nearly all pages were given nothing but a few texts."""
    if all([type(value) is str and len(value) < _SHORT for value in own.values()]):  # noqa: C419 - a list is quicker
        return repr(own).encode()
    return plain_bytes(dict(own), _LARGEST)


_PELICAN = frozenset({"generated_content", "static_content", "static_links", "filenames", "localsiteurl"})
"""Pelican's own, of the articles and files that it would write: no template of an archive shows them."""


_TAG = re.compile(r"[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?$", re.DOTALL)
_NAMED = re.compile(r"""\s*(?:"([^"\\]+)"|'([^'\\]+)')\s*(?:(?:as|import|ignore|with|without)\b[\w\s,]*)?""")


def _source_and_parts(environment: Environment, name: str) -> tuple[str, frozenset[str]]:
    """A template, and which ones it names; all there are, where it names one by more than a plain name. To take it apart as Jinja does would cost
    a hundred times as much."""
    assert environment.loader
    try:
        source = environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:  # which a template may allow for
        return "", frozenset()
    named = [_NAMED.fullmatch(tag) for tag in _tags(environment, source)]
    if environment.line_statement_prefix or not all(named):
        return source, frozenset(environment.list_templates())
    return source, frozenset(one[1] or one[2] for one in named if one)


def _tags(environment: Environment, source: str) -> Iterator[str]:
    """What stands in the tags that name other templates, behind their first word."""
    for piece in source.split(environment.block_start_string)[1:]:
        if tag := _TAG.match(piece.partition(environment.block_end_string)[0]):
            yield tag[1]


def _told(value: object) -> bytes:
    """A digest of a value of Pelican's context; empty where it cannot be told."""
    try:
        return digest(repr(_plain(value)).encode())
    except (pickle.PicklingError, TypeError, AttributeError, ValueError):
        return b""


def _plain(value: Any) -> Hashable | list[Any]:
    if value is None or isinstance(value, str | int | float | bytes):
        return value
    if isinstance(value, Archive) or is_followed(value):
        return "followed"
    if isinstance(value, ModuleType | FunctionType | type):
        return value.__name__
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(_told, value))
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, one.name)) for one in fields(value))]
    return plain_bytes(value)
