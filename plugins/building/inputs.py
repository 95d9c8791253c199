"""What a build reads from disk, and whether it is still the same.

A file is known by its signature: size, time of the last change, time of the last change of its entry, inode. Where that is as it was, so
is the content; where it is not, the content's hash decides. A file that was changed within the last moments may be changed again
without another time, on a file system with a coarse clock: of such a file the hash is taken in any case.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

Signature = tuple[int, ...]
"""Empty for a folder: only that it is there matters."""

_COARSE = 2_500_000_000  # nanoseconds; FAT tells even seconds only
_IGNORED = frozenset({"__pycache__", ".git"})


class File(NamedTuple):
    """One file as a build found it."""

    signature: Signature
    digest: str


@dataclass(frozen=True, slots=True)
class Sight:
    """Every file and folder under some roots at one moment; ``digests`` are those of files that were changed just before."""

    taken: int
    signatures: Mapping[str, Signature]
    digests: Mapping[str, str]


def look(roots: Iterable[Path], certain: Mapping[str, Signature] = MappingProxyType({})) -> Sight:
    """Looks at all files below the roots (a root may be a file, or missing) and reads those that were changed just before. Of files that are ``certain`` no
    more is asked than whether they are there still."""
    taken = time.time_ns()
    found: dict[str, Signature] = {}
    for root in roots:
        _find(os.path.abspath(root), found, certain)
    recent = [path for path, signature in found.items() if _is_recent(signature, taken)]
    return Sight(taken, found, {path: digest(path) for path in recent})


def digest(path: str) -> str:
    """SHA-256 of a file's content; of a file that cannot be read, a word that says so."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return "unreadable"


def compare(seen: Sight, known: Mapping[str, File]) -> tuple[set[str], dict[str, File]]:
    """The paths whose content is another than what is ``known`` (new ones and those that are gone among them), and what to know now."""
    now: dict[str, File] = {}
    changed = set(known.keys() - seen.signatures.keys())
    for path, signature in seen.signatures.items():
        file = known.get(path)
        if file is None or file.signature != signature or path in seen.digests:
            fresh = File(signature, seen.digests.get(path) or (digest(path) if signature else ""))
            if file is None or file.digest != fresh.digest:
                changed.add(path)
            file = fresh
        now[path] = file
    return changed, now


def as_read(before: Sight, folder: Path, digests: Iterable[tuple[str, str]]) -> dict[str, File]:
    """What is known of files by whoever read them after a look: as long as they look the same, they need not be read again for their digests.

    Each digest comes with a path below ``folder``. Left out are files that were changed just before the look: on a coarse clock they may have
    been changed again without another time, before they were read or after.
    """
    whole = ((os.path.join(os.path.abspath(folder), *path.split("/")), digest) for path, digest in digests)
    return {path: File(before.signatures[path], digest) for path, digest in whole if path in before.signatures and path not in before.digests}


def known_between(before: Sight, after: Sight, known: Mapping[str, File], came: Collection[str] = ()) -> tuple[dict[str, File], set[str]]:
    """What to know of files that were read between two looks, and those of them that may have changed in between.

    The first look did not see the files that ``came``: they should be older than it is.
    """
    _, now = compare(after, known)
    new = {path for path in came if path not in before.signatures}
    seen = {path for path, _ in before.signatures.items() ^ after.signatures.items()} - new
    late = {path for path in new if _is_recent(after.signatures.get(path, ()), before.taken)}
    reread = {path for path, digest in before.digests.items() if path in now and now[path].digest != digest}
    return now, seen | late | reread


def _is_recent(signature: Signature, moment: int) -> bool:
    return bool(signature) and (signature[1] > moment - _COARSE or signature[2] > moment - _COARSE)


def _find(root: str, found: dict[str, Signature], certain: Mapping[str, Signature]) -> None:
    """Links are followed to files, and to no folder."""
    if not os.path.isdir(root):
        if os.path.lexists(root):
            found[root] = _signature(os.stat(root) if os.path.exists(root) else os.lstat(root))
        return
    found[root] = ()
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                path = entry.path
                if entry.name in _IGNORED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    found[path] = ()
                    folders.append(path)
                else:
                    found[path] = certain.get(path) or _of_entry(entry)


def _of_entry(entry: os.DirEntry[str]) -> Signature:
    try:
        return _signature(entry.stat())
    except OSError:  # a link that leads nowhere
        return _signature(entry.stat(follow_symlinks=False))


def _signature(stat: os.stat_result) -> Signature:
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
