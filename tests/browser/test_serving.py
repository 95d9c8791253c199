"""`serve` as the one who edits sees it: the page follows the file, and a fault shows on the page."""

from __future__ import annotations

import http.client
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"
START = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:])"
PATIENCE = 60


@pytest.fixture
def address(root: Path, small_archive: Path, tmp_path: Path) -> Iterator[str]:
    """Where `serve` shows the small archive; port 0 lets the system choose."""
    arguments = ["serve", "--port", "0", "--no-browser", "--content", str(small_archive), "--output", str(tmp_path / "output")]
    command = [sys.executable, "-c", START, str(root), *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, encoding="utf-8") as process:
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in process.stderr], daemon=True).start()
        yield _address(lines)
        process.terminate()


def _address(lines: queue.Queue[str]) -> str:
    heard = []
    while True:
        try:
            heard.append(lines.get(timeout=PATIENCE))
        except queue.Empty:
            raise AssertionError("serve said no address:\n" + "".join(heard)) from None
        found = re.search(r"http://127\.0\.0\.1:\d+/", heard[-1])
        if found:
            return found[0]


def replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_page_follows_the_file_and_a_fault_shows_until_it_is_mended(address: str, browser: Browser, small_archive: Path) -> None:
    page = browser.new_page()
    page.goto(address + "ban-ghi/2030-04-18-giao-ban-song-may.html")
    expect(page.locator("h1")).to_have_text("Giao ban quý II tại Sông Mây")

    replace(small_archive / MEETING, "Giao ban quý II tại", "Giao ban đầu hè tại")
    expect(page.locator("h1")).to_have_text("Giao ban đầu hè tại Sông Mây", timeout=PATIENCE * 1000)

    replace(small_archive / MEETING, "date: 2030-04-18", "date: 18/4/2030")
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("«18/4/2030» không phải là ngày", timeout=PATIENCE * 1000)
    expect(page.locator("h1")).to_have_text("Giao ban đầu hè tại Sông Mây")

    replace(small_archive / MEETING, "date: 18/4/2030", "date: 2030-04-18")
    expect(fault).to_have_count(0, timeout=PATIENCE * 1000)
    page.close()


def get(address: str, path: str, host: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8")


def test_server_answers_this_machine_only_and_leaves_the_built_files_alone(address: str, tmp_path: Path) -> None:
    status, body = get(address, "/index.html")
    assert (status, "/.sogiaoban/serve.js" in body) == (200, True)
    assert "/.sogiaoban/" not in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")
    assert get(address, "/index.html", host="evil.example.org")[0] == 403
    status, body = get(address, "/khong-co.html")
    assert (status, "<h1" in body) == (404, True)
    assert get(address, "/.sogiaoban/../../tasks.py")[0] == 404
