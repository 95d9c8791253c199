"""A process that has loaded all that a build needs, and forks for each one: what is loaded once need not be loaded again, and what a build
takes of memory goes with it.

``python -c "…; standby.main()" tasks.py build …``: every line on standard input is a build, with the options that stand there; what it says
goes to standard output, and last a line with a zero byte and the status. A line that begins with a zero byte names a workshop: what lies there for the next
build is read at once (see at_hand.py).
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .at_hand import AtHand

DONE = "\0"
STOPPED = -1
"""The status of a build that was stopped."""
_START = "import sys; sys.path.insert(0, sys.argv[1]); import tasks; from plugins.building import standby; standby.main(tasks.main, tasks.ROOT, sys.argv[2:])"
_LATE = ("icalendar",)
"""What rooms load where they need it."""


class Builder:
    """Runs ``command`` (Python, the path of tasks.py, a task and its arguments), by way of a process that stands by where the system can fork."""

    def __init__(self, command: Sequence[str], heard: Callable[[str], object]) -> None:
        self._command = list(command)
        self._heard = heard
        self._ready: subprocess.Popen[str] | None = None
        self._is_stopped = False

    def build(self, *options: str) -> tuple[int, str]:
        """The exit status, and all that was said; each line is also given to ``heard`` as it comes. ``options`` are for this build alone."""
        if not hasattr(os, "fork"):
            return self._alone(options)
        said: list[str] = []
        for line in self._lines(options):
            if line.startswith(DONE):
                return int(line.removeprefix(DONE)), "".join(said)
            self._heard(line)
            said.append(line)
        if self._is_stopped:
            return STOPPED, "".join(said)
        self.stop()  # it ended by itself: the program is not sound, and a process of its own will say why
        return self._alone(options)

    def read_ahead(self, workshop: Path) -> None:
        """Reads what the last build has left, while nobody waits for it."""
        if self._ready and self._ready.stdin and not self._ready.stdin.closed:
            self._say(self._ready, f"{DONE}{workshop}")

    def stop(self) -> None:
        """Ends the build that is under way, if there is one; the next begins with the program as it is then. May be called by another thread."""
        self._is_stopped, ready, self._ready = True, self._ready, None
        if ready is not None:
            with suppress(ProcessLookupError):
                os.killpg(ready.pid, signal.SIGKILL) if hasattr(os, "killpg") else ready.kill()
            ready.wait()
            if ready.stdin:
                ready.stdin.close()

    def _lines(self, options: Iterable[str]) -> Iterator[str]:
        self._is_stopped = False
        if self._ready is None:
            python, script, *arguments = self._command
            command = [python, "-c", _START, str(Path(script).parent), *arguments]
            pipe = subprocess.PIPE
            # A session of its own: what the builder has forked ends with it.
            self._ready = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", start_new_session=True
            )
        ready = self._ready
        self._say(ready, " ".join(options))
        for line in ready.stdout or ():  # noqa: UP028 - "yield from" would close it together with this generator
            yield line

    def _say(self, ready: subprocess.Popen[str], line: str) -> None:
        with suppress(OSError):  # it has ended, and will be found so
            if ready.stdin:
                ready.stdin.write(line + "\n")
                ready.stdin.flush()

    def _alone(self, options: Iterable[str]) -> tuple[int, str]:
        self._is_stopped = False
        command = [*self._command, *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", start_new_session=True) as builder:
            said, self._ready = [], builder
            for line in builder.stderr or ():
                self._heard(line)
                said.append(line)
        self._ready = None
        return STOPPED if self._is_stopped else builder.returncode, "".join(said)


def main(run: Callable[[Sequence[str], AtHand], object], root: Path, arguments: Sequence[str]) -> None:
    """Loads what a build of the tree at ``root`` needs and forks for each line of standard input, where ``run`` does what the arguments and the line say."""
    from .at_hand import AtHand

    for name in (*_LATE, *modules(_plugins(root))):
        import_module(name)
    gc.collect()
    gc.freeze()  # or the first collection of each child would copy all of it
    at_hand = AtHand()
    try:
        for line in sys.stdin:
            if line.startswith(DONE):
                at_hand.read(Path(line.removeprefix(DONE).removesuffix("\n")))
                gc.freeze()
                continue
            status = _in_a_child(partial(run, [*arguments, *line.split()], at_hand))
            print(f"{DONE}{status}", flush=True)
    except KeyboardInterrupt:
        return


def _plugins(root: Path) -> list[str]:
    from .configuring import settings
    from .request import Request

    return list(settings(Request(settings=root / "pelicanconf.py"))["PLUGINS"])


def modules(plugins: Iterable[str]) -> Iterator[str]:
    """The names of these, and of all that is in those that are rooms of this house: a room loads much of it where it is needed only."""
    house = __package__.partition(".")[0]
    for name in (f"{house}.archive", __package__, *plugins):
        yield name
        if name.startswith(f"{house}."):
            yield from (module.name for module in walk_packages(getattr(import_module(name), "__path__", ()), f"{name}."))


def _in_a_child(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except KeyboardInterrupt:
        status = 130
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
