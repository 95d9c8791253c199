"""What passes between the plugins: a page to be written, a body that was rendered, a picture that was made.

The plugins import no sibling; they meet in these types, which Pelican's context carries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .archive import Archive
from .problems import Problems
from .records import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputPage:
    """One HTML page: ``template`` shows ``view``, a dataclass made for it, at ``path`` (see :mod:`archive.urls`)."""

    path: str
    template: str
    view: object


Reads = Collection[tuple[str, Hashable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePage:
    """An output page whose view is made when it is written, by whichever process writes it, and then forgotten: so a site of any size
    needs no more memory than its archive and one page.

    ``read`` is what was read of the archive for ``make``, before it is called (see :meth:`Archive.noting`); None where nobody noted that: then no
    later build knows whether the page would be the same, and each makes it anew.
    """

    path: str
    template: str
    make: Callable[[], object]
    read: Reads | None = None

    @property
    def view(self) -> object:
        """Made anew for everyone who asks."""
        return self.make()


def hand_over(page: OutputPage | LatePage, writer: Any, template: Any, context: dict[str, Any], root: str) -> None:
    """Gives the page to Pelican's writer, or to one that also takes what is late."""
    if isinstance(page, LatePage) and hasattr(writer, "write_late"):
        writer.write_late(page.path, template, context, page.make, page.read, root=root, page_path=page.path)
    else:
        writer.write_file(page.path, template, context, view=page.view, root=root, page_path=page.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One of the numbered tasks that a meeting sets; ``html`` is sanitised, ``text`` plain, ``anchor`` as nv-1."""

    number: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A Markdown body, rendered and sanitised.

    ``html`` is safe to stand in a page as it is. Paragraphs carry the anchors ``doan-1``, ``doan-2`` ..., tasks ``nv-1`` ...
    ``given_by`` is the name in the heading over the tasks, or empty. ``text`` is the plain text, a line for each block.
    ``passages`` pairs each anchor with its plain text, in order.
    """

    html: str
    text: str
    tasks: tuple[Task, ...] = ()
    given_by: str = ""
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """One file made from a picture; ``path`` is an output path, sizes are pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in every size and form made of it.

    ``width`` and ``height`` are those of the upright original. ``modern`` (``modern_type`` its MIME type) and ``jpeg`` hold the same
    widths, ascending; the last is the largest.
    """

    width: int
    height: int
    modern_type: str
    modern: tuple[Derivative, ...]
    jpeg: tuple[Derivative, ...]


@dataclass(slots=True)
class Gathered:
    """What the generators hand on, under ``context["gathered"]``: filled while contexts are generated, read while output is."""

    bodies: Mapping[tuple[str, str], Body] = field(default_factory=dict)
    """By kind of record ("meeting", "person", "organization", "cluster", "document", "page") and id; no entry for an empty body."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By ``Image.file``; a file without an entry could not be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A build that goes on from the last one, where nothing has changed but the texts of some meetings; under ``context["revision"]``.

    Who writes what no text can change need not write it again, and says so by ``carry`` with the output paths of the last site; who knows nothing of all
    this writes as ever, and the result is the same. The archive is whole, but what of it is not asked for is not read.
    """

    archive: Archive
    problems: Problems
    meetings: Mapping[str, Meeting]
    """Those whose text is another, by id."""
    kept: Callable[[str], Any]
    """What was last kept under a key (see :data:`Keep`); KeyError where there is nothing."""
    carry: Callable[..., None]
    """Takes over the files at these output paths of the last site; KeyError where it has none at one of them."""
    site: Path
    """Folder of the last site, which stands as its build left it; to be read only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The files of the last site that the new one takes over, under ``context["standing"]``. Pages are taken over by whoever writes pages; a room may take
    over a file whose name says what is in it."""

    carried: Collection[str] = ()
    """Output paths, as far as they are known by now."""
    carry: Callable[[str], bool] = lambda _path: False
    """Takes over the file at an output path; False where the last site has none there."""


Keep = Callable[[str, object], None]
"""Keeps a value, of frozen dataclasses and plain types, under a key that begins with the name of a room: for a later :class:`Revision`.
Under ``context["keep"]``."""


@dataclass(frozen=True, slots=True)
class Pickled:
    """A value to be kept that was pickled already."""

    data: bytes


def nothing_kept(key: str) -> Any:
    """Where there is no build to go on from. Raises KeyError."""
    raise KeyError(key)


def keep_nothing(_key: str, _value: object) -> None:
    """Where no later build goes on from this one."""
