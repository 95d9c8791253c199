"""Writes pages with every processor: they are queued, and forked workers render and write them.

A worker inherits the archive, the templates and the queue as they stand in memory; nothing is pickled. A late page's view is made by the
worker that renders it: so views are made on every processor, and forgotten one by one. Where the system cannot fork
(Windows, and macOS by choice of Python) or where ``WRITER_WORKERS`` is 1, pages are rendered one after another; the files are the same.
With ``WRITER_WORKERS = 0`` Pelican's own writer is used.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.archive.outputs import Reads
from plugins.archive.progress import SILENCE, Progress, progress_of
from plugins.archive.sharing import chunk_size, drawn, processes_of, tickets

from . import collecting
from .carrying import Carrying, Notes
from .pages import Page, put, rendered
from .profiling import Tally

BATCH = 4_000
"""So many pages with their views wait in memory at most; those that are late weigh nothing. Each batch is shared among new workers."""
CHUNK = 32
"""A worker takes so many pages at a time: neighbours, since these read neighbouring records."""
FEWEST = 64
"""Fewer pages are not worth a worker of their own."""


class ParallelWriter(Writer):
    """Pelican's writer, with a queue."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self._queue: list[Page] = []
        self._grounds: dict[Template, dict[str, Any]] = {}
        self._names: set[str] = set()
        self._warm: set[str] = set()
        self._workers = processes_of(settings)
        self._views = 0
        self._is_settled = False
        self._progress: Progress = progress_of(settings)
        self._tally: Tally | None = settings.get("PAGE_TALLY")
        self._carrying: Carrying | None = settings.get("CARRYING")

    def write_file(self, name: str, template: Template, context: dict[str, Any], *args: Any, paginated: Any = None, **own: Any) -> None:
        """Queues a page. Raises ValueError where two pages have one name, or where a name leads out of the output folder."""
        for setting in ("override_output", "relative_urls", "template_name", "url"):
            own.pop(setting, None)
        self._views += 1
        self._put_in_queue(Page(name, template, context, {"output_file": name, **own}))

    def write_late(
        self, name: str, template: Template, context: dict[str, Any], make: Callable[[], object], read: Reads | None = None, **own: Any
    ) -> None:
        """Queues a page whose ``view`` is what ``make()`` will give; ``read`` is as in :class:`archive.outputs.LatePage`."""
        self._put_in_queue(Page(name, template, context, {"output_file": name, **own}, make, read))

    def _put_in_queue(self, page: Page) -> None:
        name = page.name
        if name in self._names or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"the page {name} is written twice" if name in self._names else f"{name} lies outside the site")
        self._names.add(name)
        self._queue.append(page)
        if self._is_settled or self._views >= BATCH:
            self.flush()

    def settle(self) -> None:
        """Writes what waits, and from now on every page at once: whoever comes next may read what was written."""
        self.flush()
        self._is_settled = True

    def flush(self) -> None:
        """Writes every page that waits. Raises RuntimeError with the worker's trace where one of them could not be rendered."""
        waiting, self._queue, self._views, self._grounds = self._queue, [], 0, {}
        if self._carrying and waiting:
            self._carrying.get_ready(waiting[0].context, self.settings)
        for folder in sorted({os.path.dirname(os.path.join(self.output_path, page.name)) for page in waiting}):
            os.makedirs(folder, exist_ok=True)
        rest = self._write_first_of_each_template(waiting)
        workers = min(self._workers, len(rest) // FEWEST + 1)
        if workers < 2:
            self._write(rest)
        else:
            self._share(rest, workers)

    def _write_first_of_each_template(self, pages: list[Page]) -> list[Page]:
        """Renders one page of each template here, so that workers inherit it compiled, with all it imports."""
        rest = []
        for page in pages:
            if page.template.name in self._warm:
                rest.append(page)
            else:
                self._warm.add(page.template.name or "")
                self._write([page])
        return rest

    def _share(self, pages: list[Page], workers: int) -> None:
        forking = multiprocessing.get_context("fork")
        gc.freeze()  # a collection in a worker would touch, and so copy, every object it inherits
        size = chunk_size(len(pages), CHUNK)
        chunks = [pages[start : start + size] for start in range(0, len(pages), size)]
        running = []
        with tickets(len(chunks)) as office:
            for _ in range(1, workers):
                ours, theirs = forking.Pipe(duplex=False)
                process = forking.Process(target=self._work, args=(chunks, office, theirs), daemon=True)
                process.start()
                theirs.close()
                running.append((process, ours))
            try:
                self._take(chunks, office)
            finally:
                gc.unfreeze()
                ends = [_await(process, ours) for process, ours in running]
        for fault, tally, notes in ends:
            if fault:
                raise RuntimeError(fault.trace) from fault.refused
            if tally and self._tally:
                self._tally.merge(tally)
            if notes and self._carrying:
                self._carrying.take_up(notes)

    def _work(self, chunks: Sequence[Sequence[Page]], office: int, report: Connection) -> None:
        self._progress = SILENCE  # the parent tells how far all are
        self._tally = Tally() if self._tally else None
        if self._carrying:
            self._carrying.begin_aside()
        try:
            self._take(chunks, office)
            report.send((None, self._tally, self._carrying and self._carrying.found()))
        except BaseException as error:  # the parent raises it again
            report.send((_Fault(traceback.format_exc(), error if isinstance(error, OSError) else None), None, None))

    def _take(self, chunks: Sequence[Sequence[Page]], office: int) -> None:
        """Writes one chunk after another that nobody else has taken."""
        for number in drawn(office):
            self._progress.reached(number * len(chunks[0]), len(chunks) * len(chunks[0]))
            self._write(chunks[number])

    def _write(self, pages: Iterable[Page]) -> None:
        for page in pages:
            if self._tally is None:
                self._write_page(page)
            else:
                with self._tally.timed(page.template.name or ""):
                    self._write_page(page)

    def _write_page(self, page: Page) -> None:
        if self._carrying is None or page.read is None:
            self._make_page(page)
            return
        mould = self._carrying.mould(page.template, page.own)
        if self._carrying.stands(page.name, mould):
            return
        with self._carrying.tracer.noting() as read:
            self._make_page(page)
        self._carrying.note(page.name, mould, read.union(page.read))

    def _make_page(self, page: Page) -> None:
        context = {**self._ground(page), **page.own}
        if page.make:
            context["view"] = page.make()
        data = rendered(page.template, context).encode("utf-8")
        path = os.path.join(self.output_path, page.name)
        put(path, data)
        signals.content_written.send(path, context=context)

    def _ground(self, page: Page) -> Mapping[str, Any]:
        """What all pages of a template see, until more pages are queued: to put it together for each took longer than to look anything up there."""
        ground = self._grounds.get(page.template)
        if ground is None:
            ground = self._grounds[page.template] = {**page.template.globals, **page.context, "localsiteurl": None}
        return ground


@dataclass(frozen=True, slots=True)
class _Fault:
    """What went wrong in a worker: its trace, and what the system refused, where it was that."""

    trace: str
    refused: OSError | None = None


def _await(process: Any, ours: Connection) -> tuple[_Fault | None, Tally | None, Notes | None]:
    """What went wrong in a worker, or None; what its pages cost, where that is asked for; and what it noted of them."""
    try:
        end = ours.recv()
    except EOFError:
        end = _Fault("a worker that writes pages ended before its work was done"), None, None
    process.join()
    return end


def _get_writer(pelican: Pelican) -> type[Writer]:
    return Writer if pelican.settings.get("WRITER_WORKERS") == 0 else ParallelWriter


class FlushGenerator(Generator):
    """Stands behind the generators that write pages and before those that read what was written."""

    def generate_output(self, writer: Writer) -> None:
        if isinstance(writer, ParallelWriter):
            writer.settle()


def _get_generators(_pelican: Pelican) -> type[Generator]:
    return FlushGenerator


def register() -> None:
    signals.initialized.connect(collecting.seldom)
    signals.get_writer.connect(_get_writer)
    signals.get_generators.connect(_get_generators)
