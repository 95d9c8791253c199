"""What the archive gives away: data files, citations, calendars, feeds, structured data, the sitemap. It stands last in PLUGINS.

Templates ask ``exports`` (:class:`exports.offers.Exports`) what a page offers. Formats and file names: docs/exports.md.
"""

from __future__ import annotations

from pelican import signals

from .generator import ExportGenerator


def export_generator(_pelican: object) -> type[ExportGenerator]:
    return ExportGenerator


def register() -> None:
    signals.get_generators.connect(export_generator)
