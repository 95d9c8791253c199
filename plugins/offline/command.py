"""The command ``bundle``: packs a finished site and says what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from plugins.archive.problems import N_, decimal

from .bundling import bundle, read_manifest
from .manifest import CannotPack, NotAnEdition, Translate

_MADE = N_("Đã gói %(count)s tệp, %(size)s MB: %(path)s\nSHA-256: %(digest)s")
_REFUSED = N_("chưa gói được: %(reason)s")
_UNWRITABLE = N_("không ghi được vào %(path)s (%(reason)s)")


def fault(since: Path, translate: Translate) -> str:
    """Why nothing can be compared with an earlier edition, or nothing: to be asked before a site is built for it."""
    try:
        read_manifest(since)
    except NotAnEdition as error:
        return translate(_REFUSED) % {"reason": error.render(translate)}
    return ""


def run(
    output: Path, dist: Path, since: Path | None, light: bool, translate: Translate, stream: TextIO, errors: TextIO = sys.stderr
) -> int:
    """Gives 0, or 1 where the site cannot be packed, ``dist`` not be written to, or ``since`` is no edition."""
    try:
        made = bundle(output, dist, previous=since, without_large_images=light, translate=translate)
    except CannotPack as error:
        print(translate(_REFUSED) % {"reason": error.render(translate)}, file=errors)
        return 1
    except OSError as error:
        unwritable = translate(_UNWRITABLE) % {"path": error.filename or dist, "reason": error.strerror or error}
        print(translate(_REFUSED) % {"reason": unwritable}, file=errors)
        return 1
    told = {"count": made.files, "size": decimal(made.size / 1_000_000, 1, translate), "path": made.file, "digest": made.sha256}
    print(translate(_MADE) % told, file=stream)
    return 0
