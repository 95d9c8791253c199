"""The new site is written beside the old one and takes its place in one step, when it is whole.

Beside ``output/`` stands the workshop ``.output.sogiaoban/``: the lock, a folder ``new-…`` for each build, ``old`` while two
renames are under way, ``kept-…`` where somebody's own files were found in a site that had to go, and what the next build goes on
from: ``kept.pickle`` (see keeping.py), ``templates`` (see compiled.py) and ``twin`` (see twin.py).
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plugins.archive.problems import N_

from . import locking, trees
from .exchanging import exchange
from .outcome import BuildError, Busy, UsageError

Swap = Callable[[Path, Path], bool]

_PATIENCE = (0.1, 0.3, 1.0, 2.0)  # seconds: on Windows a virus scanner or an open folder holds a rename up


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is to stand, and the workshop beside it."""

    output: Path

    @property
    def workshop(self) -> Path:
        return self.output.parent / f".{self.output.name}.sogiaoban"

    @property
    def old(self) -> Path:
        return self.workshop / "old"

    @property
    def twin(self) -> Path:
        return self.workshop / "twin"

    @property
    def templates(self) -> Path:
        return self.workshop / "templates"

    def fresh(self, kind: str) -> Path:
        return self.workshop / f"{kind}-{secrets.token_hex(4)}"


@contextmanager
def staged(output: Path, swap: Swap = exchange) -> Iterator[Path]:
    """Gives an empty folder to write a site into; where the block ends well, that site stands at ``output`` (see :func:`fresh`)."""
    with entered(output) as place, fresh(place, swap) as new:
        yield new


@contextmanager
def entered(output: Path) -> Iterator[Place]:
    """Holds the workshop for one build alone, and mends what a build left that was killed.

    Raises :class:`Busy` where another build is under way, :class:`UsageError` where nothing can be written there.
    """
    place = Place(output.resolve())
    with _workshop(place):
        _recover(place)
        yield place


@contextmanager
def fresh(place: Place, swap: Swap = exchange) -> Iterator[Path]:
    """Gives an empty folder to write a site into; where the block ends well, that site stands at the output.

    ``swap`` lets two folders change places at once or says that it cannot; then two renames do, and a build killed between them
    leaves no site until the next one puts it back.

    Where it does not, what stood at the output stands there untouched. Raises :class:`UsageError` where the output holds files that
    are not ours, :class:`BuildError` where the file system refuses.
    """
    with drawer(place) as new:
        check(place.output)
        yield new
        trees.seal(new)
        check(place.output)
        switch(place, new, swap)


@contextmanager
def drawer(place: Place) -> Iterator[Path]:
    """Gives an empty folder in the workshop, which is gone after the block."""
    new = place.fresh("new")
    new.mkdir()
    try:
        yield new
    finally:
        with suppress(OSError):  # what cannot be deleted now, the next build deletes
            _clear(place)


def check_ours(output: Path) -> None:
    """Raises :class:`UsageError` where ``output`` is neither a site of ours nor free to be one. Whether somebody's own files lie in a site is not asked."""
    if not output.exists():
        return
    if not output.is_dir():
        raise UsageError(N_("%(path)s không phải là thư mục"), path=output)
    if not trees.is_sealed(output) and trees.foreign(output):
        raise UsageError(N_("%(path)s không rỗng và không phải là trang do chương trình này dựng; hãy chọn thư mục khác"), path=output)


def check(output: Path) -> None:
    """Raises :class:`UsageError` where a build may not put its site at ``output``."""
    check_ours(output)
    strange = trees.foreign(output) if trees.is_sealed(output) else []
    if strange:
        raise UsageError(
            N_("trong %(path)s có tệp không do lần dựng nào tạo ra: %(files)s; hãy chuyển chúng đi chỗ khác rồi dựng lại"),
            path=output,
            files=_some(strange),
        )


@contextmanager
def _workshop(place: Place) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            place.workshop.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locking.lock(place.workshop / "lock"))
        except locking.Held as error:
            raise Busy(N_("đang có một lần dựng khác ghi vào %(path)s; đợi nó xong rồi thử lại"), path=place.output) from error
        except OSError as error:
            raise UsageError(N_("không ghi được vào %(path)s (%(reason)s)"), path=place.output.parent, reason=error.strerror) from error
        yield


def switch(place: Place, new: Path, swap: Swap) -> None:
    """Puts the site at ``new`` in its place; on a failure the old one stands there again."""
    try:
        if place.output.exists() and not trees.is_sealed(place.output):
            place.output.rmdir()  # empty; refuses where a file came meanwhile
        if not place.output.exists():
            _rename(new, place.output)
        elif not swap(new, place.output):
            _replace_in_two_steps(place, new)
    except OSError as error:
        raise BuildError(
            N_("không đặt được bản mới vào %(path)s (%(reason)s); bản cũ vẫn còn nguyên"), path=place.output, reason=error.strerror
        ) from error


def _replace_in_two_steps(place: Place, new: Path) -> None:
    _rename(place.output, place.old)
    try:
        _rename(new, place.output)
    except OSError:
        _rename(place.old, place.output)
        raise


def _rename(source: Path, target: Path) -> None:
    for pause in _PATIENCE:
        try:
            source.rename(target)
            return
        except PermissionError:
            time.sleep(pause)
    source.rename(target)


def _recover(place: Place) -> None:
    """Mends what a killed build left: puts back the last good site if it was taken away, and clears the rest."""
    if not place.output.exists() and trees.is_sealed(place.old):
        _rename(place.old, place.output)
    _clear(place)


def _clear(place: Place) -> None:
    if place.old.exists() and place.output.exists():
        discard(place, place.old)
    for tree in sorted(place.workshop.glob("new-*")):
        discard(place, tree)


def discard(place: Place, tree: Path) -> None:
    """Deletes a tree of ours; where it was a site and somebody's own files lie in it, those are put aside."""
    if not trees.is_sealed(tree):
        shutil.rmtree(tree)  # never was a site: a build that did not end
    elif not trees.discard(tree):
        tree.rename(place.fresh("kept"))


def _some(paths: list[str], limit: int = 5) -> str:
    rest = len(paths) - limit
    return ", ".join(paths[:limit]) + (f", … (+{rest})" if rest > 0 else "")
