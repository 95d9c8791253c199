"""What hosts of static sites take, and what of a site is too much for one: asked after a build and by an audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Host:
    """What a host takes, at most; as its own pages state it."""

    name: str
    files: int
    bytes: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Excess:
    """Why a host does not take a site: ``of`` is "files", "bytes" or "file_bytes"; the last is about the file at ``path``."""

    of: str
    size: int
    limit: int
    path: str = ""


HOSTS = (
    Host("GitHub Pages", 1_000_000, 1024 * MB, 100 * MB),
    Host("GitLab Pages", 200_000, 1024 * MB, 1024 * MB),
    Host("Cloudflare Pages", 20_000, 20_000 * 25 * MB, 25 * MB),
)


def excesses(host: Host, files: Mapping[str, int]) -> Iterator[Excess]:
    """Everything about a site that a host does not take. ``files``: the size of every file by its path."""
    total = sum(files.values())
    if len(files) > host.files:
        yield Excess("files", len(files), host.files)
    if total > host.bytes:
        yield Excess("bytes", total, host.bytes)
    for path, size in files.items():
        if size > host.file_bytes:
            yield Excess("file_bytes", size, host.file_bytes, path)
