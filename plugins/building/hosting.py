"""Tells after a build which hosts would not take the site, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plugins.archive.hosting import HOSTS, MB, Excess, Host, excesses
from plugins.archive.problems import N_

Advice = tuple[str, dict[str, Any]]
"""A message and its values."""

_MESSAGES = {
    "files": N_("%(host)s nhận nhiều nhất %(limit)s tệp, trang có %(size)s"),
    "bytes": N_("%(host)s nhận nhiều nhất %(limit)s MB, trang nặng %(size)s MB"),
    "file_bytes": N_("%(host)s nhận tệp nặng nhất %(limit)s MB, tệp %(path)s nặng %(size)s MB"),
}
_ELSEWHERE = N_("Nếu định đưa lên mạng: trang này đặt được ở %(hosts)s, hay ở máy chủ của mình")
_NOWHERE = N_("Nếu định đưa lên mạng: trang này cần máy chủ của mình; các nơi miễn phí đã biết đều không nhận")
_WITHOUT_FILE = N_("Hoặc đưa lên mà không kèm tệp ấy: phần còn lại %(hosts)s vẫn nhận, chỉ liên kết tải tệp ấy bị hỏng")


def advice(files: Mapping[str, int]) -> Iterator[Advice]:
    """What to say of a site; nothing where every host takes it. ``files``: the size of every file by its path."""
    refused = {host: list(excesses(host, files)) for host in HOSTS}
    for host, found in refused.items():
        for one in found:
            yield _MESSAGES[one.of], _values(host, one)
    if any(refused.values()):
        willing = [host.name for host, found in refused.items() if not found]
        yield (_ELSEWHERE, {"hosts": ", ".join(willing)}) if willing else (_NOWHERE, {})
    if nearly := [host.name for host, found in refused.items() if found and all(one.path for one in found)]:
        yield _WITHOUT_FILE, {"hosts": ", ".join(nearly)}


def _values(host: Host, one: Excess) -> dict[str, Any]:
    counted = one.of == "files"
    return {"host": host.name, "path": one.path, "size": _said(one.size, counted), "limit": _said(one.limit, counted)}


def _said(number: int, counted: bool) -> str:
    return str(number) if counted else f"{number / MB:.0f}"
