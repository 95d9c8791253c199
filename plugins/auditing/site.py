"""A built site, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.archive import urls

from .pages import Page, parse

_HIDDEN = re.compile(r"(^|/)\.[^/]*")
_NUMBER = re.compile(r"\d+")


class NoSite(Exception):
    """There is no built site in the folder; names it."""


@dataclass(frozen=True, slots=True)
class Site:
    """``files`` maps output paths to sizes, in order; ``address`` is where the site stands on the web, with no slash at the end, or ""."""

    folder: Path
    address: str
    files: dict[str, int]
    pages: dict[str, Page]

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    @property
    def prefix(self) -> str:
        """The folder of its host that the site stands in: "/kho" or ""."""
        return urlsplit(self.address).path

    def outside(self, address: str) -> bool:
        """Whether an address leads to another host; one without scheme and host is inside, one that cannot be read is not."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return True
        return bool(parts.scheme or parts.netloc) and not self.own(address)

    def own(self, address: str) -> bool:
        """Whether an absolute address is one of this site's."""
        return bool(self.address) and (address == self.address or address.startswith(f"{self.address}/"))

    def resolve(self, path: str, address: str) -> str | None:
        """The output path that an address on the page at ``path`` leads to; None where it leads out of the folder."""
        if self.own(address):
            path, address = "", address[len(self.address) :].lstrip("/") or urls.HOME
        target = unquote(urlsplit(address).path)
        if not target:
            return path
        if target.startswith("/"):
            if not target.startswith(f"{self.prefix}/"):
                return None
            path, target = "", target[len(self.prefix) :]
        steps = path.split("/")[:-1]
        for step in target.split("/"):
            if step == "..":
                if not steps:
                    return None
                steps.pop()
            elif step not in ("", "."):
                steps.append(step)
        return "/".join(steps)


def read(folder: Path, address: str = "") -> Site:
    """Reads every page of a site; raises :class:`NoSite`."""
    if not (folder / urls.HOME).is_file():
        raise NoSite(str(folder))
    files = dict(_files(folder))
    pages = {path: parse((folder / path).read_text(encoding="utf-8"), path) for path in files if path.endswith(".html")}
    return Site(folder, address.rstrip("/"), files, pages)


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file that a host would send: what begins with a dot is the builder's own."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not _HIDDEN.search(path):
            yield path, file.stat().st_size


def kind(path: str) -> str:
    """The kind of page: pages of one kind come from one template. "lich/2023-q1.html" is "lich/N-qN"; a record is its folder."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".html")
    if folder == urls.year(0).partition("/")[0]:
        return f"{folder}/{_NUMBER.sub('N', stem)}"
    return folder or re.sub(r"-\d+$", "-N", stem)


def samples(site: Site) -> dict[str, list[str]]:
    """By kind, the largest page, which shows most, and the smallest, where little shows; redirects are no pages to look at."""
    kinds: dict[str, list[str]] = {}
    for path, page in site.pages.items():
        if not page.is_redirect:
            kinds.setdefault(kind(path), []).append(path)
    ordered = {name: sorted(paths, key=lambda path: (-site.files[path], path)) for name, paths in sorted(kinds.items())}
    return {name: list(dict.fromkeys((paths[0], paths[-1]))) for name, paths in ordered.items()}
