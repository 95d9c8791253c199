"""What the search must look at every meeting to know: how many name each record, and what stands for all that the index says of a meeting."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting

from .findables import Findable, Key, findables, named_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything that a query can name, and by meeting, oldest first, a digest of its file, of the records it names, and of what it takes
    from them."""

    found: tuple[Findable, ...]
    digests: Mapping[str, str]


def survey(archive: Archive) -> Survey:
    """Looks at each meeting once."""
    looks, counts, digests = _looks(archive), Counter[Key](), {}
    for meeting in archive.meetings.values():
        keys = named_by(meeting, archive)
        counts.update(keys)
        digests[meeting.id] = _digest(meeting, keys, looks)
    return Survey(found=tuple(findables(archive, counts)), digests=digests)


def surveyed_again(last: Survey, archive: Archive, edited: Iterable[Meeting]) -> Survey:
    """Where nothing has changed but the texts of some meetings."""
    looks = _looks(archive)
    fresh = {meeting.id: _digest(meeting, named_by(meeting, archive), looks) for meeting in edited}
    return replace(last, digests={**last.digests, **fresh})


def _digest(meeting: Meeting, keys: Iterable[Key], looks: Mapping[Key, str]) -> str:
    return short_digest("\n".join([meeting.sha256, *sorted([looks[key] for key in keys])]))


def _looks(archive: Archive) -> dict[Key, str]:
    """What a meeting's card, lines and facets may take from each record."""
    return {one.key: "/".join(one.key) + "=" + _look(one, archive) for one in findables(archive, Counter())}


def _look(one: Findable, archive: Archive) -> str:
    body = archive.organizations.get(one.id) if one.kind == "organization" else None
    return short_digest("\0".join([one.label, *one.also, "", body.scope, *body.abbreviations] if body else [one.label, *one.also]))


def short_digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
