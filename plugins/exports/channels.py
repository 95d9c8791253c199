"""What has files of its own: every cluster, organization and person, and every document and year with a meeting, within a bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plugins.archive import urls
from plugins.archive.archive import Archive, group
from plugins.archive.records import Meeting

MOST = 1000
"""So many people, organizations and documents have files of their own: hosts count files (20,000 at one of them). Where there are more,
those with fewest meetings go without; a threshold and not a place in a list decides, so that a feed does not come and go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Meetings in order of date under one ``title``. ``stem`` names its files, ``page`` is the output path of its page; where it has
    no feed, it has a list only. Without meetings it has only a feed, for those who wait for the first."""

    stem: str
    title: str
    page: str
    meetings: Sequence[Meeting]
    has_feed: bool = True


@dataclass(frozen=True)
class Channels:
    """All channels of an archive, by the output path of their page."""

    archive: Archive
    most: int = MOST

    @cached_property
    def by_page(self) -> Mapping[str, Channel]:
        return {channel.page: channel for channel in self._all()}

    def _all(self) -> Iterator[Channel]:
        archive = self.archive
        for id, meetings in sorted(_of_all(archive.clusters, archive.meetings_of_cluster).items()):
            yield Channel(stem=f"cum-{id}", title=archive.clusters[id].label, page=urls.cluster(id), meetings=meetings)
        for id, meetings in self._frequent(_of_all(archive.organizations, self._meetings_of_organization())):
            yield Channel(stem=f"to-chuc-{id}", title=archive.organizations[id].label, page=urls.organization(id), meetings=meetings)
        for id, meetings in self._frequent(_of_all(archive.people, archive.meetings_of_person)):
            yield Channel(stem=f"nguoi-{id}", title=archive.people[id].label, page=urls.person(id), meetings=meetings)
        for id, meetings in self._frequent(archive.meetings_citing):
            yield Channel(
                stem=f"van-ban-{id}", title=archive.documents[id].label, page=urls.document(id), meetings=meetings, has_feed=False
            )
        for year, meetings in sorted(archive.meetings_in_year.items()):
            yield Channel(stem=f"nam-{year}", title=str(year), page=urls.year(year), meetings=meetings, has_feed=False)

    def _meetings_of_organization(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Its own meetings and its clusters', those it hosted or organized, and those at which somebody took part for it."""
        return group(self.archive.meetings.values(), _bodies)

    def _frequent(self, index: Mapping[str, tuple[Meeting, ...]]) -> list[tuple[str, tuple[Meeting, ...]]]:
        counts = sorted((len(meetings) for meetings in index.values()), reverse=True)
        least = counts[self.most] + 1 if len(counts) > self.most else 0
        return sorted((id, meetings) for id, meetings in index.items() if len(meetings) >= least)


def _bodies(meeting: Meeting) -> Iterator[str]:
    yield from (meeting.union,) if meeting.union else ()
    yield from (*meeting.hosts, *meeting.organizers)
    yield from (id for one in meeting.participations for id in one.organizations)


def stems(meeting: Meeting) -> set[str]:
    """Of every channel that may hold a meeting; which of them there are, the archive decides."""
    people = (one.person for one in meeting.participations if one.person)
    found = {f"nam-{meeting.date.year}"} | ({f"cum-{meeting.cluster}"} if meeting.cluster else set())
    found |= {f"to-chuc-{id}" for id in _bodies(meeting)} | {f"nguoi-{id}" for id in people}
    return found | {f"van-ban-{one.document}" for one in meeting.citations}


def _of_all(records: Mapping[str, object], index: Mapping[str, tuple[Meeting, ...]]) -> Mapping[str, tuple[Meeting, ...]]:
    """The meetings of every record, also of those that have none."""
    return {id: index.get(id, ()) for id in records}
