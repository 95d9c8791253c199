"""What the records of an archive say, as plain values for the header of a Markdown file: the same for every rival.

Rivals are spared what only our program can do: names are resolved, cited documents found and tags of organizations worked out here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plugins.archive.archive import Archive
from plugins.archive.records import Citation, Cluster, Document, Meeting, Organization, Participation, Person, Role
from plugins.archive.rereading import markdown
from plugins.archive.text import sort_key

ROMAN = ("", "I", "II", "III", "IV")
Header = dict[str, object]
Led = Mapping[tuple[str, int], Mapping[str, str]]


def authorities(archive: Archive) -> Iterator[tuple[str, Header]]:
    """Folder and header of every cluster, organization, person and document."""
    for id, cluster in archive.clusters.items():
        yield f"cum/{id}", _cluster(archive, cluster)
    for id, body in archive.organizations.items():
        yield f"to-chuc/{id}", _organization(archive, body)
    for id, person in archive.people.items():
        given = person.name.rpartition(" ")[2]
        yield f"nguoi/{id}", _named(person, given[:1].upper(), given)
    for id, document in archive.documents.items():
        yield f"van-ban/{id}", {**_named(document, document.label.partition(" số ")[0]), "issuer": document.issuer}


def _cluster(archive: Archive, cluster: Cluster) -> Header:
    members = cluster.members[-1] if cluster.members else None
    terms = archive.leads_of_cluster.get(cluster.id, ())
    return {
        "id": cluster.id,
        "title": cluster.label,
        "short": cluster.short_label,
        "owner": _union(archive, cluster.owner),
        "siblings": [other.id for other in archive.clusters_of_owner[cluster.owner] if other.id != cluster.id],
        "members": members.organizations if members else [],
        "members_year": members.year if members else 0,
        "leads": [{"year": term.year, "lead": term.lead, "deputies": term.deputies} for term in terms],
    }


def _organization(archive: Archive, body: Organization) -> Header:
    return {
        **_named(body, (body.kind[:1].upper() + body.kind[1:]) or "Chưa rõ loại"),
        "kind": body.kind,
        "level": body.level,
        "province": body.province,
        "other_names": [*body.variants, *body.abbreviations],
        "clusters": [cluster.id for cluster in archive.clusters_of_owner.get(body.id, ())],
    }


def _named(record: Person | Organization | Document, group: str, key: str = "") -> Header:
    return {"id": record.id, "title": record.label, "group": group, "key": f"{sort_key(key or record.label)}"}


def meeting(archive: Archive, meeting: Meeting, led: Led) -> Header:
    """The header of a meeting. Raises AssertionError where it is not as every meeting of a synthetic archive is."""
    assert meeting.cluster and meeting.union and meeting.date.quarter, "a synthetic archive knows them of every meeting"
    bodies = _bodies(meeting, led.get((meeting.cluster, meeting.date.year), {}))
    citations = list({c.document: c for c in reversed(meeting.citations)}.values())[::-1]
    year = str(meeting.date.year)
    return {
        "id": meeting.id,
        "title": meeting.title,
        "date": str(meeting.date.first_day),
        "quarter": meeting.date.quarter,
        "roman": ROMAN[meeting.date.quarter],
        "summary": meeting.summary,
        "session": meeting.session,
        "kind": meeting.kind,
        "review": f"quý {ROMAN[meeting.date.quarter]}/{year}",
        "venue": meeting.venue,
        "province": meeting.province,
        "union": _union(archive, meeting.union),
        "cluster_label": archive.clusters[meeting.cluster].label,
        "participations": [_participation(archive, p) for p in meeting.participations],
        "chair_names": [p.name for p in meeting.with_role(Role.CHAIR)],
        "hosts": [_link(archive, id) for id in meeting.hosts],
        "present": sorted({*meeting.hosts, *(id for p in meeting.participations for id in p.organizations)}),
        "bodies": bodies,
        "tasks": sum(line[:1].isdigit() for line in markdown(archive.content, meeting).splitlines()),
        "citations": [_citation(archive, citation) for citation in citations],
        "sources": [{"url": source.url, "title": source.title or source.url} for source in meeting.sources],
        "cum": [meeting.cluster],
        "to-chuc": sorted(bodies),
        "nguoi": sorted({p.person for p in meeting.participations if p.person}),
        "van-ban": [citation.document for citation in citations],
        "lich": [year, f"{year}-q{meeting.date.quarter}"],
    }


def led(archive: Archive) -> Led:
    """Who led the cluster in that year, and who was deputy."""
    found: defaultdict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for cluster, terms in archive.leads_of_cluster.items():
        for term in terms:
            found[cluster, term.year] = {**dict.fromkeys(term.deputies, "Cụm phó"), **dict.fromkeys(term.lead, "Cụm trưởng")}
    return found


def _bodies(meeting: Meeting, led: Mapping[str, str]) -> dict[str, list[str]]:
    """Every organization that the meeting is listed for, and what it was there."""
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for host in meeting.hosts:
        bodies[host].append("Đăng cai")
    for p in meeting.participations:
        for id in p.organizations:
            bodies[id].append("Chủ trì" if p.role is Role.CHAIR else "Phát biểu")
    for id, tag in led.items():
        bodies[id].append(tag)
    if meeting.union:
        bodies[meeting.union].append("Chủ quản")
    return {id: list(dict.fromkeys(tags)) for id, tags in bodies.items()}


def _participation(archive: Archive, p: Participation) -> Header:
    links = [_link(archive, id) for id in p.organizations]
    return {
        "person": p.person or "",
        "name": p.name,
        "role": p.role.value,
        "position": p.position,
        "organizations": links,
        "organization_ids": p.organizations,
    }


def _citation(archive: Archive, citation: Citation) -> Header:
    document = archive.documents[citation.document]
    date = citation.date or document.date
    issuer = citation.issuer or document.issuer
    return {"document": document.id, "label": document.label, "issuer": issuer, "date": str(date.first_day) if date else ""}


def _union(archive: Archive, id: str) -> dict[str, str]:
    return {**_link(archive, id), "scope": archive.organizations[id].scope or archive.organizations[id].name}


def _link(archive: Archive, id: str) -> dict[str, str]:
    return {"id": id, "name": archive.organizations[id].name}
