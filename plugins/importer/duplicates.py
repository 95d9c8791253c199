"""The same meeting told twice: another site's report becomes a second source, not a second meeting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.archive import files, frontmatter
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.problems import Problems

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


_DRAFT = re.compile(r"^status:[ \t]*[\"']?draft\b", re.MULTILINE | re.IGNORECASE)


def drafts(content: Path) -> Iterator[Known]:
    """The drafts that wait among the meetings, those of colleagues included, as far as they can be read: no archive holds them.

    Clusters and unions are compared as the drafts write them, which is by id where this importer wrote them.
    """
    for file in sorted((content / "meetings").rglob("*.md")):
        path = file.relative_to(content).as_posix()
        found = files.read(file, path, Problems())
        parsed = frontmatter.parse(found.text, path, Problems()) if found and _DRAFT.search(found.text) else None
        known = _draft(parsed.plain(), file.stem, path) if parsed else None
        if known is not None:
            yield known


def _draft(fields: object, id: str, path: str) -> Known | None:
    def text(name: str) -> str:
        value = fields.get(name) if isinstance(fields, dict) else None
        return value if isinstance(value, str) else ""

    try:
        date, end = PartialDate.parse(text("date")), PartialDate.parse(text("date_end")) if text("date_end") else None
    except ValueError:  # the day is still open
        return None
    sources = fields.get("sources", []) if isinstance(fields, dict) else []
    addresses = (one.get("url") for one in sources if isinstance(one, dict)) if isinstance(sources, list) else ()
    urls = tuple(address for address in addresses if isinstance(address, str) and address)
    return Known(id, path, date, end, text("cluster"), text("union"), text("title"), urls)


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()


def _alike(one: str, other: str) -> bool:
    first, second = content_words(one), content_words(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE
