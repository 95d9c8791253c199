"""The audit finds what it says it looks for: a small sound site, and one change for each kind of finding."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from plugins import auditing
from plugins.archive.hosting import MB, Host
from plugins.auditing import command, hosts, nu, policy, site, weights
from plugins.auditing.findings import MESSAGES, Weight

ADDRESS = "https://so.example/kho"
IN_OTHER_TESTS = {"style-unruly", "score-low", "tool-missing", "tool-failed"}
"""Provoked in test_auditing_npm.py."""
IN_A_BROWSER = {"accessibility", "contrast", "focus-invisible", "reflow", "console", "request-outside", "request-failed", "dialog"}
"""Provoked in tests/browser/test_audit.py, as are those of the Nu checker."""
POLICY = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; form-action 'self'; base-uri 'none'"
PAGE = f"""\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Trang thử</title>
<link rel="stylesheet" href="a.css">
</head>
<body>
<main id="noi-dung">
<h1>Trang thử</h1>
<p><a href="b.html#muc">B</a> <a href="index.html">Đầu</a> <a href="https://vi-du.example/" rel="noopener">Nguồn</a></p>
<p id="muc">Chữ.</p>
</main>
</body>
</html>
"""
FEED = f"""\
<feed xmlns="http://www.w3.org/2005/Atom"><id>{ADDRESS}/</id><title>Thử</title><updated>2030-01-02T00:00:00+07:00</updated>
<entry><id>{ADDRESS}/b.html</id><title>B</title><updated>2030-01-02T00:00:00+07:00</updated><link href="{ADDRESS}/b.html"/></entry></feed>
"""
SITEMAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{ADDRESS}/b.html</loc></url></urlset>\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound site."""
    texts = {
        "index.html": PAGE,
        "b.html": PAGE,
        "a.css": "main { color: #000; background: url(a.svg) }\n",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
        "a.json": '{"a": 1}\n',
        "a.jsonl": '{"a": 1}\n{"a": 2}\n',
        "a.csv": "ten,so\r\nA,-1\r\n",
        "a.bib": "@misc{a,\n  title = {A \\{ b},\n}\n",
        "a.ris": "TY  - NEWS\nTI  - A\nER  - \n",
        "robots.txt": f"User-agent: *\nSitemap: {ADDRESS}/sitemap.xml\n",
        "sitemap.xml": SITEMAP,
        "feeds/atom.xml": FEED,
    }
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="")
    (tmp_path / "a.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a/b.html", "B")
    connection = sqlite3.connect(tmp_path / "a.sqlite")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    return tmp_path


def codes(folder: Path) -> list[str]:
    return sorted({found.code for result in auditing.audit(folder, address=ADDRESS) for found in result.findings})


def test_a_sound_site_has_no_finding_and_everything_was_looked_at(folder: Path) -> None:
    results = auditing.audit(folder, address=ADDRESS)
    assert [found.render() for result in results for found in result.findings] == []
    assert all(result.looked_at for result in results)


def replaced(old: str, new: str, path: str = "index.html") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def added(path: str, data: bytes = b"x") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)

    return change


def body(html: str) -> Callable[[Path], None]:
    return replaced("</main>", f"{html}\n</main>")


def huge(path: str, size: int) -> Callable[[Path], None]:
    """A file of so many bytes that takes no room on the disk."""

    def change(folder: Path) -> None:
        with (folder / path).open("wb") as stream:
            stream.truncate(size)

    return change


CHANGES = [
    ("link-broken", replaced("b.html#muc", "c.html")),
    ("link-broken", replaced("b.html#muc", "../../b.html")),
    ("link-broken", replaced("a.css", "c.css")),
    ("link-broken", replaced("url(a.svg)", "url('c.woff2')", "a.css")),
    ("link-broken", lambda folder: (folder / "robots.txt").unlink()),
    ("anchor-missing", replaced("b.html#muc", "b.html#khac")),
    ("anchor-missing", body('<a href="#khac">x</a>')),
    ("link-absolute", replaced("b.html#muc", "/kho/b.html")),
    ("link-absolute", replaced("b.html#muc", f"{ADDRESS}/b.html")),
    ("link-folder", replaced("b.html#muc", "feeds/")),
    ("link-scheme", body('<a href="ftp://a.example/">x</a>')),
    ("link-scheme", body('<a href="http://[a">x</a>')),
    ("link-rel", replaced(' rel="noopener"', "")),
    ("page-unreached", replaced('<a href="b.html#muc">B</a>', "")),
    ("policy-missing", replaced("Content-Security-Policy", "Khac")),
    ("policy-missing", replaced('<meta charset="utf-8">', '<meta charset="utf-8"><script src="a.css"></script>')),
    ("policy-weak", replaced("default-src 'none'", "default-src 'self'")),
    ("policy-weak", replaced("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
    ("policy-weak", replaced("; base-uri 'none'", "")),
    ("policy-weak", replaced("script-src 'self'", "script-src 'self' 'sha256-sUdzt8n9JOi9xis39qmHok4PL7z5sS37CO1ESwV7FXM='")),
    ("script-inline", body("<script>alert(1)</script>")),
    ("script-inline", body('<a href="java&#9;script:alert(1)">x</a>')),
    ("style-inline", body('<p style="color:red">x</p>')),
    ("style-inline", body("<style>p { color: red }</style>")),
    ("handler-inline", body('<p onclick="alert(1)">x</p>')),
    ("element-forbidden", body('<iframe title="x"></iframe>')),
    ("loaded-outside", body('<img src="https://a.example/x.png" alt="">')),
    ("loaded-outside", body('<img srcset="a.svg 1x, //a.example/x.png 2x" alt="">')),
    ("loaded-outside", body('<form action="https://a.example/"></form>')),
    ("loaded-outside", replaced("url(a.svg)", "url(//a.example/x.svg)", "a.css")),
    ("loaded-outside", replaced("main {", '@import "https://a.example/x.css"; main {', "a.css")),
    ("id-twice", body('<p id="muc">x</p>')),
    ("id-shadows", body('<p id="location">x</p>')),
    ("markup-unbalanced", body("<div><b></div>")),
    ("markup-unbalanced", body("</div>")),
    ("file-unparsed", replaced("1", "NaN", "a.json")),
    ("file-unparsed", replaced("}", ', "a": 2}', "a.json")),
    ("file-unparsed", replaced("2", "", "a.jsonl")),
    ("file-unparsed", replaced("A,-1", "A", "a.csv")),
    ("file-unparsed", replaced("</feed>", "", "feeds/atom.xml")),
    ("file-unparsed", replaced("<svg", "<!DOCTYPE svg><svg", "a.svg")),
    ("file-unparsed", replaced("title = {A", "title = {A}", "a.bib")),
    ("file-unparsed", replaced("TI  - A", "TI  - A\nB", "a.ris")),
    ("file-unparsed", added("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n")),
    ("file-unparsed", added("a.ics", b"BEGIN:VCALENDAR\r\n" + b"A:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n")),
    ("file-unparsed", added("a.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n")),
    ("file-unparsed", added("a.zip", b"PK")),
    ("file-unparsed", lambda folder: zipfile.ZipFile(folder / "a.zip", "w").writestr("../b.html", "B")),
    ("file-unparsed", added("a.sqlite", b"x" * 5000)),
    ("file-unparsed", added("a.txt", b"\xff")),
    ("file-unparsed", body('<script type="application/ld+json">{"name": "a"}</script>')),
    ("file-unparsed", body('<script type="application/ld+json">{</script>')),
    ("file-unparsed", body('<script type="application/ld+json">5</script>')),
    ("file-unparsed", body('<script type="application/ld+json">[5]</script>')),
    ("file-not-nfc", replaced("Chữ", "Chu\u031b\u0303")),
    ("file-invisible", replaced("Chữ", "Ch\u202eữ")),
    ("file-local-path", replaced("Chữ", "file:///a/b")),
    ("cell-formula", replaced("A,", "=1+1,", "a.csv")),
    ("cell-formula", replaced("A,", "@SUM(1),", "a.csv")),
    ("picture-metadata", added("a.jpg", b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00")),
    ("address-unknown", replaced("b.html", "c.html", "sitemap.xml")),
    ("address-unknown", replaced('href="https://so.example/kho/b', 'href="https://so.example/kho/c', "feeds/atom.xml")),
    ("address-unknown", replaced("sitemap.xml", "khac.xml", "robots.txt")),
    ("address-noindex", replaced("<title>", '<meta name="robots" content="noindex"><title>', "b.html")),
    ("feed-incomplete", replaced("<title>B</title>", "", "feeds/atom.xml")),
    ("feed-incomplete", replaced("+07:00", "", "feeds/atom.xml")),
    ("feed-incomplete", replaced("</feed>", FEED[FEED.index("<entry>") : FEED.index("</feed>")] + "</feed>", "feeds/atom.xml")),
    ("page-heavy", body("<p>" + "chữ " * 5000 + "</p>")),
    ("style-heavy", added("a.css", b"a" * (weights.MAX_STYLE + 1))),
    ("script-heavy", lambda folder: (body('<script src="a.js"></script>')(folder), added("a.js", b"a" * (weights.MAX_SCRIPT + 1))(folder))),
    ("view-heavy", lambda folder: (added("f.woff2", os.urandom(121 * 1024))(folder), replaced("a.svg", "f.woff2", "a.css")(folder))),
    ("search-heavy", added("tim-kiem/a.js", os.urandom(weights.MAX_SEARCH + 1))),
    ("picture-heavy", added("a.webp", b"x" * (weights.MAX_PICTURE + 1))),
    ("host-file-bytes", huge("a.bin", 26 * MB)),
    ("host-bytes", huge("a.bin", 1025 * MB)),
    ("file-name", added("hội-nghị.html.txt")),
    ("file-name", added("aux.txt")),
    ("file-name", added("a" * 150 + ".txt")),
    ("file-name-folded", added("A.css.txt")),
]


@pytest.mark.parametrize(("code", "change"), CHANGES, ids=[f"{n}-{code}" for n, (code, _) in enumerate(CHANGES)])
def test_one_change_gives_its_finding(code: str, change: Callable[[Path], None], folder: Path) -> None:
    if code == "file-name-folded":
        added("a.css.txt")(folder)
        if (folder / "A.css.txt").exists():  # this disk folds names itself: two such files cannot be
            assert [path for path in os.listdir(folder) if path.lower() == "a.css.txt"] == ["a.css.txt"]
            return
    assert code not in codes(folder)
    change(folder)
    assert code in codes(folder)


def test_too_many_files_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "HOSTS", (Host("Thử", 3, 10**12, 10**12), hosts.HOSTS[0]))
    (found,) = hosts.check(site.read(folder)).findings
    assert (found.code, found.weight, dict(found.values)["limit"]) == ("host-files", Weight.NOTE, "3")


def test_every_kind_of_finding_is_provoked() -> None:
    provoked = {code for code, _ in CHANGES} | IN_A_BROWSER | IN_OTHER_TESTS | {"host-files", "markup-invalid", "style-invalid"}
    assert provoked == set(MESSAGES)


@pytest.mark.parametrize(
    ("source", "weak"),
    [
        ("default-src 'none'; form-action 'self'; base-uri 'none'; img-src 'self' data:", []),
        ("default-src 'none'; form-action 'self'; base-uri 'none'; script-src data:", ["script-src data:"]),
        ("default-src 'none'; form-action *; base-uri 'none'", ["form-action *"]),
        ("", ["default-src *", "form-action *", "base-uri *"]),
        ("default-src 'none' https:; form-action 'none'; base-uri 'self'", ["default-src 'none' https:", "default-src https:"]),
    ],
)
def test_a_weak_policy_is_told_by_its_weak_parts(source: str, weak: list[str]) -> None:
    assert list(policy.weaknesses(source)) == weak


def test_kinds_of_pages_are_those_of_templates() -> None:
    paths = ["index.html", "ban-ghi/2030-a.html", "lich/2030.html", "lich/2030-q1.html", "nguoi-2.html", "cum/x-2.html"]
    assert [site.kind(path) for path in paths] == ["index", "ban-ghi", "lich/N", "lich/N-qN", "nguoi-N", "cum"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"type": "error", "url": "file:{root}/b.html", "lastLine": 7, "message": "Stray end tag."}, ("b.html", 7, "fault")),
        (
            {"type": "info", "subType": "warning", "url": "file:{root}/feeds/x%20y.html", "message": "Empty heading."},
            ("feeds/x y.html", 0, "fault"),
        ),
        ({"type": "info", "url": "file:{root}/b.html", "message": "Trailing slash."}, ("b.html", 0, "note")),
    ],
)
def test_what_the_nu_checker_says_is_placed(message: dict, expected: tuple, folder: Path) -> None:
    placed = {**message, "url": message["url"].format(root=folder.resolve().as_posix())}
    found = nu._finding(site.read(folder), placed, "markup-invalid")
    assert (found.path, found.line, found.weight.value) == expected and message["message"] in found.message()


def request(folder: Path, **named: object) -> command.Request:
    usual = {"folder": folder, "address": ADDRESS, "chromium": None, "with_nu": False, "cache": folder / ".cache"}
    return command.Request(**{**usual, **named})


def test_the_exit_status_and_the_json_tell_what_was_found(folder: Path) -> None:
    output = StringIO()
    assert command.run(request(folder, format="json"), str, output) == command.CLEAN
    assert all(group["findings"] == [] and group["looked_at"] for group in json.loads(output.getvalue()))
    replaced("b.html#muc", "c.html")(folder)
    output = StringIO()
    assert command.run(request(folder, format="json"), str, output) == command.FAULTS
    (found, unreached) = [found for group in json.loads(output.getvalue()) for found in group["findings"]]
    assert (found["path"], found["code"], found["values"]) == ("b.html", "page-unreached", {})
    assert (unreached["path"], unreached["line"], unreached["code"], unreached["weight"]) == ("index.html", 12, "link-broken", "fault")


def test_a_note_alone_is_no_fault(folder: Path) -> None:
    added("a.webp", b"x" * (weights.MAX_PICTURE + 1))(folder)
    output = StringIO()
    assert command.run(request(folder), str, output) == command.CLEAN
    assert re.search(r"^nhắc: a\.webp: .*\[picture-heavy\]$", output.getvalue(), re.MULTILINE)


def test_what_cannot_be_audited_says_so(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = StringIO()
    assert command.run(request(tmp_path / "khong-co"), str, StringIO(), told) == command.USAGE
    assert command.run(request(folder, format="xml"), str, StringIO(), told) == command.USAGE
    monkeypatch.setenv("PATH", "")
    assert command.run(request(folder, with_nu=True), str, StringIO(), told) == command.FAULTS
    assert re.search(r"khong-co.*\n.*xml.*\n.*Nu \(java\)", told.getvalue())


def test_a_checker_with_another_checksum_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "vnu.tgz"
    package.write_bytes(b"x")
    monkeypatch.setattr(nu, "SOURCE", package.as_uri())
    monkeypatch.setattr(nu.shutil, "which", lambda name: name)
    monkeypatch.delenv("VNU_JAR", raising=False)
    with pytest.raises(nu.NoChecker, match="SHA-256"):
        nu.ensure(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
