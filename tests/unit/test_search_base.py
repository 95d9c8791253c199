"""A large index keeps a base: what came later is found as if all had been made anew, and little changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugins import wording
from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Body, Gathered
from plugins.search import base, writing
from plugins.search.engine import Engine
from plugins.search.names import candidates
from plugins.search.reading import Index, from_folder
from tests.fixtures.search import example

Made = tuple[Archive, Gathered]
QUERIES = (
    "giao ban",
    "hồ đình lưỡng",
    "ho dinh luong",
    "57-NQ/TW",
    "thường kỳ",
    "mới tinh",
    "người:quý",
    "năm:2025",
    "“tổ chức bộ máy”",
    "hội",
    "số",
    "",
)


@pytest.fixture(autouse=True)
def _small_archives_keep_a_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "FROM", 1)


def with_meeting(made: Made, id: str, title: str, text: str, **fields: object) -> Made:
    """The archive with a meeting more, or another in its place."""
    archive, gathered = made
    meeting, _ = example.meeting(id, title, text, **fields)  # type: ignore[arg-type]
    meetings = {**archive.meetings, id: meeting}
    ordered = dict(sorted(meetings.items(), key=lambda item: (item[1].date, item[0])))
    return replace(archive, meetings=ordered), Gathered(bodies={**gathered.bodies, ("meeting", id): Body(html="", text=text)})


def without(made: Made, id: str) -> Made:
    return replace(made[0], meetings={key: meeting for key, meeting in made[0].meetings.items() if key != id}), made[1]


def engine(folder: Path, made: Made, kept: Path | None = None) -> Engine:
    return Engine(Index(from_folder(folder), Path(example.index(folder, made, kept=kept).manifest).stem))


def answers(engine: Engine) -> dict[str, list[str]]:
    return {query: sorted(engine.index.card(place)[0] for place in engine.run(query).hits) for query in QUERIES}


def renamed(made: Made, id: str, **fields: object) -> Made:
    """The archive with an organization otherwise named, and no meeting's file changed."""
    archive, gathered = made
    return replace(archive, organizations={**archive.organizations, id: replace(archive.organizations[id], **fields)}), gathered


OLD = example.archive(50)
CHANGES = {
    "nothing": OLD,
    "one more": with_meeting(OLD, "2025-11-11-hop", "Họp mới tinh", "Chuyện số một của hội.", chairs=("le-thi-quy",)),
    "one in between": with_meeting(OLD, "2006-06-06-hop", "Họp mới tinh", "Bàn thêm.", cites=("57-NQ/TW",)),
    "one changed": with_meeting(OLD, "2024-07-02-so-ket", "Sơ kết mới tinh", "Không còn gì như cũ.", chairs=("ho-dinh-luong-2",)),
    "one less": without(OLD, "2023-04-18-giao-ban"),
    "a host renamed": renamed(OLD, "hoi-dong-y", name="Hội mới tinh số một"),
    "a union abbreviated": renamed(OLD, "lhh-suoi-da", abbreviations=("LHH", "MOI")),
    "a scope renamed": renamed(OLD, "lhh-suoi-da", scope="Suối mới tinh"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_came_later_is_found_as_if_all_were_made_anew(tmp_path: Path, change: str) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    later = engine(tmp_path / "second", CHANGES[change], tmp_path / "kept")
    anew = engine(tmp_path / "anew", CHANGES[change])
    assert len(later.index.segments) == (1 if change == "nothing" else 2)
    assert answers(later) == answers(anew)
    for query in ("", "năm:2025", "quý "):
        assert [later.index.card(place) for place in later.run(query).hits] == [anew.index.card(place) for place in anew.run(query).hits]
    names = {
        query: sorted(tuple(map(str, one)) for one in candidates(later.index, later.ask(query).units, False))
        for query in ("lê thị quý", "hồ đình", "nghị quyết")
    }
    assert names == {query: sorted(tuple(map(str, one)) for one in candidates(anew.index, anew.ask(query).units, False)) for query in names}


def test_a_change_leaves_the_pieces_of_the_base_as_they_are(tmp_path: Path) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    engine(tmp_path / "second", CHANGES["one changed"], tmp_path / "kept")
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / name / "tim-kiem").iterdir()} for name in ("first", "second"))
    assert {name for name in first if name not in second} == {name for name in first if name.startswith("muc-luc")}
    assert all(second[name] == content for name, content in first.items() if name in second)
    assert len(second.keys() - first.keys()) <= 14


def test_edit_of_a_text_gives_what_a_look_at_all_meetings_gives_and_carries_the_base_over(tmp_path: Path) -> None:
    id = "2024-07-02-so-ket"
    archive, gathered = OLD
    edited = replace(archive.meetings[id], sha256="another")
    bodies = {**gathered.bodies, ("meeting", id): Body(html="", text="Không còn gì như cũ.")}
    made = replace(archive, meetings={**archive.meetings, id: edited}), Gathered(bodies=bodies)
    last = example.index(tmp_path / "last", OLD, kept=tmp_path / "kept")
    whole = example.index(tmp_path / "whole", made, kept=tmp_path / "kept")
    pieces = {name: {urls.search_piece(path.stem) for path in (tmp_path / name / urls.SEARCH_INDEX).iterdir()} for name in ("last", "whole")}
    carried: list[str] = []

    def carry(path: str) -> bool:
        carried.extend({path} & pieces["last"])
        return path in pieces["last"]

    again = example.index(tmp_path / "again", made, kept=tmp_path / "kept", edit=writing.Edit(last.survey, last.base, [edited], carry))
    assert again == whole
    written = {urls.search_piece(path.stem): path.read_bytes() for path in (tmp_path / "again" / urls.SEARCH_INDEX).iterdir()}
    assert {*written, *carried} == pieces["whole"]
    assert all((tmp_path / "whole" / path).read_bytes() == content for path, content in written.items())
    assert len(written) <= 14
    carried.clear()
    example.index(tmp_path / "other", made, kept=tmp_path / "kept", edit=writing.Edit(last.survey, "another base", [edited], carry))
    assert not carried


def test_same_base_and_archive_give_the_same_files(tmp_path: Path) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    for name in ("second", "third"):
        engine(tmp_path / name, CHANGES["one more"], tmp_path / "kept")
    second, third = ({path.name: path.read_bytes() for path in (tmp_path / name / "tim-kiem").iterdir()} for name in ("second", "third"))
    assert second == third


def test_too_many_changes_make_a_new_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MOST_LATER", 0)
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    later = engine(tmp_path / "second", CHANGES["one more"], tmp_path / "kept")
    assert len(later.index.segments) == 1
    monkeypatch.setattr(base, "MOST_LATER", 5)
    assert len(engine(tmp_path / "third", CHANGES["one more"], tmp_path / "kept").index.segments) == 1


@pytest.mark.parametrize("harm", ["state", "piece", "written into", "all"])
def test_damaged_base_is_made_anew(tmp_path: Path, harm: str) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    if harm == "state":
        (tmp_path / "kept" / "base.json").write_text("{", encoding="utf-8")
    elif harm == "piece":
        next((tmp_path / "kept" / "tim-kiem").iterdir()).unlink()
    elif harm == "written into":  # whoever writes into the site may write into the base as well
        next((tmp_path / "first" / "tim-kiem").glob("ap*.js")).write_text("x", encoding="utf-8")
        next((tmp_path / "kept" / "tim-kiem").glob("ap*.js")).write_text("x", encoding="utf-8")
    else:
        (tmp_path / "kept").rename(tmp_path / "elsewhere")
    later = engine(tmp_path / "second", CHANGES["one more"], tmp_path / "kept")
    assert answers(later) == answers(engine(tmp_path / "anew", CHANGES["one more"]))
    assert len(later.index.segments) == 1


def test_base_of_a_site_in_another_language_is_not_used(tmp_path: Path) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    archive, gathered = CHANGES["one more"]
    manifest = writing.write(archive, gathered, tmp_path / "second", wording.filters("en")["day"], kept=tmp_path / "kept").manifest
    assert len(Index(from_folder(tmp_path / "second"), Path(manifest).stem).segments) == 1


def test_person_named_oftener_is_shown_once_with_the_new_count(tmp_path: Path) -> None:
    engine(tmp_path / "first", OLD, tmp_path / "kept")
    later = engine(tmp_path / "second", CHANGES["one more"], tmp_path / "kept")
    found = candidates(later.index, later.ask("Lê Thị Quý").units, False)
    assert [(one[1], one[5]) for one in found] == [("le-thi-quy", 2)]
