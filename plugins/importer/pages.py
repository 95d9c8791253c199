"""Bytes of one page, of whatever kind, become a page of blocks."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile

from plugins.archive.problems import N_

from . import encodings, plain, tree
from .blocks import Page

MAX_BYTES = 12_000_000
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|meta|article|span|br)\b", re.IGNORECASE)


class Unreadable(Exception):
    """The file is no page that can be read; the message says why, for the editor."""


def read(data: bytes, *, name: str = "", url: str = "", declared: str = "") -> Page:
    """Reads HTML, plain text or a Word document; which it is, its first bytes say, not its name. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(N_("tệp quá lớn"))
    if data.startswith(b"PK\x03\x04") and name.lower().endswith(".docx"):
        return _read_word(data, url)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise Unreadable(N_("không phải trang HTML, văn bản thường hay .docx"))
    decoded = encodings.decode(data, declared)
    if _HTML.search(decoded.text[:20_000]) or name.lower().endswith((".html", ".htm", ".mht", ".aspx", ".php")):
        return tree.read(decoded.text, url=url, encoding=decoded.encoding)
    return plain.read(decoded.text, url=url, encoding=decoded.encoding)


def _read_word(data: bytes, url: str) -> Page:
    import mammoth  # slow to import, and most batches hold no Word document

    try:
        made = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(N_("tệp .docx hỏng") + f" ({type(error).__name__})") from None
    return tree.read(made.value[: tree.MAX_CHARACTERS], url=url, encoding="docx")
