"""Whatever is edited in whatever order: what is built upon the last build is what a build from nothing makes, byte for byte.

Records, settings, theme, words and program are this test's own copies. Since the program is edited too, every build is a process of its own, as it is in life.
``EDITS_SECONDS=600`` in the environment goes on for so long with edits that are new each time, and ``-s`` shows how many there were.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from plugins.measuring import corpus
from tests.fixtures.building.said import IN_PART

ROOT = Path(__file__).resolve().parents[2]
BUILDER = ROOT / "tests" / "fixtures" / "building" / "elsewhere.py"
SECONDS = int(os.environ.get("EDITS_SECONDS", "0"))
ENDS = time.monotonic() + SECONDS
COUNTS: dict[str, int] = {}
MEETINGS = 12
OWN_SETTINGS = """\
from pelicanconf import *
THEME = {theme!r}
PLUGIN_PATHS = [{program!r}]
HANDBOOK_PATH = "docs/handbook/images"
PLUGINS = [name for name in PLUGINS if name != "plugins.handbook"]
"""
SETTINGS = (
    "SITENAME = 'Sổ {0}'",
    "DEFAULT_LANG = ['vi', 'en'][{0} % 2]",
    "SITE_EMAIL = '{0}@example.org'",
    "SITEURL = ['', 'https://so{0}.example.org'][{0} % 2]",
    "WRITER_WORKERS = [1, None][{0} % 2]",
)
NUMBERS = (
    ("archive/citations.py", "_MAX_ISSUER"),
    ("exports/feeds.py", "NEWEST"),
    ("indexes/home.py", "RECENT"),
    ("indexes/paging.py", "LIMIT"),
    ("indexes/rows.py", "LONG_LIST"),
    ("instruments/coverage.py", "ROWS"),
    ("meetings/related.py", "LIMIT"),
    ("search/documents.py", "SUMMARY"),
    ("wording/spacing.py", "SHORT"),
)
"""Numbers of the program that show in some page or file, each in another room."""


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


places = st.integers(min_value=0, max_value=10_000)


class Edits(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="so-giao-ban-edits-"))
        self.content, self.program, self.settings = self.folder / "content", self.folder / "program", self.folder / "conf" / "own.py"
        self.theme = self.program / "theme"
        corpus.write(MEETINGS, self.content)
        for name in ("plugins", "theme"):
            shutil.copytree(ROOT / name, self.program / name)
        shutil.copy2(ROOT / "pelicanconf.py", self.program)
        self.settings.parent.mkdir()
        self.settings.write_text(OWN_SETTINGS.format(program=str(self.program), theme=str(self.theme)), encoding="utf-8")
        self.git("init", "--quiet")
        self.number = 0
        self.edited = "start"
        self.is_broken = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def git(self, *arguments: str) -> None:
        day = f"2030-01-{1 + getattr(self, 'number', 0) % 28:02} 12:00:00 +0700"
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a"}
        environment = {**os.environ, **who, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        subprocess.run(["git", "-C", str(self.content), *arguments], check=True, env=environment, capture_output=True)

    def meeting(self, place: int) -> Path:
        found = sorted((self.content / "meetings").rglob("*.md"))
        return found[place % len(found)]

    def change(self, file: Path, old: str, new: str) -> None:
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")

    def next(self, name: str) -> int:
        self.edited = name
        self.number += 1
        return self.number

    # --- Edits ------------------------------------------------------------------------------------------------------------

    @rule(place=places)
    def edit_a_text(self, place: int) -> None:
        number = self.next("text")
        file = self.meeting(place)
        file.write_text(file.read_text(encoding="utf-8") + f"\nThêm đoạn thứ {number}, {number}% hội viên dự.\n", encoding="utf-8")

    @rule(first=places, second=places)
    def edit_two_texts(self, first: int, second: int) -> None:
        self.edit_a_text(first)
        self.edit_a_text(second)

    @rule(place=places)
    def add_a_task(self, place: int) -> None:
        number = self.next("task")
        file = self.meeting(place)
        text = file.read_text(encoding="utf-8").rstrip("\n")
        file.write_text(f"{text}\n\nÔng Trần Thử giao nhiệm vụ:\n\n1. Báo cáo việc {number}.\n2. Gửi trước ngày 30/6.\n", encoding="utf-8")

    @rule(place=places)
    def cite_a_document(self, place: int) -> None:
        number = self.next("citation")
        file = self.meeting(place)
        file.write_text(file.read_text(encoding="utf-8") + f"\nTheo Nghị quyết số {number}-NQ/TW ngày 01/02/2001.\n", encoding="utf-8")

    @rule(place=places)
    def edit_a_title(self, place: int) -> None:
        file, number = self.meeting(place), self.next("title")
        lines = file.read_text(encoding="utf-8").split("\n")
        file.write_text("\n".join(f"title: Hội nghị lần {number}" if line.startswith("title:") else line for line in lines), encoding="utf-8")

    @rule(place=places)
    def edit_words_and_move_lines(self, place: int) -> None:
        file, number = self.meeting(place), self.next("words")
        lines = [line for line in file.read_text(encoding="utf-8").split("\n")[1:] if not line.startswith("summary:")]
        file.write_text("\n".join(["---", f"summary: Tóm tắt {number}", *lines, f"Câu {number}.", ""]), encoding="utf-8", newline="\n")

    @rule(place=places)
    def edit_a_name(self, place: int) -> None:
        self.change(self.meeting(place), "name: ", f"name: Lê Thử {'ABCDEFGHIKLMNOPQRSTUVXY'[self.next('name') % 23]}")

    @rule(place=places)
    def leave_the_cluster(self, place: int) -> None:
        self.next("cluster")
        lines = self.meeting(place).read_text(encoding="utf-8").split("\n")
        self.meeting(place).write_text("\n".join(line for line in lines if not line.startswith("cluster:")), encoding="utf-8")

    @rule(place=places)
    def copy_a_meeting(self, place: int) -> None:
        file = self.meeting(place)
        shutil.copyfile(file, file.with_name(f"{file.stem}-{self.next('copy')}.md"))

    @precondition(lambda self: len(list((self.content / "meetings").rglob("*.md"))) > 4)
    @rule(place=places)
    def delete_a_meeting(self, place: int) -> None:
        self.next("deletion")
        self.meeting(place).unlink()

    @rule(place=places)
    def rename_a_meeting(self, place: int) -> None:
        file = self.meeting(place)
        file.rename(file.with_name(f"{file.stem}-r{self.next('renaming')}.md"))

    @rule(place=places)
    def make_a_draft_or_none(self, place: int) -> None:
        self.next("draft")
        file = self.meeting(place)
        is_draft = "status: draft\n" in file.read_text(encoding="utf-8")
        self.change(file, *(("status: draft\n", "") if is_draft else ("---\n", "---\nstatus: draft\n")))

    @rule(place=places)
    def rename_an_organization(self, place: int) -> None:
        self.next("organization")
        found = sorted((self.content / "organizations").glob("*.md"))
        self.change(found[place % len(found)], "---\nname:", f"---\nnotes: [Ghi chú {self.number}]\nname:")

    @precondition(lambda self: self.number % 4 == 0)  # the plainest example would do nothing else
    @rule()
    def add_a_person(self) -> None:
        people = self.content / "people"
        people.mkdir(exist_ok=True)
        (people / f"le-thu-{self.next('person')}.md").write_text(f"---\nname: Lê Thử {self.number}\n---\n", encoding="utf-8")

    @rule(place=places)
    def edit_a_template(self, place: int) -> None:
        number = self.next("template")
        found = sorted((self.theme / "templates").rglob("*.html"))
        self.change(found[place % len(found)], "<p", f'<p data-edit="{number}"')

    @precondition(lambda self: self.number % 4 == 1)  # the plainest example would do nothing else
    @rule(place=places)
    def edit_a_stylesheet_or_script(self, place: int) -> None:
        static = self.theme / "static"
        found = sorted([*static.rglob("*.css"), *static.glob("js/*.js")])
        with found[place % len(found)].open("a", encoding="utf-8") as file:
            file.write(f"/* {self.next('static')} */\n")

    @rule(setting=st.sampled_from(SETTINGS))
    def edit_a_setting(self, setting: str) -> None:
        self.set(setting.format(self.next("setting")))

    def set(self, line: str) -> None:
        with self.settings.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    @rule(place=places)
    def edit_a_translation(self, place: int) -> None:
        number = self.next("translation")
        self.set("DEFAULT_LANG = 'en'")
        catalogue = self.theme / "locale/en/LC_MESSAGES/sogiaoban.po"
        said = [line for line in catalogue.read_text(encoding="utf-8").split("\n") if re.match(r'msgstr(\[\d\])? "[^"]', line)]
        line = said[place % len(said)]
        self.change(catalogue, f"\n{line}\n", "\n{} \"{}{}\n".format(line.split(" ", 1)[0], number, line.split('"', 1)[1]))

    @rule(which=st.sampled_from(NUMBERS), number=st.integers(min_value=1, max_value=9))
    def edit_the_program(self, which: tuple[str, str], number: int) -> None:
        self.next("program")
        file = self.program / "plugins" / which[0]
        text, times = re.subn(rf"^{which[1]} = \d+$", f"{which[1]} = {number}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert times == 1
        file.write_text(text, encoding="utf-8", newline="\n")

    @precondition(lambda self: self.number % 4 == 2)  # the plainest example would do nothing else
    @rule()
    def commit(self) -> None:
        self.next("commit")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")

    @rule(place=places)
    def touch(self, place: int) -> None:
        self.next("touch")
        os.utime(self.meeting(place))

    @rule(place=places, cut=st.booleans())
    def damage_what_is_kept(self, place: int, cut: bool) -> None:
        self.next("damage")
        found = [path for path in sorted((self.folder / ".site.sogiaoban").rglob("*")) if path.is_file() and path.name != "lock" and path.parent.name != "twin"]
        if found:
            file = found[place % len(found)]
            data = file.read_bytes()
            other = data[: len(data) // 2] if cut else data[: len(data) // 2] + b"\0" + data[len(data) // 2 + 1 :]
            file.unlink()  # a file of the twin is one of the site too
            file.write_bytes(other)

    @rule(place=places)
    def lose_a_page(self, place: int) -> None:
        self.next("lost page")
        found = sorted(self.folder.glob("site/**/*.html"))
        if found:
            found[place % len(found)].unlink()

    @rule(place=places)
    def make_a_mistake_and_mend_it(self, place: int) -> None:
        self.next("mistake")
        file = self.meeting(place)
        sound = file.read_text(encoding="utf-8")
        before = files(self.folder / "site") if (self.folder / "site").exists() else {}
        self.change(file, "---\n", "---\nkhong-co: 1\n")
        if "status: draft" not in sound:
            assert self.build(("site", {}))[0][0] == 1
            assert files(self.folder / "site") == before
        file.write_text(sound, encoding="utf-8", newline="\n")

    # --- What must hold ----------------------------------------------------------------------------------------------------

    @invariant()
    def it_is_the_site_of_a_clean_build(self) -> None:
        if SECONDS and time.monotonic() > ENDS:
            return
        # Now and then without compiled templates, which would take most of the time.
        (self.folder / ".clean.sogiaoban" / "kept.pickle").unlink(missing_ok=True)
        in_haste = [("site", {"own_first": True}), ("site", {"pages_first": True})][: self.number % 3]  # now and then as `serve` does it
        if in_haste and self.number % 4 == 3:  # the next edit comes before all is built
            self.keep_or_go_back(is_sound=self.build(*in_haste)[-1][0] == 0)
            return
        *done, (status_of_clean, _) = self.build(*in_haste, ("site", {}), ("clean", {"clean": self.number % 5 == 4}))
        status, self.said = done[-1][0], done[0][1]
        assert status_of_clean == status, self.edited
        self.keep_or_go_back(is_sound=status == 0)
        made, clean = files(self.folder / "site"), files(self.folder / "clean")
        assert made.keys() == clean.keys(), self.edited
        assert [path for path in clean if made[path] != clean[path]] == [], self.edited
        COUNTS[self.edited] = COUNTS.get(self.edited, 0) + 1
        if self.said.startswith(IN_PART):
            COUNTS["(in part)"] = COUNTS.get("(in part)", 0) + 1

    def keep_or_go_back(self, is_sound: bool) -> None:
        """An edit may come to an error, as where it makes two names one: then both sites stay as they were, and so does what comes next."""
        good, made = self.folder / "good", self.content
        if not is_sound:
            good, made = made, good
            COUNTS["(refused)"] = COUNTS.get("(refused)", 0) + 1
        shutil.rmtree(good, ignore_errors=True)
        shutil.copytree(made, good)

    def build(self, *builds: tuple[str, dict[str, bool]]) -> list[tuple[int, str]]:
        """The exit status of each and how it ended; a build is named by its folder and has options."""
        asked = json.dumps([[str(self.settings), str(self.content), str(self.folder / output), options] for output, options in builds])
        done = subprocess.run([sys.executable, "-P", BUILDER], cwd=self.program, input=asked, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return [(status, said) for status, said in json.loads(done.stdout)]


def test_any_edits_in_any_order_come_to_what_a_clean_build_makes() -> None:
    # The first example of a run is the plainest there is; nothing is made smaller, since every step costs two builds. The few edits of the
    # whole suite are always the same, so that nobody's change is refused for a fault that was there before it.
    often = settings(max_examples=6, stateful_step_count=15, derandomize=False, database=None)  # few, since none is cut short when the time is over
    once = settings(max_examples=2, stateful_step_count=5, derandomize=True)
    checks = settings(often if SECONDS else once, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Edits, settings=checks)
    while time.monotonic() < ENDS:
        run_state_machine_as_test(Edits, settings=checks)
    print(f"\n{sum(count for name, count in COUNTS.items() if name[0] != '(')} edits: {COUNTS}")
    assert COUNTS
