"""What a build leaves to the next one, as it lies on disk."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from plugins.archive.problems import Problem, Severity
from plugins.building import keeping
from plugins.building.inputs import File
from plugins.building.keeping import Kept

KEPT = Kept(
    program="p",
    settings="s",
    git="",
    more=("/elsewhere/plugin.py",),
    inputs={"/content": File((), ""), "/content/people/an.md": File((3, 1, 2, 7), "digest")},
    outputs={"index.html": (5, 1, 9)},
    warnings=(Problem("people/an.md", 2, "name", "name-near", (("name", "Ấn"),), Severity.WARNING),),
    pending=("/content/people/an.md",),
    pack="records-1",
    lean=4,
    index={"meeting": "\na\t0\t4\n"},
)


class Running:
    """What pickle would run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple:
        return os.mkdir, (os.fspath(self.folder),)


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    keeping.keep(tmp_path, KEPT)
    assert keeping.load(tmp_path) == KEPT


@pytest.mark.parametrize("said", ["a word", {"program": "p"}, None])
def test_what_is_whole_and_says_nothing_of_use_is_as_if_it_were_not_there(said: object, tmp_path: Path) -> None:
    _put(tmp_path, said)
    assert keeping.load(tmp_path) is None


def test_what_came_from_elsewhere_runs_nothing(tmp_path: Path) -> None:
    _put(tmp_path, Running(tmp_path / "made"))
    assert keeping.load(tmp_path) is None
    assert not (tmp_path / "made").exists()


def _put(workshop: Path, said: object) -> None:
    keeping.keep(workshop, KEPT)
    (file,) = workshop.iterdir()
    data = pickle.dumps(said)
    file.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
