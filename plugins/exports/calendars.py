"""A calendar (RFC 5545) of each cluster's meetings, for the calendars of phones and offices."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import VIETNAM
from plugins.archive.records import Meeting
from plugins.archive.text import clean

from .changes import last_change
from .texts import legal

if TYPE_CHECKING:
    from icalendar import Event

_DAY = datetime.timedelta(days=1)
_PRODUCT = "-//So Giao Ban//so-giao-ban//VI"


def has_calendar(archive: Archive, cluster: str) -> bool:
    return any(meeting.date.day for meeting in archive.meetings_of_cluster.get(cluster, ()))


def calendars(archive: Archive, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Pairs of output path and calendar. A meeting whose day is not known cannot stand in one; a cluster with none has no file."""
    for id in sorted(archive.meetings_of_cluster):
        if has_calendar(archive, id):
            yield urls.cluster_calendar(id), _calendar(archive, id, site_url)


def _calendar(archive: Archive, cluster: str, site_url: str) -> bytes:
    from icalendar import Calendar  # here and below: it takes a while to load, and an edited text leaves calendars as they are

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", archive.clusters[cluster].label)
    for meeting in archive.meetings_of_cluster[cluster]:
        if meeting.date.day:
            made.add_component(_event(archive, meeting, site_url))
    return made.to_ical()


def _event(archive: Archive, meeting: Meeting, site_url: str) -> Event:
    """A meeting takes whole days: records seldom know its hours."""
    from icalendar import Event

    event = Event()
    last = meeting.date_end or meeting.date
    event.add("uid", f"{meeting.id}@so-giao-ban")
    # The stamp must not be the clock's: the same record gives the same file.
    event.add(
        "dtstamp",
        datetime.datetime.combine(last_change(meeting) or meeting.date.first_day, datetime.time(), VIETNAM).astimezone(datetime.UTC),
    )
    event.add("dtstart", meeting.date.first_day)
    event.add("dtend", max(last.last_day, meeting.date.first_day) + _DAY)
    event.add("summary", clean(legal(meeting.title)))
    for name, value in (("location", _place(archive, meeting)), ("description", clean(legal(meeting.summary)))):
        if value:
            event.add(name, value)
    if site_url:
        event.add("url", f"{site_url}/{urls.meeting(meeting.id)}")
    return event


def _place(archive: Archive, meeting: Meeting) -> str:
    """The venue, or else the host, and the province, unless the venue says it already."""
    venue = meeting.venue or ", ".join(archive.organizations[id].label for id in meeting.hosts)
    return legal(venue if meeting.province and venue.endswith(meeting.province) else ", ".join(filter(None, [venue, meeting.province])))
