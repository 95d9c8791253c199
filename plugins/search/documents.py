"""What the search knows of each meeting: a card to show, and the lines of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered
from plugins.archive.records import Meeting, Role

from .findables import Findable, Key, mark, taking_part, union_of
from .gathering import Lines
from .synonyms import name_term

SUMMARY = 200
"""Signs of a summary that a card keeps; the passage that a query matches takes its place as soon as the page is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One meeting, as the search knows it."""

    id: str
    year: int
    card: list[str]
    """Id, title, date (ISO), day (as readers see it), quarter (a digit or nothing), cluster, chairs, scope (where there is no cluster), summary."""
    lines: Lines


def documents(
    meetings: Iterable[Meeting], archive: Archive, gathered: Gathered, found: Sequence[Findable], day: Callable[[PartialDate], str]
) -> Iterator[Document]:
    """The archive's meetings, or some of them, one at a time. ``day`` writes a date as readers see it."""
    names: dict[Key, Sequence[str]] = {findable.key: (findable.label, *findable.also) for findable in found}
    for meeting in meetings:
        yield Document(
            id=meeting.id, year=meeting.date.year, card=card(meeting, archive, day), lines=lines(meeting, archive, gathered, names)
        )


def lines(meeting: Meeting, archive: Archive, gathered: Gathered, names: dict[Key, Sequence[str]]) -> Lines:
    """What of a meeting is indexed."""
    keys, union = sorted(taking_part(meeting)), union_of(meeting, archive)
    named = [name for key in keys for name in names[key]]
    marks = [*map(mark, keys), *([mark(("organization", union)), name_term(union)] if union else [])]
    title, text = meeting.title, running_text(meeting, gathered).split("\n")
    return Lines(text, [*named, *other_names(meeting, archive)], [title], list(dict.fromkeys(marks)))


def card(meeting: Meeting, archive: Archive, day: Callable[[PartialDate], str]) -> list[str]:
    """What is shown of a meeting among results: see Document.card."""
    union = archive.organizations.get(meeting.union or "")
    scope = (union.scope or union.label) if union and not meeting.cluster else ""
    chairs = [archive.people[p.person].label if p.person else p.name for p in meeting.with_role(Role.CHAIR)]
    return [
        meeting.id,
        meeting.title,
        str(meeting.date),
        day(meeting.date),
        str(meeting.date.quarter or ""),
        archive.clusters[meeting.cluster].label if meeting.cluster else "",
        ", ".join(chairs),
        scope,
        shortened(meeting.summary),
    ]


def shortened(text: str) -> str:
    """As much of a text as a card keeps, cut between words."""
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(" ", 1)[0] + "…"


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
