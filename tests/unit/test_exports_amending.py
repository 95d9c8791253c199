"""After the edit of texts the data files are, byte for byte, those that would be written anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.archive.outputs import Body, Revision, Task
from plugins.archive.problems import Problems
from plugins.exports import amending
from plugins.exports.channels import Channels, stems
from plugins.exports.files import FOLDER, DataFiles, Job
from plugins.exports.offers import Exports
from plugins.exports.splicing import NotThere, Piece, splice

ROOT = Path(__file__).resolve().parents[2]
Bodies = Mapping[tuple[str, str], Body]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load(ROOT / "content")[0]


def body(*passages: str, tasks: tuple[str, ...] = ("Một", "Hai")) -> Body:
    told = [(f"doan-{number}", text) for number, text in enumerate(passages, 1)]
    told += [(f"nv-{number}", text) for number, text in enumerate(tasks, 1)]
    set_ = tuple(Task(number=number, anchor=f"nv-{number}", text=text) for number, text in enumerate(tasks, 1))
    return Body(html="", text="\n".join(text for _, text in told), tasks=set_, passages=tuple(told))


def exports_of(archive: Archive) -> Exports:
    return Exports(archive=archive, site="Sổ", edition="2026-01-01", site_url="https://so.example", has_feeds=False)


def written(site: Path, jobs: tuple[Job, ...]) -> dict[str, bytes]:
    (site / FOLDER).mkdir(parents=True)
    paths = {path for job in jobs for path in job(site)}
    assert paths == {file.relative_to(site).as_posix() for file in site.rglob("*.*")}
    return {path: (site / path).read_bytes() for path in paths}


def with_texts(archive: Archive, ids: list[str]) -> Archive:
    """The archive after the texts of these meetings were edited."""
    changed = {id: replace(archive.meetings[id], sha256=f"{number:064x}") for number, id in enumerate(ids, 1)}
    return replace(archive, meetings={**archive.meetings, **changed})


def revision(archive: Archive, ids: list[str], site: Path) -> Revision:
    def never(_: str) -> None:
        raise AssertionError

    meetings = {id: archive.meetings[id] for id in ids}
    return Revision(archive=archive, problems=Problems(), meetings=meetings, kept=never, carry=never, site=site)


def chosen(archive: Archive) -> list[str]:
    ids = list(archive.meetings)
    return [ids[-1], ids[0], ids[len(ids) // 2]]


def amended(archive: Archive, tmp_path: Path, before: Bodies, after: Bodies) -> tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]]:
    """The files as they were, as they are written anew, and those that are made from the old ones."""
    now = with_texts(archive, chosen(archive))
    old = written(tmp_path / "old", DataFiles(exports_of(archive), before).jobs())
    new = written(tmp_path / "new", DataFiles(exports_of(now), after).jobs())
    jobs = amending.jobs(exports_of(now), revision(now, chosen(archive), tmp_path / "old"), after)
    return old, new, written(tmp_path / "made", jobs)


@pytest.mark.parametrize("tasks", [("Một", "Hai"), ("Một",), ("=1", "Hai|", "\u2028 ba")])
def test_what_is_made_from_the_last_files_is_what_would_be_written(archive: Archive, tmp_path: Path, tasks: tuple[str, ...]) -> None:
    before = {("meeting", id): body("Đầu", f"Về {id}") for id in archive.meetings}
    after = {**before, **{("meeting", id): body("Đầu đã sửa", tasks=tasks) for id in chosen(archive)}}
    old, new, made = amended(archive, tmp_path, before, after)
    assert made == {path: new[path] for path in made}
    assert {path for path in new if new[path] != old[path]} <= made.keys()


def test_nothing_is_guessed_where_a_meeting_gets_its_first_task(archive: Archive, tmp_path: Path) -> None:
    before = {("meeting", id): body("Đầu", tasks=()) for id in archive.meetings}
    with pytest.raises(NotThere, match="tasks"):
        amended(archive, tmp_path, before, {**before, ("meeting", chosen(archive)[0]): body("Đầu")})


def test_nothing_is_guessed_where_two_meetings_have_one_digest(archive: Archive, tmp_path: Path) -> None:
    first, other = chosen(archive)[:2]
    same = replace(archive.meetings[other], sha256=archive.meetings[first].sha256)
    bodies = {("meeting", id): body("Đầu") for id in archive.meetings}
    with pytest.raises(NotThere):
        amended(replace(archive, meetings={**archive.meetings, other: same}), tmp_path, bodies, bodies)


def test_nothing_is_taken_from_a_database_that_lacks_a_meeting(archive: Archive, tmp_path: Path) -> None:
    bodies = {("meeting", id): body("Đầu") for id in archive.meetings}
    without = {key: body for key, body in bodies.items() if key[1] != chosen(archive)[0]}
    with pytest.raises(NotThere):
        amended(archive, tmp_path, without | {("meeting", chosen(archive)[0]): body(tasks=())}, bodies)


def test_a_meeting_stands_in_no_list_that_its_record_does_not_name(archive: Archive) -> None:
    listed = {(channel.stem, meeting.id) for channel in Channels(archive).by_page.values() for meeting in channel.meetings}
    assert listed == {(stem, meeting.id) for meeting in archive.meetings.values() for stem in stems(meeting)}


# --- Files with other pieces --------------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from([b"ab", b"aab", b"cd", b"x", b"ba"]), max_size=12).map(b"".join),
    st.dictionaries(st.sampled_from([b"cd", b"x"]), st.binary(max_size=3), max_size=2),
    st.integers(1, 9),
)
def test_a_file_with_other_pieces_is_that_file_with_these_replaced(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, news: dict[bytes, bytes], block: int
) -> None:
    folder = tmp_path_factory.mktemp("spliced")
    (folder / "old").write_bytes(data)
    splice(folder / "old", folder / "new", [Piece(old, new, data.count(old)) for old, new in news.items()], block)
    assert (folder / "new").read_bytes() == re.sub(b"cd|x", lambda match: news.get(match[0], match[0]), data)


@pytest.mark.parametrize("data", [b"", b"one", b"one one one"])
def test_a_piece_that_does_not_stand_there_as_often_is_noticed(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(data)
    with pytest.raises(NotThere):
        splice(tmp_path / "old", tmp_path / "new", [Piece(b"one", b"two", 2)])
    assert not (tmp_path / "new").exists()


def test_pieces_that_overlap_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"abc")
    with pytest.raises(NotThere, match="overlap"):
        splice(tmp_path / "old", tmp_path / "new", [Piece(b"ab", b"x"), Piece(b"bc", b"y")])
