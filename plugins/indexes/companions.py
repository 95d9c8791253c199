"""With whom somebody chaired and sat in meetings, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.archive.archive import Archive
from plugins.archive.links import person_link
from plugins.archive.records import Meeting, Role

from .rows import CountedLinks, counted

MOST = 20
"""Who chairs for decades meets hundreds of people; a page names so many of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """``attended`` counts the meetings which the two did not chair together."""

    chaired: CountedLinks
    attended: CountedLinks


def companions(archive: Archive, person: str, meetings: Iterable[Meeting]) -> Companions:
    chaired: Counter[str] = Counter()
    attended: Counter[str] = Counter()
    for meeting in meetings:
        chairs = {p.person for p in meeting.with_role(Role.CHAIR) if p.person}
        others = {p.person for p in meeting.participations if p.person} - {person}
        together = chairs & others if person in chairs else set()
        chaired.update(together)
        attended.update(others - together)
    return Companions(chaired=_links(archive, chaired), attended=_links(archive, attended))


def _links(archive: Archive, counts: Counter[str]) -> CountedLinks:
    return counted(counts, lambda id: person_link(archive.people[id]), most=MOST)
