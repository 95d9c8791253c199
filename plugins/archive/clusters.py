"""Clusters by every name they go by, their members and who leads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from . import text
from .archive import Archive
from .dates import PartialDate
from .problems import Problems, nearest
from .reading import Entry, common_fields
from .records import Cluster, LeadTerm, Membership, Organization
from .registry import Organizations, Place

_KIND_LABEL = {"cụm": "Cụm thi đua", "khối": "Khối thi đua"}


@dataclass(slots=True)
class Clusters:
    """Made from the clusters' own records, then asked by meetings."""

    problems: Problems
    organizations: Organizations
    meeting_ids: set[str] = field(default_factory=set)
    records: dict[str, Cluster] = field(default_factory=dict)
    by_key: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    identities: dict[tuple[str, str, int | str], Cluster] = field(default_factory=dict)

    def add(self, entry: Entry, organizations: Mapping[str, Organization]) -> None:
        """The cluster of a record under all its names; nothing, with a problem, where its owner is unknown."""
        fields = entry.fields
        owner = self.organizations.resolve(fields.owner, Place(entry, ("owner",)))
        if owner is None:
            return
        record = organizations.get(owner)
        scope = record.scope if record else self.organizations.names[owner]
        short = _short_label(fields.kind, fields.number, fields.name)
        cluster = Cluster(
            **common_fields(entry),
            owner=owner,
            kind=fields.kind,
            number=fields.number,
            name=fields.name,
            level=fields.level or (record.level if record else ""),
            variants=fields.variants,
            short_label=short,
            label=f"{short}, {scope}",
            members=self._memberships(entry),
            leads=self.terms(entry, entry.id, decided=False),
        )
        self._check_twin(entry, cluster)
        self.know(cluster)

    def know(self, cluster: Cluster) -> None:
        """A record under all its names."""
        self.records[cluster.id] = cluster
        short, owner = cluster.short_label, self.organizations.names[cluster.owner]
        names = (cluster.label, cluster.label.replace(f"{short}, ", f"{short} ", 1), f"{short} - {owner}", f"{short} {owner}")
        for key in dict.fromkeys(text.match_key(name) for name in (*names, *cluster.variants)):
            self.by_key[key].append(cluster.id)

    def _check_twin(self, entry: Entry, cluster: Cluster) -> None:
        """A cluster is its owner, kind and number or name; two records of one would part its meetings between them."""
        twin = self.identities.setdefault(_identity(cluster), cluster)
        if twin is not cluster:
            self.problems.add(entry.path, entry.line("owner"), "", "cluster-duplicate", value=cluster.label, other=f"content/{twin.path}")

    def _memberships(self, entry: Entry) -> tuple[Membership, ...]:
        made = []
        for number, member in enumerate(entry.fields.members):
            place = Place(entry, ("members", number), date=PartialDate(member.year))
            made.append(
                Membership(
                    cluster=entry.id,
                    year=member.year,
                    organizations=self.organizations.resolve_all(member.organizations, place.at("organizations")),
                    count=member.count,
                    meeting=self._meeting_id(member.meeting, place.at("meeting")),
                )
            )
        return tuple(sorted(made, key=lambda m: m.year))

    def terms(self, entry: Entry, cluster: str | None, *, decided: bool, union: str | None = None) -> tuple[LeadTerm, ...]:
        """Who leads by a record: of the cluster that each term names, or else of ``cluster``. A meeting decides, a cluster's record attests."""
        made = []
        for number, term in enumerate(entry.fields.leads):
            place = Place(entry, ("leads", number), date=PartialDate(term.year), union=union)
            led = self.find(term.cluster, place.at("cluster")) if term.cluster else cluster
            if led is None:
                continue
            made.append(
                LeadTerm(
                    cluster=led,
                    year=term.year,
                    lead=self.organizations.resolve_all(term.lead, place.at("lead")),
                    deputies=self.organizations.resolve_all(term.deputies, place.at("deputies")),
                    meeting=entry.id if decided else self._meeting_id(term.meeting, place.at("meeting")),
                    decided=decided,
                )
            )
        return tuple(made)

    def find(self, name: str, place: Place) -> str | None:
        """The cluster that a name means: its id, or one of its full names."""
        if name in self.records:
            return name
        found = self.by_key.get(text.match_key(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            place.add(self.problems, "cluster-ambiguous", value=name, other=", ".join(found))
        else:
            known = [*self.records, *(cluster.label for cluster in self.records.values())]
            place.add(self.problems, "cluster-unknown", value=name, nearest=nearest(name, known))
        return None

    def _meeting_id(self, id: str, place: Place) -> str | None:
        if not id or id in self.meeting_ids:
            return id or None
        place.add(self.problems, "meeting-unknown", value=id, nearest=nearest(id, self.meeting_ids))
        return None


def check_leads(archive: Archive, problems: Problems) -> None:
    """Two records that name different leads of one cluster for one year: one of them must explain itself."""
    for terms in archive.leads_of_cluster.values():
        for earlier, later in pairwise(terms):
            if earlier.year == later.year and earlier.lead and later.lead and set(earlier.lead) != set(later.lead):
                names = ", ".join(archive.organizations[id].name for id in dict.fromkeys((*earlier.lead, *later.lead)))
                path = archive.clusters[later.cluster].path
                problems.add(path, 1, "leads", "leads-conflict", value=later.year, other=names)


def _short_label(kind: str, number: int | None, name: str) -> str:
    label = _KIND_LABEL[kind]
    if number is not None:
        label += f" số {number}"
    return label if not name else f"{label} ({name})" if number is not None else f"{label} {name}"


def _identity(cluster: Cluster) -> tuple[str, str, int | str]:
    return cluster.owner, cluster.kind, cluster.number if cluster.number is not None else text.match_key(cluster.name)
