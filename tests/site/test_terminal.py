"""``new`` in a real terminal: questions, completion from the archive, an answer refused and given again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\r\x07]")
_PATIENCE = 120
"""Seconds until a program that says nothing is taken for dead."""
CLUSTER = "---\nowner: Liên hiệp hội Sông Mây\nkind: cụm\nnumber: 1\n---\n"

# Python can open a terminal like this on POSIX only.
if os.name == "posix":
    import fcntl
    import pty
    import select
    import struct
    import termios

    class Screen:
        """A program in a terminal of 100 columns: what it shows, and keys for it."""

        def __init__(self, master: int) -> None:
            self._master, self._seen = master, ""

        def read_until(self, text: str) -> None:
            """Waits until ``text`` is shown, after what was waited for before."""
            until = time.monotonic() + _PATIENCE
            while text not in self._seen:
                assert time.monotonic() < until, f"{text!r} is not shown: {self._seen!r}"
                if select.select([self._master], [], [], 1)[0]:
                    self._take(os.read(self._master, 65536).decode("utf-8", "replace"))
            self._seen = self._seen.partition(text)[2]

        def _take(self, shown: str) -> None:
            for _ in range(shown.count("\x1b[6n")):  # "where is the cursor?": a terminal answers
                self.type("\x1b[1;1R")
            self._seen += _CONTROL.sub("", shown)

        def type(self, keys: str) -> None:
            os.write(self._master, keys.encode("utf-8"))

    @contextmanager
    def terminal(*command: str | Path) -> Iterator[tuple[Screen, subprocess.Popen[bytes]]]:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        settled = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}
        process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=settled, start_new_session=True)
        os.close(slave)
        try:
            yield Screen(master), process
        finally:
            process.kill()
            process.wait()
            os.close(master)

    def test_a_meeting_is_asked_for_with_names_completed_from_the_archive(root: Path, small_archive: Path) -> None:
        (small_archive / "clusters").mkdir()
        (small_archive / "clusters" / "song-may-cum-1.md").write_text(CLUSTER, encoding="utf-8", newline="\n")
        start = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:])"
        with terminal(sys.executable, "-c", start, root, "new", "meeting", "--content", small_archive) as (screen, process):
            screen.read_until("Nhan đề *:")
            screen.type("Họp cụm\r")
            screen.read_until("Ngày * (2025-10-09):")
            screen.type("30/2/2031\r")
            screen.read_until("«30/2/2031» không phải là ngày")
            screen.type("18/4/2031\r")
            screen.read_until("cả ngày):")
            screen.type("ch")
            screen.read_until("chiều")
            screen.type("\t\r")
            screen.read_until("khác):")
            screen.type("\r")
            screen.read_until("Cụm:")
            screen.type("song")  # anything in the name, without its marks
            screen.read_until("song-may-cum-1")
            screen.type("\t\r")
            screen.read_until("Chủ trì:")
            screen.type("pham")
            screen.read_until("Phạm Thử An")
            screen.type("\t\r")
            for asked in ("Đơn vị đăng cai:", "Địa điểm:", "Tỉnh", "Nguồn:", "Tóm tắt:", "Tên tệp (Enter: 2031-04-18-hop-cum):"):
                screen.read_until(asked)
                screen.type("\r")
            screen.read_until("đã ghi")
            assert process.wait(_PATIENCE) == 0
        assert (small_archive / "meetings" / "2031" / "2031-04-18-hop-cum.md").read_text(encoding="utf-8") == (
            "---\ntitle: Họp cụm\ndate: 2031-04-18\nsession: chiều\ncluster: song-may-cum-1\nchairs: Phạm Thử An\n---\nViết bài ở đây.\n"
        )

    def test_an_editor_who_gives_up_leaves_no_file(root: Path, small_archive: Path) -> None:
        start = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; tasks.main(sys.argv[2:])"
        with terminal(sys.executable, "-c", start, root, "new", "person", "--content", small_archive) as (screen, process):
            screen.read_until("Tên *:")
            screen.type("Lê Thử\r")
            screen.read_until("Cách viết khác:")
            screen.type("\x03")
            screen.read_until("đã thôi; chưa ghi gì")
            assert process.wait(_PATIENCE) == 1
        assert not (small_archive / "people").exists()
