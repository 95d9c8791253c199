"""The tables of people, organizations, clusters and documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.records import LeadTerm, Membership

from .shapes import Within, count, of_records, table, within
from .tables import Table, field, worked_out


@dataclass(frozen=True, slots=True)
class ClusterYear:
    """What is known of one cluster in one year."""

    cluster: str
    year: int
    meetings: int
    membership: Membership | None


def people(archive: Archive) -> Table:
    columns = [
        field("name", "Usual name."),
        field("qualifier", "What tells namesakes apart."),
        field("honorific", "Usual form of address."),
        field("born", "When born, where a source says so.", "date"),
        field("variants", "Other spellings that sources use.", "list"),
        field("not_same_as", "Other people of this name.", "list"),
        count("meetings", "Meetings in the archive.", archive, "meetings_of_person"),
    ]
    return of_records("people", "A person; positions stand in participations.", archive.people, urls.person, columns)


def organizations(archive: Archive) -> Table:
    columns = [
        field("name", "Name."),
        field("kind", "Kind of body, in Vietnamese."),
        field("parent", "Body it belongs to."),
        field("province", "Province."),
        field("level", "trung ương or tỉnh."),
        field("valid_from", "When it came to be, where known.", "date"),
        field("valid_to", "When it ceased to be, where known.", "date"),
        field("predecessors", "Bodies it came from by merger, split or renaming.", "list"),
        field("successors", "Bodies that came from it.", "list"),
        field("scope", "Short label behind the name of a cluster it owns."),
        field("variants", "Other names.", "list"),
        field("abbreviations", "Abbreviations.", "list"),
        count("meetings_hosted", "Meetings it hosted.", archive, "meetings_hosted_by"),
    ]
    about = "A union, association, school, office or other body."
    return of_records("organizations", about, archive.organizations, urls.organization, columns, {"parent": "organizations"})


def clusters(archive: Archive) -> Table:
    columns = [
        field("label", "Full label, with the owner's scope."),
        field("owner", "Union it belongs to."),
        field("kind", "cụm or khối."),
        field("number", "Number, where it has one.", "integer"),
        field("name", "Name, where it has one."),
        field("level", "trung ương or tỉnh."),
        field("variants", "Other full names.", "list"),
        count("meetings", "Meetings in the archive.", archive, "meetings_of_cluster"),
    ]
    about = "An emulation cluster (cụm, khối thi đua); its number alone names nothing."
    return of_records("clusters", about, archive.clusters, urls.cluster, columns, {"owner": "organizations"})


def documents(archive: Archive) -> Table:
    columns = [
        field("label", "Type and number."),
        field("type", "Type, in Vietnamese."),
        field("number", "Number."),
        field("date", "Date, where its own file or all citations agree.", "date"),
        field("dates", "Every date that citations give.", "list"),
        field("issuer", "Who issued it."),
        field("title", "Subject, where a source states it."),
        field("variants", "Other writings of the number.", "list"),
        field("url", "Where its text can be read."),
        field("siblings", "Other documents of this type and number.", "list"),
        count("meetings", "Meetings that cite it.", archive, "meetings_citing"),
    ]
    about = "A document that meetings cite; dates and issuer as sources give them."
    return of_records("documents", about, archive.documents, urls.document, columns)


def cluster_years(archive: Archive) -> Table:
    return table(
        "cluster_years",
        "A cluster in one year: how often it met, who its members were.",
        lambda: _years_of_clusters(archive),
        [
            field("cluster", "The cluster."),
            field("year", "Year.", "integer"),
            field("meetings", "Meetings of that year in the archive.", "integer"),
            worked_out(
                "members", "Members that a source names.", lambda row: row.membership.organizations if row.membership else (), "list"
            ),
            worked_out(
                "member_count",
                "How many members there were, where a source says so.",
                lambda row: row.membership and row.membership.count,
                "integer",
            ),
            worked_out("meeting", "Meeting that attests the members.", lambda row: row.membership and row.membership.meeting),
        ],
        key=("cluster", "year"),
        refers={"cluster": "clusters", "meeting": "meetings"},
    )


def leads(archive: Archive) -> Table:
    def items() -> Iterator[Within]:
        for cluster, terms in sorted(archive.leads_of_cluster.items()):
            yield from within("cluster", cluster, terms)

    return table(
        "leads",
        "The units that lead a cluster in one year (cụm trưởng, cụm phó), and the meeting behind that.",
        items,
        [
            field("cluster", "The cluster.", path="record"),
            field("number", "Number within the cluster, from 1.", "integer"),
            field("year", "Year.", "integer", path="it.year"),
            field("lead", "Leading organizations.", "list", path="it.lead"),
            field("deputies", "Deputies.", "list", path="it.deputies"),
            field("meeting", "Meeting that decided or attests it.", path="it.meeting"),
            field("decided", "True where the meeting decided it, false where it is merely attested.", "boolean", path="it.decided"),
        ],
        key=("cluster", "number"),
        refers={"cluster": "clusters", "meeting": "meetings"},
    )


def _years_of_clusters(archive: Archive) -> Iterator[ClusterYear]:
    for cluster in archive.clusters.values():
        held = [meeting.date.year for meeting in archive.meetings_of_cluster.get(cluster.id, ())]
        members = {membership.year: membership for membership in cluster.members}
        led = {term.year for term in _terms(archive, cluster.id)}
        for year in sorted({*held, *members, *led}):
            yield ClusterYear(cluster.id, year, held.count(year), members.get(year))


def _terms(archive: Archive, cluster: str) -> tuple[LeadTerm, ...]:
    return archive.leads_of_cluster.get(cluster, ())
