"""The bridge to Pelican: reads the archive, renders its texts, writes the meetings' pages.

The first of the plugins. It puts into Pelican's context, for all others: ``archive`` (:class:`archive.archive.Archive`), ``problems``
(:class:`archive.problems.Problems`), ``gathered`` (:class:`archive.outputs.Gathered`) and ``site`` (:class:`Site`). Meetings are no
Pelican articles: Pelican drops an article with a bad date and goes on; here every file is a page or a named problem, and errors end
the build once, after everything was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import citations, urls
from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.archive.outputs import Gathered, hand_over
from plugins.archive.problems import N_, ContentProblems
from plugins.archive.progress import progress_of
from plugins.archive.records import Meeting, Record

from . import views
from .bodies import BodyRenderer
from .markup import DocumentPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What templates say of the site. ``url`` is empty where the site has no address yet; ``edition`` is an ISO date or empty."""

    name: str
    tagline: str
    url: str
    email: str
    repository: str
    language: str
    edition: str


TOLD = 100
"""After so many texts it is told how far the rendering is."""


class MeetingGenerator(Generator):
    """Loads the archive while contexts are generated, writes a page for each meeting while output is."""

    def generate_context(self) -> None:
        archive, problems = load(Path(self.settings["PATH"]), progress_of(self.settings))
        self.context["archive"] = archive
        self.context["problems"] = problems
        self.context["gathered"] = Gathered()
        self.context["site"] = _site(self.settings)
        self._render_bodies(archive)

    def _render_bodies(self, archive: Archive) -> None:
        renderer = BodyRenderer(self.env.filters["tidy"])
        bodies = self.context["gathered"].bodies
        written = [(kind, record) for kind, record in archive.records() if record.body]
        progress = progress_of(self.settings)
        progress.phase(N_("Dựng phần văn bản"))
        for number, (kind, record) in enumerate(written):
            bodies[kind, record.id] = renderer.render(record.body, _document_path(record))
            if number % TOLD == 0:
                progress.reached(number, len(written))

    def generate_output(self, writer: Writer) -> None:
        for page in views.pages(self.context["archive"], self.context["gathered"]):
            hand_over(page, writer, self.get_template(page.template), self.context, urls.root(page.path))


def _site(settings: dict) -> Site:
    return Site(
        name=settings["SITENAME"],
        tagline=settings["SITE_TAGLINE"],
        url=settings["SITEURL"],
        email=settings["SITE_EMAIL"],
        repository=settings["SITE_REPOSITORY"],
        language=settings["DEFAULT_LANG"],
        edition=settings["SITE_EDITION"],
    )


def _document_path(record: Record) -> DocumentPath:
    """A citation in a meeting's text leads to the list of documents on the same page; elsewhere it stays text."""
    if not isinstance(record, Meeting):
        return lambda type, number: ""
    anchors = {citations.number_key(c.as_written): "#" + urls.document_anchor(c.document) for c in record.citations}
    return lambda type, number: anchors.get(citations.number_key(number), "")


def _stop_at_errors(generators: list[Generator]) -> None:
    problems = generators[0].context["problems"]
    if problems.errors:
        raise ContentProblems(problems)


def _get_generators(_pelican: object) -> type[Generator]:
    return MeetingGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
    signals.all_generators_finalized.connect(_stop_at_errors)
