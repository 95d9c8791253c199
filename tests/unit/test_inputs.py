"""What is known of the files that a build reads, without reading them again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.building import inputs

OLD = 1_700_000_000_000_000_000
"""Nanoseconds since 1970; long ago."""


@pytest.fixture
def before(tmp_path: Path) -> inputs.Sight:
    """A look at two files: of one nobody can tell yet whether it is being changed."""
    (tmp_path / "people").mkdir()
    for name in ("an.md", "binh.md"):
        (tmp_path / "people" / name).write_text(name, encoding="utf-8")
    seen = inputs.look([tmp_path])
    files = [os.fspath(tmp_path / "people" / name) for name in ("an.md", "binh.md")]
    long_ago = {path: (signature[0], OLD, OLD, *signature[3:]) for path, signature in seen.signatures.items() if path == files[0]}
    return inputs.Sight(seen.taken, {**seen.signatures, **long_ago}, {files[1]: seen.digests[files[1]]})


def test_a_file_that_was_read_is_known_as_long_as_it_looks_the_same(before: inputs.Sight, tmp_path: Path) -> None:
    file = os.fspath(tmp_path / "people" / "an.md")
    read = inputs.as_read(before, tmp_path, [("people/an.md", "digest as it was read")])
    assert read == {file: inputs.File(before.signatures[file], "digest as it was read")}
    known, doubtful = inputs.known_between(before, inputs.Sight(before.taken, before.signatures, {}), read)
    assert (known[file], doubtful) == (read[file], set())


def test_a_file_that_looks_otherwise_is_read_again(before: inputs.Sight, tmp_path: Path) -> None:
    file = os.fspath(tmp_path / "people" / "an.md")
    read = inputs.as_read(before, tmp_path, [("people/an.md", "digest as it was read")])
    after = inputs.Sight(before.taken, {**before.signatures, file: (5, OLD + 1, OLD + 1, 7)}, {})
    known, doubtful = inputs.known_between(before, after, read)
    assert (known[file].digest, doubtful) == (inputs.digest(file), {file})


def test_nothing_is_known_of_a_file_that_was_changed_just_before_or_came_later(before: inputs.Sight, tmp_path: Path) -> None:
    assert inputs.as_read(before, tmp_path, [("people/binh.md", "x"), ("people/cuc.md", "y")]) == {}


def test_of_a_file_that_is_certain_only_its_name_is_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "an.md"
    file.write_text("an", encoding="utf-8")
    path, certain = os.fspath(file), (2, OLD, OLD, 7)
    assert inputs.look([tmp_path], {path: certain}).signatures[path] == certain
    file.unlink()
    assert path not in inputs.look([tmp_path], {path: certain}).signatures
