"""Structured data: what a page is about, as schema.org says it in JSON-LD, and as the meta tags that other programs read."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Cluster, Meeting, Organization, Participation, Person, Role, Source

Json = str
"""A value as it stands in JSON, or nothing where it is not known. A page's JSON is put together of such texts, since most of them stand on many
pages: to gather everything as dicts and to encode these took twice as long."""

# Inside a script element only these could end it, or begin a comment; the last two are line ends to JavaScript.
_HARMLESS = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_CONTEXT = '"https://schema.org"'
_REMEMBERED = 8192
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes records, in JSON. ``root`` stands before an output path: the site's address with a slash, or "../" where it has none."""

    archive: Archive
    site: str
    root: str = "../"

    def meeting(self, meeting: Meeting) -> Json:
        """The meeting, and the report of it that the page is."""
        event = _text(f"{self.root}{urls.meeting(meeting.id)}#hoi-nghi")
        graph = _list([self._event(meeting, event), self._report(meeting, event)])
        return _object({"@context": _CONTEXT, "@graph": graph})

    def person(self, person: Person) -> Json:
        return self._page(
            "Person",
            urls.person(person.id),
            {
                "name": _text(person.name),
                "alternateName": _texts(person.variants),
                "disambiguatingDescription": _text(person.qualifier),
            },
            context=_CONTEXT,
        )

    def organization(self, body: Organization) -> Json:
        return self._page(
            "Organization",
            urls.organization(body.id),
            {
                "name": _text(body.name),
                "alternateName": _texts([*body.variants, *body.abbreviations]),
                "parentOrganization": self._body(body.parent) if body.parent else "",
                "foundingDate": _text(str(body.valid_from or "")),
                "dissolutionDate": _text(str(body.valid_to or "")),
            },
            context=_CONTEXT,
        )

    def cluster(self, cluster: Cluster) -> Json:
        members = cluster.members[-1].organizations if cluster.members else ()
        return self._page(
            "Organization",
            urls.cluster(cluster.id),
            {
                "name": _text(cluster.label),
                "alternateName": _texts(cluster.variants),
                "parentOrganization": self._body(cluster.owner),
                "member": _list([self._body(id) for id in members]),
            },
            context=_CONTEXT,
        )

    def _event(self, meeting: Meeting, id: Json) -> Json:
        attending = (*meeting.with_role(Role.CHAIR), *meeting.with_role(Role.PARTICIPANT))
        return _object({
            "@id": id,
            "@type": '"Event"',
            "name": _text(meeting.title),
            "description": _text(meeting.summary),
            "startDate": _text(str(meeting.date)),
            "endDate": _text(str(meeting.date_end or "")),
            "eventStatus": '"https://schema.org/EventScheduled"',
            "location": _place(meeting.venue, meeting.province),
            "organizer": _list([self._body(id) for id in meeting.organizers or ((meeting.union,) if meeting.union else ())]),
            "performer": _list([self._participant(p) for p in meeting.with_role(Role.SPEAKER)]),
            "attendee": _list([self._participant(p) for p in attending]),
        })

    def _report(self, meeting: Meeting, event: Json) -> Json:
        return self._page(
            "NewsArticle",
            urls.meeting(meeting.id),
            {
                "headline": _text(meeting.title),
                "description": _text(meeting.summary),
                "inLanguage": '"vi"',
                "identifier": _text(meeting.id),
                "about": _object({"@id": event}),
                "datePublished": _text(meeting.published.isoformat() if meeting.published else ""),
                "keywords": _texts(meeting.tags),
                "publisher": _publisher(self.site),
                "isBasedOn": _list([_source(source) for source in meeting.sources]),
            },
        )

    def _page(self, type: str, path: str, fields: Mapping[str, Json], context: Json = "") -> Json:
        address = _text(self.root + path)
        return _object({"@context": context, "@type": _text(type), "@id": address, "url": address, **fields})

    def _body(self, id: str) -> Json:
        return _named("Organization", self.root + urls.organization(id), self.archive.organizations[id].name)

    def _participant(self, one: Participation) -> Json:
        if one.person is None:
            return self._body(one.organizations[0]) if one.organizations else _publisher(one.name)
        address, name = self.root + urls.person(one.person), self.archive.people[one.person].name
        return _named("Person", address, name, _text(one.position), _list([self._body(id) for id in one.organizations]))


def script_text(text: Json) -> Markup:
    """JSON for a script element: whatever a title holds, it ends neither the element nor the text."""
    for character, escaped in _HARMLESS.items():
        text = text.replace(character, escaped)  # five searches; a table of translations looks every character up
    return Markup(text)


def policy_digest(text: str) -> str:
    """What a Content-Security-Policy calls a script element with this text (www.w3.org/TR/CSP3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def meta_tags(archive: Archive, meeting: Meeting, *, site: str, url: str) -> Iterator[tuple[str, str, str]]:
    """Attribute, name and content of the tags that describe a meeting: Open Graph, Dublin Core, and those that Zotero reads."""
    yield from (("property", name, value) for name, value in _open_graph(meeting, site, url).items() if value)
    yield from (("name", name, value) for name, value in _bibliographic(meeting, site, url).items() if value)
    yield from (("name", "DC.source", source.url) for source in meeting.sources if source.url)
    yield from (("name", "DC.subject", tag) for tag in meeting.tags)
    if meeting.cluster:
        yield "name", "DC.contributor", archive.clusters[meeting.cluster].label


def _open_graph(meeting: Meeting, site: str, url: str) -> Mapping[str, str]:
    return {
        "og:type": "article",
        "og:title": meeting.title,
        "og:site_name": site,
        "og:description": meeting.summary,
        "og:url": url,
        "og:locale": "vi_VN",
        "article:published_time": meeting.published.isoformat() if meeting.published else "",
    }


def _bibliographic(meeting: Meeting, site: str, url: str) -> Mapping[str, str]:
    return {
        "DC.title": meeting.title,
        "DC.date": str(meeting.date),
        "DC.identifier": url or meeting.id,
        "DC.language": "vi",
        "DC.publisher": site,
        "DC.type": "Text",
        "DC.description": meeting.summary,
        "citation_title": meeting.title,
        "citation_publication_date": str(meeting.date).replace("-", "/"),
        "citation_publisher": site,
        "citation_language": "vi",
        "citation_public_url": url,
        "citation_technical_report_number": meeting.id,
    }


def _source(source: Source) -> Json:
    return _object({
        "@type": '"NewsArticle"',
        "headline": _text(source.title),
        "url": _text(source.url),
        "datePublished": _text(source.published.isoformat() if source.published else ""),
        "publisher": _publisher(source.site) if source.site else "",
    })


@lru_cache(maxsize=_REMEMBERED)
def _place(venue: str, province: str) -> Json:
    if not (venue or province):
        return ""
    address = _object({"@type": '"PostalAddress"', "addressRegion": _text(province), "addressCountry": '"VN"'}) if province else ""
    return _object({"@type": '"Place"', "name": _text(venue or province), "address": address})


@lru_cache(maxsize=_REMEMBERED)
def _named(type: str, address: str, name: str, title: Json = "", bodies: Json = "") -> Json:
    """A person or an organization that has a page at ``address``; of a person the office too, and whose it is."""
    fields = {"@type": type, "@id": address, "name": name}
    return _object({**{field: _quoted(value) for field, value in fields.items()}, "jobTitle": title, "worksFor": bodies})


@lru_cache(maxsize=_REMEMBERED)
def _publisher(name: str) -> Json:
    """An organization without a page."""
    return _object({"@type": '"Organization"', "name": _quoted(name)})


def _text(text: str) -> Json:
    return _quoted(text) if text else ""


def _texts(texts: Iterable[str]) -> Json:
    return _list([_quoted(text) for text in texts])


def _list(values: Sequence[Json]) -> Json:
    return f"[{','.join(values)}]" if values else ""


def _object(fields: Mapping[str, Json]) -> Json:
    """With what is known; the names need no quoting."""
    return "{" + ",".join([f'"{name}":{value}' for name, value in fields.items() if value]) + "}"
