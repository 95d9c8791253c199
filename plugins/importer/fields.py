"""Suggestions become the fields of a record: what is sure stands, what is not is kept for the editor beside its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plugins.archive.problems import N_
from plugins.archive.text import clean, slugify

from . import roles
from .chairing import Chair
from .contradictions import find as contradictions
from .matching import Authorities, Match
from .suggesting import Suggested
from .suggestion import Suggestion
from .trimming import split_credit

SURE = 0.7
"""From this confidence on, a suggestion is written into a record unasked."""
_TITLES = ("đồng chí", "ông", "bà", "anh", "chị")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the record: its value as the header writes it, the words it rests on, how sure, and how its names stand to the archive."""

    name: str
    value: Any
    quote: str
    confidence: float
    reason: str = ""
    matches: tuple[tuple[str, str, str], ...] = ()
    """(name, known/near/new/ambiguous, the archive's name) for the names in it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What names of one page are matched with."""

    authorities: Authorities
    province: str
    union: str

    def organization(self, name: str) -> Match:
        return self.authorities.organization(name, self.province, self.union)


def of(found: Suggested, authorities: Authorities) -> list[Field]:
    """The fields in the order in which a record has them. A field that is missing here is not stated."""
    union = found.cluster.value.owner if found.cluster else found.union.value if found.union else ""
    names = Names(authorities, found.context_province, union)
    return [field for field in _fields(found, names) if field.value not in ("", None, [], {})]


def _fields(found: Suggested, names: Names) -> Iterator[Field]:
    yield from _plain("title", found.title)
    yield from _when(found)
    yield from _plain("kind", found.kind)
    yield from _period(found)
    yield from _owner(found, names)
    for name in ("chairs", "speakers", "participants"):
        yield from _people(name, getattr(found, name), names)
    for name in ("host",):
        yield from _host(name, found.host, names)
    yield from _plain("venue", found.venue)
    yield from _plain("province", found.province)
    yield from _leads(found, names)
    yield from _documents(found)


def _plain(name: str, suggestion: Suggestion[Any] | None) -> Iterator[Field]:
    if suggestion is not None:
        yield Field(name, clean(str(suggestion.value)), suggestion.quote, suggestion.confidence, suggestion.reason)


def _when(found: Suggested) -> Iterator[Field]:
    if date := found.date:
        day = date.value
        yield Field("date", str(day.date) if day.date else day.month_day, date.quote, date.confidence, date.reason)
        if day.date_end:
            yield Field("date_end", str(day.date_end), date.quote, date.confidence)
        if day.inferred:
            yield Field("date_inferred", day.inferred, date.quote, date.confidence)
    yield from _plain("session", found.session)
    if found.published:
        stamp = found.published.value
        shown = stamp.day.isoformat() if stamp.time is None else f"{stamp.day.isoformat()}T{stamp.time:%H:%M}+07:00"
        yield Field("published", shown, found.published.quote, found.published.confidence)


def _period(found: Suggested) -> Iterator[Field]:
    parts = {name: s for name, s in (("review", found.review), ("plan", found.plan)) if s}
    if parts:
        value = {name: str(s.value) for name, s in parts.items()}
        quote = " … ".join(dict.fromkeys(s.quote for s in parts.values()))
        yield Field("period", value, quote, min(s.confidence for s in parts.values()))


def _owner(found: Suggested, names: Names) -> Iterator[Field]:
    """A known cluster by its id; a new one cannot be named in a record before its own file is there, so its union is."""
    if found.cluster:
        name = found.cluster.value
        match = names.authorities.cluster(name)
        shown = ((f"{name.short_label}, {name.owner or '?'}", match.status, match.label),)
        sure = found.cluster.confidence if match.status == "known" else min(found.cluster.confidence, 0.6)
        reason = found.cluster.reason or ("" if match.status == "known" else N_("cụm chưa có trong kho: lập hồ sơ cụm trước"))
        yield Field("cluster", match.value, found.cluster.quote, sure, reason, shown)
        if match.status != "known" and name.owner:
            owner = names.organization(name.owner)
            yield Field("union", owner.value, found.cluster.quote, found.cluster.confidence, "", ((name.owner, owner.status, owner.label),))
    elif found.union:
        match = names.organization(found.union.value)
        yield Field(
            "union",
            match.value,
            found.union.quote,
            found.union.confidence,
            found.union.reason,
            ((found.union.value, match.status, match.label),),
        )


def _people(name: str, suggestions: tuple[Suggestion[Chair], ...], names: Names) -> Iterator[Field]:
    """The sure ones as one field, each unsure one as a field of its own."""
    sure = [s for s in suggestions if s.confidence >= SURE]
    for group in ([sure] if sure else []) + [[s] for s in suggestions if s.confidence < SURE]:
        made = [_person(s.value, names) for s in group]
        quote = " … ".join(dict.fromkeys(s.quote for s in group))
        reason = next((s.reason for s in group if s.reason), "")
        yield Field(
            name, [entry for entry, _ in made], quote, min(s.confidence for s in group), reason, tuple(m for _, ms in made for m in ms)
        )


def _person(chair: Chair, names: Names) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    if not chair.name:
        match = names.organization(chair.organization)
        return {"organization": match.value}, [(chair.organization, match.status, match.label)]
    person = names.authorities.person(chair.name)
    office, bodies = roles.split(chair.role)
    matched = [(body, names.organization(body)) for body in bodies]
    # A name the archive knows is written as the archive writes it; what the page wrote goes into a note.
    entry: dict[str, Any] = {"name": person.label if person.status == "known" else chair.name}
    if chair.honorific:
        entry["honorific"] = chair.honorific
    if office:
        entry["role"] = office
    values = [match.value for _, match in matched if match.value]
    if values:
        entry["organization"] = values[0] if len(values) == 1 else values
    if person.status == "known" and person.value in names.authorities.qualified:
        entry["person"] = person.value
    return entry, [
        (chair.name, person.status, person.label),
        *((body, match.status, match.label) for body, match in matched if match.value),
    ]


def _host(name: str, suggestion: Suggestion[str] | None, names: Names) -> Iterator[Field]:
    if suggestion is not None:
        match = names.organization(suggestion.value)
        yield Field(
            name, match.value, suggestion.quote, suggestion.confidence, suggestion.reason, ((suggestion.value, match.status, match.label),)
        )


def _leads(found: Suggested, names: Names) -> Iterator[Field]:
    for suggestion in found.leads:
        term = suggestion.value
        lead, deputies = ([names.organization(body) for body in bodies] for bodies in (term.lead, term.deputies))
        value = {"year": term.year, "lead": [m.value for m in lead], "deputies": [m.value for m in deputies]}
        shown = tuple((body, m.status, m.label) for body, m in zip((*term.lead, *term.deputies), (*lead, *deputies), strict=True))
        # Whom a meeting chose can only be recorded of a cluster that the archive has.
        confidence = (
            suggestion.confidence
            if found.cluster and names.authorities.cluster(found.cluster.value).status == "known"
            else min(suggestion.confidence, 0.6)
        )
        yield Field("leads", [{k: v for k, v in value.items() if v}], suggestion.quote, confidence, suggestion.reason, shown)


def _documents(found: Suggested) -> Iterator[Field]:
    entries = []
    for suggestion in found.documents:
        mention = suggestion.value
        entry = {"type": mention.type, "number": mention.number, "date": str(mention.date or ""), "issuer": mention.issuer}
        entries.append({key: value for key, value in entry.items() if value})
    if entries:
        quote = " … ".join(s.quote for s in found.documents[:4])
        yield Field("documents", entries, quote, min(s.confidence for s in found.documents))


def captions(found: Suggested) -> list[tuple[str, str, str]]:
    """(address in the page, caption, credit) for every picture; a caption may stand alone, and one may serve several pictures."""
    made: list[tuple[str, str, str]] = []
    waiting: list[str] = []
    for block in found.article.body:
        if block.kind == "image":
            waiting.append(block.source)
        elif block.kind == "caption":
            caption, credit = split_credit(block.text)
            made += [(source, caption, credit) for source in waiting or [""]]
            waiting = []
        elif waiting:
            made += [(source, "", "") for source in waiting]
            waiting = []
    return made + [(source, "", "") for source in waiting]


def notes(found: Suggested, fields: list[Field]) -> list[dict[str, str]]:
    """Contradictions, and names that the page writes otherwise than the record."""
    made = [{"about": c.about, "text": c.text[:1].upper() + c.text[1:] + "."} for c in contradictions(found)]
    for field in fields:
        for name, status, label in field.matches:
            if (
                status == "known"
                and label
                and field.name in ("chairs", "speakers", "participants")
                and label != name
                and len(name.split()) == len(label.split())
                and name[:1] == label[:1]
            ):
                made.append({"about": field.name, "text": f"Nguồn viết “{name}”; kho ghi {label}."})
    unique = {(n["about"], n["text"]): n for n in made}
    return list(unique.values())


def stem(found: Suggested, fields: list[Field]) -> str:
    """The record's id: day, kind, whose meeting; ASCII and short."""
    values = {field.name: field for field in fields if field.confidence >= SURE}
    date = str(values["date"].value) if "date" in values and not str(values["date"].value).startswith("-") else "khong-ro-ngay"
    kind = slugify(str(values["kind"].value)) if "kind" in values else "hoi-nghi"
    where = _where(found) or slugify(found.article.title)[:50].strip("-") or "khong-ten"
    return re.sub(r"-+", "-", f"{date}-{kind}-{where}")[:110].strip("-")


def _where(found: Suggested) -> str:
    owner = found.cluster.value.owner if found.cluster else found.union.value if found.union else ""
    if not owner:
        return ""
    scope = "vusta" if owner.endswith("Việt Nam") and owner.startswith("Liên hiệp") else re.sub(r"^.*\b(?:tỉnh|thành phố) ", "", owner)
    if found.cluster:
        name = found.cluster.value
        return slugify(f"{name.kind} {name.number if name.number is not None else name.name} {scope}")
    return slugify(f"{'' if scope == 'vusta' else 'lhh '}{scope}")
