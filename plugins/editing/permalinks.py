"""Addresses once published stay: a list of them in the repository, and a check that each still leads to a page.

The list is a plain file, so that a pull request shows what it adds, and so that a change of how addresses are made is caught as well
as a record that was renamed without a redirect.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import TextIO

from plugins.archive import urls
from plugins.archive.problems import N_, Translate

FILE = Path("permalinks.txt")
_OF_RECORDS = (urls.meeting, urls.person, urls.organization, urls.cluster, urls.document, urls.page)
_SECONDS = 20
_MAX_BYTES = 20_000_000
_HEAD = "# Các địa chỉ đã công bố; cập nhật bằng: python3 tasks.py permalinks --update"


class Unreachable(Exception):
    """The published site does not answer; says why."""


def check(file: Path, output: Path, translate: Translate, stream: TextIO, *, update: bool = False, site_url: str = "") -> int:
    """Names every published address that a built site lacks; gives 1 where there is one, 2 where nothing could be compared.

    With ``update``, and where none is lacking, the addresses of the site are added to the list. With ``site_url``, the list that the
    published site shows under the same name counts as well.
    """
    if not (output / urls.HOME).is_file():
        print(translate(N_("không có trang đã dựng ở %(path)s; chạy build trước")) % {"path": output}, file=stream)
        return 2
    try:
        published, built = read(file) | shown_by(site_url), pages(output)
    except Unreachable as error:
        print(translate(N_("không hỏi được trang đã công bố (%(reason)s)")) % {"reason": error}, file=stream)
        return 2
    lost = sorted(published - built)
    for address in lost:
        print(_told(address, translate), file=stream)
    if lost:
        print(translate(N_("%(count)s địa chỉ đã công bố không còn trang")) % {"count": len(lost)}, file=stream)
        return 1
    said = N_("%(count)s địa chỉ đã công bố đều còn") if published else N_("chưa có địa chỉ nào được công bố")
    print(translate(said) % {"count": len(published)}, file=stream)
    if update:
        write(file, built)
        print(translate(N_("đã ghi %(count)s địa chỉ vào %(path)s")) % {"count": len(read(file)), "path": file}, file=stream)
    return 0


def _told(address: str, translate: Translate) -> str:
    lost = translate(N_("%(address)s: không còn trang")) % {"address": address}
    id = Path(address).stem
    if not any(url(id) == address for url in _OF_RECORDS):
        return lost
    # A person or an organization without a record of its own gets one for this.
    advice = translate(N_("trả lại tên tệp cũ, hoặc thêm %(id)s vào former_ids của hồ sơ thay nó")) % {"id": id}
    return f"{lost}; {advice}"


def pages(output: Path) -> set[str]:
    """The addresses of a built site, relative to its root; the page "not found" is shown at any address and has none of its own."""
    return {file.relative_to(output).as_posix() for file in output.rglob("*.html")} - {urls.NOT_FOUND}


def read(file: Path) -> set[str]:
    """The published addresses; none where the site was never published."""
    if not file.is_file():
        return set()
    return _addresses(file.read_text(encoding="utf-8"))


def shown_by(site_url: str) -> set[str]:
    """The addresses that a site on the web says it has; none without ``site_url`` or where it has no list. Raises :class:`Unreachable`."""
    if not site_url:
        return set()
    try:
        with urllib.request.urlopen(f"{site_url.rstrip('/')}/{FILE}", timeout=_SECONDS) as answer:
            text = answer.read(_MAX_BYTES).decode("utf-8", "replace")
            # Some hosts answer a missing file with a page of their own.
            return _addresses(text) if text.startswith("#") else set()
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return set()
        raise Unreachable(error) from error
    except (OSError, ValueError) as error:
        raise Unreachable(error) from error


def _addresses(text: str) -> set[str]:
    return {line for line in text.splitlines() if line and not line.startswith("#")}


def write(file: Path, addresses: Iterable[str]) -> None:
    file.write_text("\n".join([_HEAD, *sorted(addresses)]) + "\n", encoding="utf-8", newline="\n")
