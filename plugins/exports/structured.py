"""Structured data: what a page is about, as schema.org says it in JSON-LD, and as the meta tags that other programs read."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import Cluster, Meeting, Organization, Participation, Person, Role, Source

Thing = dict[str, object]

# Inside a script element only these could end it, or begin a comment; the last two are line ends to JavaScript.
_HARMLESS = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes records. ``root`` stands before an output path: the site's address with a slash, or "../" where it has none."""

    archive: Archive
    site: str
    root: str = "../"

    def meeting(self, meeting: Meeting) -> Thing:
        """The meeting, and the report of it that the page is."""
        event = {"@id": self.root + urls.meeting(meeting.id) + "#hoi-nghi", **self._event(meeting)}
        return {"@context": "https://schema.org", "@graph": [event, self._report(meeting, event)]}

    def person(self, person: Person) -> Thing:
        return _top(
            self._page(
                "Person",
                urls.person(person.id),
                name=person.name,
                alternateName=list(person.variants),
                disambiguatingDescription=person.qualifier,
            )
        )

    def organization(self, body: Organization) -> Thing:
        return _top(
            self._page(
                "Organization",
                urls.organization(body.id),
                name=body.name,
                alternateName=[*body.variants, *body.abbreviations],
                parentOrganization=self._body(body.parent) if body.parent else None,
                foundingDate=str(body.valid_from or ""),
                dissolutionDate=str(body.valid_to or ""),
            )
        )

    def cluster(self, cluster: Cluster) -> Thing:
        members = cluster.members[-1].organizations if cluster.members else ()
        return _top(
            self._page(
                "Organization",
                urls.cluster(cluster.id),
                name=cluster.label,
                alternateName=list(cluster.variants),
                parentOrganization=self._body(cluster.owner),
                member=[self._body(id) for id in members],
            )
        )

    def _event(self, meeting: Meeting) -> Thing:
        return _known(
            **{"@type": "Event"},
            name=meeting.title,
            description=meeting.summary,
            startDate=str(meeting.date),
            endDate=str(meeting.date_end or ""),
            eventStatus="https://schema.org/EventScheduled",
            location=self._place(meeting),
            organizer=[self._body(id) for id in meeting.organizers or ((meeting.union,) if meeting.union else ())],
            performer=[self._participant(p) for p in meeting.with_role(Role.SPEAKER)],
            attendee=[self._participant(p) for role in (Role.CHAIR, Role.PARTICIPANT) for p in meeting.with_role(role)],
        )

    def _report(self, meeting: Meeting, event: Thing) -> Thing:
        return self._page(
            "NewsArticle",
            urls.meeting(meeting.id),
            headline=meeting.title,
            description=meeting.summary,
            inLanguage="vi",
            identifier=meeting.id,
            about={"@id": event["@id"]},
            datePublished=meeting.published.isoformat() if meeting.published else "",
            keywords=list(meeting.tags),
            publisher={"@type": "Organization", "name": self.site},
            isBasedOn=[_source(source) for source in meeting.sources],
        )

    def _page(self, type: str, path: str, **fields: object) -> Thing:
        return {"@type": type, "@id": self.root + path, "url": self.root + path, **_known(**fields)}

    def _place(self, meeting: Meeting) -> Thing | None:
        if not (meeting.venue or meeting.province):
            return None
        address = {"@type": "PostalAddress", "addressRegion": meeting.province, "addressCountry": "VN"} if meeting.province else None
        return _known(**{"@type": "Place"}, name=meeting.venue or meeting.province, address=address)

    def _body(self, id: str) -> Thing:
        return {"@type": "Organization", "@id": self.root + urls.organization(id), "name": self.archive.organizations[id].name}

    def _participant(self, one: Participation) -> Thing:
        if one.person is None:
            return self._body(one.organizations[0]) if one.organizations else {"@type": "Organization", "name": one.name}
        known = _known(jobTitle=one.position, worksFor=[self._body(id) for id in one.organizations])
        return {"@type": "Person", "@id": self.root + urls.person(one.person), "name": self.archive.people[one.person].name, **known}


def script_text(thing: Thing) -> Markup:
    """JSON for a script element: whatever a title holds, it ends neither the element nor the text."""
    text = _COMPACT(thing)
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


def _source(source: Source) -> Thing:
    published = source.published.isoformat() if source.published else ""
    publisher = {"@type": "Organization", "name": source.site} if source.site else None
    return _known(**{"@type": "NewsArticle"}, headline=source.title, url=source.url, datePublished=published, publisher=publisher)


def _top(thing: Thing) -> Thing:
    return {"@context": "https://schema.org", **thing}


def _known(**fields: object) -> Thing:
    return {name: value for name, value in fields.items() if value}
