"""The switch from the old site to the new one: whatever happens, one whole site stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plugins.building import trees
from plugins.building.exchanging import exchange
from plugins.building.outcome import BuildError, UsageError
from plugins.building.staging import Place, staged

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("index.html", "nguoi/a.html", "nguoi/b.html")


def never(_one: Path, _other: Path) -> bool:
    """A file system on which two folders cannot change places at once."""
    return False


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def write(tree: Path, version: str) -> None:
    for page in PAGES:
        (tree / page).parent.mkdir(exist_ok=True)
        (tree / page).write_text(version, encoding="utf-8")


def build(output: Path, version: str, swap=exchange) -> None:
    with staged(output, swap) as new:
        write(new, version)


def versions(output: Path) -> dict[str, str]:
    return {path: (output / path).read_text(encoding="utf-8") for path in sorted(trees.files(output))}


def whole(version: str) -> dict[str, str]:
    return dict.fromkeys(PAGES, version)


def leftovers(output: Path) -> list[str]:
    return sorted(path.name for path in Place(output).workshop.iterdir())


@pytest.mark.parametrize("swap", [exchange, never])
def test_new_site_takes_the_place_of_the_old_one_and_stale_pages_go(output: Path, swap) -> None:
    with staged(output, swap) as new:
        write(new, "old")
        (new / "stale.html").write_text("old", encoding="utf-8")
    build(output, "new", swap)
    assert versions(output) == whole("new")
    assert leftovers(output) == ["lock"]


def test_failed_build_leaves_the_last_good_site(output: Path) -> None:
    build(output, "old")
    with pytest.raises(ZeroDivisionError), staged(output) as new:
        write(new, "new")
        raise ZeroDivisionError
    assert versions(output) == whole("old")
    assert leftovers(output) == ["lock"]


def test_empty_folder_may_become_the_output(output: Path) -> None:
    output.mkdir()
    build(output, "new")
    assert versions(output) == whole("new")


def test_folder_of_somebody_else_is_refused_and_untouched(output: Path) -> None:
    output.mkdir()
    (output / "luan-van.docx").write_text("ba năm", encoding="utf-8")
    with pytest.raises(UsageError, match="không phải là trang do chương trình này dựng"):
        build(output, "new")
    assert versions(output) == {"luan-van.docx": "ba năm"}


def test_file_is_no_output_folder(output: Path) -> None:
    output.write_text("một tệp", encoding="utf-8")
    with pytest.raises(UsageError, match="không phải là thư mục"):
        build(output, "new")
    assert output.read_text(encoding="utf-8") == "một tệp"


def test_somebody_elses_file_within_our_site_is_named_and_kept(output: Path) -> None:
    build(output, "old")
    (output / "nguoi" / "CNAME").write_text("so.example.org", encoding="utf-8")
    with pytest.raises(UsageError, match="nguoi/CNAME"):
        build(output, "new")
    assert versions(output) == whole("old") | {"nguoi/CNAME": "so.example.org"}


def test_file_put_there_during_the_switch_is_kept_aside(output: Path) -> None:
    def swap(new: Path, old: Path) -> bool:
        (old / "CNAME").write_text("so.example.org", encoding="utf-8")
        return False

    build(output, "old")
    build(output, "new", swap)
    kept = list(Place(output).workshop.glob("kept-*"))
    assert versions(output) == whole("new")
    assert [versions(folder) for folder in kept] == [{"CNAME": "so.example.org"}]


def test_what_file_managers_leave_behind_does_not_stop_a_build(output: Path) -> None:
    build(output, "old")
    (output / ".DS_Store").write_bytes(b"\0")
    build(output, "new")
    assert versions(output) == whole("new")


def test_manifest_that_names_files_outside_deletes_nothing_there(output: Path) -> None:
    build(output, "old")
    treasure = output.parent / "treasure.txt"
    treasure.write_text("vàng", encoding="utf-8")
    with (output / trees.MARKER).open("a", encoding="utf-8") as marker:
        marker.write("../treasure.txt\n")
    build(output, "new")
    assert treasure.read_text(encoding="utf-8") == "vàng"


def test_rename_that_fails_puts_the_old_site_back(output: Path) -> None:
    def swap(new: Path, _old: Path) -> bool:
        trees.discard(new)  # so that the second rename finds nothing
        return False

    build(output, "old")
    with pytest.raises(BuildError, match="bản cũ vẫn còn nguyên"):
        build(output, "new", swap)
    assert versions(output) == whole("old")


def test_output_that_is_a_link_is_built_where_it_leads(output: Path, tmp_path: Path) -> None:
    build(tmp_path / "real", "old")
    output.symlink_to(tmp_path / "real", target_is_directory=True)
    build(output, "new")
    assert output.is_symlink()
    assert versions(tmp_path / "real") == whole("new")


# What is run is cut off before its n-th touch of the file system, for every n: the audit hook sees each of them.
KILLED = """
import os, sys
from pathlib import Path
from plugins.building import trees
from plugins.building.exchanging import exchange
from plugins.building.staging import staged

output, step, one_step = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
touched = 0

def kill(event, arguments):
    global touched
    if event in {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.dlopen"}:
        touched += 1
        if touched == step:
            os._exit(9)

sys.addaudithook(kill)
with staged(output, exchange if one_step else lambda one, other: False) as new:
    for page in ("index.html", "nguoi/a.html", "nguoi/b.html"):
        (new / page).parent.mkdir(exist_ok=True)
        (new / page).write_text("new", encoding="utf-8")
"""


def kill_at(step: int, output: Path, way: str) -> bool:
    """True where the build was cut off before its end."""
    command = [sys.executable, "-c", KILLED, str(output), str(step), way]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    assert status in {0, 9}
    return status == 9


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_build_killed_at_any_step_leaves_a_whole_site_and_the_next_one_mends_the_rest(way: str, tmp_path: Path) -> None:
    step, missing = 1, 0
    while True:
        output = tmp_path / str(step)
        build(output, "old")
        killed = kill_at(step, output, way)
        if output.exists():
            assert versions(output) in (whole("old"), whole("new")), f"cut off at step {step}"
        else:
            missing += 1
            assert versions(Place(output).old) == whole("old"), f"cut off at step {step}"
        build(output, "third")
        assert versions(output) == whole("third")
        assert leftovers(output) == ["lock"]
        if not killed:
            break
        step += 1
    assert step > 15, "the hook did not see the steps"
    assert missing <= (0 if way == "exchange" and sys.platform == "linux" else 1)


def test_site_taken_away_by_a_killed_build_is_put_back_even_if_the_next_one_fails(output: Path) -> None:
    build(output, "old")
    output.rename(Place(output).old)
    with pytest.raises(ZeroDivisionError), staged(output):
        raise ZeroDivisionError
    assert versions(output) == whole("old")


HOLDING = """
import sys
from pathlib import Path
from plugins.building import locking

with locking.lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        yield holder


def test_second_build_at_once_is_refused(output: Path) -> None:
    build(output, "old")
    with held_by_another_process(Place(output).workshop / "lock"), pytest.raises(BuildError, match="đang có một lần dựng khác"):
        build(output, "new")
    assert versions(output) == whole("old")


def test_lock_of_a_killed_build_is_free(output: Path) -> None:
    build(output, "old")
    with held_by_another_process(Place(output).workshop / "lock") as holder:
        holder.kill()
        holder.wait()
        build(output, "new")
    assert versions(output) == whole("new")


def test_output_in_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="không ghi được"):
        build(tmp_path / "file" / "output", "new")


def test_marker_lists_the_files_in_order(output: Path) -> None:
    build(output, "new")
    assert (output / trees.MARKER).read_text(encoding="utf-8") == "\n".join(["sogiaoban 1", *PAGES, ""])


def test_new_site_can_be_read_by_a_web_server(output: Path) -> None:
    build(output, "new")
    if os.name == "posix":
        assert output.stat().st_mode & 0o055 == 0o055 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
