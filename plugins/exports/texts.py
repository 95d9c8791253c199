"""Texts that every format can hold."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these, not even escaped (www.w3.org/TR/xml, production [2] Char); SQLite ends a text at the first of them,
# and half of a surrogate pair is no UTF-8.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that some format cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)  # what is printable is legal, and most texts are
