"""The documents cited most, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Document
from plugins.archive.text import sort_key

from .parts import Chart, View, chart, sheets
from .texts import Texts

NAME = "van-ban-theo-nam"
ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document; ``counts`` are meetings that cite it, for each year of the view."""

    document: Link
    title: str
    total: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsView(View):
    """Template ``instrument_documents.html``; the chart counts citations of all documents."""

    chart: Chart
    years: tuple[int, ...]
    totals: tuple[int, ...]
    rows: tuple[DocumentRow, ...]
    document_count: int


def pages(archive: Archive, _texts: Texts) -> Iterator[OutputPage]:
    cited = {id: Counter(meeting.date.year for meeting in meetings) for id, meetings in archive.meetings_citing.items()}
    years = sorted({year for counts in cited.values() for year in counts})
    span = tuple(range(years[0], years[-1] + 1)) if years else ()
    totals = tuple(sum(counts[year] for counts in cited.values()) for year in span)
    rows = [_row(archive.documents[id], counts, span) for id, counts in cited.items()]
    rows.sort(key=lambda row: (-row.total, sort_key(row.document.label), row.document.path))
    for path, number, every, piece in sheets(NAME, rows, ROWS):
        view = DocumentsView(
            title=N_("Văn bản theo năm"),
            description=N_("Văn bản nào được viện dẫn nhiều, vào năm nào"),
            sheet=number,
            sheets=every,
            chart=chart(totals, lambda place: str(span[place])),
            years=span,
            totals=totals,
            rows=tuple(piece),
            document_count=len(rows),
        )
        yield OutputPage(path=path, template="instrument_documents", view=view)


def _row(document: Document, counts: Counter[int], span: tuple[int, ...]) -> DocumentRow:
    return DocumentRow(
        document=Link(label=document.label, path=urls.document(document.id)),
        title=document.title,
        total=counts.total(),
        counts=tuple(counts[year] for year in span),
    )
