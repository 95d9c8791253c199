"""Pages of cited documents: who cites them, since when, and what the records say of their date and issuer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link
from plugins.archive.outputs import Gathered, LatePage
from plugins.archive.records import Citation, Document, Meeting
from plugins.archive.text import match_key, sort_key

from .apparatus import Apparatus, apparatus
from .offices import Dated
from .paging import MeetingList, Paged, paged, parts
from .rows import Row, by_year, row, years_spanned

SECTION = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A way in which records write the number."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """One date that records give, and where the first of them stands; ``count`` 0 where only the document's own file gives it."""

    date: PartialDate
    count: int
    record: Dated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """``share`` is per cent of the largest count, at least 1."""

    label: str
    path: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """Template ``document.html``. ``name`` is the title as a source states it; several ``dates`` contradict each other."""

    section: str
    title: str
    description: str
    name: str
    issuer: str
    dates: tuple[DateClaim, ...]
    url: str
    wordings: tuple[Wording, ...]
    siblings: tuple[Link, ...]
    meeting_count: int
    years: tuple[int, int] | None
    counts: tuple[YearCount, ...]
    meetings: Paged[Row]
    apparatus: Apparatus


def pages(archive: Archive, gathered: Gathered) -> Iterator[LatePage]:
    for id in archive.documents:
        with archive.noting() as read:
            document = archive.documents[id]
            whole = _list(archive, document)
        yield LatePage(path=urls.document(id), template="document", make=partial(_document, archive, gathered, document, whole), read=read)
        yield from parts(whole, read)


def _list(archive: Archive, document: Document) -> MeetingList:
    path, meetings = urls.document(document.id), archive.meetings_citing.get(document.id, ())
    written = _written_by_meeting(document, archive.citations_of.get(document.id, ()))
    return MeetingList(
        subject=Link(label=document.label, path=path),
        section=SECTION,
        meetings=paged(path, by_year(meetings)),
        make=lambda meeting: row(archive, meeting, detail=written.get(meeting.id, "")),
        description=document.title,
    )


def _document(archive: Archive, gathered: Gathered, document: Document, whole: MeetingList) -> DocumentView:
    citations = archive.citations_of.get(document.id, ())
    meetings = archive.meetings_citing.get(document.id, ())
    return DocumentView(
        section=SECTION,
        title=document.label,
        description=document.title,
        name=document.title,
        issuer=document.issuer,
        dates=_dates(archive, document, citations),
        url=document.url,
        wordings=_wordings(document, citations),
        siblings=tuple(Link(label=_full_label(archive.documents[id]), path=urls.document(id)) for id in document.siblings),
        meeting_count=len(meetings),
        years=years_spanned(meetings),
        counts=_counts(archive, meetings),
        meetings=whole.first(),
        apparatus=apparatus(document, "document", gathered),
    )


def _written_by_meeting(document: Document, citations: Sequence[Citation]) -> dict[str, str]:
    """Spellings that differ from the number, each in the quotes of its record."""
    usual = match_key(document.number)
    return {c.meeting: f"“{c.as_written}”" for c in citations if c.as_written and match_key(c.as_written) != usual}


def _wordings(document: Document, citations: Sequence[Citation]) -> tuple[Wording, ...]:
    counts = Counter(c.as_written for c in citations if c.as_written)
    for variant in document.variants:
        counts.setdefault(variant, 0)
    if set(counts) <= {document.number}:
        return ()
    return tuple(
        Wording(text=text, count=count) for text, count in sorted(counts.items(), key=lambda one: (-one[1], sort_key(one[0]), one[0]))
    )


def _dates(archive: Archive, document: Document, citations: Sequence[Citation]) -> tuple[DateClaim, ...]:
    claims: defaultdict[PartialDate, dict[str, None]] = defaultdict(dict)
    for citation in citations:
        if citation.date:
            claims[citation.date][citation.meeting] = None
    for date in (*document.dates, *([document.date] if document.date else [])):
        claims.setdefault(date, {})
    return tuple(_claim(archive, date, list(found)) for date, found in sorted(claims.items()))


def _claim(archive: Archive, date: PartialDate, found: list[str]) -> DateClaim:
    if not found:
        return DateClaim(date=date, count=0, record=None)
    meeting = archive.meetings[found[0]]
    return DateClaim(date=date, count=len(found), record=Dated(date=meeting.date, path=urls.meeting(meeting.id), title=meeting.title))


def _counts(archive: Archive, meetings: Sequence[Meeting]) -> tuple[YearCount, ...]:
    """Every year from the first to the last, the newest on top; a single year needs no table."""
    counts = Counter(meeting.date.year for meeting in meetings)
    if len(counts) < 2:
        return ()
    most = max(counts.values())
    return tuple(
        YearCount(
            label=str(year), path=urls.year(year) if counts[year] else "", count=counts[year], share=max(1, counts[year] * 100 // most)
        )
        for year in range(max(counts), min(counts) - 1, -1)
    )


def _full_label(document: Document) -> str:
    return (
        f"{document.label}, {document.title}"
        if document.title
        else f"{document.label}, {document.date.year}"
        if document.date
        else document.label
    )
