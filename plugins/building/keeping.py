"""What is kept of a build for the next one: what it read, and what it left in the output folder.

It lies in the workshop beside the output. What cannot be read, or was kept by other code, is as if it were not there; what does not fit
the files as they are now is no longer true, and a clean build follows.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from plugins.archive.problems import Problem, Severity

from .inputs import File
from .trees import Standing

_FILE = "kept.pickle"
_RECORDS = "records-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """``program``, ``settings`` and ``git`` are as in circumstances.py; inputs by absolute path, outputs by path in the site.

    ``pending`` are inputs that changed, and that not every room has heard of yet: the next build takes them for changed, whatever they hold then.
    ``more`` are files beyond the usual places, which only the build itself came across. ``pack`` is the name of the file with the records
    (see packing.py), or empty, and ``index`` leads into it.
    """

    program: str
    settings: str
    git: str
    more: tuple[str, ...]
    inputs: Mapping[str, File]
    outputs: Mapping[str, Standing]
    warnings: tuple[Problem, ...]
    pending: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    """Those of them that not all pages show yet."""
    has_other_texts_only: bool = True
    """Whether what is pending are texts of meetings and nothing else."""
    pack: str = ""
    lean: int = 0
    """Size of the pack when it held no value that was replaced."""
    index: Mapping[str, str] = field(default_factory=dict)


def load(workshop: Path) -> Kept | None:
    """What the last build left, if it is whole."""
    try:
        seal, _, data = (workshop / _FILE).read_bytes().partition(b"\n")
        if hashlib.sha256(data).hexdigest().encode() != seal:
            return None
        said = _PlainUnpickler(io.BytesIO(data)).load()
        return Kept(
            program=said["program"],
            settings=said["settings"],
            git=said["git"],
            more=said["more"],
            inputs={path: File(signature, digest) for path, (signature, digest) in said["inputs"].items()},
            outputs=said["outputs"],
            warnings=tuple(_problem(*told) for told in said["warnings"]),
            pending=said["pending"],
            unseen=said["unseen"],
            has_other_texts_only=said["texts"],
            pack=os.path.basename(said["pack"]),
            lean=said["lean"],
            index=said["index"],
        )
    except Exception:  # whatever is wrong with it, everything can be made without it
        return None


def keep(workshop: Path, kept: Kept) -> None:
    """Replaces what was kept before in one step. A disk without room for it keeps nothing, and the next build is a clean one."""
    said = {
        "program": kept.program,
        "settings": kept.settings,
        "git": kept.git,
        "more": kept.more,
        "inputs": {path: (file.signature, file.digest) for path, file in kept.inputs.items()},
        "outputs": dict(kept.outputs),
        "warnings": [[p.path, p.line, p.field, p.code, p.values, p.severity.value] for p in kept.warnings],
        "pending": kept.pending,
        "unseen": kept.unseen,
        "texts": kept.has_other_texts_only,
        "pack": kept.pack,
        "lean": kept.lean,
        "index": dict(kept.index),
    }
    data = pickle.dumps(said, protocol=5)
    fresh = workshop / f"{_FILE}.new"
    try:
        fresh.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        os.replace(fresh, workshop / _FILE)
    except OSError:
        forget(workshop)
    else:
        _clear(workshop, kept.pack)


def fresh_pack(workshop: Path) -> Path:
    """Where the records of a build may be kept; the file goes with the next one unless it was said to be of use."""
    return workshop / f"{_RECORDS}{secrets.token_hex(4)}"


def forget(workshop: Path) -> None:
    """After this the next build is a clean one."""
    for name in (_FILE, f"{_FILE}.new"):
        with suppress(OSError):
            (workshop / name).unlink()
    _clear(workshop)


def _clear(workshop: Path, pack: str = "") -> None:
    for file in workshop.glob(f"{_RECORDS}*"):
        if file.name != pack:
            with suppress(OSError):
                file.unlink()


class _PlainUnpickler(pickle.Unpickler):
    """Makes nothing but numbers, texts and what holds them: a folder from elsewhere can run nothing."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")


def _problem(path: str, line: int, field: str, code: str, values: Iterable[Iterable[str]], severity: str) -> Problem:
    return Problem(path, line, field, code, tuple((name, value) for name, value in values), Severity(severity))
