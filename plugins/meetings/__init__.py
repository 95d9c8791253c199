"""The bridge to Pelican: reads the archive, renders its texts, writes the meetings' pages.

The first of the plugins. It puts into Pelican's context, for all others: ``archive`` (:class:`archive.archive.Archive`), ``problems``
(:class:`archive.problems.Problems`), ``gathered`` (:class:`archive.outputs.Gathered`), ``revision``, ``standing`` and ``keep`` (for builds that go
on from the last one, see there) and ``site`` (:class:`Site`). Meetings are no
Pelican articles: Pelican drops an article with a bad date and goes on; here every file is a page or a named problem, and errors end
the build once, after everything was read.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Gathered, LatePage, OutputPage, Revision, Standing, hand_over, keep_nothing, nothing_kept
from plugins.archive.problems import ContentProblems, Problems
from plugins.archive.progress import progress_of
from plugins.archive.records import Record
from plugins.archive.rereading import FileChanged
from plugins.archive.retaking import Retaken
from plugins.archive.sharing import processes_of

from . import views
from .rendering import Bodies, KeptBodies, mark, rendering


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


class MeetingGenerator(Generator):
    """Loads the archive while contexts are generated, writes a page for each meeting while output is.

    Some settings, which no file sets, come from whoever builds: ``REVISION`` (:class:`archive.outputs.Revision` or None) stands for
    the archive where only texts have changed, ``LOADED`` is the archive with its problems where whoever builds knows them already,
    ``KEEP`` is :data:`archive.outputs.Keep`, ``SCRATCH`` a folder for what only this build needs, ``KEPT`` gives what was kept
    (:data:`archive.outputs.Keep`) of the build that this one goes on from, ``DIGESTS`` are those of all files below the content folder
    then (:class:`archive.retaking.Retaken`), ``TRACER`` (:class:`archive.tracing.Tracer`) follows what pages read, ``STANDING`` is
    :class:`archive.outputs.Standing`, and ``BEGUN`` (an ExitStack) ends what is under way where the build fails.
    """

    def generate_context(self) -> None:
        revision: Revision | None = self.settings.get("REVISION")
        self.context["keep"] = self.settings.get("KEEP") or keep_nothing
        archive, problems = (revision.archive, revision.problems) if revision else self._load()
        if tracer := self.settings.get("TRACER"):
            archive = tracer.follow(archive)
        self.context["revision"] = revision
        self.context["standing"] = self.settings.get("STANDING") or Standing()
        self.context["archive"] = archive
        self.context["problems"] = problems
        self.context["site"] = _site(self.settings)
        self._rendering = (self.settings.get("BEGUN") or ExitStack()).enter_context(ExitStack())
        self._bodies, bodies = self._begun(archive, revision)
        self.context["gathered"] = Gathered(bodies=archive.table("bodies", lambda: bodies, lambda key: _digest_of_file(archive, *key)))

    def _load(self) -> tuple[Archive, Problems]:
        if loaded := self.settings.get("LOADED"):
            return loaded
        from plugins.archive.loading import load  # what checks records takes a while to load, and an edited text does without

        last = Retaken(self._kept, self.context["keep"], self.settings.get("DIGESTS"))
        return load(Path(self.settings["PATH"]), progress_of(self.settings), processes_of(self.settings), last)

    def _kept(self, key: str) -> Any:
        return self.settings.get("KEPT", nothing_kept)(key)

    def _begun(self, archive: Archive, revision: Revision | None) -> tuple[Bodies, Mapping[tuple[str, str], Body]]:
        """The bodies that are being rendered, and all: besides these, those of the last build that are not new in this one."""
        kept = revision.kept if revision else self._kept
        before = _marks(kept)
        records = (("meeting", meeting) for meeting in revision.meetings.values()) if revision else archive.records()
        written = {(kind, record.id): record for kind, record in records if record.body_line}
        marks = {key: mark(record) for key, record in written.items()}
        again = self._rendered(archive, [(key[0], record) for key, record in written.items() if marks[key] != before.get(key)])
        known = {**before, **marks} if revision else marks
        self.context["keep"](_MARKS, known)
        return again, ChainMap(again, KeptBodies(kept, known)) if before else again  # type: ignore[arg-type]  # it is only read: mappings do

    def _rendered(self, archive: Archive, records: Iterable[tuple[str, Record]]) -> Bodies:
        to_whom = {"workers": processes_of(self.settings), "folder": self.settings.get("SCRATCH"), "keep": self.context["keep"]}
        return self._rendering.enter_context(rendering(archive, records, self.env.filters["tidy"], **to_whom))

    def finish(self) -> None:
        """All is gathered, but for the texts that other processes render: prepares the pages meanwhile. Raises ContentProblems where there is an error."""
        problems = self.context["problems"]
        if problems.errors:
            raise ContentProblems(problems)
        self._pages = () if self.context["revision"] else self._prepared()
        try:
            with self._rendering:
                self._bodies.settle(progress_of(self.settings))
        except FileChanged as changed:
            problems.add(changed.path, 0, "", "file-changed")
            raise ContentProblems(problems) from changed

    def _prepared(self) -> Sequence[LatePage]:
        """The pages; their template is taken apart here."""
        self.get_template("meeting")
        return tuple(views.pages(self.context["archive"], self.context["gathered"], self.context["keep"]))

    def generate_output(self, writer: Writer) -> None:
        revision = self.context["revision"]
        for page in _revised(revision, self.context["gathered"]) if revision else self._pages:
            hand_over(page, writer, self.get_template(page.template), self.context, urls.root(page.path))


_MARKS = "meetings/marks"


def _marks(kept: Callable[[str], Any]) -> Mapping[tuple[str, str], bytes]:
    try:
        return kept(_MARKS)
    except KeyError:
        return {}


def _revised(revision: Revision, gathered: Gathered) -> Iterator[OutputPage]:
    revision.carry(*[urls.meeting(id) for id in revision.archive.meetings if id not in revision.meetings])
    for id in revision.meetings:
        yield views.page_again(revision.archive, gathered, id, revision.kept)


def _digest_of_file(archive: Archive, kind: str, id: str) -> str:
    """Where a record's file is as it was, and its record too, its text is."""
    record = next((records.get(id) for name, records in archive.kinds() if name == kind), None)
    return record.sha256 if record else ""


def _site(settings: dict[str, Any]) -> Site:
    return Site(
        name=settings["SITENAME"],
        tagline=settings["SITE_TAGLINE"],
        url=settings["SITEURL"],
        email=settings["SITE_EMAIL"],
        repository=settings["SITE_REPOSITORY"],
        language=settings["DEFAULT_LANG"],
        edition=settings["SITE_EDITION"],
    )


def _finish(generators: list[Generator]) -> None:
    for generator in generators:
        if isinstance(generator, MeetingGenerator):
            generator.finish()


def _get_generators(_pelican: object) -> type[Generator]:
    return MeetingGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
    signals.all_generators_finalized.connect(_finish)
