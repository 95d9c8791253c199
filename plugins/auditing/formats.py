"""Every file that other programs read: it parses, says nothing it should not, and names only what the site has."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from plugins.archive import text
from plugins.archive.problems import N_

from . import feeds
from .findings import Finding, Result, finding, result
from .pages import Page
from .site import Site

_TEXTS = {
    ".html",
    ".css",
    ".js",
    ".json",
    ".jsonld",
    ".xml",
    ".svg",
    ".csv",
    ".ics",
    ".bib",
    ".ris",
    ".txt",
    ".md",
    ".webmanifest",
    ".geojson",
}
_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}
# What begins a block of camera data in JPEG, WebP and AVIF, and PNG; of XMP and of IPTC in any.
_METADATA = {
    b"Exif\x00\x00": "Exif",
    b"eXIf": "Exif",
    b"EXIF": "Exif",
    b"ns.adobe.com/xap": "XMP",
    b"Photoshop 3.0": "IPTC",
    b"GPSLatitude": "GPS",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")
_LOCAL = re.compile(r"file:///?[\w./]|(?<![\w.:/])/(?:home|Users|root|tmp|var/folders)/[\w.-]+/|[A-Z]:\\Users\\")
_SHOWN = 60
"""Characters that are shown of a line with a path of somebody's machine."""


def check(site: Site) -> Result:
    """Feeds and the sitemap have rules of their own in :mod:`auditing.feeds`."""
    found = [fault for path in site.files for fault in _faults(site, path)]
    found += [fault for page in site.pages.values() for fault in _linked_data(page)]
    return result(N_("Tệp dữ liệu: đọc được, NFC, không công thức, không dấu vết"), len(site.files), [*found, *feeds.check(site)])


def _faults(site: Site, path: str) -> Iterator[Finding]:
    suffix = Path(path).suffix.lower()
    if suffix in _TEXTS:
        yield from _text_faults(site, path)
    if suffix in _PICTURES:
        yield from _picture_faults(site, path)
    if suffix in _READERS:
        name, reader = _READERS[suffix]
        try:
            yield from reader(site, path)
        except (ValueError, KeyError, csv.Error, ElementTree.ParseError, sqlite3.Error, zipfile.BadZipFile) as error:
            yield finding(path, 0, "file-unparsed", format=name, value=error)


def _text_faults(site: Site, path: str) -> Iterator[Finding]:
    try:
        content = site.text(path)
    except UnicodeDecodeError as error:
        yield finding(path, 0, "file-unparsed", format="UTF-8", value=error)
        return
    if not unicodedata.is_normalized("NFC", content) and not path.endswith(".js"):  # keys of the search put tones at the end
        line = next((n for n, line in enumerate(content.split("\n"), 1) if not unicodedata.is_normalized("NFC", line)), 0)
        yield finding(path, line, "file-not-nfc", value=content.split("\n")[line - 1].strip() if line else "")
    if (found := text.INVISIBLE.search(content, 1)) and not path.endswith((".js", ".css")):
        yield finding(path, content.count("\n", 0, found.start()) + 1, "file-invisible", value=f"U+{ord(found[0]):04X}")
    if (found := _LOCAL.search(content)) and not path.endswith(".js"):
        shown = content[found.start() : found.start() + _SHOWN].partition("\n")[0]
        yield finding(path, content.count("\n", 0, found.start()) + 1, "file-local-path", value=shown)


def _picture_faults(site: Site, path: str) -> Iterator[Finding]:
    data = (site.folder / path).read_bytes()
    for mark, name in _METADATA.items():
        if mark in data:
            yield finding(path, 0, "picture-metadata", value=name)


def _linked_data(page: Page) -> Iterator[Finding]:
    for element, content in page.scripts:
        if element.get("type") in ("application/ld+json", "application/json"):
            try:
                data = _json(content)
                if element.get("type") == "application/ld+json" and not _has_context(data):
                    raise ValueError("@context")
            except ValueError as error:
                yield finding(page.path, element.line, "file-unparsed", format="JSON-LD", value=error)


def _has_context(data: object) -> bool:
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and "@context" in first


def _json(content: str) -> object:
    """Strictly: no NaN, no key twice."""

    def refuse(name: str) -> object:
        raise ValueError(name)

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        known = dict(pairs)
        if len(known) != len(pairs):
            raise ValueError("key twice: " + ", ".join(sorted({key for key, _ in pairs if sum(key == k for k, _ in pairs) > 1})))
        return known

    return json.loads(content, parse_constant=refuse, object_pairs_hook=unique)


def _read_json(site: Site, path: str) -> Iterator[Finding]:
    _json(site.text(path))
    yield from ()


def _read_lines_of_json(site: Site, path: str) -> Iterator[Finding]:
    for line in site.text(path).splitlines():
        _json(line)
    yield from ()


def _read_xml(site: Site, path: str) -> Iterator[Finding]:
    content = site.text(path)
    if "<!DOCTYPE" in content or "<!ENTITY" in content:
        raise ValueError("<!DOCTYPE")
    ElementTree.fromstring(content)
    yield from ()


def _read_csv(site: Site, path: str) -> Iterator[Finding]:
    """Every row as long as the first, no cell that a spreadsheet would compute."""
    rows = list(csv.reader(io.StringIO(site.text(path).removeprefix("\ufeff"), newline=""), strict=True))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"row {number}: {len(row)} != {len(rows[0])}")
        for cell in row:
            if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
                yield finding(path, number, "cell-formula", value=cell)


def _read_calendar(site: Site, path: str) -> Iterator[Finding]:
    """RFC 5545: CR LF, no line over 75 octets, what begins ends."""
    data = (site.folder / path).read_bytes()
    lines = data.split(b"\r\n")
    if b"\n" in data.replace(b"\r\n", b"") or lines[-1] != b"":
        raise ValueError("CR LF")
    if any(len(line) > 75 for line in lines):
        raise ValueError("75")
    opened: list[bytes] = []
    for line in lines:
        name, _, value = line.partition(b":")
        if name == b"BEGIN":
            opened.append(value)
        elif name == b"END" and (not opened or opened.pop() != value):
            raise ValueError(value.decode())
    if opened or lines[0] != b"BEGIN:VCALENDAR":
        raise ValueError("VCALENDAR")
    yield from ()


def _read_bibtex(site: Site, path: str) -> Iterator[Finding]:
    """Braces in pairs and entries that begin a line: nothing in a title ends its field."""
    depth = 0
    for line in site.text(path).split("\n"):
        if line.startswith("@") and depth:
            raise ValueError(line)
        depth += len(re.findall(r"(?<!\\)\{", line)) - len(re.findall(r"(?<!\\)\}", line))
        if depth < 0:
            raise ValueError(line)
    if depth:
        raise ValueError("{")
    yield from ()


def _read_ris(site: Site, path: str) -> Iterator[Finding]:
    """Every line is a tag and its value; every record begins with TY and ends with ER."""
    opened = False
    for line in filter(None, site.text(path).splitlines()):
        tag = re.match(r"([A-Z][A-Z0-9])  -(?: |$)", line)
        if tag is None or (tag[1] == "TY") == opened:
            raise ValueError(line)
        opened = tag[1] != "ER"
    if opened:
        raise ValueError("ER")
    yield from ()


def _read_zip(site: Site, path: str) -> Iterator[Finding]:
    """Every name stays inside the folder it is unpacked into, and every checksum is right."""
    with zipfile.ZipFile(site.folder / path) as archive:
        for name in archive.namelist():
            if name.startswith(("/", "\\")) or ".." in Path(name).parts or ":" in name:
                raise ValueError(name)
        if broken := archive.testzip():
            raise ValueError(broken)
    yield from ()


def _read_database(site: Site, path: str) -> Iterator[Finding]:
    connection = sqlite3.connect((site.folder / path).resolve().as_uri() + "?mode=ro&immutable=1", uri=True)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    if answer != "ok":
        raise ValueError(answer)
    yield from ()


Reader = Callable[[Site, str], Iterator[Finding]]
"""Raises ValueError, or the like, where the file is not what its name says; yields what else is wrong with it."""
_READERS: dict[str, tuple[str, Reader]] = {
    ".json": ("JSON", _read_json),
    ".jsonld": ("JSON-LD", _read_json),
    ".webmanifest": ("JSON", _read_json),
    ".jsonl": ("JSON Lines", _read_lines_of_json),
    ".xml": ("XML", _read_xml),
    ".svg": ("SVG", _read_xml),
    ".csv": ("CSV", _read_csv),
    ".ics": ("iCalendar", _read_calendar),
    ".bib": ("BibTeX", _read_bibtex),
    ".ris": ("RIS", _read_ris),
    ".zip": ("ZIP", _read_zip),
    ".sqlite": ("SQLite", _read_database),
    ".db": ("SQLite", _read_database),
}
