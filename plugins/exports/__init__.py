"""What the archive gives away: data files, citations, calendars, feeds, structured data, the sitemap. It stands last in PLUGINS.

Templates ask ``exports`` (:class:`exports.offers.Exports`) what a page offers. Formats and file names: docs/exports.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican import signals

if TYPE_CHECKING:
    from .generator import ExportGenerator


def export_generator(_pelican: object) -> type[ExportGenerator]:
    from .generator import ExportGenerator  # with libraries for data files, which a site of pages alone need not load

    return ExportGenerator


def register() -> None:
    signals.get_generators.connect(export_generator)
