"""How to cite a meeting: as text, in APA's manner, as BibTeX, RIS and CSL-JSON.

theme/static/js/exporting.js writes the same from the same :class:`Reference`, for a paragraph or a list of the reader's choice; the
cases in tests/fixtures/exports/references.json hold both to one result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Meeting, Role, Source
from plugins.archive.text import clean

from .texts import legal
from .writing import json_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a citation is made of, all of it text, empty where unknown; ``chairs`` are joined by commas.

    ``anchor`` names a passage of the page, ``quote`` is its text. ``url`` is the whole address, without the anchor.
    """

    id: str
    title: str
    date: str
    site: str
    edition: str = ""
    url: str = ""
    path: str = ""
    sha256: str = ""
    cluster: str = ""
    chairs: str = ""
    report: str = ""
    publisher: str = ""
    published: str = ""
    anchor: str = ""
    quote: str = ""


_FIELDS = tuple(field.name for field in fields(Reference))


def reference(archive: Archive, meeting: Meeting, *, site: str, edition: str, site_url: str, sha256: str) -> Reference:
    """The reference to a whole meeting, with the report that appeared first; of reports without a day, the first one listed."""
    source = min(meeting.sources, key=_appearance, default=None)
    path = urls.meeting(meeting.id)
    return Reference(
        id=meeting.id,
        title=_line(meeting.title),
        date=str(meeting.date),
        site=_line(site),
        edition=edition,
        url=f"{site_url}/{path}" if site_url else "",
        path=path,
        sha256=sha256,
        cluster=_line(archive.clusters[meeting.cluster].label) if meeting.cluster else "",
        chairs=", ".join(_line(archive.people[p.person].name if p.person else p.name) for p in meeting.with_role(Role.CHAIR)),
        report=_line(source.title) if source else "",
        publisher=_line(source.site) if source else "",
        published=_published(meeting, source) if source else "",
    )


_clean = lru_cache(maxsize=1024)(clean)  # a page's own texts stand in several forms, and the site's on every page


@lru_cache(maxsize=1024)
def _line(text: str) -> str:
    return clean(legal(text))


def _appearance(source: Source) -> tuple[bool, str]:
    return source.published is None, source.published.isoformat() if source.published else ""


def _published(meeting: Meeting, source: Source) -> str:
    # The record's own date of publication holds for its first source where that states none.
    stamp = source.published or (meeting.published if source is meeting.sources[0] else None)
    return stamp.day.isoformat() if stamp else ""


def at(reference: Reference, anchor: str, quote: str) -> Reference:
    """The reference to one passage."""
    return replace(reference, anchor=anchor, quote=quote)


# --- Text ---------------------------------------------------------------------------------------------------------------


def vietnamese(reference: Reference) -> str:
    """As “Title”, hội nghị 09/10/2025. Site, bản ghi id, phiên bản 2025-11-20. Address. Theo “report”, publisher, 10/10/2025."""
    parts = [f"“{reference.title}”, hội nghị {day_first(reference.date)}.", _record(reference)]
    if reference.url:
        parts.append(address(reference) + ".")
    return " ".join([*parts, *_origin(reference)])


def apa(reference: Reference) -> str:
    """As Site. (2025, 9 tháng 10). Title [Bản ghi hội nghị] (Phiên bản 2025-11-20). Address"""
    edition = f" (Phiên bản {reference.edition})" if reference.edition else ""
    end = f" {address(reference)}" if reference.url else ""
    return f"{reference.site}. ({_year_first(reference.date)}). {reference.title} [Bản ghi hội nghị]{edition}.{end}"


def day_first(date: str) -> str:
    """2025-10-09 as 09/10/2025, 2025-10 as 10/2025."""
    return "/".join(reversed(date.split("-")))


def _year_first(date: str) -> str:
    year, *rest = date.split("-")
    words = {0: "", 1: f", tháng {int(rest[0])}" if rest else "", 2: f", {int(rest[-1])} tháng {int(rest[0])}" if rest else ""}
    return year + words[len(rest)]


def _record(reference: Reference) -> str:
    place = [f"{reference.site}, bản ghi {reference.id}"]
    if reference.anchor:
        place.append(reference.anchor)
    if reference.edition:
        place.append(f"phiên bản {reference.edition}")
    return ", ".join(place) + "."


def _origin(reference: Reference) -> list[str]:
    named = [f"“{reference.report}”" if reference.report else "", reference.publisher, day_first(reference.published)]
    return [f"Theo {', '.join(filter(None, named))}."] if reference.report or reference.publisher else []


def address(reference: Reference) -> str:
    """The whole address, with the passage's fragment."""
    return f"{reference.url}#{reference.anchor}" if reference.anchor else reference.url


def note(reference: Reference) -> str:
    """What no other field of a reference manager can hold."""
    digest = [f"SHA-256 của hồ sơ: {reference.sha256}."] if reference.sha256 else []
    return " ".join([*_origin(reference), *digest])


def key(reference: Reference) -> str:
    """A name for the entry; ids are ASCII without spaces."""
    return f"{reference.id}-{reference.anchor}" if reference.anchor else reference.id


# --- For reference managers ---------------------------------------------------------------------------------------------

# BibTeX counts braces even where they are escaped, so that they go by their names.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_SPECIAL = re.compile(r"[\\{}~^$&%#_]")


def tex(text: str) -> str:
    """A text in which no character means anything to TeX."""
    return _TEX_SPECIAL.sub(lambda match: _TEX.get(match[0], "\\" + match[0]), text)


def bibtex(reference: Reference) -> str:
    """One entry; BibTeX proper knows year, month and howpublished, biblatex date and version."""
    year, *rest = reference.date.split("-")
    fields = {
        "title": "{" + tex(reference.title) + "}",
        "author": "{" + tex(reference.site) + "}",
        "date": reference.date,
        "year": year,
        "month": str(int(rest[0])) if rest else "",
        "howpublished": tex(_record(reference).removesuffix(".")),
        "version": reference.edition,
        "url": address(reference) if reference.url else "",
        "language": "vietnamese",
        "abstract": tex(reference.quote),
        "note": tex(note(reference)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key(reference)},\n" + ",\n".join(lines) + "\n}\n"


def ris(reference: Reference) -> str:
    """One entry, with the line ends that RIS asks for."""
    date = "/".join([*reference.date.split("-"), "", ""][:3]) + "/"
    fields = [
        ("TY", "ELEC"),
        ("ID", key(reference)),
        ("TI", reference.title),
        ("T2", reference.site),
        ("PB", reference.site),
        ("PY", reference.date[:4]),
        ("DA", date),
        ("ET", reference.edition),
        ("AN", reference.id),
        ("LA", "vi"),
        ("UR", address(reference) if reference.url else ""),
        ("AB", reference.quote),
        ("N1", note(reference)),
    ]
    return "".join([f"{tag}  - {_clean(value)}\r\n" for tag, value in fields if value]) + "ER  - \r\n"


def csl(reference: Reference) -> dict[str, object]:
    """One item of CSL-JSON (citationstyles.org)."""
    parts = {"date-parts": [[int(part) for part in reference.date.split("-")]]}
    fields: dict[str, object] = {
        "id": key(reference),
        "type": "webpage",
        "title": reference.title,
        "container-title": reference.site,
        "publisher": reference.site,
        "issued": parts,
        "event-date": parts,
        "version": reference.edition,
        "archive_location": reference.id,
        "URL": address(reference) if reference.url else "",
        "language": "vi",
        "abstract": reference.quote,
        "note": note(reference),
    }
    return {name: value for name, value in fields.items() if value}


def csl_item(reference: Reference) -> str:
    return json_text(csl(reference))


def csl_json(reference: Reference) -> str:
    """A list of one item, as reference managers want it."""
    return f"[\n{csl_item(reference)}\n]\n"


def compact(reference: Reference) -> str:
    """What a page says of itself to the scripts: the fields that are not empty, as JSON."""
    return "{" + ",".join([f'"{name}":{json_text(value)}' for name in _FIELDS if (value := getattr(reference, name))]) + "}"
