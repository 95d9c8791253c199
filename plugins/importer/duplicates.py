"""The same meeting told twice: another site's report becomes a second source, not a second meeting."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate

from .wordings import content_words

_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A meeting that is in the archive, or that this batch has just written."""

    id: str
    path: str
    """Relative to content/."""
    date: PartialDate
    date_end: PartialDate | None
    cluster: str
    union: str
    title: str
    urls: tuple[str, ...] = ()


@dataclass(slots=True)
class Meetings:
    """Known meetings by day."""

    by_day: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_url: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive) -> Meetings:
        made = cls()
        for meeting in archive.meetings.values():
            urls = tuple(source.url for source in meeting.sources if source.url)
            made.add(
                Known(
                    meeting.id,
                    meeting.path,
                    meeting.date,
                    meeting.date_end,
                    meeting.cluster or "",
                    meeting.union or "",
                    meeting.title,
                    urls,
                )
            )
        return made

    def add(self, known: Known) -> None:
        self.by_day[str(known.date)].append(known)
        if known.date_end:
            self.by_day[str(known.date_end)].append(known)
        self.by_url.update({_bare(url): known for url in known.urls})

    def same(self, candidate: Known) -> Known | None:
        """The meeting that this is: by address, else by day together with cluster, union or title. Two clusters are two meetings."""
        for url in candidate.urls:
            if known := self.by_url.get(_bare(url)):
                return known
        for known in self.by_day.get(str(candidate.date), ()):
            if candidate.cluster and known.cluster:
                if candidate.cluster == known.cluster:
                    return known
                continue
            if (candidate.union and candidate.union == known.union and not (candidate.cluster or known.cluster)) or _alike(
                candidate.title, known.title
            ):
                return known
        return None


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()


def _alike(one: str, other: str) -> bool:
    first, second = content_words(one), content_words(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE
