"""What goes into an edition: the files of a finished site, under names that every system can hold."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from plugins.archive import urls
from plugins.archive.problems import N_

from .manifest import CannotPack, NotAnEdition

EDITIONS = "tai-ve"
"""Where editions lie beside a site: none is packed into another."""
_BUILDERS_OWN = frozenset({".sogiaoban", ".nojekyll"})
_PICTURE = re.compile(r"anh/(?P<key>[0-9a-f]+)-(?P<width>[0-9]+)\.(?P<form>[a-z]+)")

# Windows opens a device under these names, with any ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
LONGEST = 180
"""Windows stops at 260 characters, and the reader's own folders come first."""


def site_files(output: Path) -> dict[str, Path]:
    """The files of a site by path, sorted; raises :class:`NotAnEdition` where there is no site."""
    if not (output / urls.HOME).is_file():
        raise NotAnEdition.lacks(output, urls.HOME)
    found = {path.relative_to(output).as_posix(): path for path in _walk(output)}
    return {name: found[name] for name in sorted(found) if name.split("/")[0] not in {EDITIONS, *_BUILDERS_OWN}}


def _walk(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (Path(here, name) for name in names)


def refuse_unsafe(names: Iterable[str]) -> None:
    """Raises :class:`CannotPack` for a name that some system cannot hold, or for two that one system holds for the same."""
    seen: dict[str, str] = {}
    for name in names:
        if len(name) > LONGEST or not all(_is_safe(part) for part in name.split("/")):
            raise CannotPack(N_("có hệ thống không nhận tên tệp %(path)s"), path=name)
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise CannotPack(N_("%(path)s và %(other)s trùng tên trên hệ thống không phân biệt hoa thường"), path=name, other=other)


def _is_safe(part: str) -> bool:
    return bool(_SAFE.fullmatch(part)) and not part.endswith(".") and not _DEVICES.fullmatch(part)


def records(output: Path) -> dict[str, str]:
    """The digest of each record's source text by "kind/id", as the site's own data states it."""
    table = output / urls.data("records.csv")
    if not table.is_file():
        raise NotAnEdition.lacks(output, urls.data("records.csv"))
    rows = csv.DictReader(StringIO(table.read_text(encoding="utf-8-sig"), newline=""))
    return {f"{row['kind']}/{row['id']}": row["sha256"] for row in rows}


def described(output: Path) -> tuple[str, str, str]:
    """Name, title and edition of the archive, as the site's own data states them; the edition is empty where the build had none."""
    package = json.loads((output / urls.data("datapackage.json")).read_text(encoding="utf-8"))
    return package["name"], package["title"], package.get("version", "")


def small_pictures(files: Mapping[str, Path]) -> dict[str, Path]:
    """The same names, but each picture in its smallest size: no page names a file that is not there, and none is changed.

    A page states the size of the large picture all the same, so that nothing jumps; it shows it a little soft.
    """
    sizes: defaultdict[tuple[str, str], dict[int, Path]] = defaultdict(dict)
    for name, path in files.items():
        if match := _PICTURE.fullmatch(name):
            sizes[match["key"], match["form"]][int(match["width"])] = path
    smallest = {kind: found[min(found)] for kind, found in sizes.items()}

    def picture(name: str, path: Path) -> Path:
        match = _PICTURE.fullmatch(name)
        return smallest[match["key"], match["form"]] if match else path

    return {name: picture(name, path) for name, path in files.items()}
