"""Templates as the Python that they become, kept from build to build: compiling them would take most of a small build.

Every generator of Pelican has an environment of its own; what one of them compiled, the others take over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from .circumstances import ROOT, Moment
from .staging import Place

_SEAL = hashlib.sha256().digest_size


class Compiled(BytecodeCache):
    """Keeps compiled templates below ``folder``, under a digest of all that they depend on besides their source.

    What is damaged, or belongs to another digest, is as if it were not there; where nothing can be written, nothing is kept.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self._folder = folder / digest[:20]
        self._ready: dict[tuple[str, str], CodeType] = {}
        for other in folder.glob("*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._ready.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            self._read(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        text = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{bucket.key}.{os.getpid()}"
            fresh.write_bytes(hashlib.sha256(text).digest() + text)
            os.replace(fresh, self._folder / bucket.key)

    def _read(self, bucket: Bucket) -> None:
        try:
            sealed = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        seal, text = sealed[:_SEAL], sealed[_SEAL:]
        if hashlib.sha256(text).digest() == seal:
            bucket.bytecode_from_string(text)
            self._remember(bucket)

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._ready[bucket.key, bucket.checksum] = bucket.code


def templates(moment: Moment, place: Place) -> Compiled:
    """Those of a site that are compiled already. Which Python each becomes depends on the program, on its catalogues and on settings."""
    files = [file for folder in (ROOT / "plugins", moment.theme) for file in folder.rglob("*")]
    digest = digest_of([file for file in files if file.suffix in {".py", ".po"}], moment.program, moment.settings or secrets.token_hex())
    return Compiled(place.templates, digest)


def digest_of(files: Iterable[Path], *texts: str) -> str:
    """Of the files' paths and contents, and of the texts."""
    made = hashlib.sha256("\0".join(texts).encode())
    for file in sorted(files):
        made.update(f"\0{file}\0".encode())
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()
