"""Pictures saved with a page are copied beside the record; what only claims to be a picture is not."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from .furniture import is_caption_text
from .sources import Resource

MAX_IMAGES = 60
_LEAST_BYTES = 3_000
_SIGNATURES = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF8", ".gif"), (b"RIFF", ".webp"))


def suffix_of(data: bytes) -> str:
    """The suffix that fits a picture's first bytes, or "" for what is none of JPEG, PNG, GIF and WebP."""
    found = next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), "")
    return "" if found == ".webp" and data[8:12] != b"WEBP" else found


def save(captions: list[tuple[str, str, str]], resource: Resource, content: Path, folder: str, stem: str) -> list[dict[str, Any]]:
    """Writes the pictures under ``content/images/folder`` and gives the record's ``images``. A lost picture leaves its caption."""
    made: list[dict[str, Any]] = []
    written: dict[str, str] = {}
    for source, caption, credit in captions[:MAX_IMAGES]:
        file = _saved(resource(source) if source else None, content, folder, f"{stem}-{len(written) + 1}", written)
        entry = {"file": file, "caption": caption if is_caption_text(caption) or not caption.isascii() else "", "credit": credit}
        entry = {key: value for key, value in entry.items() if value}
        if entry and entry not in made:
            made.append(entry)
    return made


def _saved(data: bytes | None, content: Path, folder: str, name: str, written: dict[str, str]) -> str:
    suffix = suffix_of(data) if data and len(data) >= _LEAST_BYTES else ""
    if not data or not suffix:
        return ""
    digest = hashlib.sha256(data).hexdigest()
    if digest not in written:
        target = content / "images" / folder / f"{name}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written[digest] = f"{folder}/{target.name}"
    return written[digest]
