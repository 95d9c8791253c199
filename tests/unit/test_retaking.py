"""What was read once is taken up again where its file is as it was, and nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from plugins.archive import pickling
from plugins.archive.loading import load
from plugins.archive.outputs import Pickled
from plugins.archive.problems import Problems
from plugins.archive.reading import read_content
from plugins.archive.retaking import Retaken
from plugins.building.packing import Pack

TEXT = "---\ntitle: Hội nghị {number}\ndate: 2030-04-18\nchairs:\n  - {{name: Nguyễn Văn Thử, role: Chủ tịch}}\n---\nÔng “nói.\n\nTheo Nghị quyết số {number}-NQ/TW.\n"


class Builds:
    """Reads one content folder again and again, with what is kept from one time to the next."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.pack = Pack(folder / "pack", {})
        self.put: list[str] = []
        self.problems = Problems()
        for year in (2030, 2031):
            for number in range(3):
                self.write(year, number, TEXT.format(number=number + 1))

    def write(self, year: int, number: int, text: str) -> Path:
        file = self.content / "meetings" / str(year) / f"{year}-04-18-hop-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def keep(self, key: str, value: object) -> None:
        self.put.append(key)
        self.pack.put("kept", key, Pickled(pickling.dumps(value)))

    def kept(self, key: str) -> Any:
        return self.pack.get("kept", key)

    def digests(self) -> dict[str, str]:
        return {file.relative_to(self.content).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in self.content.rglob("*.md")}

    def read(self, digests: dict[str, str] | None = None) -> tuple[list, list]:
        """The entries, and which files were read for them."""
        self.pack.flush()
        self.put.clear()
        self.problems = Problems()
        last = Retaken(self.kept, self.keep, self.digests() if digests is None else digests)
        entries = read_content(self.content, self.problems, last=last)
        last.keep()
        return entries, [entry.path for entry in entries if entry.path not in last.known]


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    made = Builds(tmp_path)
    assert len(made.read()[1]) == 6
    return made


def anew(builds: Builds) -> tuple[list, list]:
    problems = Problems()
    return read_content(builds.content, problems), problems.found


def test_what_is_as_it_was_is_not_read_and_its_warnings_are_told_again(builds: Builds) -> None:
    entries, read = builds.read()
    assert read == []
    assert (entries, builds.problems.found) == anew(builds)
    assert {problem.code for problem in builds.problems} == {"quote-unbalanced"}
    assert builds.put == ["meetings/entries"]


def test_an_edited_file_is_read_and_its_folder_alone_is_kept_again(builds: Builds) -> None:
    file = builds.write(2030, 1, TEXT.format(number=9))
    entries, read = builds.read()
    assert read == [file.relative_to(builds.content).as_posix()]
    assert (entries, builds.problems.found) == anew(builds)
    assert builds.put == ["meetings/entries/meetings/2030", "meetings/entries"]
    assert builds.read()[1] == []


def test_files_that_came_and_went_are_known(builds: Builds) -> None:
    builds.write(2032, 0, TEXT.format(number=7))
    (builds.content / "meetings" / "2031" / "2031-04-18-hop-2.md").unlink()
    entries, read = builds.read()
    assert read == ["meetings/2032/2032-04-18-hop-0.md"]
    assert (entries, builds.problems.found) == anew(builds)
    assert builds.read()[0] == entries


def test_a_draft_is_read_every_time(builds: Builds) -> None:
    builds.write(2030, 2, TEXT.format(number=3).replace("---\n", "---\nstatus: draft\n", 1))
    for _ in range(2):
        entries, _ = builds.read()
        assert (entries, builds.problems.found) == anew(builds)
        assert len(entries) == 5


@pytest.mark.parametrize("digests", [{}, {"meetings/2030/2030-04-18-hop-1.md": "0" * 64}])
def test_where_no_digest_is_known_or_another_everything_is_read(digests: dict[str, str], builds: Builds) -> None:
    assert len(builds.read(digests)[1]) == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_build_keeps_as_much_whichever_process_does_it(workers: int, builds: Builds) -> None:
    builds.pack = Pack(builds.content.parent / f"pack-{workers}", {})
    archive, _ = load(builds.content, workers=workers, last=Retaken(builds.kept, builds.keep, {}))
    entries, read = builds.read()
    assert read == [] and len(entries) == len(archive.meetings) == 6
    assert (entries, builds.problems.found) == anew(builds)
