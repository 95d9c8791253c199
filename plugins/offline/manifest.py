"""What an edition holds: every file and every record, each with its digest; and what changed from one edition to another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.archive.problems import N_, Refusal

NAME = "MANIFEST.json"
CHECKSUMS = "SHA256SUMS"
_FORMAT = 1

Translate = Callable[[str], str]


class CannotPack(Refusal):
    """Says why no edition came of it."""


class NotAnEdition(CannotPack):
    """What was given is no edition of an archive, or one that is damaged."""

    @classmethod
    def lacks(cls, path: Path, file: str) -> NotAnEdition:
        return cls(N_("%(path)s không phải là một phiên bản của kho: không có %(file)s"), path=path, file=file)

    @classmethod
    def because(cls, path: Path | str, reason: object) -> NotAnEdition:
        return cls(N_("%(path)s không phải là một phiên bản của kho (%(reason)s)"), path=path, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``files`` leads from paths to (bytes, SHA-256), ``records`` from "kind/id" to the SHA-256 of the record's source file."""

    name: str
    title: str
    edition: str
    files: Mapping[str, tuple[int, str]]
    records: Mapping[str, str]
    without_large_images: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Names, sorted, that were added, changed and removed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is new since the edition ``since``. Pages change with every record they list: records say what happened, files what to copy."""

    since: str
    records: Change = field(default_factory=Change)
    files: Change = field(default_factory=Change)


def written(manifest: Manifest) -> bytes:
    """The manifest as a file, sorted."""
    described = {
        "format": _FORMAT,
        "name": manifest.name,
        "title": manifest.title,
        "edition": manifest.edition,
        "without_large_images": manifest.without_large_images,
        "files": [{"path": path, "bytes": size, "sha256": digest} for path, (size, digest) in sorted(manifest.files.items())],
        "records": [{"record": record, "sha256": digest} for record, digest in sorted(manifest.records.items())],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(data: bytes) -> Manifest:
    """The manifest in a file; raises :class:`NotAnEdition` where there is none."""
    try:
        described = json.loads(data)
        if described["format"] != _FORMAT:
            raise NotAnEdition.because(NAME, f"format {described['format']}")
        return Manifest(
            name=described["name"],
            title=described["title"],
            edition=described["edition"],
            without_large_images=described["without_large_images"],
            files={one["path"]: (one["bytes"], one["sha256"]) for one in described["files"]},
            records={one["record"]: one["sha256"] for one in described["records"]},
        )
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise NotAnEdition.because(NAME, error) from error


def checksums(manifest: Manifest) -> bytes:
    """As ``sha256sum --check`` reads it."""
    return "".join(f"{digest}  {path}\n" for path, (_, digest) in sorted(manifest.files.items())).encode("ascii")


def compared(old: Manifest, new: Manifest) -> Changes:
    return Changes(since=old.edition, records=_compared(old.records, new.records), files=_compared(old.files, new.files))


def told(changes: Changes, translate: Translate = str) -> str:
    """The changes for readers, a line for each record."""
    lines = [translate(N_("Thay đổi từ phiên bản %(edition)s")) % {"edition": changes.since}, ""]
    for heading, names in (
        (N_("Hồ sơ mới: %(count)s"), changes.records.added),
        (N_("Hồ sơ đã sửa: %(count)s"), changes.records.changed),
        (N_("Hồ sơ đã bỏ: %(count)s"), changes.records.removed),
    ):
        lines += [translate(heading) % {"count": len(names)}, *(f"  {name}" for name in names), ""]
    counts = {kind: len(getattr(changes.files, kind)) for kind in ("added", "changed", "removed")}
    lines.append(translate(N_("Tệp: thêm %(added)s, đổi %(changed)s, bỏ %(removed)s")) % counts)
    return "\n".join(lines) + "\n"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """As :func:`digest`, without the whole file in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compared(old: Mapping[str, object], new: Mapping[str, object]) -> Change:
    return Change(
        added=_sorted(new.keys() - old.keys()),
        changed=_sorted(name for name in new.keys() & old.keys() if old[name] != new[name]),
        removed=_sorted(old.keys() - new.keys()),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
