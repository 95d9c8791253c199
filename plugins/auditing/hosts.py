"""Whether free hosts take the site, and every system its file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import text
from plugins.archive.problems import N_

from .findings import Finding, Result, Weight, finding, result
from .site import Site

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Host:
    """What a host takes, at most; as its own pages state it."""

    name: str
    files: int
    bytes: int
    file_bytes: int


HOSTS = (
    Host("GitHub Pages", 1_000_000, 1024 * MB, 100 * MB),
    Host("GitLab Pages", 200_000, 1024 * MB, 1024 * MB),
    Host("Cloudflare Pages", 20_000, 20_000 * 25 * MB, 25 * MB),
)
# Windows keeps these names for devices, whatever the ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
MAX_NAME = 143
"""Encrypted file systems take no longer names."""
MAX_PATH = 200
"""Windows takes 260 characters, and the folder that the archive is unpacked into needs some of them."""


def check(site: Site) -> Result:
    return result(N_("Nơi chứa và tên tệp"), len(site.files), [*_host_faults(site), *_name_faults(site), *_folded(site)])


def _host_faults(site: Site) -> Iterator[Finding]:
    """A host that does not take the site is a note as long as another one does."""
    refused = {host: list(_refusals(site, host)) for host in HOSTS}
    weight = Weight.FAULT if all(refused.values()) else Weight.NOTE
    for faults in refused.values():
        for path, code, values in faults:
            yield finding(path, 0, code, weight=weight, **values)


def _refusals(site: Site, host: Host) -> Iterator[tuple[str, str, dict[str, object]]]:
    total = sum(site.files.values())
    if len(site.files) > host.files:
        yield "", "host-files", {"size": len(site.files), "host": host.name, "limit": host.files}
    if total > host.bytes:
        yield "", "host-bytes", {"size": total, "host": host.name, "limit": host.bytes}
    for path, size in site.files.items():
        if size > host.file_bytes:
            yield path, "host-file-bytes", {"size": size, "host": host.name, "limit": host.file_bytes}


def _name_faults(site: Site) -> Iterator[Finding]:
    for path in site.files:
        for name in path.split("/"):
            if not _PLAIN.fullmatch(name) or _RESERVED.fullmatch(name) or name.endswith(".") or len(name) > MAX_NAME:
                yield finding(path, 0, "file-name", value=name)
        if len(path) > MAX_PATH:
            yield finding(path, 0, "file-name", value=path)


def _folded(site: Site) -> Iterator[Finding]:
    """Two files of which some file systems make one."""
    known: dict[str, str] = {}
    for path in site.files:
        other = known.setdefault(text.fold(unicodedata.normalize("NFC", path)), path)
        if other != path:
            yield finding(path, 0, "file-name-folded", value=other)
