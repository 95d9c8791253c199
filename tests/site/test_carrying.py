"""Whatever is edited, only the pages that show it are made again, and the site is that of a clean build, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from bs4 import BeautifulSoup

from plugins.archive import loading
from plugins.building import site
from plugins.building.at_hand import AtHand
from plugins.measuring import corpus
from tests.fixtures.building.said import Said

ROOT = Path(__file__).resolve().parents[2]
MEETINGS = 40
# Data files and the search index are made by rooms that look after themselves: tests/site/test_random_edits.py has the whole site.
SETTINGS = """\
import sys
sys.path[:0] = [{root!r}, {own!r}]
from pelicanconf import *
from words import TAGLINE
SITE_TAGLINE = TAGLINE
THEME = {theme!r}
PLUGIN_PATHS = [{root!r}]
IMAGES_CACHE = {cache!r}
PLUGINS = [name for name in PLUGINS if name.split(".")[1] in ("wording", "meetings", "images", "indexes", "history", "building")]
PLUGINS.append("plugins.exports.offering")
"""


class Site:
    """An archive, its settings and its site."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.theme, self.own = folder, folder / "content", folder / "theme", folder / "own"
        corpus.write(MEETINGS, self.content)
        shutil.copytree(ROOT / "theme", self.theme)
        self.own.mkdir()
        (self.own / "words.py").write_text('TAGLINE = "Kho thử"\n', encoding="utf-8")
        places = {"root": str(ROOT), "own": str(self.own), "theme": str(self.theme), "cache": str(folder / "cache")}
        (self.own / "own.py").write_text(SETTINGS.format(**places), encoding="utf-8")
        self.commit()

    def build(self, output: str = "site", **haste: Any) -> str:
        """What was said at the end."""
        said = Said()
        request = site.Request(settings=self.own / "own.py", content=self.content, output=self.folder / output)
        assert site.build(request, said, haste=site.Haste(**haste)) == 0, said.lines
        return said.lines[-1]

    def files(self, output: str = "site") -> dict[str, bytes]:
        tree = self.folder / output
        return {path.relative_to(tree).as_posix(): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}

    def inodes(self) -> dict[str, int]:
        tree = self.folder / "site"
        return {path.relative_to(tree).as_posix(): path.stat().st_ino for path in tree.rglob("*.html")}

    def commit(self) -> None:
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a"}
        for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--allow-empty", "--message", "x"]):
            subprocess.run(["git", "-C", str(self.content), *arguments], check=True, env={**os.environ, **who}, capture_output=True)

    def meeting(self, place: int) -> Path:
        return sorted((self.content / "meetings").rglob("*.md"))[place]

    def organization(self) -> Path:
        return sorted((self.content / "organizations").glob("*.md"))[0]


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def _with_line(file: Path, name: str, line: str) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(line if one.startswith(f"{name}:") else one for one in lines), encoding="utf-8", newline="\n")


def _title(made: Site) -> None:
    _with_line(made.meeting(7), "title", "title: Giao ban tên khác")


def _tags_above_all(made: Site) -> None:
    """So that every field stands on another line."""
    replaced(made.meeting(8), "---\n", "---\ntags: [thử]\n")


def _text_with_a_document(made: Site) -> None:
    file = made.meeting(9)
    file.write_text(file.read_text(encoding="utf-8") + "\nTheo Nghị quyết số 7-NQ/TW ngày 01/02/2001.\n", encoding="utf-8", newline="\n")


def _new_meeting(made: Site) -> None:
    shutil.copyfile(made.meeting(11), made.meeting(11).with_name("2019-03-03-moi.md"))


def _new_person(made: Site) -> None:
    name = next(line for line in made.meeting(3).read_text(encoding="utf-8").split("\n") if "name: " in line).partition("name: ")[2].split(",")[0]
    (made.content / "people").mkdir(exist_ok=True)
    (made.content / "people" / "nguoi-thu.md").write_text(f"---\nname: {name}\nqualifier: Sông Mây\n---\n", encoding="utf-8")


def _renamed_organization(made: Site) -> None:
    file = made.organization()
    name = next(line for line in file.read_text(encoding="utf-8").split("\n") if line.startswith("name: ")).removeprefix("name: ")
    _with_line(file, "name", f"name: {name} Mới")
    replaced(file, "---\nname:", f"---\nvariants: [{name}]\nname:")


def _renamed_file(made: Site) -> None:
    made.meeting(5).rename(made.meeting(5).with_name("2018-01-01-ten-tep-khac.md"))


def _deleted_meeting(made: Site) -> None:
    made.meeting(13).unlink()


def _draft(made: Site) -> None:
    replaced(made.meeting(15), "---\n", "---\nstatus: draft\n")


def _picture(made: Site) -> None:
    folder = made.content / "images" / "2030"
    folder.mkdir(parents=True, exist_ok=True)
    PIL.Image.new("RGB", (600, 400), "teal").save(folder / "cau.png")
    replaced(made.meeting(17), "---\n", "---\nimages:\n  - {file: 2030/cau.png, alt: Cầu}\n")


def _other_picture(made: Site) -> None:
    PIL.Image.new("RGB", (500, 400), "navy").save(made.content / "images" / "2030" / "cau.png")


def _template(made: Site) -> None:
    replaced(made.theme / "templates" / "person.html", "<p", '<p data-thu="1"')


def _component(made: Site) -> None:
    replaced(made.theme / "templates" / "components" / "related_list.html", "<li", '<li data-thu="1"')


def _stylesheet(made: Site) -> None:
    (made.theme / "static/css/base.css").write_text("/* khác */", encoding="utf-8")


def _page(made: Site) -> None:
    (made.content / "pages").mkdir(exist_ok=True)
    (made.content / "pages" / "gioi-thieu.md").write_text("---\ntitle: Giới thiệu\n---\n\nVề kho.\n", encoding="utf-8")


def _commit(made: Site) -> None:
    made.commit()


def _setting(made: Site) -> None:
    with (made.own / "own.py").open("a", encoding="utf-8") as file:
        file.write('SITENAME = "Sổ khác"\n')


def _program(made: Site) -> None:
    (made.own / "words.py").write_text('TAGLINE = "Kho khác hẳn"\n', encoding="utf-8")
    sys.modules.pop("words", None)


Edit = Callable[[Site], None]
IN_PART: tuple[Edit, ...] = (
    _title, _tags_above_all, _text_with_a_document, _new_meeting, _new_person, _renamed_organization, _renamed_file, _deleted_meeting, _draft,
    _picture, _other_picture, _template, _component, _stylesheet, _page, _commit,
)  # fmt: skip
WHOLE: tuple[Edit, ...] = (_setting, _program)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Site]:
    path = list(sys.path)
    yield Site(tmp_path)
    sys.path[:] = path
    sys.modules.pop("words", None)


def test_every_edit_makes_the_site_of_a_clean_build(made: Site) -> None:
    made.build()
    for edit in (*IN_PART, *WHOLE):
        edit(made)
        said = made.build()
        assert said.startswith("Xong: viết lại") == (edit in IN_PART), (edit.__name__, said)
        made.build("clean")
        shutil.rmtree(made.folder / ".clean.sogiaoban")  # nothing for the next one to go on from
        here, clean = made.files(), made.files("clean")
        assert here.keys() == clean.keys(), edit.__name__
        assert [path for path in clean if here[path] != clean[path]] == [], edit.__name__
        assert made.build().startswith("Không có gì thay đổi"), edit.__name__


def test_other_words_of_a_meeting_resolve_no_names(made: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made.build()
    monkeypatch.setattr(loading, "resolve", pytest.fail)
    _title(made)
    assert made.build().startswith("Xong: viết lại")
    _title_and_text(made)
    assert made.build(pages_first=True).startswith("Xong: viết lại")
    assert made.build().startswith("Xong: viết lại")
    monkeypatch.undo()
    made.build("clean")
    assert made.files() == made.files("clean")
    _renamed_organization(made)
    assert made.build().startswith("Xong: viết lại")
    made.build("clean")
    assert made.files() == made.files("clean")


def test_with_the_records_at_hand_the_site_is_the_same(made: Site) -> None:
    made.build()
    at_hand = AtHand()
    for edit in (_title, _title_and_text, _renamed_organization, _deleted_meeting, _new_meeting):
        at_hand.read(made.folder / ".site.sogiaoban")
        edit(made)
        assert made.build(pages_first=True, at_hand=at_hand).startswith("Xong: viết lại")
        made.build(at_hand=at_hand)  # another build was here since it was read
        made.build("clean")
        assert made.files() == made.files("clean"), edit.__name__
        shutil.rmtree(made.folder / ".clean.sogiaoban")


def test_the_own_page_of_a_meeting_may_come_first_then_the_other_pages_then_all_the_rest(made: Site) -> None:
    made.build()
    own, before, sound = {f"ban-ghi/{made.meeting(place).stem}.html" for place in (7, 9)}, made.files(), made.meeting(7).read_bytes()
    made.build("clean")
    for edit in (_title, _title_and_text, _back_again(sound), _new_meeting, _other_chair, _title):
        edit(made)
        shown = made.files()
        assert made.build(own_first=True).startswith("Xong: viết lại")
        others = {path for path, data in made.files().items() if path.endswith(".html") and path in shown and data != shown[path]}
        assert others <= own
        assert others or edit not in (_title, _other_chair)
        if edit in (_new_meeting, _other_chair):
            _assert_own_pages_are_as_in_the_end(made, made.files().keys() - shown.keys() or others)
        if edit is not _title_and_text:
            made.build(pages_first=True)
            assert made.build(pages_first=True).startswith("Không có gì thay đổi")
    assert "nguoi/le-thu-khac.html" in made.files()
    _deleted_meeting(made)
    made.build(own_first=True)
    made.build()
    assert made.files() != before
    made.build("clean")
    assert made.files() == made.files("clean")


def _assert_own_pages_are_as_in_the_end(made: Site, own: Iterable[str]) -> None:
    """But for the list of related meetings, which is looked for in the whole archive."""
    first = made.files()
    made.build("clean")
    assert own
    for path in own:
        shown, whole = (BeautifulSoup(files[path], "html.parser") for files in (first, made.files("clean")))
        for page in (shown, whole):
            for related in page.select("section[aria-labelledby=lien-quan], li:has(> a[href$='#lien-quan'])"):
                related.decompose()
        assert str(shown).split() == str(whole).split()


def test_the_own_page_of_any_record_may_come_first(made: Site) -> None:
    made.build()
    shown, file = made.files(), sorted((made.content / "organizations").glob("*.md"))[0]
    replaced(file, "name: ", "name: Ban đầu là ")
    assert made.build(own_first=True).startswith("Xong: viết lại")
    others = {path for path, data in made.files().items() if path in shown and data != shown[path]}
    assert others == {f"to-chuc/{file.stem}.html"}
    made.build(pages_first=True)
    assert len({path for path, data in made.files().items() if path in shown and data != shown[path]}) > 1
    made.build()
    made.build("clean")
    assert made.files() == made.files("clean")


def _other_chair(made: Site) -> None:
    replaced(made.meeting(7), "name: ", "name: Lê Thử Khác, honorific: ")


def _back_again(sound: bytes) -> Edit:
    return lambda made: made.meeting(7).write_bytes(sound) and None


def _title_and_text(made: Site) -> None:
    replaced(made.meeting(7), "title: Giao ban tên khác", "title: Giao ban tên nữa")
    replaced(made.meeting(9), "\n---\n", "\n---\n\nThêm một câu.\n")


def _text(made: Site) -> None:
    file = made.meeting(9)
    file.write_text(file.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8", newline="\n")


def test_an_edited_text_writes_its_page_and_loads_little(made: Site, run_tasks) -> None:
    """What checks headers, makes pictures and lists or knows other languages takes longer to load than such a build does its work."""
    asked = ("build", "--settings", made.own / "own.py", "--content", made.content, "--output", made.folder / "site")
    assert run_tasks(*asked).returncode == 0
    _text(made)
    done = run_tasks(*asked, PYTHONPROFILEIMPORTTIME="1")
    assert done.stderr.splitlines()[-1].startswith("Xong: viết lại 1 trong")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "plugins.meetings.views" in loaded
    assert loaded.isdisjoint({"pydantic", "babel.numbers", "rich.progress", "plugins.images.pixels", "plugins.indexes.clusters"})


def test_two_edits_one_after_the_other_and_back_again_come_to_what_was(made: Site) -> None:
    made.build()
    before, sound = made.files(), {file: file.read_bytes() for file in (made.meeting(7), made.meeting(9), made.theme / "templates" / "person.html")}
    for edit in (_title, _template, _text_with_a_document):
        edit(made)
        made.build()
    assert made.files() != before
    for file, data in sound.items():
        file.write_bytes(data)
        assert made.build().startswith("Xong: viết lại")
    assert made.files() == before


def test_a_page_that_shows_nothing_of_an_edit_is_carried_over(made: Site) -> None:
    made.build()
    before = made.inodes()
    _title(made)
    made.build()
    after = made.inodes()
    again = {path for path in after if after[path] != before[path]}
    assert f"ban-ghi/{made.meeting(7).stem}.html" in again and "index.html" not in again
    assert len(again) < len(after) / 2
    _template(made)
    made.build()
    # Plugins that other tests of this process have loaded stay loaded, and instruments and data files look after themselves.
    people = {path for path, inode in made.inodes().items() if inode != after[path] and not path.startswith(("cong-cu/", "du-lieu"))}
    assert people == {path for path in after if path.startswith("nguoi/") and "_" not in path} - {"nguoi/index.html"}


def test_the_program_and_its_words_are_worth_a_clean_build(tmp_path: Path) -> None:
    """In a copy of the program, which may be edited."""
    program = tmp_path / "program"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py",):
        shutil.copyfile(ROOT / name, program / name)
    corpus.write(6, tmp_path / "content")
    build = (
        "import sys; from pathlib import Path; from plugins.building import site; from plugins.building.reporting import Report; "
        "import pelicanconf; sys.exit(site.build(site.Request(settings=Path('own.py'), content=Path('../content'), "
        "output=Path('../site'), language='en'), Report()))"
    )
    (program / "own.py").write_text(
        "from pelicanconf import *\nPLUGINS = [name for name in PLUGINS if name.split('.')[1] in ('wording', 'meetings', 'indexes', 'building')]\n",
        encoding="utf-8",
    )

    def run() -> str:
        done = subprocess.run([sys.executable, "-c", build], cwd=program, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    run()
    home = tmp_path / "site" / "index.html"
    assert "Nothing" in run() or "Không có gì" in run()
    replaced(program / "theme/locale/en/LC_MESSAGES/sogiaoban.po", 'msgstr "Calendar"', 'msgstr "Almanac"')
    run()
    assert "Almanac" in home.read_text(encoding="utf-8")
    replaced(program / "plugins/archive/urls.py", 'OFFLINE = "', 'OFFLINE = "x-')
    run()
    assert [file.name for file in (tmp_path / "site").glob("x-*.html")]


def test_what_was_kept_by_other_processes_is_there_for_the_next_text(tmp_path: Path) -> None:
    """So many pages read a word of the site's that they are shared among processes; then one of them gets another text."""
    made = Site(tmp_path)
    shutil.rmtree(made.content)
    corpus.write(200, made.content)
    made.commit()
    made.build()
    replaced(made.theme / "templates" / "meeting.html", "<article", '<article data-thu="1"')
    for number in range(0, 200, 3):
        _with_line(made.meeting(number), "title", f"title: Giao ban lần {number}")
    assert made.build().startswith("Xong: viết lại")
    for number in (1, 100, 199):
        file = made.meeting(number)
        file.write_text(file.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    assert made.build().startswith("Xong: viết lại")
    made.build("clean")
    assert made.files() == made.files("clean")


def test_what_is_kept_does_not_grow_for_ever(made: Site) -> None:
    made.build()
    (first,) = (made.folder / ".site.sogiaoban").glob("records-*")
    size = first.stat().st_size
    for number in range(12):
        _with_line(made.meeting(7), "title", f"title: Giao ban lần {number}")
        made.build()
    (last,) = (made.folder / ".site.sogiaoban").glob("records-*")
    assert last != first and last.stat().st_size < 3 * size + 100_000
    made.build("clean")
    assert made.files() == made.files("clean")
