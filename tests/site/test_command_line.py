"""The commands as an editor types them: what they say, what they leave behind, how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "build", "serve", "check", "new", "edit", "import", "publish", "permalinks", "bundle", "audit", "test", "screenshots", "handbook", "messages", "docs", "corpus",
    "bench",
)  # fmt: skip
MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def spoil(content: Path) -> None:
    """Puts an error on line 3 of the meeting."""
    file = content / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("date: 2030-04-18", "date: 18/4/2030"), encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(command: str, run_tasks) -> None:
    done = run_tasks(command, "--help")
    assert done.returncode == 0
    assert f"python3 tasks.py {command}" in done.stdout


def test_help_names_every_command(run_tasks) -> None:
    done = run_tasks("--help")
    assert done.returncode == 0
    assert re.findall(r"^    ([a-z]+)\b", done.stdout, re.MULTILINE) == list(COMMANDS)


def test_invoke_offers_the_same_commands(root: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "invoke", "--list"], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"^  ([a-z]+)  ", done.stdout, re.MULTILINE)) == set(COMMANDS)


PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md", "docs/handbook/*.md", ".github/**/*.yml", ".gitlab-ci.yml", ".ci/*")


def test_the_pages_name_commands_and_options_that_there_are(root: Path, run_tasks) -> None:
    texts = [path.read_text(encoding="utf-8") for pattern in PAGES for path in root.glob(pattern)]
    asked = [found for text in texts for found in re.findall(r"python3 tasks\.py ([a-z]\w*)([^\n`#|]*)", text)]
    helps = {name: run_tasks(name, "--help").stdout for name in {name for name, _ in asked} & {*COMMANDS}}
    known = {name: {*re.findall(r"(?<!\S)--[\w-]+", text)} for name, text in helps.items()}
    assert {name for name, _ in asked} == known.keys() and len(known) > 10
    assert [(name, options) for name, options in asked if not {*re.findall(r"(?<!\S)--[\w-]+", options)} <= known[name]] == []


@pytest.mark.parametrize("command", ["serve", "edit"])
@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_cannot_be_is_refused(command: str, port: str, run_tasks, small_archive: Path) -> None:
    done = run_tasks(command, "--no-browser", "--port", port, "--content", small_archive)
    assert done.returncode == 2 and done.stderr.strip() == f"--port: 0 – 65535 (không phải / not: {port})"


def test_serve_and_edit_name_a_content_folder_that_is_not_there(run_tasks, tmp_path: Path) -> None:
    for command in ("serve", "edit"):
        done = run_tasks(command, "--no-browser", "--content", tmp_path / "nowhere", "--port", "8799")
        assert done.returncode == 2 and str(tmp_path / "nowhere") in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_bench_without_anything_to_measure_says_what_can_be_measured(run_tasks) -> None:
    done = run_tasks("bench")
    assert done.returncode == 2 and "--search-quality" in done.stderr


def test_check_starts_without_what_it_does_not_need(root: Path, small_archive: Path) -> None:
    """An editor waits for every library that is loaded."""
    slow = {"babel", "invoke", "jinja2", "markdown", "numpy", "pelican", "PIL", "rich", "subprocess", "yaml"}
    start = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:]); print(*{*sys.modules}, file=sys.stderr)"
    command = [sys.executable, "-c", start, str(root), "check", "--content", str(small_archive)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    loaded = set(done.stderr.split())
    assert "pydantic" in loaded and not slow & loaded


def test_invoke_ends_as_the_command_ends(root: Path, small_archive: Path) -> None:
    spoil(small_archive)
    command = [sys.executable, "-m", "invoke", "check", "--content", str(small_archive)]
    assert subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build", "--outptu", "x"],
        ["build", "--language", "fr"],
        ["build", "--content", "khong-co"],
        ["check", "--format", "xml"],
        ["check", "khong-co.md"],
        ["bundle", "--since", "khong-co.zip"],
        ["publish"],
        ["publish", "--site-url", "so.example.org"],
        ["serve", "--port", "cổng"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_status_2_and_a_reason(arguments: list[str], run_tasks, tmp_path: Path) -> None:
    done = run_tasks(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr + done.stdout


def test_build_looks_into_no_folder_that_holds_its_content(run_tasks, small_archive: Path) -> None:
    done = run_tasks("build", "--content", small_archive, "--output", "/")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nằm trong thư mục kết quả" in done.stderr and "Traceback" not in done.stderr


def test_build_writes_a_site_where_it_was_asked_to(run_tasks, small_archive: Path, tmp_path: Path) -> None:
    done = run_tasks("build", "--content", "content", "--output", "ket-qua", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ket-qua" / "index.html").is_file()
    assert (tmp_path / "ket-qua" / "ban-ghi" / "2030-04-18-giao-ban-song-may.html").is_file()


def test_build_stops_at_errors_says_them_and_keeps_the_last_good_site(run_tasks, small_archive: Path, tmp_path: Path) -> None:
    assert run_tasks("build", "--content", small_archive, "--output", tmp_path / "output").returncode == 0
    before = files(tmp_path / "output")
    spoil(small_archive)
    done = run_tasks("build", "--content", small_archive, "--output", tmp_path / "output")
    assert done.returncode == 1
    assert f"lỗi: content/{MEETING}:3: date: «18/4/2030» không phải là ngày" in done.stderr
    assert "bản cũ vẫn còn nguyên" in done.stderr
    assert files(tmp_path / "output") == before


def test_build_speaks_english_when_asked_to(run_tasks, small_archive: Path, tmp_path: Path) -> None:
    done = run_tasks("build", "--content", small_archive, "--output", tmp_path / "output", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert '<html lang="en"' in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")


def test_plugin_that_cannot_be_loaded_fails_the_build(run_tasks, root: Path, small_archive: Path, tmp_path: Path) -> None:
    """Pelican itself logs it, goes on without, and ends with status 0."""
    settings = tmp_path / "brokenconf.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(root)!r})\nfrom pelicanconf import *\n"
        f"THEME = {str(root / 'theme')!r}\nPLUGINS = [*PLUGINS, 'plugins.khong_co']\n",
        encoding="utf-8",
    )
    asked = f"settings=Path({str(settings)!r}), content=Path({str(small_archive)!r}), output=Path({str(tmp_path / 'output')!r})"
    script = (
        "import sys; from pathlib import Path; from plugins.building import reporting, site; "
        f"sys.exit(site.build(site.Request({asked}), reporting.Report()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "plugins.khong_co" in done.stderr
    assert not (tmp_path / "output").exists()


def test_same_content_gives_the_same_bytes_on_any_machine(run_tasks, built_site: Path, tmp_path: Path, root: Path) -> None:
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "HOME": str(tmp_path)}
    done = run_tasks("build", "--content", root / "content", "--output", tmp_path / "output", cwd=tmp_path, **elsewhere)
    assert done.returncode == 0, done.stderr
    again = files(tmp_path / "output")
    first = files(built_site)
    assert sorted(again) == sorted(first)
    assert [path for path in first if first[path] != again[path]] == []


def test_day_of_the_build_is_stated_only_when_it_is_given(run_tasks, small_archive: Path, tmp_path: Path) -> None:
    def build(name: str, **environment: str) -> dict[str, bytes]:
        done = run_tasks("build", "--content", small_archive, "--output", tmp_path / name, **environment)
        assert done.returncode == 0, done.stderr
        return files(tmp_path / name)

    dated = build("a", SOURCE_DATE_EPOCH="1900000000")  # 2030-03-18 in Vietnam
    assert dated == build("b", SOURCE_DATE_EPOCH="1900000000")
    assert "2030-03-18" in dated["index.html"].decode()
    assert "2030-03-18" not in build("c", SOURCE_DATE_EPOCH="")["index.html"].decode()


def test_publish_adds_what_needs_an_address(run_tasks, small_archive: Path, tmp_path: Path) -> None:
    asked = ("--site-url", "https://so.example.org", "--content", small_archive, "--output", tmp_path / "public")
    done = run_tasks("publish", *asked)
    assert done.returncode == 0, done.stderr
    assert "https://so.example.org/" in (tmp_path / "public" / "sitemap.xml").read_text(encoding="utf-8")


def test_check_finds_nothing_wrong_with_this_archive(run_tasks) -> None:
    done = run_tasks("check")
    assert done.returncode == 0, done.stdout


def test_check_tells_place_fault_and_remedy(run_tasks, small_archive: Path) -> None:
    spoil(small_archive)
    done = run_tasks("check", "--content", small_archive)
    assert done.returncode == 1
    first, total = done.stdout.splitlines()
    assert first.startswith(f"lỗi: {small_archive.as_posix()}/{MEETING}:3: date: «18/4/2030» không phải là ngày")
    assert total == "1 lỗi, 0 lời nhắc"


def test_check_of_other_files_leaves_the_fault_out(run_tasks, small_archive: Path) -> None:
    spoil(small_archive)
    (small_archive / "people").mkdir()
    done = run_tasks("check", small_archive / "people", "--content", small_archive)
    assert (done.returncode, done.stdout) == (0, "0 lỗi, 0 lời nhắc\n")


def test_check_as_json_can_be_read_back(run_tasks, small_archive: Path) -> None:
    spoil(small_archive)
    done = run_tasks("check", "--content", small_archive, "--format", "json")
    (problem,) = json.loads(done.stdout)
    assert (problem["line"], problem["field"], problem["code"], problem["severity"]) == (3, "date", "date-invalid", "error")


def test_check_as_annotations_escapes_what_would_end_them(run_tasks, small_archive: Path) -> None:
    file = small_archive / MEETING
    file.write_text(file.read_text(encoding="utf-8").replace("date: 2030-04-18", 'date: "100% sai\\nhai dòng"'), encoding="utf-8")
    done = run_tasks("check", "--content", small_archive, "--format", "github")
    (line,) = done.stdout.splitlines()
    assert re.fullmatch(r"::error file=[^,]+,line=3,title=date-invalid::date: .*100%25 sai.*", line)
