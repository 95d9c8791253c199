"""The page that lists every correction of substance, newest first."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """One correction; ``path`` is the page of the record ``title`` that it mends."""

    date: PartialDate
    text: str
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    """Template ``corrections.html``; ``title`` and ``description`` are messages. Items stand by year, newest first."""

    section: str
    title: str
    description: str
    years: tuple[tuple[int, tuple[CorrectionItem, ...]], ...]
    count: int


def page(archive: Archive) -> OutputPage:
    items = sorted(_items(archive), key=lambda item: (item.title, item.path, item.text))
    items.sort(key=lambda item: item.date, reverse=True)
    years = tuple((year, tuple(found)) for year, found in itertools.groupby(items, key=lambda item: item.date.year))
    return OutputPage(
        path=urls.CORRECTIONS,
        template="corrections",
        view=CorrectionsView(
            section="",
            title=N_("Đính chính"),
            description=N_("Những điều đã sửa trong các bản ghi sau khi công bố, mới nhất đứng trước."),
            years=years,
            count=len(items),
        ),
    )


def _items(archive: Archive) -> Iterator[CorrectionItem]:
    for record, title, path in _records(archive):
        for correction in record.corrections:
            yield CorrectionItem(date=correction.date, text=correction.text, title=title, path=path)


def _records(archive: Archive) -> Iterator[tuple[Record, str, str]]:
    """Every record with what it is called and its page."""
    kinds: tuple[tuple[Iterable[Record], str, Callable[[str], str]], ...] = (
        (archive.meetings.values(), "title", urls.meeting),
        (archive.people.values(), "label", urls.person),
        (archive.organizations.values(), "label", urls.organization),
        (archive.clusters.values(), "label", urls.cluster),
        (archive.documents.values(), "label", urls.document),
        (archive.pages.values(), "title", urls.page),
    )
    return ((record, getattr(record, name), url(record.id)) for records, name, url in kinds for record in records)
