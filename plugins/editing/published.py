"""The form on the published site, for editors elsewhere: a Pelican plugin that does nothing unless ``EDITING_BACKEND`` is set.

The setting is Decap CMS's section "backend" (github or gitlab). What it saves becomes a branch and a request to merge, which the
checks of the repository judge; nothing reaches readers by itself.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

from .edit import ASSETS
from .form import configuration
from .known import names

FOLDER = "bien-tap"


class DeskGenerator(Generator):
    """Writes ``bien-tap/`` with the form, its configuration and the names it completes."""

    def generate_output(self, _writer: object) -> None:
        backend = self.settings.get("EDITING_BACKEND")
        if not backend:
            return
        target = Path(self.output_path, FOLDER)
        shutil.copytree(ASSETS, target, dirs_exist_ok=True)
        for name, data in self._files(dict(backend)):
            (target / name).write_text(data, encoding="utf-8", newline="\n")

    def _files(self, backend: dict[str, object]) -> Iterator[tuple[str, str]]:
        # JSON is YAML.
        yield "config.yml", json.dumps(configuration(backend, self.settings["SITEURL"]), ensure_ascii=False, indent=1) + "\n"
        yield "names.json", json.dumps(names(self.context["archive"]), ensure_ascii=False) + "\n"


def _get_generators(_pelican: object) -> type[Generator]:
    return DeskGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
