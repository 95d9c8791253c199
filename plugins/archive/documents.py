"""Cited documents become records: one for each type and number, and one a year where one number was given in several years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern

from . import citations as finder
from . import text
from .citations import UNKNOWN_TYPE, number_key, type_key
from .dates import PartialDate
from .problems import Problems
from .reading import Entry, common_fields
from .records import Citation, Document

Key = tuple[str, str]


@dataclass(slots=True)
class _Cited:
    """One citation on its way to a record."""

    meeting: str
    type: str
    number: str
    date: PartialDate | None
    issuer: str
    title: str
    listed: bool
    key: Key = ("", "")
    """Of its family, once its type is certain."""


@dataclass(slots=True)
class _Family:
    """All that bears one type and number."""

    authorities: list[Entry] = field(default_factory=list)
    cited: list[_Cited] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        dates = [c.date for c in self.cited] + [entry.fields.date for entry in self.authorities]
        return sorted({date.year for date in dates if date})


def resolve(entries: list[Entry], meetings: list[Entry], problems: Problems) -> tuple[dict[str, Document], dict[str, tuple[Citation, ...]]]:
    """The documents by id, and each meeting's citations: those listed first, then those of the text, each document once."""
    families: defaultdict[Key, _Family] = defaultdict(_Family)
    for entry in entries:
        families[_key_of(entry)].authorities.append(entry)
    cited_by_meeting = _all_cited(meetings, problems)
    for cited in (c for all_cited in cited_by_meeting.values() for c in all_cited):
        families[cited.key].cited.append(cited)
    documents: dict[str, Document] = {}
    ids: dict[tuple[Key, int | None], str] = {}
    for key in sorted(families):
        _make(key, families[key], documents, ids)
    split = {key for key, family in families.items() if len(family.years) > 1}
    citations = {meeting: _citations(cited, split, ids) for meeting, cited in cited_by_meeting.items()}
    _check_dates(meetings, citations, documents, problems)
    return documents, citations


def resolve_among(
    known: Mapping[str, Document], meetings: list[Entry], problems: Problems
) -> tuple[dict[str, Document], dict[str, tuple[Citation, ...]]] | None:
    """As :func:`resolve`, of some meetings alone: each cites what is ``known`` or what no other meeting cites. The documents are those that nobody knew. None
    where one number is now given in more years than before, and so would part a document in two."""
    families: defaultdict[Key, list[Document]] = defaultdict(list)
    for document in known.values():
        families[_key(document.type, document.number, document.title or document.type)].append(document)
    cited_by_meeting = _all_cited(meetings, problems, known.values())
    new: defaultdict[Key, _Family] = defaultdict(_Family)
    ids: dict[tuple[Key, int | None], str] = {}
    for cited in (c for all_cited in cited_by_meeting.values() for c in all_cited):
        family = families.get(cited.key, ())
        if not family:
            new[cited.key].cited.append(cited)
            continue
        meant = _of_year(family, cited.date.year if cited.date else None)
        if meant is None:
            return None
        ids[cited.key, cited.date.year if cited.date and len(family) > 1 else None] = meant.id
    documents: dict[str, Document] = {}
    for key in sorted(new):
        _make(key, new[key], documents, ids)
    split = {key for key, family in families.items() if len(family) > 1} | {key for key, family in new.items() if len(family.years) > 1}
    citations = {meeting: _citations(cited, split, ids) for meeting, cited in cited_by_meeting.items()}
    _check_dates(meetings, citations, {**known, **documents}, problems)
    return documents, citations


def _of_year(family: Sequence[Document], year: int | None) -> Document | None:
    """The one that is meant: of several that of the same year, and that without one where no year is given."""
    if len(family) == 1:
        years = _years(family[0])
        return family[0] if year is None or not years or year in years else None
    return next((document for document in family if _years(document) == ({year} if year else set())), None)


def _years(document: Document) -> set[int]:
    return {date.year for date in (document.date, *document.dates) if date}


def _key_of(entry: Entry) -> Key:
    return _key(entry.fields.type, entry.fields.number, entry.fields.title or entry.fields.type)


def _key(type: str, number: str, title: str) -> Key:
    return type_key(type), number_key(number) if number else text.fold(title)


def _all_cited(meetings: list[Entry], problems: Problems, known: Iterable[Document] = ()) -> dict[str, list[_Cited]]:
    """What each meeting cites, by its id."""
    cited_by_meeting = {entry.id: _cited(entry, problems) for entry in meetings}
    _adopt_untyped(cited_by_meeting, known)
    for cited in (c for all_cited in cited_by_meeting.values() for c in all_cited):
        cited.key = _key(cited.type, cited.number, cited.title)
    return cited_by_meeting


def _adopt_untyped(cited_by_meeting: dict[str, list[_Cited]], documents: Iterable[Document]) -> None:
    """"Văn bản số 57-NQ/TW" is the one typed document of that number, where there is just one."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.number and document.type != UNKNOWN_TYPE:
            types[number_key(document.number)].add(document.type)
    for cited in (c for all_cited in cited_by_meeting.values() for c in all_cited):
        if cited.number and cited.type != UNKNOWN_TYPE:
            types[number_key(cited.number)].add(cited.type)
    for cited in (c for all_cited in cited_by_meeting.values() for c in all_cited):
        known = types.get(number_key(cited.number), set()) if cited.type == UNKNOWN_TYPE else set()
        if len(known) == 1:
            cited.type = next(iter(known))


def _cited(entry: Entry, problems: Problems) -> list[_Cited]:
    found: list[_Cited] = []
    for number, listed in enumerate(entry.fields.documents):
        if listed.number or (listed.title and not listed.text):
            found.append(_Cited(entry.id, listed.type or UNKNOWN_TYPE, listed.number, listed.date, listed.issuer, listed.title, True))
        else:
            mentions = finder.find(listed.text)
            found += [_Cited(entry.id, m.type, m.number, m.date, m.issuer, "", True) for m in mentions]
            if not mentions:
                problems.add(entry.path, entry.line("documents", number), f"documents.{number + 1}", "document-unreadable", value=listed.text)
    return found + [_Cited(entry.id, m.type, m.number, m.date, m.issuer, "", False) for m in entry.named]


def _make(key: Key, family: _Family, documents: dict[str, Document], ids: dict[tuple[Key, int | None], str]) -> None:
    known_years = family.years
    split = len(known_years) > 1
    years: list[int | None] = [None, *known_years] if split else [None]
    made = []
    for year in years:
        part = [c for c in family.cited if not split or (c.date.year if c.date else None) == year]
        authority = next((e for e in family.authorities if not split or (e.fields.date.year if e.fields.date else None) == year), None)
        document = _document(year, part, family, authority)
        documents[document.id] = document
        ids[key, year] = document.id
        made.append(document.id)
    for id in made if split else ():
        documents[id] = replace(documents[id], siblings=tuple(other for other in made if other != id))


def _document(year: int | None, cited: list[_Cited], family: _Family, authority: Entry | None) -> Document:
    every = cited or family.cited
    dates = tuple(sorted({c.date for c in cited if c.date}))
    type = authority.fields.type if authority else _most_common(c.type for c in every)
    number = authority.fields.number if authority else _most_common(c.number for c in every)
    title = (authority.fields.title if authority else "") or _most_common(c.title for c in cited)
    slug = text.slugify(called(type, number, title))[:100].strip("-")
    return Document(
        **(common_fields(authority) if authority else {"id": f"{slug}-{year}" if year else slug, "path": ""}),
        type=type,
        number=number,
        date=(authority.fields.date if authority else None) or (dates[0] if len(dates) == 1 else None),
        dates=dates,
        issuer=(authority.fields.issuer if authority else "") or _most_common(c.issuer for c in cited),
        title=title,
        variants=authority.fields.variants if authority else (),
        url=authority.fields.url if authority else "",
    )


def called(type: str, number: str, title: str) -> str:
    """What a document's id is made of: type and number, or the title where it has no number; a title may begin with the type."""
    return title if not number and type_key(title).startswith(type_key(type)) else f"{type} {number or title}"


def _most_common(values: Iterable[str]) -> str:
    """The most common text that is not empty; the first in order where two are as common."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _citations(cited: list[_Cited], split: set[Key], ids: dict[tuple[Key, int | None], str]) -> tuple[Citation, ...]:
    """``split`` holds the keys whose number was given in several years."""
    merged: dict[str, Citation] = {}
    for c in cited:
        id = ids[c.key, c.date.year if c.date and c.key in split else None]
        known = merged.get(id)
        merged[id] = Citation(
            meeting=c.meeting,
            document=id,
            as_written=known.as_written if known else intern(c.number or c.title),
            date=(known.date if known else None) or c.date,
            issuer=(known.issuer if known else "") or intern(c.issuer),
            listed=c.listed or bool(known and known.listed),
        )
    return tuple(merged.values())


def _check_dates(meetings: list[Entry], citations: dict[str, tuple[Citation, ...]], documents: dict[str, Document], problems: Problems) -> None:
    for entry in meetings:
        for citation in citations[entry.id]:
            if citation.date and citation.date.first_day > (entry.fields.date_end or entry.fields.date).last_day:
                label = documents[citation.document].label
                problems.add(entry.path, entry.line("date"), "date", "document-after-event", value=label, other=citation.date)
