"""One page examined from bytes to suggested record: what a worker process does. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plugins.archive.dates import PartialDate
from plugins.archive.problems import N_

from . import contradictions, fields, markdown, pages
from .duplicates import Known
from .fields import SURE, Field
from .matching import Authorities
from .sources import Source
from .suggesting import Suggested, suggest
from .syllables import score
from .taking import take

_LEAST_VIETNAMESE = 12
"""Words with Vietnamese marks that a report must have: an order form and a broken file have fewer."""
_SHOWN_BLOCKS, _SHOWN_TEXT = 400, 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """All that is to be known of one page, without its bytes."""

    key: str
    fault: str = ""
    """A message for the editor where no report was found."""
    encoding: str = ""
    family: str = ""
    fields: list[Field] = field(default_factory=list)
    contradictions: list[contradictions.Contradiction] = field(default_factory=list)
    captions: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    source: dict[str, Any] = field(default_factory=dict)
    stem: str = ""
    body: str = ""
    shown: list[tuple[str, str]] = field(default_factory=list)
    """(kind, text) of the blocks of the report, for the editor to compare with."""

    def value(self, name: str, sure: float = SURE) -> Any:
        """The value of a field that is sure, or None."""
        return next((f.value for f in self.fields if f.name == name and f.confidence >= sure), None)


def examine(source: Source, authorities: Authorities) -> Examined:
    """The suggestions for one page. Never raises for what a page holds: a page that breaks our rules is told of, and the batch goes on."""
    if source.fault:
        return Examined(key=source.key, fault=source.fault)
    try:
        return _examined(source, authorities)
    except pages.Unreadable as error:
        return Examined(key=source.key, fault=str(error))
    except (
        RecursionError,
        MemoryError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        AssertionError,
    ) as error:
        return Examined(key=source.key, fault=N_("trang làm chương trình vấp") + f" ({type(error).__name__}: {str(error)[:120]})")


def _examined(source: Source, authorities: Authorities) -> Examined:
    page = pages.read(source.data, name=source.name, url=source.url, declared=source.declared)
    article = take(page)
    if not article.body or score(article.text) < _LEAST_VIETNAMESE:
        return Examined(key=source.key, encoding=page.encoding, family=page.family, fault=N_("không thấy bài tường thuật nào trong trang"))
    found = suggest(article)
    made = fields.of(found, authorities)
    return Examined(
        key=source.key,
        encoding=page.encoding,
        family=page.family,
        fields=made,
        contradictions=contradictions.find(found),
        captions=fields.captions(found),
        notes=fields.notes(found, made),
        source=_source(found, source),
        stem=fields.stem(found, made),
        body=markdown.render(article.body),
        shown=[(b.kind, (b.text or b.source)[:_SHOWN_TEXT]) for b in article.body[:_SHOWN_BLOCKS]],
    )


def _source(found: Suggested, source: Source) -> dict[str, Any]:
    published = next((s for s in [found.published] if s and s.confidence >= SURE), None)
    entry = {
        "url": found.article.page.url,
        "site": found.site.value if found.site else "",
        "title": found.article.title,
        "published": published.value.isoformat().replace(":00+07:00", "+07:00") if published else "",
        "retrieved": source.retrieved,
        "byline": found.byline.value if found.byline else "",
    }
    return {key: value for key, value in entry.items() if value}


def known(examined: Examined, id: str, path: str) -> Known | None:
    """The page as a meeting to compare others with; None where its day is not known."""
    date = examined.value("date")
    try:
        day = PartialDate.parse(str(date)) if date else None
    except ValueError:
        day = None
    if day is None:
        return None
    end = examined.value("date_end")
    urls = (examined.source["url"],) if examined.source.get("url") else ()
    return Known(
        id,
        path,
        day,
        PartialDate.parse(str(end)) if end else None,
        str(examined.value("cluster") or ""),
        str(examined.value("union") or ""),
        str(examined.value("title") or ""),
        urls,
    )
