"""Tells when each generator of a build begins: what it is called in the list of phases, and what it costs.

A plugin's generator is heard of by Pelican's signal ``generator_init``; its steps are then wrapped, on that one object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pelican import signals
from pelican.generators import Generator

from plugins.archive.problems import N_

from .reporting import Report

_CONTEXT, _FINISH, _OUTPUT = "generate_context", "finish", "generate_output"
_PHASES = {
    ("plugins.images", _CONTEXT): N_("Thu nhỏ ảnh"),
    ("plugins.indexes", _CONTEXT): N_("Chuẩn bị các trang"),
    ("plugins.search", _OUTPUT): N_("Lập chỉ mục tìm kiếm"),
    ("plugins.instruments", _OUTPUT): N_("Tính các bảng tra cứu"),
    ("plugins.building", _OUTPUT): N_("Viết các trang"),
    ("plugins.exports", _OUTPUT): N_("Viết các tệp dữ liệu"),
}
"""Steps that take so long that whoever waits wants to know; the others go with the one before."""


_OF_PAGES = frozenset({"pelican", "plugins.meetings", "plugins.images", "plugins.indexes", "plugins.history", "plugins.building"})
_STEPS = {_CONTEXT: N_("chuẩn bị"), _FINISH: N_("chuẩn bị"), _OUTPUT: N_("viết")}
"""Pelican's two, and one of our own between them: what a generator has to end when all is gathered."""


@contextmanager
def told(report: Report) -> Iterator[None]:
    """While open, ``report`` is told of every generator that is made."""

    def wrap(generator: Generator) -> None:
        for step in _STEPS:
            if hasattr(generator, step):
                setattr(generator, step, _told(getattr(generator, step), _plugin(generator), step, report))

    signals.generator_init.connect(wrap)
    try:
        yield
    finally:
        signals.generator_init.disconnect(wrap)


@contextmanager
def pages_alone() -> Iterator[None]:
    """While open, generators that are made write nothing but the pages of records: data files, the search index and what counts the whole archive wait."""

    def silence(generator: Generator) -> None:
        if _plugin(generator) not in _OF_PAGES:
            setattr(generator, _OUTPUT, lambda _writer: None)

    signals.generator_init.connect(silence)
    try:
        yield
    finally:
        signals.generator_init.disconnect(silence)


def _plugin(generator: Generator) -> str:
    """The package that the generator is of: ``plugins.search``, ``pelican``."""
    first, _, rest = type(generator).__module__.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first == "plugins" else first


def _told(work: Callable[..., Any], plugin: str, step: str, report: Report) -> Callable[..., Any]:
    def step_of_plugin(*arguments: Any) -> Any:
        if message := _PHASES.get((plugin, step)):
            report.phase(message)
        if report.profile is None:
            return work(*arguments)
        with report.profile.plugins.during(f"{plugin}: {report.gettext(_STEPS[step])}"):
            return work(*arguments)

    return step_of_plugin
