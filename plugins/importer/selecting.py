"""Selectors on a page, asked many at a time: one pass over the page tells which of them could find anything at all."""

from __future__ import annotations

import re

from bs4 import Tag

_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_ID = re.compile(r"#([A-Za-z_][\w-]*)")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)\s*[*$^~|]?=\s*\"([^\"]*)\"")
_NAME = re.compile(r"(?:^|[\s>,])([a-z][a-z0-9]*)")
_HAS = re.compile(r":has\([^)]*\)")


class Selector:
    """Finds elements of one page by CSS selectors; a page of a hundred thousand elements is walked once, not once a selector."""

    def __init__(self, soup: Tag) -> None:
        self.soup = soup
        self.classes: set[str] = set()
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.values: set[str] = set()
        for tag in soup.find_all(True):
            self.names.add(tag.name)
            for attribute, value in tag.attrs.items():
                self._note(attribute, value)
        self.all_values = "\n".join(sorted(self.values)).lower()

    def _note(self, attribute: str, value: object) -> None:
        if attribute == "class":
            self.classes.update(value if isinstance(value, list) else str(value).split())
        elif attribute == "id":
            self.ids.add(str(value))
        if attribute in ("id", "name", "property", "itemprop", "rel", "type", "content", "href") and len(self.values) < 20_000:
            self.values.add(f"{attribute}={' '.join(value) if isinstance(value, list) else value}"[:300])

    def may_find(self, selector: str) -> bool:
        """False where the page has none of the classes, ids, names or attribute values that the selector asks for."""
        bare = _HAS.sub("", selector)
        plain = re.sub(r"\[[^\]]*\]", "", bare)
        return (
            all(name in self.classes for name in _CLASS.findall(plain))
            and all(name in self.ids for name in _ID.findall(plain))
            and all(name in self.names for name in _NAME.findall(_CLASS.sub("", _ID.sub("", plain))))
            and all(value.lower() in self.all_values for _, value in _ATTRIBUTE.findall(bare))
        )

    def select(self, selector: str, limit: int = 0) -> list[Tag]:
        return list(self.soup.select(selector, limit=limit)) if self.may_find(selector) else []

    def one(self, selector: str) -> Tag | None:
        return next(iter(self.select(selector, 1)), None)

    def first(self, selectors: tuple[str, ...], least: int = 1) -> Tag | None:
        """The first element that one of the selectors finds and that holds at least so many characters."""
        for selector in selectors:
            for found in self.select(selector, 5):
                if len(found.get_text(" ", strip=True)) >= least:
                    return found
        return None
