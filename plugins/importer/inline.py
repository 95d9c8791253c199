"""The line that is being read: plain text and, beside it, the same with Markdown's marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bs4 import Tag

_SPECIAL = re.compile(r"([\\`*_\[\]])")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_MAX_MARKS = 8


def escape(text: str) -> str:
    """Text that Markdown shows as it is; ``<`` becomes an entity, so that no HTML can come of it ("KH&KT" stays as it is)."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text)).replace("<", "&lt;")


def escape_start(line: str) -> str:
    """Keeps the beginning of a paragraph from being read as a heading, a quote or an item of a list."""
    line = re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", line)
    return re.sub(r"^([#>+\-=~:])", r"\\\1", line)


def safe_link(address: str) -> str:
    """An address that a record may link to, or ""."""
    address = re.sub(r"[\s<>()\"\\]", "", address[:1000])
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


class Inline:
    """Gathers text; what is gathered is taken in one piece."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.rich: list[str] = []
        self.open: list[str] = []

    def text(self, text: str) -> None:
        flat = re.sub(r"\s+", " ", text)
        self.plain.append(flat)
        self.rich.append(escape(flat))

    def newline(self) -> None:
        self.plain.append("\n")
        self.rich.append("\n")

    @contextmanager
    def marked(self, tag: Tag) -> Iterator[None]:
        """What is read meanwhile stands in the element's marks: bold, italic, a link."""
        mark = {"b": "**", "strong": "**", "em": "*", "i": "*"}.get(tag.name, "")
        link = safe_link(str(tag.get("href", ""))) if tag.name == "a" else ""
        if (mark and mark in self.open) or len(self.open) >= _MAX_MARKS or not (mark or link):
            yield
            return
        self.open.append(mark or "[")
        begin = len(self.rich)
        yield
        self.open.pop()
        inner = "".join(self.rich[begin:])
        if "\n" in inner or not inner.strip() or begin > len(self.rich):
            return
        core = inner.strip()
        dressed = f"[{core}]({link})" if link else f"{mark}{core}{mark}"
        self.rich[begin:] = [inner.replace(core, dressed, 1)]

    def take(self) -> tuple[str, str]:
        """All that was gathered, as plain text and as Markdown, with the same number of lines."""
        plain, rich = "".join(self.plain), "".join(self.rich)
        self.plain, self.rich = [], []
        return plain, rich
