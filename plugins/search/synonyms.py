"""Abbreviations that these texts use for a long form, and the long forms.

A text with the long form is also found by the abbreviation, and a query with the long form also finds the abbreviation. Add a line here
for an abbreviation of the field; one that belongs to a single organization stands in that organization's record.
"""

from __future__ import annotations

from plugins.archive.archive import Archive
from plugins.archive.records import Organization

from .analysis import folded, spelled

LONG_NAME = 5
"""Words from which an organization's name is asked for as a whole."""

GENERAL: dict[str, tuple[str, ...]] = {
    "BCH": ("Ban Chấp hành",),
    "BTV": ("Ban Thường vụ",),
    "CNTT": ("công nghệ thông tin",),
    "DNNVV": ("doanh nghiệp nhỏ và vừa", "doanh nghiệp vừa và nhỏ"),
    "HĐND": ("Hội đồng nhân dân",),
    "HTX": ("hợp tác xã",),
    "KHCN": ("khoa học và công nghệ", "khoa học công nghệ", "khoa học, công nghệ", "KH và CN"),
    "KHKT": ("khoa học và kỹ thuật", "khoa học kỹ thuật", "KH và KT"),
    "LHH": ("Liên hiệp hội", "Liên hiệp các hội"),
    "LĐLĐ": ("Liên đoàn Lao động",),
    "MTTQ": ("Mặt trận Tổ quốc",),
    "TP": ("thành phố",),
    "UBMTTQ": ("Ủy ban Mặt trận Tổ quốc",),
    "UBND": ("Ủy ban nhân dân",),
}


def pairs(archive: Archive) -> list[tuple[str, str]]:
    """Every abbreviation's term, and every organization's own term, with each long form in folded words; sorted.

    An abbreviation that two organizations share (LHH) stands for neither name; the table above may still know it.
    """
    found = {(_term(short), folded(long)) for short, forms in GENERAL.items() for long in forms}
    for short, owners in _owners(archive).items():
        if len(owners) == 1:
            found |= {(short, name) for name in _names(archive.organizations[min(owners)])}
    for organization in archive.organizations.values():
        found |= {(name_term(organization.id), name) for name in _names(organization) if name.count(" ") >= LONG_NAME - 1}
    return sorted((short, long) for short, long in found if short)


def name_term(organization: str) -> str:
    """The term under which an organization's whole name is found; no text can contain it."""
    return f"~{organization}"


def _term(abbreviation: str) -> str:
    # Signs fall out: KH&KT and KHKT are one term, as analyse() makes them one.
    return "".join(spelled(abbreviation))


def _owners(archive: Archive) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for organization in archive.organizations.values():
        for abbreviation in organization.abbreviations:
            owners.setdefault(_term(abbreviation), set()).add(organization.id)
    return owners


def _names(organization: Organization) -> set[str]:
    """The folded names of more than one word."""
    return {name for name in map(folded, (organization.name, *organization.variants)) if " " in name}


def successions(archive: Archive) -> list[tuple[str, str, str]]:
    """For each name or province of an organization that was merged, split or renamed: the folded name, what it is called now or was
    called before, and "after" or "before"; sorted."""
    found = set()
    for organization in archive.organizations.values():
        for relation, others in (("after", organization.successors), ("before", organization.predecessors)):
            for other in (archive.organizations[id] for id in others):
                found |= set(_succession(organization, other, relation))
                found |= set(_succession(other, organization, "before" if relation == "after" else "after"))
    return sorted(found)


def _succession(one: Organization, other: Organization, relation: str) -> list[tuple[str, str, str]]:
    names = [(name, other.name) for name in (one.name, *one.variants)] + [(one.scope, other.scope)]
    return [(folded(name), named, relation) for name, named in names if name and named and folded(name) != folded(named)]
