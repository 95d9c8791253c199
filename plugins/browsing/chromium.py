"""Finds a Chromium, Chrome or Edge on this machine; on a bare Debian, fetches Debian's own package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
_MAC_PROGRAMS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

# Of several such lists Chromium takes the last. So the first two lines, which spare it half of its work, stand here with those that Playwright
# switches off: suggestions, which are a page for every page though nobody sees them, and a process kept ready for the next one.
_WITHOUT = """
WebUIOmniboxAimPopup WebUIOmniboxPopup
SpareRendererForSitePerProcess
AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose
HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter NetworkTimeServiceQuerying OptimizationHints PaintHolding
PreconnectToSearch TcpPortRandomizationWin ThirdPartyStoragePartitioning
""".split()

_MISSING = """\
Các phép thử cần Chromium, Chrome hoặc Edge mà máy này chưa có. Debian, Ubuntu: sudo apt install chromium; nơi khác: cài Chrome,
hoặc đặt biến CHROMIUM là đường dẫn của trình duyệt.
The tests need Chromium, Chrome or Edge, and this machine has none. Debian, Ubuntu: sudo apt install chromium; elsewhere: install
Chrome, or set the variable CHROMIUM to the path of the browser."""


class NoBrowser(Exception):
    """There is no browser, and none could be fetched; says what to install."""

    def __init__(self) -> None:
        super().__init__(_MISSING)


def find(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The browser that ``CHROMIUM`` names, or else the first found in the usual places."""
    named = environment.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    return next(_candidates(environment), None)


def ensure() -> Path:
    """A browser, fetched from Debian where that can be done; raises :class:`NoBrowser`."""
    found = find()
    if found is None and can_install("CHROMIUM"):
        install("chromium")
        found = find()
    if found is None:
        raise NoBrowser
    return found


def flags() -> list[str]:
    """What Chromium must be told to run as a test: no graphics card, nothing fetched in the background, no window around the page, root allowed."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    without = f"--disable-features={','.join(_WITHOUT)}"
    return ["--disable-gpu", "--disable-background-networking", without, *(["--no-sandbox"] if as_root else [])]


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    for command in _COMMANDS:
        found = shutil.which(command, path=environment.get("PATH"))
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        yield from _existing([Path("/Applications"), Path.home() / "Applications"], _MAC_PROGRAMS)
    if sys.platform == "win32":
        yield from _existing([Path(environment[name]) for name in _WINDOWS_FOLDERS if name in environment], _WINDOWS_PROGRAMS)


def _existing(folders: list[Path], programs: tuple[str, ...]) -> Iterator[Path]:
    return (folder / program for folder in folders for program in programs if (folder / program).is_file())


def can_install(variable: str) -> bool:
    """True on a Debian where this process may install packages and ``variable`` names no browser."""
    # "chromium" is Debian's; Ubuntu's package of that name is a snap, which runs neither in containers nor as root.
    debian = Path("/etc/debian_version").exists() and "ubuntu" not in _os_release()
    return debian and shutil.which("apt-get") is not None and os.geteuid() == 0 and variable not in os.environ


def _os_release() -> str:
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8").lower() if path.exists() else ""


def install(package: str) -> None:
    """Installs one of Debian's packages; whether it is there afterwards is for the caller to see."""
    print(f"Cài {package} từ Debian / installing {package} from Debian...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", package]):
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
