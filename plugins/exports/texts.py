"""Texts that every format can hold."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these, not even escaped (www.w3.org/TR/xml, production [2] Char); SQLite ends a text at the first of them,
# and half of a surrogate pair is no UTF-8.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without the characters that some format cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)  # what is printable is legal, and most texts are
