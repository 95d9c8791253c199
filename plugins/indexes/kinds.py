"""Which kinds of pages there are. A module of its own, since a build of an edited text writes none of them, and they take a while to load."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plugins.archive.archive import Archive
from plugins.archive.outputs import Gathered, LatePage, OutputPage

from . import calendar, clusters, document_list, documents, home, meetings, organizations, people, plain

PAGE_KINDS: tuple[Callable[[Archive, Gathered], Iterator[OutputPage | LatePage]], ...] = tuple(
    kind.pages for kind in (home, plain, meetings, clusters, organizations, people, document_list, documents, calendar)
)
