"""The facts of a record, ready for its card; no line breaks inside a person's name."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Period
from plugins.archive.links import Link, cluster_link, organization_link, organization_links
from plugins.archive.problems import N_
from plugins.archive.records import LeadTerm, Meeting, Mention, Organization, Participation, Role
from plugins.archive.viewing import view_class

from .footnotes import Marks, marks

NBSP = "\u00a0"
_KINDS = {
    "giao ban": N_("Giao ban"),
    "sơ kết": N_("Sơ kết"),
    "tổng kết": N_("Tổng kết"),
    "ký kết giao ước": N_("Ký kết giao ước"),
    "ban chấp hành": N_("Họp ban chấp hành"),
    "hội thảo": N_("Hội thảo"),
    "đại hội": N_("Đại hội"),
    "khác": N_("Khác"),
}
_SESSIONS = {"sáng": N_("buổi sáng"), "chiều": N_("buổi chiều"), "tối": N_("buổi tối"), "cả ngày": N_("cả ngày")}


@view_class
class PersonEntry:
    """Who took part, with the office of that day. An organization that took part itself is an entry without a position."""

    name: str
    honorific: str
    path: str
    position: str
    organizations: tuple[Link, ...]
    marks: tuple[int, ...]


@view_class
class Unit:
    """An organization of which no more is said than that it took part; ``place`` is the short label of a union in a province, or empty."""

    label: str
    path: str
    place: str


@view_class
class LeadEntry:
    """Units that the meeting chose to lead a cluster in one year; ``cluster`` is None where it is the meeting's own."""

    year: int
    cluster: Link | None
    lead: tuple[Link, ...]
    deputies: tuple[Link, ...]


@view_class
class Card:
    """``kind`` and ``session`` are messages for gettext, or empty; so is what the source does not state. ``marks`` are by field."""

    date: PartialDate
    date_end: PartialDate | None
    quarter: int | None
    session: str
    inferred: str
    kind: str
    review: Period | None
    plan: Period | None
    cluster: Link | None
    union: Link | None
    chairs: tuple[PersonEntry, ...]
    speakers: tuple[PersonEntry, ...]
    participants: tuple[PersonEntry, ...]
    units: tuple[Unit, ...]
    mentions: tuple[PersonEntry, ...]
    attendance: str
    hosts: tuple[Link, ...]
    organizers: tuple[Link, ...]
    venue: str
    province: str
    leads: tuple[LeadEntry, ...]
    marks: Mapping[str, tuple[int, ...]]


def card(archive: Archive, meeting: Meeting) -> Card:
    noted = marks(meeting.notes, meeting.participations)
    present = meeting.with_role(Role.PARTICIPANT)
    return Card(
        date=meeting.date,
        date_end=meeting.date_end,
        quarter=meeting.date.quarter,
        session=_SESSIONS.get(meeting.session, ""),
        inferred=meeting.date_inferred,
        kind=_KINDS.get(meeting.kind, ""),
        review=meeting.review,
        plan=meeting.plan,
        cluster=cluster_link(archive.clusters[meeting.cluster]) if meeting.cluster else None,
        union=organization_link(archive.organizations[meeting.union]) if meeting.union else None,
        chairs=_people(archive, meeting, Role.CHAIR, noted),
        speakers=_people(archive, meeting, Role.SPEAKER, noted),
        participants=tuple(_person(archive, p, noted) for p in present if not _is_unit(p, noted)),
        units=tuple(_unit(archive.organizations[p.organizations[0]]) for p in present if _is_unit(p, noted)),
        mentions=tuple(_person(archive, mention, noted) for mention in meeting.mentions),
        attendance=meeting.attendance,
        hosts=organization_links(archive, meeting.hosts),
        organizers=organization_links(archive, meeting.organizers),
        venue=meeting.venue,
        province=meeting.province,
        leads=tuple(_lead(archive, meeting, term) for term in meeting.leads),
        marks=noted.by_field,
    )


def _people(archive: Archive, meeting: Meeting, role: Role, noted: Marks) -> tuple[PersonEntry, ...]:
    return tuple(_person(archive, participation, noted) for participation in meeting.with_role(role))


def _person(archive: Archive, participation: Participation | Mention, noted: Marks) -> PersonEntry:
    if participation.person is None:
        return _body(archive, participation, noted)
    return PersonEntry(
        # The usual name, which leads to the person's page; another spelling stands in the text, where the source has it.
        name=archive.people[participation.person].name.replace(" ", NBSP),
        honorific=participation.honorific,
        path=urls.person(participation.person),
        position=participation.position,
        organizations=organization_links(archive, participation.organizations),
        marks=noted.by_person.get(participation.name, ()),
    )


def _is_unit(participation: Participation, noted: Marks) -> bool:
    """True where a line in a list of many says it all."""
    is_bare = participation.person is None and not participation.position and len(participation.organizations) == 1
    return is_bare and participation.name not in noted.by_person


def _unit(organization: Organization) -> Unit:
    is_provincial = organization.kind == "liên hiệp hội" and organization.level == "tỉnh"
    return Unit(label=organization.label, path=urls.organization(organization.id), place=organization.scope if is_provincial else "")


def _body(archive: Archive, participation: Participation | Mention, noted: Marks) -> PersonEntry:
    first, *others = participation.organizations or ("",)
    return PersonEntry(
        name=archive.organizations[first].label if first else participation.name,
        honorific="",
        path=urls.organization(first) if first else "",
        position=participation.position,
        organizations=organization_links(archive, others),
        marks=noted.by_person.get(participation.name, ()),
    )


def _lead(archive: Archive, meeting: Meeting, term: LeadTerm) -> LeadEntry:
    return LeadEntry(
        year=term.year,
        cluster=None if term.cluster == meeting.cluster else cluster_link(archive.clusters[term.cluster]),
        lead=organization_links(archive, term.lead),
        deputies=organization_links(archive, term.deputies),
    )
