"""What a page is made of besides what it reads of the archive: its template with all that this includes, plain values, and what all pages share."""

from __future__ import annotations

import pickle
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType, ModuleType
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, meta

from plugins.archive.archive import Archive
from plugins.archive.tracing import digest, is_followed, plain_bytes

_FOLLOWED = frozenset({"archive", "gathered", "problems", "revision", "keep", "standing"})
"""What a page reads of these is noted read by read, or is none of a page's business."""
_LARGEST = 4_000_000
"""Bytes of a page's own values; it would cost as much to know that so large a page is the same as to make it."""


class Moulds:
    """Of one build. ``share`` comes first."""

    def __init__(self) -> None:
        self._shared = b""
        self._templates: dict[tuple[int, str], bytes] = {}

    def share(self, context: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        """What all pages see. Settings are not looked at: where one of them is another, all pages are made."""
        own = {name: value for name, value in context.items() if name not in settings and name not in _FOLLOWED and name not in _PELICAN}
        self._shared = _told(own)

    def of(self, template: Template, own: Mapping[str, Any]) -> bytes:
        """Empty where something cannot be compared."""
        try:
            values = plain_bytes(dict(own), _LARGEST)
        except (pickle.PicklingError, TypeError, AttributeError, ValueError):
            return b""
        return digest(self._shared + self._of_template(template.environment, template.name or "") + values) if self._shared else b""

    def _of_template(self, environment: Environment, name: str) -> bytes:
        key = id(environment), name
        if key not in self._templates:
            sources = _with_parts(environment, name)
            self._templates[key] = digest("\0".join(f"{part}\0{source}" for part, source in sorted(sources.items())).encode())
        return self._templates[key]


_PELICAN = frozenset({"generated_content", "static_content", "static_links", "filenames", "localsiteurl"})
"""Pelican's own, of the articles and files that it would write: no template of an archive shows them."""


def _with_parts(environment: Environment, name: str) -> dict[str, str]:
    """The sources of a template and of all that it extends, includes or imports; of every template there is, where one says that only at work."""
    sources: dict[str, str] = {}
    waiting = {name}
    while waiting:
        part = waiting.pop()
        sources[part] = _source(environment, part)
        found = set(meta.find_referenced_templates(environment.parse(sources[part])))
        waiting |= (set(environment.list_templates()) if None in found else {one for one in found if one}) - sources.keys()
    return sources


def _source(environment: Environment, name: str) -> str:
    assert environment.loader
    try:
        return environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:  # which a template may allow for
        return ""


def _told(value: object) -> bytes:
    """A digest of a value of Pelican's context; empty where it cannot be told."""
    try:
        return digest(repr(_plain(value)).encode())
    except (pickle.PicklingError, TypeError, AttributeError, ValueError):
        return b""


def _plain(value: Any) -> Hashable | list:
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
