"""What an editor, an old page or a disk may bring: it ends as a named problem or as plain text, in bounded time, and the rest is unharmed.

The classes of input are tables in hostile_inputs.py, which also writes what became of them into docs/security.md.
"""

from __future__ import annotations

import csv
import json
import os
import re
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import frontmatter
from plugins.archive.files import _decode
from plugins.archive.loading import load
from plugins.archive.problems import Problems
from plugins.archive.rereading import markdown
from plugins.meetings.bodies import BodyRenderer
from tests.site import hostile_inputs
from tests.site.hostile_inputs import BODIES, BYTES, HEAD, HEADERS

MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"
SECONDS = 30
"""For one file; a tenth of it on a machine that does nothing else."""


def write(content: Path, name: str, data: str | bytes) -> Path:
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def told(content: Path) -> list[str]:
    return [problem.code for problem in load(content)[1]]


# Headers


@pytest.mark.parametrize(("line", "code"), HEADERS.values(), ids=HEADERS)
def test_a_hostile_header_is_a_named_problem_in_bounded_time(line: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", f"{HEAD}{line}\n---\nBài thử.\n")
    write(tmp_path, "meetings/2029/2029-04-18-lanh.md", f"{HEAD.replace('2030', '2029')}---\nBài thử.\n")
    started = time.process_time()
    archive, problems = load(tmp_path)
    assert time.process_time() - started < SECONDS
    assert "2029-04-18-lanh" in archive.meetings
    assert code in {problem.code for problem in problems}
    assert len(problems) <= 60
    assert {problem.path for problem in problems} <= {"meetings/2030/2030-04-18-hop.md"}


def test_faults_beyond_the_first_are_counted_not_lost(tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", HEAD + "".join(f"k{n}: a\n" for n in range(77)) + "---\nBài.\n")
    problems = list(load(tmp_path)[1])
    (counted,) = (problem for problem in problems if problem.code == "header-faulty")
    assert sum(problem.code == "field-unknown" for problem in problems) + int(dict(counted.values)["size"]) == 77


# Bytes


@pytest.mark.parametrize(("data", "code"), BYTES.values(), ids=BYTES)
def test_hostile_bytes_are_a_named_problem(data: bytes, code: str, tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", data)
    assert code in told(tmp_path)


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf" + HEAD.encode() + b"---\nB", (HEAD + "---\nBài.\n").replace("\n", "\r\n").encode()], ids=["BOM", "CRLF"]
)
def test_marks_of_other_systems_are_no_problem(data: bytes, tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", data)
    assert told(tmp_path) == []


def test_invisible_marks_are_told_and_not_published(tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", f"{HEAD}venue: Phú\u200b Thọ\n---\nA\u202eB\u2066C.\n")
    archive, _ = load(tmp_path)
    (meeting,) = archive.meetings.values()
    assert (meeting.venue, markdown(archive.content, meeting)) == ("Phú Thọ", "ABC.")


# Bodies


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_body_is_refused_or_rendered_in_bounded_time(body: str, tmp_path: Path) -> None:
    write(tmp_path, "meetings/2030/2030-04-18-hop.md", f"{HEAD}---\n{body}\n")
    started = time.process_time()
    codes, _ = hostile_inputs.outcome(tmp_path)
    assert time.process_time() - started < SECONDS
    assert set(codes) <= {"body-marks", "body-depth", "body-lines", "file-too-large"}


# Disks

OTHER_NAMES = ["con.md", "a" * 200 + ".md", "Hội nghị.md", "a b.md", "2030-04-18-HOP.md", "..md"]


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_that_is_no_id_is_told(name: str, tmp_path: Path) -> None:
    write(tmp_path, f"meetings/2030/{name}", f"{HEAD}---\nBài.\n")
    assert told(tmp_path) in (["id-invalid"], []) and not load(tmp_path)[0].meetings


def test_ids_that_fold_together_are_told(tmp_path: Path) -> None:
    for name in ("do-a", "đo-a", "đỏ-a"):
        write(tmp_path, f"people/{name}.md", "---\nname: Đỗ Thử A\n---\n")
    assert told(tmp_path).count("id-invalid") == 2


if hasattr(os, "mkfifo"):

    def test_a_loop_of_folders_ends(tmp_path: Path) -> None:
        write(tmp_path, "meetings/2030/2030-04-18-hop.md", f"{HEAD}---\nBài.\n")
        (tmp_path / "meetings/2030/vong").symlink_to(tmp_path / "meetings")
        assert list(load(tmp_path)[0].meetings) == ["2030-04-18-hop"]

    def test_a_device_named_like_a_record_is_not_read(tmp_path: Path) -> None:
        (tmp_path / "meetings").mkdir()
        (tmp_path / "meetings/2030-04-18-hop.md").symlink_to("/dev/zero")
        assert told(tmp_path) == ["file-not-regular"]

    def test_a_file_without_right_to_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = write(tmp_path, "meetings/2030/2030-04-18-hop.md", f"{HEAD}---\nBài.\n")
        file.chmod(0)
        if os.access(file, os.R_OK):  # the superuser reads everything: the system's answer is given in its place
            opened = open
            monkeypatch.setattr("builtins.open", lambda name, *a, **k: _refuse(file) if str(name) == str(file) else opened(name, *a, **k))
        assert told(tmp_path) == ["file-unreadable"]

    def _refuse(file: Path) -> None:
        raise PermissionError(13, "Permission denied", str(file))


# Whole sites

HOSTILE = """</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>]]>{{ 7*7 }}{% raw %}&lt;b&gt;&KH; \\b \\x00 %s {0} ${x} `#` =cmd|' /C calc'!A0"""


def _authorities(value: str, formula: str) -> dict[str, str]:
    """Headers of records of every other kind, each text of which is hostile; the meeting's cluster is not among them."""
    return {
        "people/nguoi.md": f"name: {value}\nvariants: [{formula}]\nhonorific: {value}\nqualifier: {value}\nborn: 1979\n",
        "organizations/hoi.md": f"name: {value}\nvariants: ['-1+1']\nabbreviations: [{value}]\nprovince: {value}\nscope: {value}\nparent: {formula}\n",
        "clusters/cum.md": f"owner: hoi\nkind: cụm\nname: {value}\nvariants: [{formula}]\nmembers: [{{year: 2030, organizations: [{value}]}}]\nleads: [{{year: 2030, lead: {formula}}}]\n",
        "documents/van-ban.md": f"type: {value}\nnumber: {formula}\nissuer: {value}\ntitle: {value}\nvariants: [{value}]\nurl: 'https://vi-du.example/?a=%22'\n",
        "pages/trang.md": f"title: {value}\nsummary: {value}\n",
    }


@pytest.fixture(scope="module")
def hostile_site(run_tasks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site of one meeting and one record of each other kind, every text of which is hostile."""
    content = tmp_path_factory.mktemp("hostile") / "content"
    value = json.dumps(HOSTILE, ensure_ascii=False)
    formula = json.dumps('=HYPERLINK("http://a.example")', ensure_ascii=False)
    header = f"""---
title: {value}
date: 2030-04-18
union: Liên hiệp hội Sông Mây
chairs: [{{name: {value}, role: {formula}, honorific: {value}, organization: {value}}}, {{name: "@SUM(1)", role: "+1"}}]
host: {value}
venue: {value}
province: {formula}
attendance: {value}
mentions: [{{name: {formula}, role: {value}, honorific: {value}}}, {{organization: {value}}}]
summary: {value}
tags: [{value}, "-1+1"]
documents: [{{type: Luật, title: {value}, issuer: {value}}}]
images: [{{caption: {value}, credit: {value}}}]
sources: [{{url: "https://vi-du.example/?a=%22%3E&b='c'", site: {value}, title: {formula}, byline: {value}, note: {value}}}]
notes: [{{about: venue, text: {value}}}]
corrections: [{{date: 2030-05-01, text: {value}}}]
---
"""
    body = f"{HOSTILE}\n\n## {HOSTILE}\n\n1. {HOSTILE}\n\n[x](javascript:alert(1)) [y](data:text/html,a) ![z](http://a.example/z.png) <iframe src=//a.example></iframe>\n"
    write(content, MEETING, header + body)
    for path, fields in _authorities(json.dumps(f"{HOSTILE} A", ensure_ascii=False), formula).items():
        write(content, path, f"---\n{fields}notes: [{value}]\nsources: [{{site: {value}, title: {value}}}]\n---\n{body}")
    output = content.parent / "site"
    done = run_tasks("publish", "--site-url", "https://so.example/kho", "--content", content, "--output", output)
    assert done.returncode == 0, done.stderr
    return output


def files(site: Path, suffix: str) -> list[Path]:
    found = sorted(file for file in site.rglob(f"*{suffix}") if file.is_file())
    assert found
    return found


def test_hostile_text_is_text_in_every_page(hostile_site: Path) -> None:
    for file in files(hostile_site, ".html"):
        page = BeautifulSoup(file.read_bytes(), "html.parser")
        assert not [s for s in page.find_all("script") if not s.get("src") and s.get("type") != "application/ld+json"], file
        assert not page.find_all(["iframe", "object", "embed", "base", "style"]), file
        assert not [e for e in page.find_all(True) for name in e.attrs if name.startswith("on") or name == "style"], file
        loaded = [e.get("src") or "" for e in page.find_all(["img", "script", "source"])]
        assert not [address for address in loaded if "example" in address or address == "x"], file
        addresses = [value for e in page.find_all(True) for name in ("href", "action", "src") if (value := e.get(name))]
        assert not [a for a in addresses if re.sub(r"[\x00-\x20]", "", a).lower().startswith(("javascript:", "data:", "vbscript:"))], file


def test_template_marks_and_entities_stay_as_they_were_typed(hostile_site: Path) -> None:
    page = BeautifulSoup((hostile_site / "ban-ghi/2030-04-18-giao-ban-song-may.html").read_bytes(), "html.parser")
    heading = page.h1.get_text().replace("\u00a0", " ")
    for mark in ("{{ 7*7 }}", "{% raw %}", "&lt;b&gt;", "&KH;", "]]>", "</script>"):
        assert mark in heading


def test_hostile_text_breaks_no_data_file(hostile_site: Path, root: Path) -> None:
    from plugins import auditing

    found = {fault.render() for result in auditing.audit(hostile_site, address="https://so.example/kho") for fault in result.faults}
    weights = re.compile(r"\[(?:style|script|page|view|search)-heavy\]$|\[page-unreached\]$")
    assert [line for line in sorted(found) if not weights.search(line)] == []


def test_no_cell_is_a_formula(hostile_site: Path) -> None:
    cells = [
        cell
        for file in files(hostile_site, ".csv")
        for row in csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"[+-]?\d+", cell)] == []


def test_a_draft_and_a_deleted_record_leave_no_trace(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    """In no file of a published site, packed ones and their names included, though the records stood there a moment before."""
    sound = (small_archive / MEETING).read_text(encoding="utf-8")
    secret = sound.replace("Sông Mây", "Hồ Kín").replace("Phạm Thử An", "Tạ Giấu Tên").replace("2030-04-18", "2030-06-01")
    for name in ("2030-06-01-xoa.md", "2030-06-02-nhap.md"):
        write(small_archive, f"meetings/2030/{name}", secret.replace("2030-06-01", name[:10]))
    output = tmp_path / "site"
    command = ("publish", "--site-url", "https://so.example", "--content", small_archive, "--output", output)
    assert run_tasks(*command).returncode == 0
    assert _holding(output, ("Hồ Kín", "Tạ Giấu Tên"))
    (small_archive / "meetings/2030/2030-06-01-xoa.md").unlink()
    write(small_archive, "meetings/2030/2030-06-02-nhap.md", secret.replace("---\n", "---\nstatus: draft\n", 1))
    done = run_tasks(*command)
    assert done.returncode == 0, done.stderr
    assert _holding(output, ("Hồ Kín", "Tạ Giấu Tên", "2030-06-01-xoa", "2030-06-02-nhap", "ta-giau-ten", "ta giau ten")) == []


def _holding(site: Path, words: tuple[str, ...]) -> list[str]:
    import zipfile

    found = []
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        pieces = [file.as_posix().encode(), file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                pieces += [piece for name in archive.namelist() for piece in (name.encode(), archive.read(name))]
        found += [f"{file.name}: {word}" for word in words for piece in pieces if word.encode() in piece]
    return found


# What nobody thought of

PIECES = st.sampled_from(
    ["<", ">", "&", '"', "'", "[", "]", "(", ")", "!", "*", "_", "`", "#", "> ", "- ", "1. ", "    ", "\n", "\n\n", "|", "-|-", "\\", "{{", "}}", "{%", "&#106;", "&lt;",
     "javascript:", "data:text/html,", "java\tscript:", "//a.example", "<script>", "</script>", "<img src=x onerror=a>", "<svg/onload=a>", "<!--", "]]>", "[a]: javascript:b\n",
     "[a](javascript:b)", "![a](http://a.example/x)", "<javascript:b>", "<http://a.example>", "<style>", "<a id=b>", "{: #noi-dung onclick=a }", "số 57-NQ/TW", "Nhiệm vụ", "\x02", "\x03",
     "\u2028", "\ufffc", "chữ", "&KH;", "http://a.example", "[^1]", "\u00a0"]
)  # fmt: skip
RENDERER = BodyRenderer(lambda html: html)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_a_body_holds_it_becomes_tame_html(source: str) -> None:
    body = RENDERER.render(source, lambda type, number: "x.html") if source.strip() else None
    page = BeautifulSoup(body.html if body else "", "html.parser")
    for element in page.find_all(True):
        assert element.name in TAME, element
        assert set(element.attrs) <= {"href", "rel", "id", "class", "start"}, element
        address = re.sub(r"[\x00-\x20]", "", element.get("href", "")).lower()
        assert not address.startswith(("javascript:", "data:", "vbscript:")), element
        if address.startswith(("http:", "https:", "//")):
            assert "noopener" in element.get("rel", []), element
        assert re.fullmatch(r"(?:doan|nv|muc)-\d+|", element.get("id", "")), element


TAME = {
    "p", "br", "h2", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote", "ol", "ul", "li", "hr", "a", "span", "sup", "sub",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEAD}{text}\n---\n".encode()))
def test_whatever_bytes_a_file_holds_reading_it_ends_without_a_crash(data: bytes) -> None:
    problems = Problems()
    source = _decode(data, "x.md", problems)
    parsed = frontmatter.parse(source, "x.md", problems) if source is not None else None
    assert parsed is not None or len(problems)


def test_limits_are_stated_as_they_are(root: Path) -> None:
    """docs/limits.md: every number in its table is the value of the name that stands beside it."""
    import importlib

    page = (root / "docs" / "limits.md").read_text(encoding="utf-8")
    rows: list[tuple[str, str]] = re.findall(r"^\|[^|]*\| ([\d,]+)[^|]*\| `([\w.]+)` \|$", page, re.MULTILINE)
    assert len(rows) >= 15 and len(rows) == len(re.findall(r"^\| (?!What|---)", page, re.MULTILINE))
    for number, name in rows:
        module, _, constant = name.rpartition(".")
        value = getattr(importlib.import_module(f"plugins.{module}"), constant)
        assert int(number.replace(",", "")) == value, name


def find_limits(root: Path) -> set[str]:
    """Every constant named MAX_… of the rooms that read what others write."""
    found: set[str] = set()
    for room in ("archive", "images", "auditing"):
        for module in sorted((root / "plugins" / room).glob("*.py")):
            found |= {
                f"{room}.{module.stem}.{name}"
                for name in re.findall(r"^(MAX_[A-Z_]+) = ", module.read_text(encoding="utf-8"), re.MULTILINE)
            }
    return found


def test_every_limit_is_stated(root: Path) -> None:
    page = (root / "docs" / "limits.md").read_text(encoding="utf-8")
    assert find_limits(root) == set(re.findall(r"`((?:archive|images|auditing)\.\w+\.MAX_[A-Z_]+)`", page))


def test_every_vendored_file_is_the_one_it_says(root: Path) -> None:
    import hashlib

    lists = sorted(path for path in (root / "theme").rglob("vendor.json"))
    assert lists
    for listing in lists:
        for name, entry in json.loads(listing.read_text(encoding="utf-8")).items():
            assert hashlib.sha256((listing.parent / name).read_bytes()).hexdigest() == entry["sha256"], name
            assert {"package", "version", "licence"} <= set(entry), name


def test_every_vendored_file_is_listed(root: Path) -> None:
    listed = {
        (listing.parent / name)
        for listing in (root / "theme").rglob("vendor.json")
        for name in json.loads(listing.read_text(encoding="utf-8"))
    }
    vendored = {file for file in (root / "theme").rglob("vendor/*") if file.suffix in {".js", ".woff2", ".css"}}
    assert vendored and vendored - listed == set()


def test_the_page_on_security_tells_what_is_seen_here(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "security.md").read_text(encoding="utf-8")
    assert hostile_inputs.table(tmp_path) in page, "run: python -m tests.site.hostile_inputs"
