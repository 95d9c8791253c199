"""Where pages come from: saved files with their folders, ZIP, MHTML, WARC and WACZ captures, plain text, Word; the network only if asked."""

from __future__ import annotations

import email
import email.policy
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

from plugins.archive.problems import N_
from plugins.archive.text import nfc

from . import captures
from .captures import IMAGE_BYTES
from .pages import MAX_BYTES

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".docx", ".aspx", ".php"})
_MHTML = frozenset({".mht", ".mhtml"})
# What an editor may take for a page that is read; it is taken up, so that somebody says that it was not.
_OTHERS = frozenset({".doc", ".pdf", ".rtf", ".odt"})
_FAULTS = (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error)
_MAX_MEMBERS = 50_000
_COMPANION = re.compile(r"(?:_files|\.files|_tep)$", re.IGNORECASE)

Resource = Callable[[str], bytes | None]


def _nothing(_: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One page: how to call it, its bytes, and how to get at its pictures."""

    key: str
    """Tells it from every other page of the batch, and is what the editor sees."""
    data: bytes
    name: str
    url: str = ""
    declared: str = ""
    retrieved: str = ""
    resource: Resource = _nothing
    fault: str = ""
    """Why it could not be read, for the editor."""


def find(paths: list[str], *, fetch: bool = False) -> Iterator[Source]:
    """Every page of the sources named, in order. What cannot be read comes as a source with a fault."""
    for given in paths:
        if re.match(r"https?://", given):
            yield from _fetched(given, fetch)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _in_folder(path)
        elif path.is_file():
            yield from _of_file(path, path.as_posix())
        else:
            yield Source(key=given, data=b"", name=given, fault=N_("không có tệp hay thư mục này"))


def _in_folder(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or any(_COMPANION.search(part) or part.startswith(".") for part in relative.parts[:-1]):
            continue
        if _is_page(path.name):
            yield from _of_file(path, path.as_posix())


def _is_page(name: str) -> bool:
    suffixes = Path(name.lower()).suffixes
    return (
        bool(suffixes)
        and not name.startswith((".", "~$"))
        and (suffixes[-1] in PAGE_SUFFIXES | _MHTML | _OTHERS | {".zip", ".wacz", ".warc"} or suffixes[-2:] == [".warc", ".gz"])
    )


def _of_file(path: Path, key: str) -> Iterator[Source]:
    suffix = path.suffix.lower()
    try:
        if suffix in (".zip", ".wacz"):
            yield from _in_zip(path, key)
        elif suffix == ".warc" or path.name.lower().endswith(".warc.gz"):
            with path.open("rb") as stream:
                yield from _in_warc(stream, key)
        else:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES * 3 + 1)
            yield from_mhtml(data, key) if suffix in _MHTML else Source(key=key, data=data, name=path.name, resource=beside(path))
    except _FAULTS as error:
        yield _unread(key, path.name, error)


def _unread(key: str, name: str, error: Exception) -> Source:
    return Source(key=key, data=b"", name=name, fault=N_("không đọc được") + f" ({type(error).__name__})")


def beside(page: Path) -> Resource:
    """Pictures that a browser saved beside the page; nothing outside the page's own folder is ever read."""
    root = page.parent.resolve()

    def read(address: str) -> bytes | None:
        name = _local(address)
        if not name:
            return None
        target = (root / name).resolve()
        if not target.is_relative_to(root) or not target.is_file() or target.stat().st_size > IMAGE_BYTES:
            return None
        return target.read_bytes()

    return read


def _local(address: str) -> str:
    """The path of an address that lies beside the page; "" for one on the web or anywhere else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).replace("\\", "/")
    return "" if parts.scheme or parts.netloc or not path or path.startswith("/") or "\0" in path else path


def _in_zip(path: Path, key: str) -> Iterator[Source]:
    with zipfile.ZipFile(path) as archive:
        members = {nfc(info.filename): info for info in archive.infolist()[:_MAX_MEMBERS] if not info.is_dir()}
        for name in sorted(members):
            pure = PurePosixPath(name)
            if any(_COMPANION.search(part) or part.startswith((".", "__MACOSX")) for part in pure.parts[:-1]) or not _is_page(pure.name):
                continue
            try:
                yield from _of_member(archive, members[name], path, f"{key}!{name}")
            except _FAULTS as error:  # the others may be sound
                yield _unread(f"{key}!{name}", pure.name, error)


def _of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, key: str) -> Iterator[Source]:
    pure = PurePosixPath(nfc(info.filename))
    suffix = pure.suffix.lower()
    if suffix in (".gz", ".warc"):
        with archive.open(info) as stream:
            yield from _in_warc(stream, key)
    elif suffix in (".zip", ".wacz"):
        yield Source(key=key, data=b"", name=pure.name, fault=N_("tệp nén trong tệp nén; giải nén rồi nhập riêng"))
    else:
        data = _bounded(archive, info, MAX_BYTES)
        yield from_mhtml(data, key) if suffix in _MHTML else Source(key=key, data=data, name=pure.name, resource=_zip_resource(path, pure))


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    with archive.open(info) as stream:
        return stream.read(limit + 1)


def _zip_resource(path: Path, page: PurePosixPath) -> Resource:
    def read(address: str) -> bytes | None:
        name = _local(address)
        target = PurePosixPath(page.parent, name) if name else None
        if target is None or ".." in target.parts:
            return None
        with zipfile.ZipFile(path) as archive:
            info = next((i for i in archive.infolist()[:_MAX_MEMBERS] if nfc(i.filename) == nfc(target.as_posix())), None)
            return _bounded(archive, info, IMAGE_BYTES) if info else None

    return read


def from_mhtml(data: bytes, key: str) -> Source:
    """The page of an MHTML file with its pictures; some sites serve plain HTML under that name."""
    if data.lstrip()[:1] == b"<":
        return Source(key=key, data=data, name=f"{Path(key).stem}.html")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()][:2_000]
    page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml", "text/plain")), None)
    if page is None:
        return Source(key=key, data=b"", name=key, fault=N_("không có trang nào trong tệp này"))
    url = str(page.get("Content-Location", "") or message.get("Snapshot-Content-Location", ""))
    images: dict[str, bytes] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            content = _decoded(part)
            for name in (str(part.get("Content-Location", "")), f"cid:{str(part.get('Content-ID', '')).strip('<>')}"):
                images[name] = content
    return Source(
        key=key, data=_decoded(page), name=f"{Path(key).stem}.html", url=url if url.startswith("http") else "",
        declared=str(page.get_content_charset() or ""), resource=lambda address: images.get(address) or images.get(urljoin(url, address)),
    )  # fmt: skip


def _decoded(part: Message) -> bytes:
    """What a part that holds no others holds."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _in_warc(stream: IO[bytes], key: str) -> Iterator[Source]:
    """Every page of a capture, and after them what could not be read of it."""
    capture = captures.read(stream)
    for page in capture.pages:
        resource = _captured(capture.images, page.url)
        yield Source(
            key=f"{key}!{page.url}", data=page.data, name="page.html", url=page.url, declared=page.charset, retrieved=page.day, resource=resource
        )
    if capture.fault:
        yield Source(key=key, data=b"", name=key, fault=N_("tệp lưu trữ hỏng") + f" ({capture.fault})")


def _captured(images: dict[str, bytes], url: str) -> Resource:
    return lambda address: images.get(urljoin(url, address))


def _fetched(url: str, allowed: bool) -> Iterator[Source]:
    if not allowed:
        yield Source(key=url, data=b"", name=url, fault=N_("địa chỉ mạng chỉ được tải khi có --fetch"))
        return
    from .fetching import get

    data, declared, fault = get(url, MAX_BYTES)
    yield Source(
        key=url,
        data=data,
        name="page.html",
        url=url,
        declared=declared,
        fault=fault,
        resource=lambda address: get(urljoin(url, address), IMAGE_BYTES)[0] or None,
    )
