"""The offline edition: a finished site as one ZIP, with a manifest, a word to its readers, and what changed since an earlier one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from plugins.archive.problems import N_

from . import contents, listing, manifest
from .listing import Edition
from .manifest import Changes, Manifest, NotAnEdition, Translate
from .packing import pack

README = "DOC-TRUOC.txt"
CHANGES = "THAY-DOI.txt"
CHANGES_DATA = "CHANGES.json"
_LIGHT = "-nhe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """An edition on disk."""

    file: Path
    name: str
    edition: str
    size: int
    sha256: str
    files: int
    without_large_images: bool
    changes: Changes | None


def bundle(
    output: Path,
    dist: Path,
    *,
    previous: Path | None = None,
    without_large_images: bool = False,
    translate: Translate = str,
) -> Bundle:
    """Packs the site at ``output`` into ``dist/<archive>-<edition>.zip`` and enters it in ``dist/editions.json``.

    The edition is the day that the site states, where it states one, and a digest of what the site holds, so that two sites of one day have
    two names. ``previous`` is an earlier ZIP. The same site gives the same bytes, with the same release of zlib.

    Raises :class:`NotAnEdition` for a folder that is no site or a ZIP that is no edition, :class:`CannotPack` for a file name
    that not every system can hold, and for a list of editions that cannot be read.
    """
    site = contents.site_files(output)
    contents.refuse_unsafe(site)
    known = listing.listed(dist)
    files = contents.small_pictures(site) if without_large_images else site
    made = _manifest(output, site, files, without_large_images)
    changes = manifest.compared(read_manifest(previous), made) if previous else None
    folder = f"{made.name}-{made.edition}" + (_LIGHT if without_large_images else "")
    target = dist / f"{folder}.zip"
    pack(target, folder, [*_texts(made, changes, translate), *files.items()])
    packed = _described(target, made, changes)
    listing.enter(dist, known, _entry(packed))
    return packed


def read_manifest(edition: Path) -> Manifest:
    """The manifest of a ZIP, or of a folder that was unpacked from one; raises :class:`NotAnEdition`."""
    if edition.is_dir():
        path = edition / manifest.NAME
        if not path.is_file():
            raise NotAnEdition.lacks(edition, manifest.NAME)
        return manifest.read(path.read_bytes())
    if not edition.exists():
        raise NotAnEdition(N_("không có tệp %(path)s"), path=edition)
    try:
        with zipfile.ZipFile(edition) as opened:
            names = [name for name in opened.namelist() if name.count("/") == 1 and name.endswith("/" + manifest.NAME)]
            if not names:
                raise NotAnEdition.lacks(edition, manifest.NAME)
            return manifest.read(opened.read(names[0]))
    except (OSError, zipfile.BadZipFile) as error:
        raise NotAnEdition.because(edition, error) from error


def faults(folder: Path) -> list[str]:
    """The files of an unpacked edition that are missing or not what they were, sorted; empty where all is whole."""
    expected = read_manifest(folder).files
    return sorted(path for path, (_, digest) in expected.items() if not _is_whole(folder / path, digest))


def _is_whole(file: Path, digest: str) -> bool:
    return file.is_file() and manifest.digest_of_file(file) == digest


def _manifest(output: Path, site: Mapping[str, Path], files: Mapping[str, Path], without_large_images: bool) -> Manifest:
    name, title, day = contents.described(output)
    whole = _listed(site)
    return Manifest(
        name=name,
        title=title,
        # The light edition bears the number of the whole one: it shows the same site.
        edition=f"{day}-{_number(whole)[:8]}" if day else _number(whole),
        files=whole if files is site else _listed(files),
        records=contents.records(output),
        without_large_images=without_large_images,
    )


def _listed(files: Mapping[str, Path]) -> dict[str, tuple[int, str]]:
    return {name: (path.stat().st_size, manifest.digest_of_file(path)) for name, path in files.items()}


def _number(files: Mapping[str, tuple[int, str]]) -> str:
    return manifest.digest("".join(f"{digest} {path}\n" for path, (_, digest) in sorted(files.items())).encode())[:12]


def _texts(made: Manifest, changes: Changes | None, translate: Translate) -> list[tuple[str, bytes]]:
    texts = [
        (README, _for_notepad(_readme(made, translate))),
        (manifest.NAME, manifest.written(made)),
        (manifest.CHECKSUMS, manifest.checksums(made)),
    ]
    if changes:
        data = json.dumps(asdict(changes), ensure_ascii=False, indent=1) + "\n"
        texts += [(CHANGES, _for_notepad(manifest.told(changes, translate))), (CHANGES_DATA, data.encode("utf-8"))]
    return texts


def _readme(made: Manifest, translate: Translate) -> str:
    lines = [
        f"{made.title}\n",
        translate(N_("Phiên bản: %(edition)s")) % {"edition": made.edition},
        translate(N_("Để đọc: giải nén cả thư mục, rồi mở tệp index.html bằng trình duyệt. Không cần mạng, không cần cài gì.")),
        translate(N_("Để kiểm tra: MANIFEST.json và SHA256SUMS ghi mã băm của mọi tệp và của từng hồ sơ.")),
    ]
    return "\n".join(lines) + "\n"


def _for_notepad(text: str) -> bytes:
    """As old editors on Windows show it: with their line ends, and the mark that says UTF-8."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _described(target: Path, made: Manifest, changes: Changes | None) -> Bundle:
    return Bundle(
        file=target,
        name=target.name,
        edition=made.edition,
        size=target.stat().st_size,
        sha256=manifest.digest_of_file(target),
        files=len(made.files),
        without_large_images=made.without_large_images,
        changes=changes,
    )


def _entry(made: Bundle) -> Edition:
    return Edition(name=made.name, edition=made.edition, size=made.size, sha256=made.sha256, without_large_images=made.without_large_images)
