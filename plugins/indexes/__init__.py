"""The pages that lead to the records: home, clusters, organizations, people, documents, years and quarters, plain pages.

A module of this package has ``pages(archive, gathered)``, which yields the pages of one kind; each page's view is a frozen
dataclass with at least ``section`` (for the navigation), ``title`` and ``description``. A new kind is a module and a word in kinds.PAGE_KINDS.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls
from plugins.archive.outputs import LatePage, OutputPage, hand_over

from . import plain

_KEPT = "indexes/pages"


class IndexGenerator(Generator):
    """Writes every page of PAGE_KINDS; gives all templates ``urls`` and ``footer_pages``.

    None of these pages shows the text of a meeting: where nothing else has changed they are taken over from the last site.
    """

    def generate_context(self) -> None:
        self.context["urls"] = urls
        self.context["footer_pages"] = plain.footer_pages(self.context["archive"])
        self._pages = () if self.context["revision"] or self.context["problems"].errors else self._prepared()

    def _prepared(self) -> Sequence[OutputPage | LatePage]:
        """The pages and their templates; here and not later, since other processes render texts meanwhile."""
        from .kinds import PAGE_KINDS

        pages = tuple(page for kind in PAGE_KINDS for page in kind(self.context["archive"], self.context["gathered"]))
        for page in pages:
            self.get_template(page.template)
        return pages

    def generate_output(self, writer: Writer) -> None:
        if self.context["revision"]:
            self.context["revision"].carry(*self.context["revision"].kept(_KEPT))
            return
        for page in self._pages:
            self._write(writer, page)
        self.context["keep"](_KEPT, [page.path for page in self._pages])

    def _write(self, writer: Writer, page: OutputPage | LatePage) -> None:
        hand_over(page, writer, self.get_template(page.template), self.context, _root(page.path, self.context["site"].url))


def _root(path: str, site_url: str) -> str:
    """What stands before an output path in a link. A server shows the page "not found" at any address, however deep, so that its
    links begin at the root of the server wherever the site has an address."""
    return urlsplit(site_url).path.rstrip("/") + "/" if path == urls.NOT_FOUND and site_url else urls.root(path)


def _get_generators(_pelican: object) -> type[Generator]:
    return IndexGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
