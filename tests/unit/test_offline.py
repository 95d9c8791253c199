"""The offline edition: the same from the same site, whole when unpacked, and honest about what changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import time
import tracemalloc
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from plugins import wording
from plugins.offline import NotAnEdition, bundle, command, faults, moment
from plugins.offline.bundling import read_manifest
from plugins.offline.contents import refuse_unsafe
from plugins.offline.manifest import CannotPack
from plugins.offline.shelf import NotAsListed, editions

RECORDS = "\ufeffkind,id,file,sha256\r\nmeeting,a,meetings/a.md,aa\r\nperson,b,people/b.md,bb\r\n"


def site(folder: Path, **more: str | bytes) -> Path:
    """A small finished site; ``more`` are files whose names have / for __ and . for the last _."""
    files: dict[str, str | bytes] = {
        "index.html": "<!doctype html>",
        "du-lieu/records.csv": RECORDS,
        "du-lieu/datapackage.json": json.dumps({"name": "so-giao-ban", "title": "Sổ Giao Ban", "version": "2025-11-20"}),
        "ban-ghi/a.html": "A" * 5000,
        **{name.replace("__", "/"): content for name, content in more.items()},
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def unpacked(file: Path, folder: Path) -> Path:
    """As a reader without any program but Python unpacks it; the one folder that lies in it."""
    subprocess.run([sys.executable, "-m", "zipfile", "-e", file, folder], check=True)
    (inside,) = folder.iterdir()
    return inside


def test_unpacked_it_is_the_site_and_says_what_it_is(tmp_path: Path) -> None:
    made = bundle(site(tmp_path / "output"), tmp_path / "dist")
    assert made.file.parent == tmp_path / "dist" and re.fullmatch(r"so-giao-ban-2025-11-20-[0-9a-f]{8}\.zip", made.name)
    inside = unpacked(made.file, tmp_path / "reader")
    assert inside.name == made.file.stem
    for path in ("index.html", "ban-ghi/a.html", "du-lieu/records.csv"):
        assert (inside / path).read_bytes() == (tmp_path / "output" / path).read_bytes()
    assert "2025-11-20" in (inside / "DOC-TRUOC.txt").read_text(encoding="utf-8-sig")
    assert (made.size, made.sha256) == (made.file.stat().st_size, hashlib.sha256(made.file.read_bytes()).hexdigest())


def test_the_manifest_names_every_file_and_every_record(tmp_path: Path) -> None:
    made = bundle(site(tmp_path / "output"), tmp_path / "dist")
    inside = unpacked(made.file, tmp_path / "reader")
    told = json.loads((inside / "MANIFEST.json").read_text(encoding="utf-8"))
    assert {one["record"]: one["sha256"] for one in told["records"]} == {"meeting/a": "aa", "person/b": "bb"}
    own = {"MANIFEST.json", "SHA256SUMS", "DOC-TRUOC.txt"}
    actual = {path.relative_to(inside).as_posix(): path.read_bytes() for path in inside.rglob("*") if path.is_file()}
    assert {one["path"]: (one["bytes"], one["sha256"]) for one in told["files"]} == {
        path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in actual.items() if path not in own
    }
    sums = dict(reversed(line.split("  ")) for line in (inside / "SHA256SUMS").read_text().splitlines())
    assert sums == {one["path"]: one["sha256"] for one in told["files"]}


def test_the_same_site_gives_the_same_bytes_whenever_and_by_whomever_it_was_built(tmp_path: Path) -> None:
    first = bundle(site(tmp_path / "one"), tmp_path / "dist-1")
    other = site(tmp_path / "two")
    for path in [*other.rglob("*")]:
        os.utime(path, (time.time() - 10**6, 10**9))
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert bundle(other, tmp_path / "dist-2").sha256 == first.sha256


def test_entries_are_sorted_plain_and_without_a_clock(tmp_path: Path) -> None:
    picture = os.urandom(4000)
    made = bundle(site(tmp_path / "output", **{"anh__0af-480.webp": picture}), tmp_path / "dist")
    with zipfile.ZipFile(made.file) as opened:
        entries = opened.infolist()
        assert opened.testzip() is None
    names = [entry.filename.partition("/")[2] for entry in entries]
    own = [name for name in names if name.isupper() or name.endswith(".txt") or name == "MANIFEST.json"]
    assert names[len(own) :] == sorted(names[len(own) :])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {stat.S_IMODE(entry.external_attr >> 16) for entry in entries} == {0o644}
    kinds = {entry.filename.rpartition(".")[2]: entry.compress_type for entry in entries}
    assert (kinds["webp"], kinds["html"]) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    size = 20_000_000
    output = site(tmp_path / "output", **{"du-lieu__a.csv": os.urandom(1000) * (size // 1000), "anh__0af-480.webp": os.urandom(size)})
    tracemalloc.start()
    made = bundle(output, tmp_path / "dist")
    editions(tmp_path / "dist")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.size > size and peak < size / 2


def test_neither_the_builders_marker_nor_other_editions_are_packed(tmp_path: Path) -> None:
    made = bundle(site(tmp_path / "output", **{".sogiaoban": "x", "tai-ve__old.zip": b"PK"}), tmp_path / "dist")
    with zipfile.ZipFile(made.file) as opened:
        assert not [name for name in opened.namelist() if "sogiaoban" in name or "tai-ve" in name]


@pytest.mark.parametrize(
    "name", ["cum/aux.html", "CON", "com1.txt", "a b.html", "ngưỡng.html", "a:b", "a\\b", "x.", "../x", "a" * 181, ".x"]
)
def test_a_name_that_some_system_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(CannotPack, match="có hệ thống không nhận tên tệp"):
        refuse_unsafe([name])


def test_names_that_differ_in_capitals_only_are_refused() -> None:
    with pytest.raises(CannotPack, match=r"a/b\.html và a/B\.html trùng tên"):
        refuse_unsafe(["a/B.html", "a/b.html"])


def test_changes_since_an_earlier_edition_are_told_by_record_and_by_file(tmp_path: Path) -> None:
    old = bundle(site(tmp_path / "old"), tmp_path / "dist-1")
    new_records = "\ufeffkind,id,file,sha256\r\nmeeting,a,meetings/a.md,a2\r\nmeeting,c,meetings/c.md,cc\r\n"
    new_site = site(tmp_path / "new", **{"du-lieu__records.csv": new_records, "ban-ghi__c.html": "C"})
    made = bundle(new_site, tmp_path / "dist-2", previous=old.file)
    assert made.changes is not None and made.changes.since == old.edition != made.edition
    assert (made.changes.records.added, made.changes.records.changed, made.changes.records.removed) == (
        ("meeting/c",),
        ("meeting/a",),
        ("person/b",),
    )
    assert (made.changes.files.added, made.changes.files.changed) == (("ban-ghi/c.html",), ("du-lieu/records.csv",))
    inside = unpacked(made.file, tmp_path / "reader")
    assert "meeting/c" in (inside / "THAY-DOI.txt").read_text(encoding="utf-8-sig")
    assert json.loads((inside / "CHANGES.json").read_text(encoding="utf-8"))["records"]["removed"] == ["person/b"]


def test_without_an_edition_the_content_itself_numbers_it(tmp_path: Path) -> None:
    package = json.dumps({"name": "so", "title": "Sổ"})
    one = bundle(site(tmp_path / "a", **{"du-lieu__datapackage.json": package}), tmp_path / "dist")
    same = bundle(site(tmp_path / "b", **{"du-lieu__datapackage.json": package}), tmp_path / "dist")
    other = bundle(site(tmp_path / "c", **{"du-lieu__datapackage.json": package, "x.html": "x"}), tmp_path / "dist")
    assert one.edition == same.edition != other.edition and len(one.edition) == 12


def test_two_sites_of_one_day_make_two_editions_and_the_later_one_is_offered(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    sites = [site(tmp_path / str(number), **{"x.html": f"<p>{number}"}) for number in range(4)]
    made = [bundle(one, dist) for one in sites]
    assert len({one.name for one in made}) == 4 and all(faults(unpacked(one.file, tmp_path / one.name)) == [] for one in made)
    assert [one.name for one in editions(dist)] == [made[-1].name]
    bundle(sites[0], dist)
    assert [one.name for one in editions(dist)] == [made[0].name]


def test_an_edition_of_an_earlier_day_that_is_made_again_is_not_the_newest(tmp_path: Path) -> None:
    earlier = json.dumps({"name": "so-giao-ban", "title": "Sổ Giao Ban", "version": "2024-01-02"})
    new, dist = bundle(site(tmp_path / "new"), tmp_path / "dist"), tmp_path / "dist"
    bundle(site(tmp_path / "old", **{"du-lieu__datapackage.json": earlier}), dist)
    assert [one.name for one in editions(dist)] == [new.name]


def test_the_light_edition_has_every_name_and_small_pictures_only(tmp_path: Path) -> None:
    pictures = {
        "anh__0af-480.webp": b"small",
        "anh__0af-1280.webp": b"large" * 100,
        "anh__0af-480.jpg": b"SMALL",
        "anh__0af-1280.jpg": b"LARGE" * 100,
    }
    output = site(tmp_path / "output", **pictures)
    whole, light = bundle(output, tmp_path / "dist"), bundle(output, tmp_path / "dist", without_large_images=True)
    assert light.file != whole.file and light.edition == whole.edition and light.size < whole.size and light.without_large_images
    inside = unpacked(light.file, tmp_path / "reader")
    assert (inside / "anh/0af-1280.webp").read_bytes() == b"small" and (inside / "anh/0af-1280.jpg").read_bytes() == b"SMALL"
    assert faults(inside) == []


def test_a_damaged_copy_is_found_out(tmp_path: Path) -> None:
    inside = unpacked(bundle(site(tmp_path / "output"), tmp_path / "dist").file, tmp_path / "reader")
    assert faults(inside) == []
    (inside / "index.html").write_bytes(b"<!doctype htm>")
    (inside / "ban-ghi/a.html").unlink()
    assert faults(inside) == ["ban-ghi/a.html", "index.html"]


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"no zip at all"])
def test_what_is_no_edition_is_refused_as_an_earlier_one(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(NotAnEdition):
        read_manifest(tmp_path / "x.zip")


def test_what_is_no_site_is_refused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotAnEdition, match=r"index\.html"):
        bundle(tmp_path / "empty", tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_site_finds_the_editions_that_were_made_whole_one_first(tmp_path: Path) -> None:
    output, dist = site(tmp_path / "output"), tmp_path / "dist"
    light, whole = bundle(output, dist, without_large_images=True), bundle(output, dist)
    found = editions(dist)
    assert [(one.path, one.size, one.sha256) for one in found] == [(f"tai-ve/{one.name}", one.size, one.sha256) for one in (whole, light)]


def test_an_edition_that_was_altered_or_lost_is_refused_until_it_is_packed_again(tmp_path: Path) -> None:
    output, dist = site(tmp_path / "output"), tmp_path / "dist"
    made = bundle(output, dist)
    made.file.write_bytes(made.file.read_bytes()[:-1])
    with pytest.raises(NotAsListed, match=f"bản gói {re.escape(str(made.file))} đã bị sửa hoặc hỏng"):
        editions(dist)
    made.file.unlink()
    with pytest.raises(NotAsListed, match=f"thiếu bản gói {re.escape(str(made.file))}"):
        editions(dist)
    bundle(output, dist)
    assert [one.sha256 for one in editions(dist)] == [made.sha256]


@pytest.mark.parametrize("text", ["[{", '[{"name": "a.zip"}]', "7", "\udcff"])
def test_a_list_of_editions_that_cannot_be_read_is_named_before_anything_is_packed(text: str, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "editions.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    for ask in (lambda: editions(dist), lambda: bundle(site(tmp_path / "output"), dist)):
        with pytest.raises(CannotPack, match=r"không đọc được danh mục các bản gói .*editions\.json"):
            ask()
    assert [path.name for path in dist.iterdir()] == ["editions.json"]


def test_a_folder_without_editions_offers_none(tmp_path: Path) -> None:
    assert editions(tmp_path) == ()


def test_a_commit_gives_its_own_date_unless_another_is_asked_for(tmp_path: Path) -> None:
    assert moment.source_date(tmp_path, {"SOURCE_DATE_EPOCH": "86400"}) == "86400"
    assert moment.source_date(tmp_path, {}) == ""
    identity = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
    }
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", "-C", tmp_path, *arguments], check=True, env={**os.environ, **identity})
    assert moment.source_date(tmp_path, {}) == "1700000000"


def test_the_command_says_what_it_packed_or_why_it_did_not(tmp_path: Path) -> None:
    said, faulted = StringIO(), StringIO()
    output = site(tmp_path / "output")
    assert command.run(output, tmp_path / "dist", None, False, str, said, faulted) == 0
    (made,) = (tmp_path / "dist").glob("*.zip")
    assert made.name in said.getvalue() and hashlib.sha256(made.read_bytes()).hexdigest() in said.getvalue()
    assert command.run(output, tmp_path / "dist", tmp_path / "none.zip", False, str, said, faulted) == 1
    assert faulted.getvalue() == f"chưa gói được: không có tệp {tmp_path / 'none.zip'}\n" == command.fault(tmp_path / "none.zip", str) + "\n"
    assert command.fault(made, str) == ""
    assert command.run(output, made, None, False, str, said, faulted) == 1
    assert faulted.getvalue().endswith(f"chưa gói được: không ghi được vào {made} (File exists)\n")


def test_what_cannot_be_packed_is_told_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip at all")
    english = wording.translations("en").gettext
    assert command.fault(tmp_path / "x.zip", english) == f"not packed: {tmp_path / 'x.zip'} is no edition of an archive (File is not a zip file)"
    with pytest.raises(CannotPack) as refused:
        refuse_unsafe(["a.html", "A.html"])
    assert refused.value.render() == "A.html và a.html trùng tên trên hệ thống không phân biệt hoa thường"
    assert refused.value.render(english) == "A.html and a.html have one name where capitals do not count"
