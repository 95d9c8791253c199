"""Feeds of the newest meetings, as Atom (RFC 4287) and as JSON Feed 1.1: for the site and for every channel that has one."""

from __future__ import annotations

import datetime
import heapq
import html
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedgenerator import Atom1Feed

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import VIETNAM, Timestamp
from plugins.archive.outputs import Body
from plugins.archive.records import Meeting

from .changes import last_change
from .channels import Channel, Channels
from .texts import legal

NEWEST = 30
_BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=VIETNAM)
SUMMARY_LENGTH = 400
LANGUAGE = "vi"
"""That of the records, whatever the language of the buttons around them."""

Bodies = Mapping[tuple[str, str], Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One meeting in a feed."""

    title: str
    address: str
    summary: str
    published: datetime.datetime
    updated: datetime.datetime
    tags: tuple[str, ...]


def feeds(archive: Archive, channels: Channels, bodies: Bodies, site_name: str, site_url: str) -> Iterator[tuple[str, str]]:
    """Pairs of output path and text. Newest are the meetings held last; ``site_url`` has no slash at its end."""
    if archive.meetings:
        everything = Channel(stem="", title=site_name, page=urls.HOME, meetings=tuple(archive.meetings.values()))
        yield from _both(everything, urls.SITE_FEED, urls.SITE_JSON_FEED, bodies, site_name, site_url)
    for channel in channels.by_page.values():
        if channel.has_feed:
            yield from _both(channel, urls.feed(channel.stem), urls.json_feed(channel.stem), bodies, site_name, site_url)


def _both(channel: Channel, atom: str, json_feed: str, bodies: Bodies, site_name: str, site_url: str) -> Iterator[tuple[str, str]]:
    title = channel.title if channel.title == site_name else f"{channel.title} – {site_name}"
    newest = heapq.nlargest(NEWEST, channel.meetings, key=lambda meeting: (meeting.date, meeting.id))
    items = [_item(meeting, bodies.get(("meeting", meeting.id)), site_url) for meeting in newest]
    yield atom, _atom(items, legal(title), f"{site_url}/{channel.page}", f"{site_url}/{atom}", legal(site_name))
    yield json_feed, _json(items, legal(title), f"{site_url}/{channel.page}", f"{site_url}/{json_feed}", legal(site_name))


class _Feed(Atom1Feed):
    """Without an entry, the library would give the present moment for that of the last change, and every build another file."""

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else _BEFORE_ALL


def _atom(items: Sequence[Item], title: str, page: str, address: str, author: str) -> str:
    feed = _Feed(title=title, link=page, description="", language=LANGUAGE, author_name=author, feed_url=address, feed_guid=address)
    for item in items:
        feed.add_item(
            title=item.title,
            link=item.address,
            unique_id=item.address,
            # The library declares the summary to be HTML, so that plain text must be escaped once more.
            description=html.escape(item.summary, quote=False),
            pubdate=item.published,
            updateddate=item.updated,
            categories=list(item.tags),
        )
    return feed.writeString("utf-8")


def _json(items: Sequence[Item], title: str, page: str, address: str, author: str) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": page,
        "feed_url": address,
        "language": LANGUAGE,
        "authors": [{"name": author}],
        "items": [_json_item(item) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: Item) -> dict[str, object]:
    written: dict[str, object] = {
        "id": item.address,
        "url": item.address,
        "title": item.title,
        "content_text": item.summary or item.title,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
    }
    return {**written, "tags": list(item.tags)} if item.tags else written


def _item(meeting: Meeting, body: Body | None, site_url: str) -> Item:
    published, changed = _published(meeting), last_change(meeting)
    return Item(
        title=legal(meeting.title),
        address=f"{site_url}/{urls.meeting(meeting.id)}",
        summary=legal(summary(meeting, body)),
        published=published,
        updated=max(published, _moment(Timestamp(changed))) if changed else published,
        tags=tuple(legal(tag) for tag in meeting.tags),
    )


def _published(meeting: Meeting) -> datetime.datetime:
    """When a report first appeared; the day of the meeting where no source says."""
    moments = [moment for moment in (meeting.published, *(source.published for source in meeting.sources)) if moment]
    return _moment(min(moments, default=Timestamp(meeting.date.first_day)))


def _moment(timestamp: Timestamp) -> datetime.datetime:
    return datetime.datetime.combine(timestamp.day, timestamp.time or datetime.time(), VIETNAM)


def summary(meeting: Meeting, body: Body | None) -> str:
    """What a feed says of a meeting."""
    text = meeting.summary or (body.text.partition("\n")[0] if body else "")
    return textwrap.shorten(text, SUMMARY_LENGTH, placeholder=" …")
