"""The index of organizations, by kind, and how the kinds are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Organization
from plugins.archive.text import slugify, sort_key

from .alphabet import Entry, Group, letter_pages, split_long
from .people import NamesView

SECTION = "organizations"
KINDS = {
    "liên hiệp hội": N_("Liên hiệp hội"),
    "hội": N_("Hội"),
    "hiệp hội": N_("Hiệp hội"),
    "trường": N_("Trường"),
    "viện": N_("Viện"),
    "cơ quan nhà nước": N_("Cơ quan nhà nước"),
    "cơ quan đảng": N_("Cơ quan đảng"),
    "doanh nghiệp": N_("Doanh nghiệp"),
    "khác": N_("Khác"),
    "": N_("Chưa rõ loại"),
}


def index(archive: Archive, counts: Mapping[str, int]) -> Iterator[OutputPage]:
    """The list with so many meetings beside each: by kind, because half of the names begin with one letter; within a kind by the alphabet."""
    ordered = sorted(
        archive.organizations.values(), key=lambda o: (not o.kind, o.kind == "khác", sort_key(o.kind), sort_key(o.label), o.id)
    )
    kinds = [(kind, tuple(_entry(o, counts[o.id]) for o in group)) for kind, group in groupby(ordered, key=lambda o: o.kind)]
    groups, split = split_long(tuple(_group(kind, entries) for kind, entries in kinds))
    title = N_("Tổ chức")
    view = NamesView(section=SECTION, title=title, description="", groups=groups, total=len(ordered), split=split)
    yield OutputPage(path=urls.ORGANIZATIONS, template="organizations", view=view)
    yield from letter_pages(groups, Link(label=title, path=urls.ORGANIZATIONS), SECTION)


def _group(kind: str, entries: tuple[Entry, ...]) -> Group:
    slug = slugify(kind) or "chua-ro"
    return Group(label=KINDS[kind], anchor=f"loai-{slug}", path=urls.organizations_of_kind(slug), entries=entries)


def _entry(organization: Organization, count: int) -> Entry:
    return Entry(
        label=organization.label,
        path=urls.organization(organization.id),
        note=organization.province,
        count=count,
    )
