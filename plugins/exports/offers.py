"""What a page offers to take away, and what it says of itself to machines: asked by the templates, worked out when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from markupsafe import Markup

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.problems import N_
from plugins.archive.records import Meeting, Record
from plugins.archive.viewing import view_class

from . import calendars, references, structured
from .channels import Channel, Channels
from .references import Reference

_WITH_CHANNELS = (urls.cluster(""), urls.organization(""), urls.person(""), urls.document(""), urls.year(0))
_FOLDERS = {path.rpartition("/")[0] for path in _WITH_CHANNELS}
"""Pages elsewhere have no channel of their own."""
_WHOLE_LISTS = {urls.MEETINGS, urls.CALENDAR}
_ASKED_AGAIN = 4
"""Meetings whose reference is remembered: a page asks for its own in several places."""


@view_class
class Citation:
    """A meeting's citation in one form. ``label`` is a message; ``file`` is the name under which it is saved, or empty."""

    label: str
    id: str
    text: str
    file: str


@view_class
class Download:
    """``label`` is a message, or the name of a format; ``type`` is the file's media type, ``title`` names what a feed is about."""

    label: str
    path: str
    type: str
    title: str = ""


@view_class
class Head:
    """What stands in a page's head: (attribute, name, content) of meta tags, JSON-LD or nothing, the site's feeds and the page's own.

    ``digest`` lets the content policy name the JSON-LD, and with it nothing else; a browser would not run it in any case.
    """

    meta: tuple[tuple[str, str, str], ...] = ()
    structured: Markup | None = None
    digest: str = ""
    feeds: tuple[Download, ...] = ()


@dataclass(frozen=True)
class Exports:
    """Under ``context["exports"]``. ``site_url`` has no slash at its end, or is empty; feeds exist only where ``has_feeds``."""

    archive: Archive
    site: str
    edition: str
    site_url: str
    has_feeds: bool
    data_page: str = urls.DATA
    reading_list: str = urls.READING_LIST

    @cached_property
    def channels(self) -> Channels:
        return Channels(self.archive)

    @cached_property
    def by_page(self) -> Mapping[str, Channel]:
        """The channels. Whoever follows the archive must know the table before pages are written in processes of their own; where only texts
        have changed it is better never asked for: to know it, every meeting must be looked at."""
        return self.archive.table("exports/channels", lambda: self.channels.by_page, lambda page: _shown(self.channels.by_page.get(page)))

    def fingerprint(self, record: Record) -> str:
        """SHA-256 of the file that a record was read from."""
        return record.sha256

    def reference(self, meeting: Meeting) -> Reference:
        return references.reference(
            self.archive, meeting, site=self.site, edition=self.edition, site_url=self.site_url, sha256=self.fingerprint(meeting)
        )

    # --- What templates ask, each by the output path of a page ------------------------------------------------------------

    def head(self, page: str) -> Head:
        meeting = self._meeting(page)
        described = self._structured(page)
        digest = structured.policy_digest(described) if described else ""
        return Head(meta=self._meta(meeting, page), structured=described, digest=digest, feeds=(*self.site_feeds, *self.feeds(page)))

    def record(self, page: str) -> str:
        """The reference of a meeting's page for the scripts, as JSON; empty on other pages."""
        return self._records(page)

    def citations(self, page: str) -> tuple[Citation, ...]:
        """How to cite the meeting of a page, in every form; nothing for other pages."""
        reference = self._references(page)
        return _citations(reference) if reference else ()

    def downloads(self, page: str) -> tuple[Download, ...]:
        """Files about the record that a page shows."""
        channel = self._channel(page)
        path = (list_path(channel.stem) if channel.meetings else "") if channel else urls.data("meetings.csv") if page in _WHOLE_LISTS else ""
        found = [Download(label="CSV", path=path, type="text/csv")] if path else []
        cluster = self._clusters.get(page)
        if cluster and calendars.has_calendar(self.archive, cluster):
            found.append(Download(label=N_("Lịch (ICS)"), path=urls.cluster_calendar(cluster), type="text/calendar"))
        return (*found, *self.feeds(page))

    def feeds(self, page: str) -> tuple[Download, ...]:
        """The feeds of what a page shows, where it has any of its own."""
        channel = self._channel(page)
        has_own = self.has_feeds and channel is not None and channel.has_feed
        return _feeds(urls.feed(channel.stem), urls.json_feed(channel.stem), channel.title) if has_own and channel else ()

    @property
    def site_feeds(self) -> tuple[Download, ...]:
        return _feeds(urls.SITE_FEED, urls.SITE_JSON_FEED, self.site) if self.has_feeds and self.archive.meetings else ()

    # --- How it is found --------------------------------------------------------------------------------------------------

    # Ids are listed, and records looked up when asked for: a build that goes on from the last one reads few of them from disk.

    def _meeting(self, page: str) -> Meeting | None:
        return self.archive.meetings[self._meetings[page]] if page in self._meetings else None

    def _channel(self, page: str) -> Channel | None:
        return self.by_page.get(page) if page.rpartition("/")[0] in _FOLDERS else None

    @cached_property
    def _references(self) -> Callable[[str], Reference | None]:
        def reference(page: str) -> Reference | None:
            meeting = self._meeting(page)
            return self.reference(meeting) if meeting else None

        return lru_cache(maxsize=_ASKED_AGAIN)(reference)

    @cached_property
    def _records(self) -> Callable[[str], str]:
        def record(page: str) -> str:
            reference = self._references(page)
            return references.compact(reference) if reference else ""

        return lru_cache(maxsize=_ASKED_AGAIN)(record)

    @cached_property
    def _meetings(self) -> Mapping[str, str]:
        return {urls.meeting(id): id for id in self.archive.meetings}

    @cached_property
    def _clusters(self) -> Mapping[str, str]:
        return {urls.cluster(id): id for id in self.archive.clusters}

    @cached_property
    def _described(self) -> Mapping[str, tuple[Callable[[Any], structured.Json], Mapping[str, Record], str]]:
        """For the page of each record, the function that describes it, the records of its kind, and its id."""
        describe = structured.Describer(self.archive, self.site, f"{self.site_url}/" if self.site_url else "../")
        kinds = (
            (self.archive.meetings, urls.meeting, describe.meeting),
            (self.archive.people, urls.person, describe.person),
            (self.archive.organizations, urls.organization, describe.organization),
            (self.archive.clusters, urls.cluster, describe.cluster),
        )
        return {path(id): (make, records, id) for records, path, make in kinds for id in records}

    def _structured(self, page: str) -> Markup | None:
        if page not in self._described:
            return None
        make, records, id = self._described[page]
        return structured.script_text(make(records[id]))

    def _meta(self, meeting: Meeting | None, page: str) -> tuple[tuple[str, str, str], ...]:
        if meeting is None:
            return ()
        return tuple(structured.meta_tags(self.archive, meeting, site=self.site, url=f"{self.site_url}/{page}" if self.site_url else ""))


def _shown(channel: Channel | None) -> tuple[str, str, bool, bool] | None:
    """What a page shows of it."""
    return None if channel is None else (channel.stem, channel.title, channel.has_feed, bool(channel.meetings))


def _feeds(atom: str, json: str, title: str) -> tuple[Download, ...]:
    return (
        Download(label="Atom", path=atom, type="application/atom+xml", title=title),
        Download(label="JSON Feed", path=json, type="application/feed+json", title=title),
    )


def list_path(stem: str) -> str:
    """Output path of a channel's list of meetings."""
    return urls.data(f"{stem}.csv")


def _citations(reference: Reference) -> tuple[Citation, ...]:
    forms = (
        (N_("Tiếng Việt"), "vi", references.vietnamese(reference), ""),
        ("APA", "apa", references.apa(reference), ""),
        ("BibTeX", "bibtex", references.bibtex(reference), f"{reference.id}.bib"),
        ("RIS", "ris", references.ris(reference), f"{reference.id}.ris"),
        ("CSL-JSON", "csl", references.csl_json(reference), f"{reference.id}.csl.json"),
    )
    return tuple(Citation(label=label, id=f"trich-dan-{id}", text=text, file=file) for label, id, text, file in forms)
