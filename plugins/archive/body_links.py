"""Links of a body that no page can follow: to a record's file, which is no page of the site, and to a picture, which bodies do not show."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from . import urls
from .frontmatter import Parsed
from .problems import Problems

_LINK = re.compile(r"(!?)\[[^\[\]\n]*\]\(\s*<?([^\s<>()]+)")
_CODE = re.compile(r"`[^`\n]*`")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def check(parsed: Parsed, problems: Problems) -> None:
    """Adds a reminder for each: the page is built all the same, and readers meet a dead link or find no picture."""
    if "](" not in parsed.body:
        return
    for number, line in enumerate(parsed.body.split("\n"), parsed.body_line):
        for link in _LINK.finditer(_CODE.sub("", line)) if "](" in line else ():
            target = unquote(link[2].partition("#")[0])
            if link[1] and not _OUTSIDE.match(target):
                problems.add(parsed.path, number, "", "body-image", value=target)
            elif not link[1] and target.endswith(".md") and not _OUTSIDE.match(target):
                problems.add(parsed.path, number, "", "body-link", value=target, nearest=_address(parsed.path, target))


def _address(path: str, target: str) -> str:
    """The page of the record whose file a link in the file at ``path`` names, as the page of that file would write it."""
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    page_of = urls.RECORDS.get(file.partition("/")[0], urls.meeting)
    return "../" + page_of(posixpath.basename(file).removesuffix(".md"))
