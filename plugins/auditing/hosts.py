"""Whether free hosts take the site, and every system its file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plugins.archive import text
from plugins.archive.hosting import HOSTS, excesses
from plugins.archive.problems import N_

from .findings import Finding, Result, Weight, finding, result
from .site import Site

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
    refused = {host: list(excesses(host, site.files)) for host in HOSTS}
    weight = Weight.FAULT if all(refused.values()) else Weight.NOTE
    for host, found in refused.items():
        for one in found:
            code = "host-" + one.of.replace("_", "-")
            yield finding(one.path, 0, code, weight=weight, size=one.size, host=host.name, limit=one.limit)


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
