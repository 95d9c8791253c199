"""Pages of plain text, the page for an address that leads nowhere, and the stubs that stand where a record used to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Gathered, LatePage, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Page, Redirect
from plugins.archive.text import sort_key

from .apparatus import Apparatus, apparatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Template ``page.html``; ``body`` is None for a page without text."""

    section: str
    title: str
    description: str
    body: Body | None
    apparatus: Apparatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedView:
    """A page whose text stands in its template; ``title`` and ``description`` are messages."""

    section: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishView:
    """Template ``english.html``."""

    section: str
    title: str
    description: str
    meetings: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """Template ``redirect.html``; ``target`` is an output path."""

    target: str


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage | LatePage]:
    yield OutputPage(path=urls.NOT_FOUND, template="not_found", view=FixedView(section="", title=N_("Không có trang này")))
    yield OutputPage(path=urls.OFFLINE, template="offline", view=FixedView(section="", title=N_("Mang kho về máy")))
    yield OutputPage(path=urls.ENGLISH, template="english", view=_english(archive))
    for id in archive.pages:
        with archive.noting() as read:
            page = archive.pages[id]
        yield LatePage(path=urls.page(id), template="page", make=partial(_page, page, gathered), read=read)
    for redirect in archive.redirects:
        yield _redirect(redirect)


def footer_pages(archive: Archive) -> tuple[tuple[str, str], ...]:
    """(title, path) of the pages, in the order their editors gave."""
    pages = sorted(archive.pages.values(), key=lambda page: (page.order, sort_key(page.title), page.id))
    return tuple((page.title, urls.page(page.id)) for page in pages)


def _page(page: Page, gathered: Gathered) -> PageView:
    return PageView(
        section="",
        title=page.title,
        description=page.summary,
        body=gathered.bodies.get(("page", page.id)),
        apparatus=apparatus(page, "page", gathered),
    )


def _english(archive: Archive) -> EnglishView:
    years = sorted(archive.meetings_in_year)
    return EnglishView(
        section="english",
        title="In English",
        description="A public archive of meetings of the unions of science and technology associations in Viet Nam.",
        meetings=len(archive.meetings),
        years=(years[0], years[-1]) if years else None,
    )


def _redirect(redirect: Redirect) -> OutputPage:
    return OutputPage(path=redirect.old, template="redirect", view=RedirectView(target=redirect.new))
