"""The second folder of links in which the next site is put together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.building import trees, twin
from plugins.building.exchanging import exchange
from plugins.building.staging import Place, drawer, fresh

PAGES = {"index.html": "one", "nguoi/a.html": "one", "nguoi/b.html": "one"}


def write(tree: Path, pages: dict[str, str]) -> None:
    for path, text in pages.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text, encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Of a site and its twin."""
    made = Place(tmp_path / "output")
    made.workshop.mkdir()
    with fresh(made) as new:
        write(new, PAGES)
    assert twin.make(made)
    return made


def text(place: Place) -> dict[str, str]:
    return {path: (place.output / path).read_text(encoding="utf-8") for path in sorted(trees.files(place.output))}


def test_twin_is_known_by_its_links(place: Place) -> None:
    assert trees.is_linked(place.twin, trees.look(place.output))


@pytest.mark.parametrize("way", ["replaced", "more", "fewer", "gone"])
def test_folder_with_other_files_is_no_twin(place: Place, way: str) -> None:
    standing = trees.look(place.output)
    page = place.twin / "nguoi" / "a.html"
    if way == "replaced":
        (place.twin / "other").write_text("one", encoding="utf-8")
        os.replace(place.twin / "other", page)
    elif way == "more":
        write(place.twin, {"more.html": "one"})
    elif way == "fewer":
        page.unlink()
    else:
        trees.discard(place.twin)
    assert not trees.is_linked(place.twin, standing)


def test_new_files_and_those_carried_over_are_the_site_and_how_they_stand_is_told(place: Place) -> None:
    with drawer(place) as new:
        write(new, {"index.html": "two", "nguoi/c.html": "two"})
        renewed = twin.renew(place, new, ["nguoi/a.html"], trees.look(place.output))
    assert text(place) == {"index.html": "two", "nguoi/a.html": "one", "nguoi/c.html": "two"}
    assert renewed == twin.Renewed(outputs=trees.look(place.output), written=2)
    assert trees.is_linked(place.twin, renewed.outputs)
    assert (place.output / trees.MARKER).read_text(encoding="utf-8").split("\n") == ["sogiaoban 1", "index.html", "nguoi/a.html", "nguoi/c.html", ""]


def test_file_altered_while_the_folders_change_places_does_not_pass_for_ours(place: Place) -> None:
    def altering(one: Path, other: Path) -> bool:
        (other / "nguoi" / "a.html").write_text("somebody's own words", encoding="utf-8")
        return exchange(one, other)

    with drawer(place) as new:
        write(new, {"index.html": "two"})
        renewed = twin.renew(place, new, PAGES, trees.look(place.output), altering)
    assert renewed.outputs != trees.look(place.output)
