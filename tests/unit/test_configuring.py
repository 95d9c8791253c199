"""What is wrong with a settings file is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.building.configuring import settings
from plugins.building.outcome import UsageError
from plugins.building.request import Request

SOUND = 'PATH = "content"\nOUTPUT_PATH = "output"\nTHEME = "theme"\n_EIGEN = 1\nname = 2\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "theme").mkdir()
    path = tmp_path / "conf.py"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_names_in_capitals_and_what_was_asked_for_are_settings(file: Path) -> None:
    assert settings(Request(settings=file, language="en")) == {
        "PATH": "content", "OUTPUT_PATH": "output", "THEME": "theme", "DEFAULT_LANG": "en", "LOCALE": ["C"], "_EIGEN": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SOUND + "X = (\n", "conf.py:6: tệp cài đặt có lỗi: SyntaxError: '(' was never closed"),
        (SOUND + "\nX = nowhere\n", "conf.py:7: tệp cài đặt có lỗi: NameError: name 'nowhere' is not defined"),
        (SOUND + "import json\nX = json.loads('?')\n", "conf.py:7: tệp cài đặt có lỗi: json.decoder.JSONDecodeError: Expecting value"),
        (SOUND + "from pathlib import Path\nX = Path('/nowhere').read_text()\n", "conf.py:7: tệp cài đặt có lỗi: FileNotFoundError"),
        (SOUND.replace("THEME", "Theme"), "conf.py: tệp cài đặt thiếu THEME"),
        (SOUND.replace('"output"', '""'), "conf.py: tệp cài đặt thiếu OUTPUT_PATH"),
        (SOUND.replace('"theme"', '"elsewhere"'), "conf.py: không có thư mục giao diện {folder}/elsewhere (THEME)"),
    ],
)
def test_a_fault_in_the_file_is_said_with_its_place(text: str, said: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="^" + re.escape(f"{file.parent / said.format(folder=file.parent)}")):
        settings(Request(settings=file))


def test_a_file_that_is_not_there_or_not_text_is_named(file: Path) -> None:
    with pytest.raises(UsageError, match=r"^không đọc được tệp cài đặt .*nowhere\.py \(No such file"):
        settings(Request(settings=file.with_name("nowhere.py")))
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="SyntaxError"):
        settings(Request(settings=file))


def test_what_another_file_beside_it_does_is_told_of_that_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(file.parent))
    file.with_name("more_of_conf.py").write_text("\n\n1 / 0\n", encoding="utf-8")
    file.write_text("from more_of_conf import *\n", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(f"{file.with_name('more_of_conf.py')}:3: ")):
        settings(Request(settings=file))
