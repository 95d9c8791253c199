"""Then and now: which bodies came from which, and which provinces were joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.links import Link, organization_link
from plugins.archive.outputs import OutputPage
from plugins.archive.problems import N_
from plugins.archive.text import match_key, sort_key

from .parts import View
from .provinces import JOINED_2025
from .texts import Texts

NAME = "xua-va-nay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body, when it began and ended as far as known, and its records."""

    link: Link
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Bodies, and the one that came from them."""

    before: tuple[Body, ...]
    after: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A province of today and those it was made of, with the meetings held under each name before and since."""

    now: Province
    before: tuple[Province, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionView(View):
    """Template ``instrument_succession.html``."""

    steps: tuple[Step, ...]
    provinces: tuple[Joined, ...]


def pages(archive: Archive, _texts: Texts) -> Iterator[OutputPage]:
    view = SuccessionView(
        title=N_("Xưa và nay"),
        description=N_("Tổ chức và tỉnh trước và sau khi hợp nhất, chia tách, đổi tên"),
        steps=_steps(archive),
        provinces=_provinces(archive),
    )
    yield OutputPage(path=urls.instrument(NAME), template="instrument_succession", view=view)


def _steps(archive: Archive) -> tuple[Step, ...]:
    """By the name of what came after; either side may state the succession."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    for body in archive.organizations.values():
        before[body.id].update(body.predecessors)
        for successor in body.successors:
            before[successor].add(body.id)
    counts = _record_counts(archive)
    later = sorted((id for id, found in before.items() if found), key=lambda id: (sort_key(archive.organizations[id].label), id))
    return tuple(
        Step(before=tuple(_body(archive, one, counts) for one in sorted(before[id])), after=_body(archive, id, counts)) for id in later
    )


def _record_counts(archive: Archive) -> Counter[str]:
    counts: Counter[str] = Counter()
    for meeting in archive.meetings.values():
        bodies = {*meeting.hosts, *meeting.organizers, *(id for one in meeting.participations for id in one.organizations)}
        counts.update(bodies | ({meeting.union} if meeting.union else set()))
    return counts


def _body(archive: Archive, id: str, counts: Counter[str]) -> Body:
    body = archive.organizations[id]
    return Body(link=organization_link(archive.organizations[id]), valid_from=body.valid_from, valid_to=body.valid_to, count=counts[id])


def _provinces(archive: Archive) -> tuple[Joined, ...]:
    """The joined provinces of which the archive holds a meeting, under whatever name."""
    counts = Counter(match_key(meeting.province) for meeting in archive.meetings.values() if meeting.province)

    def province(name: str) -> Province:
        return Province(name=name, count=counts[match_key(name)])

    joined = (Joined(now=province(now), before=tuple(map(province, before))) for now, before in sorted(JOINED_2025.items(), key=_by_name))
    return tuple(one for one in joined if one.now.count or any(old.count for old in one.before))


def _by_name(entry: tuple[str, tuple[str, ...]]) -> tuple[str, str]:
    return sort_key(entry[0])
