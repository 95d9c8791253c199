"""What is looked at in a body by itself, wherever one is read: for the first time, or again because nothing but it was edited."""

from __future__ import annotations

from . import body_limits, body_links
from .frontmatter import Parsed
from .problems import Problems


def check(parsed: Parsed, problems: Problems) -> None:
    """Adds what is wrong with the body of a file, and what its readers would miss."""
    body_limits.check(parsed, problems)
    body_links.check(parsed, problems)
