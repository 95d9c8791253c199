"""The index of cited documents: every kind on one page, or a page for each where they are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Document
from plugins.archive.text import slugify, sort_key

from .documents import SECTION

LIMIT = 150
"""So many documents stand on one page; past that each kind has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document in the index (see components/document_list.html)."""

    label: str
    path: str
    issuer: str
    dates: tuple[PartialDate, ...]
    title: str
    as_written: str
    anchor: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Documents of one type, by number; ``path`` is the page of their own, or empty."""

    label: str
    anchor: str
    path: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsView:
    """Template ``documents.html``: every kind, or one where ``only`` is set."""

    section: str
    title: str
    description: str
    kinds: tuple[Kind, ...]
    only: Kind | None
    split: bool
    document_count: int
    citation_count: int


def pages(archive: Archive, _gathered: Gathered) -> Iterator[OutputPage]:
    split = len(archive.documents) > LIMIT
    kinds = _kinds(archive, split)
    yield OutputPage(path=urls.DOCUMENTS, template="documents", view=_view(archive, kinds, None, split))
    for kind in kinds:
        if kind.path:
            yield OutputPage(path=kind.path, template="documents", view=_view(archive, kinds, kind, split))


def _view(archive: Archive, kinds: tuple[Kind, ...], only: Kind | None, split: bool) -> DocumentsView:
    shown = only.documents if only else tuple(document for kind in kinds for document in kind.documents)
    return DocumentsView(
        section=SECTION,
        title=N_("Văn bản viện dẫn") if only is None else only.label,
        description="",
        kinds=kinds,
        only=only,
        split=split,
        document_count=len(shown),
        citation_count=sum(document.count for document in shown),
    )


def _kinds(archive: Archive, split: bool) -> tuple[Kind, ...]:
    """The most frequent kind first; documents by number, then date."""
    groups: defaultdict[str, list[Document]] = defaultdict(list)
    for document in archive.documents.values():
        groups[document.type].append(document)
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), sort_key(one[0])))
    return tuple(_kind(archive, label, documents, split) for label, documents in ordered)


def _kind(archive: Archive, label: str, documents: list[Document], split: bool) -> Kind:
    slug = slugify(label) or "khac"
    documents.sort(key=lambda d: (sort_key(d.number), str(d.date or ""), d.id))
    return Kind(
        label=label or N_("Văn bản khác"),
        anchor=f"loai-{slug}",
        path=urls.documents_of_type(slug) if split else "",
        documents=tuple(_listed(archive, document) for document in documents),
    )


def _listed(archive: Archive, document: Document) -> Listed:
    dates = document.dates or ((document.date,) if document.date else ())
    return Listed(
        label=f"số {document.number}",
        path=urls.document(document.id),
        issuer=document.issuer,
        dates=dates,
        title=document.title,
        as_written="",
        anchor=f"vb-{slugify(document.number)}" if not document.siblings else f"vb-{document.id}",
        count=len(archive.meetings_citing.get(document.id, ())),
    )
