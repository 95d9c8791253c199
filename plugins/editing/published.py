"""The form on the published site, for editors elsewhere: a Pelican plugin that does nothing unless ``EDITING_BACKEND`` is set.

The setting is Decap CMS's section "backend" (github or gitlab). What it saves becomes a branch and a request to merge, which the
checks of the repository judge; nothing reaches readers by itself.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator

from . import ASSETS

FOLDER = "bien-tap"
_HOSTS = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("https://gitlab.com", "https://secure.gravatar.com"),
}
"""Where a code host answers, and where it keeps the faces of its users, unless the setting names a host of one's own."""
_ADDRESSES = ("api_root", "base_url", "gateway_url")


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
        from .form import configuration  # these take a while to load, and most sites have no form
        from .known import names
        from .short_forms import short_forms

        yield "index.html", page(backend)
        # JSON is YAML.
        yield "config.yml", json.dumps(configuration(backend, self.settings["SITEURL"]), ensure_ascii=False, indent=1) + "\n"
        known = {**names(self.context["archive"]), "short": short_forms(Path(self.settings["PATH"]))}
        yield "names.json", json.dumps(known, ensure_ascii=False) + "\n"


def page(backend: Mapping[str, object]) -> str:
    """The form's own page, whose policy lets it talk to the code host of ``backend`` and to nobody else."""
    text = (ASSETS / "index.html").read_text(encoding="utf-8")
    hosts = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, _addresses(backend)) if parts.netloc})
    for directive in ("connect-src 'self' blob:", "img-src 'self' data: blob:"):
        text = text.replace(directive, " ".join([directive, *hosts]))
    return text


def _addresses(backend: Mapping[str, object]) -> Iterator[str]:
    own = [str(backend[name]) for name in _ADDRESSES if backend.get(name)]
    yield from own
    if not backend.get("api_root"):
        yield from _HOSTS.get(str(backend["name"]), ())


def _get_generators(_pelican: object) -> type[Generator]:
    return DeskGenerator


def register() -> None:
    signals.get_generators.connect(_get_generators)
