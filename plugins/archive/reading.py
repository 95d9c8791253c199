"""Files under content/ become entries: checked field by field, each alone; names are not resolved yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from . import body_checks, files, frontmatter, quotes, rereading, text
from .checked import checked
from .citations import Mention, digest, find
from .field_types import is_id, valid_id
from .problems import Problems, Severity
from .progress import SILENCE, Progress
from .records import Correction, Note, Source
from .retaking import Retaken, Taken
from .schema import RECORD_FIELDS, MeetingFields, RecordFields
from .sharing import shared
from .validating import validate

CHUNK = 100
"""A process reads so many files at a time; then it is told how far the reading is."""
_TEXT_SUFFIXES = {".markdown", ".mkd", ".txt", ".rst", ".html", ".htm", ".docx", ".doc"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file whose fields are sound. ``path`` is relative to content/.

    It travels from the process that read the file, and so holds neither its text nor its lines: see :mod:`archive.rereading`.
    """

    kind: str
    """Folder of content/: meetings, people ..."""
    id: str
    path: str
    sha256: str
    """Digest of the file's bytes, in hexadecimal."""
    fields: Any
    """Those of its kind in :mod:`archive.schema`, as :mod:`archive.checked` gives them."""
    body_line: int
    """On which the text begins; 0 where there is none."""
    named: tuple[Mention, ...] = ()
    """The documents that the text of a meeting names."""
    named_digest: str = ""
    """As :func:`archive.citations.digest` gives it: worked out where there are several processes, and not in the one that resolves all."""
    image_lines: tuple[int, ...] = ()
    period_line: int = 0
    """Of a meeting: as :meth:`line` would give it, for a warning that a large archive gives by the hundred."""
    content: str = ""
    """The folder on this machine below which ``path`` lies."""

    def line(self, *place: str | int) -> int:
        """The line of a field, or of the header where it is absent."""
        return rereading.line_of(Path(self.content), self.path, place)


def read_content(content: Path, problems: Problems, progress: Progress = SILENCE, workers: int = 0, last: Retaken | None = None) -> list[Entry]:
    """Every record that can be read, in order of path; drafts are read (for their problems, as warnings) and left out.

    What is known of the ``last`` build is not read again, and it is told what there is now. ``workers`` is as in :mod:`archive.sharing`.
    """
    last = last or Retaken()
    if not content.is_dir():
        problems.add("", 0, "", "content-missing", value=content)
        return []
    found = list(_record_files(content, problems))
    waiting = [(file, path) for file, path in found if path not in last.known]
    read: dict[str, Taken] = {}
    for number, one in enumerate(shared(partial(_read, str(content)), waiting, workers=workers, chunk=CHUNK)):
        read[waiting[number][1]] = one
        if number % CHUNK == 0:
            progress.reached(number, len(waiting))
    taken = [read[path] if path in read else last.known[path] for _, path in found]
    last.take(taken)
    for _, own in taken:
        problems.extend(own)
    return [entry for entry, _ in taken if entry is not None]


def _record_files(content: Path, problems: Problems) -> Iterator[tuple[str, str]]:
    """Each record's file, and its path relative to content/."""

    def unlisted(error: OSError) -> None:
        problems.add(_relative(error.filename, content), 0, "", "file-unreadable", reason=error.strerror or error)

    for folder, subfolders, names in os.walk(content, onerror=unlisted):
        subfolders.sort()
        relative = _relative(folder, content)
        kind = relative.partition("/")[0]
        if not relative:
            subfolders[:] = [name for name in subfolders if name != "images" and not name.startswith(".")]
        # The walk does not follow a linked folder, and whatever lies in it would vanish without a word.
        for name in subfolders:
            if os.path.islink(os.path.join(folder, name)) and (not relative or kind in RECORD_FIELDS):
                problems.add(_joined(relative, name), 0, "", "file-not-regular")
        # A folder named x.md would vanish from a walk over files.
        for name in sorted([*names, *(name for name in subfolders if name.endswith(".md"))]):
            if _is_record(kind, name, path := _joined(relative, name), problems):
                yield os.path.join(folder, name), path


def _relative(path: str | Path, content: Path) -> str:
    relative = Path(path).relative_to(content).as_posix()
    return "" if relative == "." else relative


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _is_record(kind: str, name: str, path: str, problems: Problems) -> bool:
    if name.startswith((".", "~$", "_")) or name.endswith("~"):
        return False
    suffix = os.path.splitext(name)[1]
    if suffix == ".md" and kind not in RECORD_FIELDS:
        problems.add(path, 0, "", "file-misplaced")
    elif suffix != ".md" and kind in RECORD_FIELDS and suffix.lower() in _TEXT_SUFFIXES | {".md"}:
        problems.add(path, 0, "", "file-extension", value=suffix)
    return suffix == ".md" and kind in RECORD_FIELDS


def read_entry(file: Path, content: Path, problems: Problems) -> Entry | None:
    """One file as an entry; None where it is a draft or has errors, which are then in ``problems``.

    A draft may be unfinished: what is wrong with it is told as a warning and keeps nothing from being built.
    """
    entry, own = _read(str(content), (str(file), _relative(file, content)))
    problems.extend(own)
    return entry


def _read(content: str, found: tuple[str, str]) -> Taken:
    file, path = found
    own = Problems()
    source = files.read(file, path, own)
    parsed = frontmatter.parse(source.text, path, own) if source is not None else None
    entry = _entry(content, source, parsed, own) if source is not None and parsed is not None else None
    if parsed is not None and _is_draft(parsed):
        return None, [replace(problem, severity=Severity.WARNING) for problem in own.found]
    if entry is not None and parsed is not None:
        quotes.check(parsed, own)
    return entry, own.found


def _is_draft(parsed: frontmatter.Parsed) -> bool:
    status = parsed.fields.get("status")
    return status is not None and str(status.data).strip().casefold() == "draft"


def _entry(content: str, source: files.TextFile, parsed: frontmatter.Parsed, problems: Problems) -> Entry | None:
    kind = parsed.path.split("/", 1)[0]
    fields = validate(parsed, RECORD_FIELDS[kind], problems)
    id = _id_of(fields, parsed.path, problems)
    body_checks.check(parsed, problems)
    if fields is None or id is None:
        return None
    entry = partial(Entry, kind, id, parsed.path, source.sha256, checked(fields), parsed.text_line, content=content)
    if not isinstance(fields, MeetingFields):
        return entry()
    lines = (parsed.header.line_of(("images", number, "file")) for number in range(len(fields.images)))
    named = find(parsed.body)
    return entry(named=named, named_digest=digest(named), image_lines=tuple(lines), period_line=parsed.header.line_of(("period",)))


def _id_of(fields: RecordFields | None, path: str, problems: Problems) -> str | None:
    id = (fields.id if fields else "") or text.nfc(PurePosixPath(path).stem)
    if is_id(id):
        return id
    problems.add(path, 0, "", "id-invalid", value=id, nearest=valid_id(id))
    return None


def common_fields(entry: Entry) -> dict[str, Any]:
    """What every record takes over from its entry as it is."""
    fields = entry.fields
    return {
        "id": entry.id,
        "path": entry.path,
        "sha256": entry.sha256,
        "body_line": entry.body_line,
        "notes": tuple(Note(about=n.about, text=n.text) for n in fields.notes),
        "sources": tuple(Source(**s._asdict()) for s in fields.sources),
        "corrections": tuple(Correction(date=c.date, text=c.text) for c in fields.corrections),
        "former_ids": fields.former_ids,
    }
