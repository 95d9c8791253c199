"""Gets a page from the web: used only where the editor gave ``--fetch``."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPMessage
from typing import IO
from urllib.parse import urlsplit
from urllib.request import Request

from plugins.archive.problems import N_

TIMEOUT = 20


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """A redirect may lead to another page of the web and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.URLError("redirect away from the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def get(url: str, limit: int) -> tuple[bytes, str, str]:
    """Bytes, declared charset and fault; at most ``limit`` bytes, in at most twenty seconds without an answer."""
    if urlsplit(url).scheme not in ("http", "https"):
        return b"", "", N_("không phải địa chỉ web")
    opener = urllib.request.build_opener(_WebOnly)
    request = urllib.request.Request(url, headers={"User-Agent": "so-giao-ban-importer"})
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            data = answer.read(limit + 1)
            return (data, answer.headers.get_content_charset() or "", "") if len(data) <= limit else (b"", "", N_("trang quá lớn"))
    except (OSError, ValueError) as error:
        return b"", "", N_("không tải được") + f" ({type(error).__name__})"
