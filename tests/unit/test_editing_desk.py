"""The desk behind the form: what it does to the files, and whom it turns away."""

from __future__ import annotations

import base64
import http.client
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.editing.edit import DeskServer, edit
from plugins.editing.merging import for_form, from_form
from plugins.editing.working_tree import Refused, WorkingTree

SOUND = "---\ntitle: Giao ban\ndate: 2031-02-01\n---\nBài.\n"
SHORT = """\
---
title: Giao ban  # nhan đề
date: 2030-04-18
chairs: TS. Lê Thử – Chủ tịch; Hội Thử
sources: https://vi-du.example/bai
notes: Một ghi chú; một câu.
---

Bài  thử.
"""


@pytest.fixture
def tree(small_archive: Path) -> WorkingTree:
    return WorkingTree(small_archive)


def persist(tree: WorkingTree, path: str, raw: str, *assets: dict[str, str]) -> None:
    tree.answer("persistEntry", {"branch": "master", "dataFiles": [{"path": path, "raw": raw, "slug": "x"}], "assets": list(assets), "options": {}})


# What a form gets and gives


def test_the_form_gets_short_forms_written_out() -> None:
    shown = for_form(SHORT, "meetings")
    assert "chairs:\n  - name: Lê Thử\n    honorific: TS.\n    role: Chủ tịch\n  - organization:\n      - Hội Thử\n" in shown
    assert "sources:\n  - url: https://vi-du.example/bai\n" in shown and "notes:\n  - text: Một ghi chú; một câu.\n" in shown


def test_what_comes_back_unchanged_changes_no_byte() -> None:
    assert from_form(for_form(SHORT, "meetings"), "meetings", SHORT) == SHORT


def test_a_changed_field_is_written_anew_and_the_rest_stays() -> None:
    back = from_form(for_form(SHORT, "meetings").replace("role: Chủ tịch", "role: Phó Chủ tịch"), "meetings", SHORT)
    changed = "chairs:\n  - name: Lê Thử\n    honorific: TS.\n    role: Phó Chủ tịch\n  - organization: Hội Thử\n"
    assert back == SHORT.replace("chairs: TS. Lê Thử – Chủ tịch; Hội Thử\n", changed)


def test_a_field_emptied_in_the_form_leaves_the_file() -> None:
    back = from_form(for_form(SHORT, "meetings").replace("notes:\n  - text: Một ghi chú; một câu.\n", "notes: []\nvenue: ''\n"), "meetings", SHORT)
    assert back == SHORT.replace("notes: Một ghi chú; một câu.\n", "")


def test_every_record_of_this_repository_survives_the_form(root: Path) -> None:
    content = root / "content"
    files = [file for file in content.rglob("*.md") if file.relative_to(content).parts[0] != "images"]
    assert files
    for file in files:
        folder, source = file.relative_to(content).parts[0], file.read_text(encoding="utf-8")
        assert from_form(for_form(source, folder), folder, source) == source, file


def test_a_broken_record_reaches_the_form_as_it_is() -> None:
    broken = "---\ntitle: Giao ban\ndate: mai\n---\n"
    assert for_form(broken, "meetings") == broken


# What is written


def test_a_sound_record_is_saved(tree: WorkingTree, small_archive: Path) -> None:
    persist(tree, "content/meetings/2031/2031-02-01-giao-ban.md", SOUND)
    assert (small_archive / "meetings/2031/2031-02-01-giao-ban.md").read_text(encoding="utf-8") == SOUND
    (entry,) = [e for e in tree.answer("entriesByFolder", {"folder": "content/meetings", "extension": "md", "depth": 2}) if "2031" in e["file"]["path"]]
    assert entry["data"] == SOUND


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("date: 2031-02-30", "date: «2031-02-30» không phải là ngày"),
        ("date: 2031\ncluster: khong-co", "cluster: không có cụm «khong-co»"),
        ("date: 2031\ntitel: x", "titel: không có trường «titel»; gần nhất: title"),
    ],
)
def test_a_record_with_an_error_is_refused_with_its_reason(tree: WorkingTree, small_archive: Path, wrong: str, told: str) -> None:
    before = sorted(small_archive.rglob("*.md"))
    with pytest.raises(Refused, match="chưa lưu được") as refused:
        persist(tree, "content/meetings/2031/x.md", SOUND.replace("date: 2031-02-01", wrong))
    assert told in str(refused.value) and sorted(small_archive.rglob("*.md")) == before


def test_a_second_record_of_one_cluster_is_refused_whichever_file_comes_first(tree: WorkingTree, small_archive: Path) -> None:
    cluster = "---\nowner: Liên hiệp hội Sông Mây\nkind: cụm\nnumber: 1\n---\n"
    persist(tree, "content/clusters/b.md", cluster)
    for name in ("a", "c"):
        with pytest.raises(Refused, match=r"«Cụm thi đua số 1, Liên hiệp hội Sông Mây» đã có ở content/clusters/b\.md"):
            persist(tree, f"content/clusters/{name}.md", cluster)
    assert [file.name for file in (small_archive / "clusters").iterdir()] == ["b.md"]


def test_a_refused_change_leaves_the_old_file_byte_for_byte(tree: WorkingTree, small_archive: Path) -> None:
    (file,) = small_archive.glob("meetings/2030/*.md")
    before = file.read_bytes()
    with pytest.raises(Refused):
        persist(tree, f"content/meetings/2030/{file.name}", SOUND.replace("2031-02-01", "không rõ"))
    assert file.read_bytes() == before


def test_a_picture_is_saved_beside_no_other_of_its_name(tree: WorkingTree, small_archive: Path) -> None:
    asset = {"path": "content/images/a.png", "content": base64.b64encode(b"one").decode(), "encoding": "base64"}
    assert tree.answer("persistMedia", {"asset": asset})["content"] == asset["content"]
    with pytest.raises(Refused, match="đã có ảnh khác"):
        tree.answer("persistMedia", {"asset": {**asset, "content": base64.b64encode(b"two").decode()}})
    with pytest.raises(Refused, match="bị hỏng"):
        tree.answer("persistMedia", {"asset": {**asset, "path": "content/images/b.png", "content": "?"}})
    assert [file.name for file in (small_archive / "images").iterdir()] == ["a.png"]


def test_a_person_is_made_from_a_name_once(tree: WorkingTree, small_archive: Path) -> None:
    assert tree.answer("createRecord", {"folder": "people", "name": " Đỗ  Thử: Ẩn "})["id"] == "do-thu-an"
    assert (small_archive / "people/do-thu-an.md").read_text(encoding="utf-8") == "---\nname: 'Đỗ Thử: Ẩn'\n---\n"
    with pytest.raises(Refused, match="đã có hồ sơ do-thu-an"):
        tree.answer("createRecord", {"folder": "people", "name": "Đỗ Thử Ẩn"})
    for folder, name in (("meetings", "A"), ("../people", "A"), ("people", "…"), ("people", "con")):
        with pytest.raises(Refused, match="không lập được"):
            tree.answer("createRecord", {"folder": folder, "name": name})


@pytest.mark.parametrize(
    "path",
    [
        "content/meetings/../../x.md", "/etc/passwd", "content", "other/meetings/x.md", "content/x.md",
        "content/images/x.md", "content/meetings/x.txt", "content/.git/x.md", "content/meetings/.x.md", "content\\meetings\\x.md",
        "content/meetings/C:x.md", "content/meetings/x\0.md", "",
    ],
)  # fmt: skip
def test_nothing_outside_the_records_is_read_or_written(tree: WorkingTree, tmp_path: Path, path: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    for action, parameters in (("getEntry", {"path": path}), ("persistEntry", {"dataFiles": [{"path": path, "raw": SOUND}], "assets": []})):
        with pytest.raises(Refused) as refused:
            tree.answer(action, parameters)
        assert refused.value.status == 403
    assert sorted(tmp_path.rglob("*")) == before


if hasattr(os, "symlink") and os.name == "posix":

    def test_a_link_does_not_lead_out(tree: WorkingTree, small_archive: Path, tmp_path: Path) -> None:
        (tmp_path / "outside").mkdir()
        (small_archive / "meetings" / "out").symlink_to(tmp_path / "outside")
        with pytest.raises(Refused):
            persist(tree, "content/meetings/out/x.md", SOUND)
        assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("action", "parameters", "status"),
    [
        ("deleteFile", {"path": "content/meetings/x.md"}, 403),
        ("deleteFiles", {"paths": []}, 403),
        ("eval", {}, 404),
        ("getEntry", {}, 400),
        ("persistEntry", {"dataFiles": [{}], "assets": []}, 400),
        ("getEntry", {"path": "content/meetings/none.md"}, 404),
        ("getEntry", {"path": 5}, 400),
    ],
)
def test_what_cannot_be_answered_is_refused(tree: WorkingTree, action: str, parameters: dict[str, Any], status: int) -> None:
    with pytest.raises(Refused) as refused:
        tree.answer(action, parameters)
    assert refused.value.status == status


# Who may ask


@pytest.fixture
def server(small_archive: Path) -> Iterator[DeskServer]:
    made = DeskServer(small_archive)
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(server: DeskServer, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8")


def test_the_form_and_its_parts_are_served(server: DeskServer) -> None:
    base = f"/{server.secret}/"
    assert ask(server, "GET", base)[0] == 200
    config = json.loads(ask(server, "GET", f"{base}config.yml")[1])
    assert config["backend"] == {"name": "proxy", "proxy_url": f"{base}api/v1"}
    names = json.loads(ask(server, "GET", f"{base}names.json")[1])
    assert [person["name"] for person in names["people"]] == ["Phạm Thử An"]
    info = ask(server, "POST", f"{base}api/v1", '{"action": "info"}', Origin=server.origin, Content_Type="application/json")
    assert info[0] == 200 and json.loads(info[1])["type"] == "local_fs"


@pytest.mark.parametrize("path", ["/", "/index.html", "/x/", "/{secret}", "/{secret}/../edit.py", "/{secret}/../../archive/text.py", "/{secret}/none.js"])
def test_without_the_secret_or_outside_the_form_there_is_nothing(server: DeskServer, path: str) -> None:
    assert ask(server, "GET", path.format(secret=server.secret))[0] == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://vi-du.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"Host": "vi-du.example"}, 404),
    ],
)
def test_another_site_in_the_same_browser_is_turned_away(server: DeskServer, headers: dict[str, str], status: int) -> None:
    sound = {"Origin": server.origin, "Content_Type": "application/json"} if headers else {}
    body = json.dumps({"action": "createRecord", "params": {"folder": "people", "name": "Kẻ Lạ"}})
    assert ask(server, "POST", f"/{server.secret}/api/v1", body, **{**sound, **headers})[0] == status
    assert not list(server.RequestHandlerClass.keywords["tree"]._content.rglob("ke-la.md"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', '{"action": 1}', '{"params": {}}', '{"action": "info", "params": [1]}'])
def test_a_malformed_request_is_told_so(server: DeskServer, body: str) -> None:
    status, _ = ask(server, "POST", f"/{server.secret}/api/v1", body, Origin=server.origin, Content_Type="application/json")
    assert status in (400, 404)


def test_a_port_in_use_is_named(server: DeskServer, small_archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert edit(small_archive, server.server_port, str, sys.stdout, open_browser=False) == 2
    assert f"cổng {server.server_port} đang bận; thử --port {server.server_port + 1}" in capsys.readouterr().out
