"""The records of the archive: frozen, resolved, ready to be shown.

A record holds ids of other records, never the records themselves; :class:`archive.archive.Archive` turns an id into its record and
holds every reverse index. Texts are NFC and kept as the editor wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from .dates import PartialDate, Period, Timestamp


class Role(Enum):
    """What somebody did at one meeting; the office he holds is a position, and stands as text."""

    CHAIR = "chair"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Joins a person (or an organization alone), a role, the position of that day and a meeting."""

    meeting: str
    role: Role
    person: str | None
    """Id of the person; None where an organization took the role."""
    name: str
    """The name as written on this meeting."""
    honorific: str = ""
    position: str = ""
    """Chức vụ on that day, as given."""
    organizations: tuple[str, ...] = ()
    """Ids of the organizations the position belongs to, in the order given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody, or with ``person`` None a body, whom a report of the meeting names without saying that they took part."""

    meeting: str
    person: str | None
    name: str
    """As written on this meeting."""
    honorific: str = ""
    position: str = ""
    organizations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A meeting names a document; the date and issuer are those this meeting gives."""

    meeting: str
    document: str
    as_written: str
    """The number as the record writes it."""
    date: PartialDate | None = None
    issuer: str = ""
    listed: bool = False
    """True where the front matter lists it, False where only the body names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTerm:
    """The units that lead a cluster in one calendar year, and the meeting that decided or attests it."""

    cluster: str
    year: int
    lead: tuple[str, ...]
    deputies: tuple[str, ...]
    meeting: str | None
    decided: bool
    """True where ``meeting`` decided it, False where ``meeting`` (or nobody) merely attests it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The units known to belong to a cluster in one year; ``count`` is how many there were, where known."""

    cluster: str
    year: int
    organizations: tuple[str, ...]
    count: int | None
    meeting: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture, or the caption of one that is lost (``file`` empty). ``file`` is relative to content/images/."""

    file: str
    caption: str
    alt: str
    credit: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a report was published."""

    url: str
    site: str
    title: str
    published: Timestamp | None
    retrieved: PartialDate | None
    byline: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the editor wants a careful reader to know; ``about`` is a field's name or empty."""

    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change of substance, dated."""

    date: PartialDate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    id: str
    path: str
    """File the record was read from, relative to content/, with forward slashes; empty for a record that only names imply."""
    sha256: str = ""
    """Digest of that file's bytes as they were read, in hexadecimal; empty where there is no file."""
    body_line: int = 0
    """Line of the file on which its text begins, counted from 1; 0 where it has none. The text is not kept: see :mod:`archive.rereading`."""
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    corrections: tuple[Correction, ...] = ()
    former_ids: tuple[str, ...] = ()

    @property
    def has_authority(self) -> bool:
        """True where an editor wrote a file for it, False where only a name implies it."""
        return bool(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """One meeting, told by one or more sources."""

    title: str
    date: PartialDate
    date_end: PartialDate | None = None
    date_inferred: str = ""
    session: str = ""
    published: Timestamp | None = None
    kind: str = ""
    review: Period | None = None
    plan: Period | None = None
    cluster: str | None = None
    union: str | None = None
    """The union whose meeting it is: as given, or the owner of the cluster."""
    participations: tuple[Participation, ...] = ()
    """Chairs, then speakers, then participants, each in the order given."""
    mentions: tuple[Mention, ...] = ()
    attendance: str = ""
    hosts: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    venue: str = ""
    province: str = ""
    leads: tuple[LeadTerm, ...] = ()
    citations: tuple[Citation, ...] = ()
    named: str = ""
    """Digest of what the text names as documents, as it names them; empty where it names none."""
    images: tuple[Image, ...] = ()
    summary: str = ""
    tags: tuple[str, ...] = ()

    def with_role(self, role: Role) -> tuple[Participation, ...]:
        """The participations in one role, in the order given."""
        return tuple(p for p in self.participations if p.role is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person; roles and positions are derived from meetings, never stored here."""

    name: str
    variants: tuple[str, ...] = ()
    honorific: str = ""
    born: PartialDate | None = None
    qualifier: str = ""
    not_same_as: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name, with the qualifier that tells namesakes apart."""
        return f"{self.name} ({self.qualifier})" if self.qualifier else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """A body: a union, a member association, a school, an office."""

    name: str
    variants: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    kind: str = ""
    parent: str | None = None
    province: str = ""
    level: str = ""
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    scope: str = ""
    """Short label that stands behind the name of a cluster it owns: "Phú Thọ", "VUSTA"."""

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster(Record):
    """A cụm or khối thi đua: owner + kind + number or name. It is never named by its number alone."""

    owner: str
    kind: str
    """cụm or khối"""
    number: int | None = None
    name: str = ""
    level: str = ""
    variants: tuple[str, ...] = ()
    short_label: str
    """Without the scope, for a page that has named the owner: "Cụm thi đua số 1"."""
    label: str
    """With the scope: "Cụm thi đua số 1, Phú Thọ"."""
    members: tuple[Membership, ...] = ()
    """By year, ascending."""
    leads: tuple[LeadTerm, ...] = ()
    """Those of its own file; Archive.leads(cluster) adds those that meetings decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A cited document. Its key is type + number, and the year where one number was given twice."""

    type: str
    number: str
    date: PartialDate | None = None
    """As its own file says, or the one date that all citations agree on."""
    dates: tuple[PartialDate, ...] = ()
    """Every date the citations give, ascending: more than one is a contradiction to be shown."""
    issuer: str = ""
    title: str = ""
    variants: tuple[str, ...] = ()
    url: str = ""
    siblings: tuple[str, ...] = ()
    """Ids of other documents that bear the same type and number."""

    @property
    def label(self) -> str:
        """As "Nghị quyết số 57-NQ/TW"; one without a number goes by its title."""
        if not self.number:
            return self.title or self.type
        return f"{self.type} số {self.number}" if self.type else f"Văn bản số {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record):
    """A page of plain text: about, how to cite, contact."""

    title: str
    order: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that a record had before, and the page that stands for it now (both output paths)."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearNames:
    """Two names that may be one: shown to the editor, never merged silently."""

    first: str
    second: str
    meetings: tuple[str, ...] = field(default=())
