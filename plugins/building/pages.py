"""One page on its way: what it will be rendered from, the rendering, and how its bytes get onto the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import Template

from plugins.archive.outputs import Reads


@dataclass(frozen=True, slots=True)
class Page:
    """A page that waits to be written."""

    name: str
    template: Template
    context: dict[str, Any]
    """Pelican's context, the same for all pages, and never written to."""
    own: dict[str, Any]
    make: Callable[[], object] | None = None
    """What gives the view, where it is late."""
    read: Reads | None = ()
    """What was read before; None where nobody knows."""


def rendered(template: Template, context: dict[str, Any]) -> str:
    """As ``template.render`` with a context that holds the template's globals already."""
    try:
        return "".join(template.root_render_func(template.new_context(context, shared=True)))
    except Exception:  # with the line of the template in its trace it is raised again
        template.environment.handle_exception()


def put(path: str, data: bytes) -> None:
    """Writes a file anew. Raises OSError."""
    # A tenth of a page's time goes into opening a file; this is a third of what a text stream takes.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)
