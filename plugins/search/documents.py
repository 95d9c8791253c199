"""What the search knows of each meeting: a card to show and to filter by, the text to cut snippets from, the terms of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered
from plugins.archive.records import Meeting

from .analysis import Synonyms, analyse
from .facets import Facet
from .findables import Findable, taking_part, union_of
from .synonyms import name_term

FIELDS = {"title": 4, "names": 3, "text": 1}
"""The fields of the index, and how much a term counts in each."""

ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One meeting, as the search knows it."""

    card: Mapping[str, object]
    """JSON: title, path, date (ISO), day (as readers see it), quarter, facets {key: [index of a value]}, names (indexes of findables),
    more (other names)."""
    text: str
    """A line for each block."""
    terms: Mapping[str, list[str]]
    """By field."""


def documents(
    archive: Archive,
    gathered: Gathered,
    found: Sequence[Findable],
    ways: Sequence[Facet],
    known: Synonyms,
    day: Callable[[PartialDate], str],
) -> list[Document]:
    """The archive's meetings, newest first. ``day`` writes a date as readers see it."""
    places = {findable.key: place for place, findable in enumerate(found)}
    ranks = {way.key: {id: rank for rank, (id, _) in enumerate(way.values)} for way in ways}

    def document(meeting: Meeting) -> Document:
        names, more = sorted(places[key] for key in taking_part(meeting)), other_names(meeting, archive)
        chosen = {way.key: [ranks[way.key][id] for id in way.of_meeting[meeting.id]] for way in ways}
        text = running_text(meeting, gathered)
        named = [name for place in names for name in (found[place].label, *found[place].also)]
        texts = {"title": [meeting.title], "names": [*named, *more], "text": text.split("\n")}
        terms = {field: _terms(parts, known) for field, parts in texts.items()}
        terms["names"] += [name_term(id) for id in [union_of(meeting, archive)] if id]
        card = {**_heading(meeting, day), "facets": chosen, "names": names, "more": more}
        return Document(card=card, text=text, terms=terms)

    return [document(meeting) for meeting in reversed(list(archive.meetings.values()))]


def _heading(meeting: Meeting, day: Callable[[PartialDate], str]) -> dict[str, str]:
    return {
        "title": meeting.title,
        "path": urls.meeting(meeting.id),
        "date": str(meeting.date),
        "day": day(meeting.date),
        "quarter": ROMAN[meeting.date.quarter or 0],
    }


def other_names(meeting: Meeting, archive: Archive) -> list[str]:
    """Names on a meeting that are not those of a record: people and documents as written, place, kind, tags, its date; its union, short.

    A union's whole name stands under one term (see synonyms.py): with it in words, "khoa học" would find every meeting there is.
    """
    written = [p.name for p in meeting.participations] + [citation.as_written for citation in meeting.citations]
    union = archive.organizations.get(union_of(meeting, archive) or "")
    short = (union.scope, *union.abbreviations) if union else ()
    names = (*written, meeting.venue, meeting.province, meeting.kind, *meeting.tags, *short, day_first(meeting.date))
    return list(dict.fromkeys(name for name in names if name))


def day_first(date: PartialDate) -> str:
    """As it is typed into a search: 9/10/2025, 10/2025 or 2025."""
    return "/".join(str(part) for part in (date.day, date.month, date.year) if part)


def running_text(meeting: Meeting, gathered: Gathered) -> str:
    """What stands on the page of a meeting besides names: summary, body, who attended, positions, captions; a line for each block."""
    body = gathered.bodies.get(("meeting", meeting.id))
    lines = [meeting.summary, *(body.text.split("\n") if body else ()), meeting.attendance]
    lines += [p.position for p in meeting.participations] + [image.caption for image in meeting.images]
    stripped = (" ".join(line.split()) for line in lines)
    return "\n".join(dict.fromkeys(line for line in stripped if line))


def _terms(texts: Iterable[str], known: Synonyms) -> list[str]:
    return [term.term for text in texts for term in analyse(text, known)]
