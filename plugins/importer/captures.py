"""Pages and pictures out of a WARC capture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, Any

from .pages import MAX_BYTES

IMAGE_BYTES = 20_000_000
"""So much of a picture is read."""
_ALL_IMAGES = 200_000_000
_FOUND = "200"
_PAGES = ("text/html", "application/xhtml")
_CHARSET = re.compile(r"charset=([\w-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A page as a server sent it; ``day`` is that of the capture, in ISO, ``charset`` the one stated with it, or empty."""

    url: str
    data: bytes
    charset: str
    day: str


@dataclass(slots=True)
class Capture:
    """The pages in order, and pictures by address, up to a bound: they may stand before or behind their page. ``fault`` names the error
    at which reading ended, or is empty."""

    pages: list[Captured] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    fault: str = ""


def read(stream: IO[bytes]) -> Capture:
    """All that was captured with success; what stands before a damaged place is kept."""
    from warcio.archiveiterator import ArchiveIterator  # needed for captures only
    from warcio.exceptions import ArchiveLoadFailed

    found = Capture()
    try:
        for record in ArchiveIterator(stream, no_record_parse=False):
            if record.rec_type in ("response", "resource"):
                _take(record, found)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        found.fault = type(error).__name__
    return found


def _take(record: Any, found: Capture) -> None:
    status = record.http_headers.get_statuscode() if record.http_headers else _FOUND
    kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if status != _FOUND:
        return
    if kind.startswith(_PAGES):
        found.pages.append(_page(record, url, kind))
    elif kind.startswith("image/") and sum(map(len, found.images.values())) < _ALL_IMAGES:
        found.images[url] = record.content_stream().read(IMAGE_BYTES)


def _page(record: Any, url: str, kind: str) -> Captured:
    charset = _CHARSET.search(kind)
    return Captured(
        url=url,
        data=record.content_stream().read(MAX_BYTES + 1),
        charset=charset[1] if charset else "",
        day=(record.rec_headers.get_header("WARC-Date") or "")[:10],
    )
