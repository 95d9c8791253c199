"""Warnings that need more than one field: what an editor overlooks and a reader would stumble over.

Nothing here keeps a site from being built; every finding is a warning of :mod:`archive.problems`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from . import text
from .archive import Archive
from .problems import Problems
from .reading import Entry
from .records import Meeting, Person

# What cameras and phones call a picture (IMG_1234, DSC00012, Zalo's z1234567890123_0a1b2c), or any name with a picture's ending.
_FILE_NAME = re.compile(
    r"(?:img|dsc[fn]?|dscn|pxl|p|z|photo|image|screenshot)[ _-]?\d{4,}\S*|\S+\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?)", re.IGNORECASE
)
# Placing the tone as in hoà or as in hòa is a matter of style: both are right, and names are kept as written. After q, u is no vowel:
# Quý is right and Qúy is wrong.
_STYLE = tuple((text.nfc(a + tone + b), text.nfc(a + b + tone)) for a, b in ("oa", "oe", "uy") for tone in text.TONES)


def check(entries: Iterable[Entry], archive: Archive, problems: Problems) -> None:
    """Adds what is doubtful about records that are sound one by one."""
    # Of two records that claim one id, only the first is in the archive.
    meetings = [e for e in entries if e.kind == "meetings" and e.id in archive.meetings and archive.meetings[e.id].path == e.path]
    for entry in meetings:
        _check_images(entry, problems)
    _check_spelling(meetings, archive, problems)
    _check_quarters({e.id: e for e in meetings}, archive, problems)


# Images


def _check_images(entry: Entry, problems: Problems) -> None:
    for number, image in enumerate(entry.fields.images):
        for name, value in (("caption", image.caption), ("alt", image.alt)):
            if value and _FILE_NAME.fullmatch(value):
                line = entry.line("images", number, name)
                problems.add(entry.path, line, f"images.{number + 1}.{name}", "caption-file-name", value=value)
        if image.file and not (image.caption or image.alt):
            line = entry.line("images", number, "file")
            problems.add(entry.path, line, f"images.{number + 1}", "alt-missing", value=image.file)


# Names


def _check_spelling(entries: Iterable[Entry], archive: Archive, problems: Problems) -> None:
    """One person whose name is not written as elsewhere: matched all the same, but the page shows what stands here."""
    for entry in entries:
        people = {p.name: p.person for p in archive.meetings[entry.id].participations if p.person}
        for role in ("chairs", "speakers", "participants"):
            for number, listed in enumerate(getattr(entry.fields, role)):
                person = archive.people.get(people.get(listed.name, ""))
                if person is not None and not listed.person and not _is_known_spelling(listed.name, person):
                    line = entry.line(role, number, "name")
                    problems.add(entry.path, line, f"{role}.{number + 1}.name", "name-respelt", value=listed.name, other=person.name)


def _is_known_spelling(name: str, person: Person) -> bool:
    return any(name == known or _one_style(name) == _one_style(known) for known in (person.name, *person.variants))


def _one_style(name: str) -> str:
    for new, old in _STYLE:
        if old in name:
            name = re.sub(f"(?<![qQ]){old}(?!\\w)", new, name)
    return name


# Quarters


def _check_quarters(entries: dict[str, Entry], archive: Archive, problems: Problems) -> None:
    """A cluster that reports by quarters and skips one: either the report is lost or the record has not been written.

    Only meetings that review a quarter count, within one year: many clusters meet twice a year, and nothing is missing there.
    """
    for cluster, meetings in archive.meetings_of_cluster.items():
        by_year: defaultdict[int, dict[int, Meeting]] = defaultdict(dict)
        for meeting in meetings:
            for year, quarter in _quarters_reviewed(entries[meeting.id].fields):
                by_year[year].setdefault(quarter, meeting)
        for year, known in sorted(by_year.items()):
            for quarter in sorted(set(range(min(known), max(known))) - set(known)):
                if any(f"{year}-Q{quarter}" in note.text for note in archive.clusters[cluster].notes):
                    continue  # the editor has looked into it
                later = entries[known[min(q for q in known if q > quarter)].id]
                label = archive.clusters[cluster].label
                problems.add(later.path, later.period_line, "period", "quarter-missing", value=f"{year}-Q{quarter}", other=label)


def _quarters_reviewed(fields: Any) -> Iterator[tuple[int, int]]:
    review = fields.period.review if fields.period else None
    if review is not None and review.span.startswith("Q"):
        yield review.year, int(review.span[1])

