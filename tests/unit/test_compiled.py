"""Compiled templates that are kept: the same pages, and nothing that was damaged or is of another program."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from plugins.building.compiled import Compiled, digest_of


class Counting(Environment):
    """Counts what it compiles."""

    compiled = 0

    def _generate(self, *arguments, **named):
        self.compiled += 1
        return super()._generate(*arguments, **named)


def environment(folder: Path, digest: str = "a" * 64, text: str = "Xin {{ name }}", kept: Compiled | None = None) -> Counting:
    return Counting(loader=DictLoader({"x": text}), bytecode_cache=kept or Compiled(folder, digest))


def page(made: Environment) -> str:
    return made.get_template("x").render(name="chào")


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path) -> None:
    first, second = environment(tmp_path), environment(tmp_path)
    assert page(first) == page(second) == "Xin chào"
    assert (first.compiled, second.compiled) == (1, 0)


def test_environments_of_one_build_share_it_even_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Compiled(tmp_path / "file", "a" * 64)
    first, second = environment(tmp_path, kept=kept), environment(tmp_path, kept=kept)
    assert page(first) == page(second) == "Xin chào"
    assert (first.compiled, second.compiled) == (1, 0)


def test_another_source_or_another_program_is_compiled_and_the_old_one_goes(tmp_path: Path) -> None:
    page(environment(tmp_path))
    assert page(environment(tmp_path, text="Kính {{ name }}")) == "Kính chào"
    other = environment(tmp_path, digest="b" * 64)
    assert (page(other), other.compiled) == ("Xin chào", 1)
    assert [folder.name for folder in tmp_path.iterdir()] == ["b" * 20]


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:], lambda data: b""])
def test_what_is_damaged_is_compiled_anew(damage, tmp_path: Path) -> None:
    page(environment(tmp_path))
    (file,) = (file for file in tmp_path.rglob("*") if file.is_file())
    file.write_bytes(damage(file.read_bytes()))
    again = environment(tmp_path)
    assert (page(again), again.compiled) == ("Xin chào", 1)


def test_the_digest_is_another_where_a_file_or_its_name_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    before = digest_of([tmp_path / "a"], "x")
    assert digest_of([tmp_path / "a"], "x") == before != digest_of([tmp_path / "a"], "y")
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert digest_of([tmp_path / "a"], "x") != before
