"""A second build: nothing is done where nothing has changed, and what was kept of the first never decides against the truth."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pytest

from plugins.archive import loading
from plugins.building import keeping, running, site
from tests.fixtures.building.said import Said

MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"


@pytest.fixture
def settings(tmp_path: Path, root: Path) -> Path:
    """A settings file of one's own, which can be changed."""
    file = tmp_path / "settings" / "own.py"
    file.parent.mkdir()
    file.write_text(
        f"import sys\nsys.path.insert(0, {str(root)!r})\nfrom pelicanconf import *\n"
        f"THEME = {str(root / 'theme')!r}\nPLUGIN_PATHS = [{str(root)!r}]\n",
        encoding="utf-8",
    )
    return file


Build = Callable[..., Said]


@pytest.fixture
def build(small_archive: Path, tmp_path: Path, settings: Path) -> Build:
    """Builds the small archive; ``again`` into the same folder, as far as anything is to be done."""

    def run(output: str = "site", clean: bool = False, **haste: bool) -> Said:
        said, request = Said(), site.Request(settings=settings, content=small_archive, output=tmp_path / output)
        assert site.build(request, said, clean=clean, haste=site.Haste(**haste)) == 0, said.lines
        return said

    return run


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}


def test_nothing_is_done_where_nothing_has_changed(build: Build, tmp_path: Path) -> None:
    build()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    assert build().was_idle
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before


def test_a_touch_is_no_change_and_the_warnings_are_said_again(build: Build, small_archive: Path) -> None:
    file = small_archive / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("Hội nghị bàn", "Hội nghị “bàn"), encoding="utf-8")
    first = [line for line in build().lines if "[" in line]
    os.utime(file, ns=(10**18, 10**18))
    again = build()
    assert again.was_idle
    assert [line for line in again.lines if "[" in line] == first != []


def test_a_clean_build_may_be_asked_for(build: Build) -> None:
    build()
    assert not build(clean=True).was_idle


def edit(file: Path, old: str, new: str) -> None:
    """Writes another text of the same length at the same time, as far as the file system tells."""
    stat = file.stat()
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _change_a_text(content: Path, _settings: Path) -> None:
    edit(content / MEETING, "việc quý tới", "việc quý sau")


def test_an_edited_text_touches_what_shows_it(build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    before = {path.relative_to(tmp_path / "site"): path.stat().st_ino for path in (tmp_path / "site").rglob("*.html")}
    for text, other in (("việc quý tới", "việc quý sau"), ("việc quý sau", "việc quý này")):
        edit(small_archive / MEETING, text, other)
        assert build().was_in_part
        build("clean", clean=True)
        assert files(tmp_path / "site") == files(tmp_path / "clean")
        assert build().was_idle
    after = {path.relative_to(tmp_path / "site"): path.stat().st_ino for path in (tmp_path / "site").rglob("*.html")}
    changed = {path.as_posix() for path in before if before[path] != after[path]}
    assert "ban-ghi/2030-04-18-giao-ban-song-may.html" in changed
    assert changed.isdisjoint({"cum.html", "index.html", "dinh-chinh.html"})


def test_a_published_site_is_gone_on_from_too(build: Build, small_archive: Path, tmp_path: Path, settings: Path) -> None:
    with settings.open("a", encoding="utf-8") as file:
        file.write('SITEURL = "https://so.example/kho"\nPUBLISH_FEEDS = True\n')
    build()
    last = {path: path.stat().st_ino for path in (tmp_path / "site" / "du-lieu").iterdir()}
    _change_a_text(small_archive, settings)
    assert build().was_in_part
    build("clean", clean=True)
    assert files(tmp_path / "site") == files(tmp_path / "clean")
    kept = {path.name for path, inode in last.items() if path.stat().st_ino == inode}
    assert {"people.csv", "participations.csv", "popolo.json"} <= kept and not {"meetings.jsonl", "archive.sqlite", "meetings.csv"} & kept


def test_pictures_stay_where_a_text_was_edited(build: Build, small_archive: Path, tmp_path: Path) -> None:
    (small_archive / "images" / "2030").mkdir(parents=True)
    PIL.Image.new("RGB", (600, 400), "teal").save(small_archive / "images" / "2030" / "cau.png")
    file = small_archive / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\nimages:\n  - file: 2030/cau.png\n    alt: Cầu\n", 1), encoding="utf-8")
    build()
    pictures = {path.name: path.stat().st_ino for path in (tmp_path / "site" / "anh").iterdir()}
    edit(file, "việc quý tới", "việc quý sau")
    assert build().was_in_part
    assert {path.name: path.stat().st_ino for path in (tmp_path / "site" / "anh").iterdir()} == pictures != {}
    build("clean", clean=True)
    assert files(tmp_path / "site") == files(tmp_path / "clean")


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị bàn Nghị quyết số 57-NQ/TW ngày 22/12/2024.",  # another document
        "Hội nghị “bàn việc.",  # a new warning
        "",
        "Hội nghị bàn <b>việc</b>.",
        "Hội nghị bàn [việc](../../organizations/lhh-song-may.md).",  # a reminder of a link
        "Hội nghị bàn việc ![sơ đồ](so-do.png).",
    ],
)
def test_a_text_that_more_than_its_page_shows_is_read_with_all_the_rest(text: str, build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    edit(small_archive / MEETING, "Hội nghị bàn việc quý tới.", text)
    again = build()
    assert again.was_in_part
    clean = build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")
    assert [line for line in again.lines if "[" in line] == [line for line in clean.lines if "[" in line]


@pytest.mark.parametrize("path", ["twin/index.html", "twin/.sogiaoban", "twin", "records"])
def test_what_is_missing_in_the_workshop_is_made_anew(path: str, build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    for found in (tmp_path / ".site.sogiaoban").glob(path + ("-*" if path == "records" else "")):
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
    build()
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")


def test_records_that_were_altered_are_not_used(build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    (records,) = (tmp_path / ".site.sogiaoban").glob("records-*")
    data = bytearray(records.read_bytes())
    data[::7] = bytes(255 - byte for byte in data[::7])
    records.write_bytes(bytes(data))
    edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
    assert not build().was_in_part
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")


def test_a_stranger_in_the_output_is_refused_and_kept(build: Build, small_archive: Path, tmp_path: Path, settings: Path) -> None:
    build()
    (tmp_path / "site" / "CNAME").write_text("so.example.org", encoding="utf-8")
    edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
    assert site.build(site.Request(settings=settings, content=small_archive, output=tmp_path / "site"), Said()) == 2
    assert (tmp_path / "site" / "CNAME").read_text(encoding="utf-8") == "so.example.org"


def _change_a_title(content: Path, _settings: Path) -> None:
    edit(content / MEETING, "Giao ban quý II tại", "Giao ban quý IV tại")


def _rename(content: Path, _settings: Path) -> None:
    (content / MEETING).rename((content / MEETING).with_name("2030-04-18-ten-khac.md"))


def _add(content: Path, _settings: Path) -> None:
    text = (content / MEETING).read_text(encoding="utf-8").replace("Phạm Thử An", "Trần Thử Bình")
    (content / MEETING).with_name("2030-05-18-them.md").write_text(text, encoding="utf-8")


def _add_an_authority_record(content: Path, _settings: Path) -> None:
    (content / "people").mkdir()
    (content / "people" / "pham-thu-an.md").write_text("---\nname: Phạm Thử An\nqualifier: Sông Mây\n---\n", encoding="utf-8")


def _set_a_setting(_content: Path, settings: Path) -> None:
    settings.write_text(settings.read_text(encoding="utf-8") + 'SITENAME = "Sổ khác"\n', encoding="utf-8")


def _make_it_a_draft(content: Path, _settings: Path) -> None:
    text = (content / MEETING).read_text(encoding="utf-8")
    (content / MEETING).write_text(text.replace("---\n", "---\nstatus: draft\n", 1), encoding="utf-8")


CHANGES = (_change_a_text, _change_a_title, _rename, _add, _add_an_authority_record, _set_a_setting, _make_it_a_draft)


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_site_is_that_of_a_clean_build(
    change: Callable[[Path, Path], None], build: Build, small_archive: Path, settings: Path, tmp_path: Path
) -> None:
    build()
    change(small_archive, settings)
    assert not build().was_idle
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")


DATA = "du-lieu/meetings.csv"


def test_the_pages_may_come_first_and_the_rest_with_the_next_build(build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    before = files(tmp_path / "site")
    edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
    assert build(pages_first=True).was_in_part
    edit(small_archive / MEETING, "Giao ban quý II tại", "Giao ban quý IV tại")
    assert build(pages_first=True).was_in_part
    shown = files(tmp_path / "site")
    assert "Giao ban quý IV tại" in shown["ban-ghi/2030-04-18-giao-ban-song-may.html"].decode()
    assert "việc quý sau" in shown["ban-ghi/2030-04-18-giao-ban-song-may.html"].decode()
    assert shown[DATA] == before[DATA] and shown.keys() == before.keys()
    assert build().was_in_part
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")
    assert build().was_idle


def test_what_was_edited_back_after_its_pages_came_first_is_built_back(build: Build, small_archive: Path, tmp_path: Path) -> None:
    build()
    before, sound = files(tmp_path / "site"), (small_archive / MEETING).read_bytes()
    for change in (_change_a_text, _change_a_title, _rename):
        change(small_archive, tmp_path)
        build(pages_first=True)
        for file in (small_archive / MEETING).parent.iterdir():
            file.unlink()
        (small_archive / MEETING).write_bytes(sound)
        assert not build().was_idle
        assert files(tmp_path / "site") == before


def test_where_there_is_no_short_way_the_whole_site_is_built(build: Build, settings: Path, tmp_path: Path) -> None:
    build(pages_first=True)
    _set_a_setting(tmp_path, settings)
    build(pages_first=True)
    assert keeping.load(tmp_path / ".site.sogiaoban").has_other_texts_only  # so that the next edited text goes the shortest way
    assert build().was_idle
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")


def test_what_the_settings_file_asks_of_its_surroundings_is_asked_again(
    build: Build, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text(settings.read_text(encoding="utf-8") + 'import os\nSITENAME = os.environ.get("SO_TEN", "Một")\n', encoding="utf-8")
    build()
    monkeypatch.setenv("SO_TEN", "Hai")
    assert not build().was_idle
    assert build().was_idle


def _delete_a_page(site: Path, _kept: Path) -> None:
    (site / "index.html").unlink()


def _spoil_a_page(site: Path, _kept: Path) -> None:
    (site / "index.html").write_text("hỏng", encoding="utf-8")


def _cut_off(_site: Path, kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-100])


def _fill_with_rubbish(_site: Path, kept: Path) -> None:
    kept.write_bytes(b"\x80\x04rubbish")


def _forge(_site: Path, kept: Path) -> None:
    seal, _, text = kept.read_bytes().partition(b"\n")
    kept.write_bytes(seal + b"\n" + text.replace(b"sha", b"sho"))
    kept.write_bytes(kept.read_bytes().replace(b"inputs", b"imputs"))


def _take_away(_site: Path, kept: Path) -> None:
    kept.unlink()


@pytest.mark.parametrize("spoil", [_delete_a_page, _spoil_a_page, _cut_off, _fill_with_rubbish, _forge, _take_away])
def test_a_site_or_a_memory_that_was_spoilt_is_made_anew(spoil: Callable[[Path, Path], None], build: Build, tmp_path: Path) -> None:
    build()
    spoil(tmp_path / "site", tmp_path / ".site.sogiaoban" / "kept.pickle")
    assert not build().was_idle
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")
    assert build().was_idle


def test_the_memory_of_another_place_is_of_no_use(build: Build, tmp_path: Path) -> None:
    build()
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    shutil.copytree(tmp_path / ".site.sogiaoban", tmp_path / ".copy.sogiaoban")
    assert not build("copy").was_idle


@pytest.mark.parametrize(("old", "new"), [("việc quý sau", "việc quý này"), ("Giao ban quý II tại", "Giao ban quý IV tại")])
def test_a_file_changed_while_it_was_being_built_is_not_taken_for_known(
    old: str, new: str, build: Build, small_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
    run = running.run

    def overtaken(*arguments):
        try:
            return run(*arguments)
        finally:
            edit(small_archive / MEETING, old, new)

    monkeypatch.setattr(running, "run", overtaken)
    build()
    monkeypatch.undo()
    assert not build().was_idle
    assert new in (tmp_path / "site/ban-ghi/2030-04-18-giao-ban-song-may.html").read_text(encoding="utf-8")
    build("clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")


def test_a_file_changed_between_reading_and_rendering_is_named_and_the_old_site_stays(
    build: Build, small_archive: Path, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    before = files(tmp_path / "site")
    load = loading.load

    def overtaken(*arguments):
        loaded = load(*arguments)
        edit(small_archive / MEETING, "việc quý tới", "việc quý sau")
        return loaded

    monkeypatch.setattr(loading, "load", overtaken)
    said = Said()
    request = site.Request(settings=settings, content=small_archive, output=tmp_path / "site")
    assert site.build(request, said, clean=True) == 1
    assert [line for line in said.lines if "[file-changed]" in line] != []
    assert files(tmp_path / "site") == before


def test_what_is_kept_names_every_file_that_a_build_opens(root: Path, small_archive: Path, tmp_path: Path, run_tasks) -> None:
    """An audit hook writes down what is opened below the project and the content."""
    listening = tmp_path / "listening"
    listening.mkdir()
    (listening / "sitecustomize.py").write_text(
        "import os, sys\n"
        "opened = open(os.environ['OPENED'], 'a', buffering=1)\n"
        "def hear(event, arguments):\n"
        "    if event == 'open' and isinstance(arguments[0], str) and not (arguments[2] or 0) & os.O_CREAT:\n"
        "        opened.write(os.path.abspath(arguments[0]) + '\\n')\n"
        "sys.addaudithook(hear)\n",
        encoding="utf-8",
    )
    done = run_tasks(
        "build", "--content", small_archive, "--output", tmp_path / "site", PYTHONPATH=str(listening), OPENED=str(tmp_path / "opened")
    )
    assert done.returncode == 0, done.stderr
    kept = keeping.load(tmp_path / ".site.sogiaoban")
    assert kept
    places = (f"{root}/", f"{small_archive}/")
    opened = {path for path in (tmp_path / "opened").read_text(encoding="utf-8").splitlines() if path.startswith(places)}
    strange = {path for path in opened if "__pycache__" not in path and "/.venv" not in path and "/.git/" not in path and os.path.isfile(path)}
    assert str(small_archive / MEETING) in strange
    assert strange - kept.inputs.keys() == set()
