"""Names of a page against the archive's authorities: known, near or new."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.archive.registry import near_pairs
from plugins.archive.text import fold, match_key

from . import clusters
from .clusters import ClusterName

_ALONE = re.compile(r"^(?:hội|liên hiệp|trường|viện|hội đồng|ban|sở)$", re.IGNORECASE)
_ENDS_IN_LEVEL = re.compile(r"\b(?:tỉnh|thành phố|TP\.?|[Tt]ỉnh ủy|[Tt]ỉnh uỷ|[Tt]hành ủy|[Tt]hành uỷ)$")


@dataclass(frozen=True, slots=True)
class Match:
    """How a name stands to the archive. ``value`` is what a record should hold: an id, or the name where there is none."""

    status: str
    """known, near, new or ambiguous"""
    value: str
    label: str = ""
    """The name the archive knows it by; of a near one, the name it is near to."""
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Authorities:
    """The names an archive knows, ready to be asked for."""

    people: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people_names: dict[str, str] = field(default_factory=dict)
    qualified: set[str] = field(default_factory=set)
    """Ids of people whose name alone does not say who is meant."""
    organizations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    organization_names: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    provinces: dict[str, str] = field(default_factory=dict)
    clusters: dict[tuple[str, str, int | str], str] = field(default_factory=dict)
    cluster_labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive) -> Authorities:
        made = cls()
        for id, person in archive.people.items():
            made.people_names[id] = person.name
            if person.qualifier or person.not_same_as:
                made.qualified.add(id)
            for name in (person.name, *person.variants):
                made.people[match_key(name)].append(id)
        for id, organization in archive.organizations.items():
            made._add_organization(id, organization.name, organization.variants, organization.abbreviations)
            made.provinces[id] = organization.province
        for id, cluster in archive.clusters.items():
            made.cluster_labels[id] = cluster.label
            made.clusters[cluster.owner, cluster.kind, cluster.number if cluster.number is not None else match_key(cluster.name)] = id
        return made

    def _add_organization(self, id: str, name: str, variants: tuple[str, ...], abbreviations: tuple[str, ...]) -> None:
        self.organization_names[id] = name
        for each in (name, *variants):
            self.organizations[_key(each)].append(id)
        for short in abbreviations:
            self.abbreviations[_key(short)].append(id)

    def person(self, name: str) -> Match:
        """The person a name means: exactly, or nearly; a name that several bear is left to the editor."""
        found = list(dict.fromkeys(self.people.get(match_key(name), [])))
        if len(found) == 1:
            return Match("known", found[0], self.people_names[found[0]])
        if found:
            return Match("ambiguous", name, self.people_names[found[0]], tuple(found))
        near = _nearest(name, self.people_names)
        return Match("near", name, self.people_names[near], (near,)) if near else Match("new", name)

    def organization(self, name: str, province: str = "", union: str = "") -> Match:
        """The body a name means in an article: its own union for LHH and the like, the province's for "… tỉnh"."""
        full = full_name(name, province, union)
        found = list(dict.fromkeys(self.organizations.get(_key(full), []) or self.organizations.get(_key(name), [])))
        if not found:
            found = [id for id in self.abbreviations.get(_key(name), []) if province and self.provinces.get(id) == province]
        if len(found) == 1:
            return Match("known", found[0], self.organization_names[found[0]])
        near = _nearest(full, self.organization_names)
        return Match("near", full, self.organization_names[near], (near,)) if near else Match("new", full)

    def cluster(self, name: ClusterName) -> Match:
        """The cluster by owner, kind and number; never by its number alone."""
        owner = self.organizations.get(_key(name.owner), []) if name.owner else []
        label = name.number if name.number is not None else match_key(name.name)
        id = self.clusters.get((owner[0], name.kind, label)) if owner else None
        text = f"{name.short_label}, {name.owner}".strip(", ")
        return Match("known", id, self.cluster_labels[id]) if id else Match("new", text)


def _key(name: str) -> str:
    """Forms of one body's name that differ only in how "khoa học và kỹ thuật" and "Ủy ban nhân dân" are written."""
    key = fold(name)
    key = re.sub(r"\bkk?h\s?(?:&|-|va|,)?\s?kt\b|khoa hoc\s?(?:va|-|&|,)\s?ky thuat", "khkt", key)
    key = re.sub(r"\bubnd\b", "uy ban nhan dan", key)
    return " ".join(re.findall(r"[^\W_]+", f"{key} {match_key(name)}" if "khkt" not in key else key))


def full_name(name: str, province: str, union: str) -> str:
    """The name a body has outside its article."""
    if _ALONE.match(name.strip()):
        return ""
    folded = fold(name)
    if clusters.UNION.search(folded):
        bare = re.fullmatch(
            r"(?:lhh|lien hiep (?:cac )?hoi|lh hoi)(?: (?:kh.?kt|khoa hoc va ky thuat))?(?: (?:tinh|thanh pho|tp))?", folded.strip(" .")
        )
        return union if bare and union else clusters.full_union_name(name, province)
    return f"{name} {province}" if province and _ENDS_IN_LEVEL.search(name) else name


def _nearest(name: str, names: dict[str, str]) -> str:
    """The id of a name that differs by marks or by one letter, or ""."""
    pairs = near_pairs({**{id: known for id, known in names.items() if abs(len(known) - len(name)) <= 2}, "\0": name})
    return next((one if other == "\0" else other for one, other in pairs if "\0" in (one, other)), "")


def authorities(content: Path) -> Authorities:
    """The authorities of a content folder; an empty or missing one knows nobody."""
    return Authorities.of(load(content)[0]) if content.is_dir() else Authorities()
