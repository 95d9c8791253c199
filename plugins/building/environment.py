"""Makes the project's own environment, ``.venv``, on a machine that has Python and nothing else, and goes on inside it.

Imports the standard library only: nothing is installed yet. Speaks both languages, since no catalogue can be read yet.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from . import locking

_FOLDER = ".venv"
_STAMP = "requirements.sha256"

_INSTALLING = """\
Cài các thư viện vào {folder} (lần đầu, hoặc khi requirements.txt đổi; cần mạng, mất vài phút)...
Installing the libraries into {folder} (the first time, or when requirements.txt changes; needs the network, takes minutes)..."""
_NO_VENV = """\
Python này thiếu venv. Trên Debian, Ubuntu: sudo apt install python3-venv; nơi khác: cài lại Python từ https://www.python.org/
This Python lacks venv. On Debian, Ubuntu: sudo apt install python3-venv; elsewhere: install Python from https://www.python.org/"""
_FAILED = """\
Không cài được các thư viện (xem các dòng trên). Kiểm tra mạng và phiên bản Python (dùng được 3.11 đến 3.14) rồi chạy lại: lần sau
bắt đầu lại từ đầu, không hỏng gì.
The libraries could not be installed (see above). Check the network and the version of Python (3.11 to 3.14 will do) and run again:
the next run starts afresh, nothing is broken."""
_BUSY = """\
Một lệnh khác đang cài các thư viện; đợi nó xong rồi chạy lại.
Another command is installing the libraries; wait until it is done and run again."""


def enter(root: Path, script: Path, arguments: list[str]) -> None:
    """Returns inside the environment; outside, makes it where needed, runs ``script`` again in it and ends with its status."""
    _speak_utf8()
    folder = root / _FOLDER
    inside = Path(sys.prefix).resolve() == folder.resolve()
    if not is_current(root):
        _install(root, inside)
    if not inside:
        _run_again(folder, script, arguments)
    _compile_once(folder)


def is_current(root: Path) -> bool:
    """True where the environment holds what requirements.txt asks for."""
    stamp = root / _FOLDER / _STAMP
    return _python(root / _FOLDER).exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(root)


def _digest(root: Path) -> str:
    text = (root / "requirements.txt").read_text(encoding="utf-8")  # as text: a checkout with CRLF asks for the same
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install(root: Path, inside: bool) -> None:
    """From scratch, so that an interrupted installation or an older one leaves no trace; the stamp comes last."""
    import subprocess  # here and below: a command that finds all installed need not wait for what installs
    import venv

    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(_NO_VENV)
    folder = root / _FOLDER
    _say(_INSTALLING.format(folder=_FOLDER))
    try:
        with locking.lock(root / f"{_FOLDER}.lock"):
            if not inside:  # the Python that is running cannot delete itself on Windows
                venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(folder)
            _install_requirements(folder, root / "requirements.txt")
            (folder / _STAMP).write_text(_digest(root), encoding="ascii")
    except locking.Held:
        sys.exit(_BUSY)
    except subprocess.CalledProcessError:
        sys.exit(_FAILED)


def _install_requirements(folder: Path, requirements: Path) -> None:
    import subprocess

    (folder / _STAMP).unlink(missing_ok=True)
    # Wheels only: what was built and checked by its makers, never code run while installing.
    safely = ["--require-hashes", "--only-binary=:all:", "--disable-pip-version-check"]
    subprocess.run([_python(folder), "-m", "pip", "install", *safely, "-r", requirements], check=True, stdout=sys.stderr)


def surroundings(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment variables for a Python that runs in the environment at ``folder``."""
    # UTF-8 whatever the machine's own encoding is, or Vietnamese could not be printed on Windows. Pydantic has no plugins here, and would
    # look for some in every package.
    made = {**given, "PYTHONUTF8": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
    made.pop("PYTHONHOME", None)
    # Some machines want no compiled modules beside the sources. To compile ours again each time would be a tenth of a short build.
    if made.get("PYTHONDONTWRITEBYTECODE") and os.access(folder, os.W_OK):
        del made["PYTHONDONTWRITEBYTECODE"]
        made.setdefault("PYTHONPYCACHEPREFIX", str(folder / "compiled"))
    return made


def _compile_once(folder: Path) -> None:
    """The same for a Python that somebody has started in the environment: see :func:`surroundings`."""
    if sys.dont_write_bytecode and os.access(folder, os.W_OK):
        sys.dont_write_bytecode = False
        sys.pycache_prefix = sys.pycache_prefix or str(folder / "compiled")


def _run_again(folder: Path, script: Path, arguments: list[str]) -> NoReturn:
    python, environment = _python(folder), surroundings(folder, os.environ)
    command = [str(python), str(script), *arguments]
    if os.name != "nt":
        os.execve(python, command, environment)
    import subprocess

    try:  # Windows has no exec that keeps the console
        sys.exit(subprocess.call(command, env=environment))
    except KeyboardInterrupt:
        sys.exit(130)


def _speak_utf8() -> None:
    """Where output is not a console, Windows would write it in an encoding that lacks most Vietnamese letters."""
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
