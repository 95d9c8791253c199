"""``python3 tasks.py``: one command line made from the tasks, so that options and their help are written once.

The tasks are Invoke's too (``invoke build``), but Invoke is not asked to run them here: it takes longer to load than many a task to
run, and its parser has no list of words without a flag, ends with status 1 on a misspelt option, and loses the quotes of what stands
behind ``--``. argparse does all three as an editor expects.
"""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoke.collection import Collection

WORDS = "words"
"""A list argument of this name takes the words that stand without a flag; ``passed`` takes all that follows, flags too."""
PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Task:
    """A function as a command. ``help`` is by parameter; the first parameter is Invoke's context, or whoever calls tells more
    there than words can say."""

    name: str
    body: Callable[..., None]
    help: Mapping[str, str]
    iterable: tuple[str, ...]


def task(help: Mapping[str, str] | None = None, *, name: str = "", iterable: Iterable[str] = ()) -> Callable[[Callable[..., None]], Task]:
    """Makes a task of a function, named as the function is where no ``name`` is given; lists are named in ``iterable``."""
    return lambda body: Task(name or body.__name__, body, help or {}, tuple(iterable))


def collection(tasks: Iterable[Task]) -> Collection:
    """The same tasks as Invoke takes them."""
    from invoke.collection import Collection
    from invoke.tasks import Task as InvokeTask

    made: list[InvokeTask[Callable[..., None]]] = [
        InvokeTask(task.body, name=task.name, help=dict(task.help), iterable=task.iterable) for task in tasks
    ]
    return Collection(*made)


def run(tasks: Iterable[Task], description: str, arguments: Sequence[str], context: object = None) -> None:
    """Calls the task that ``arguments`` name, with ``context`` before all; wrong usage ends with status 2, ``--help`` with 0."""
    parser = argparse.ArgumentParser(prog="tasks.py", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(metavar="command", required=True)
    every = {task.name: task for task in tasks}
    for name in every.keys() & arguments[:1] or every:  # the others are not asked for, and each takes a moment
        _add(commands, every[name])
    given = vars(parser.parse_args(arguments))
    given.pop("task").body(context, **given)


def _add(commands: Any, task: Task) -> None:
    text = inspect.getdoc(task.body) or ""
    command = commands.add_parser(
        task.name,
        help=text.splitlines()[0],
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(task=task)
    parameters = list(inspect.signature(task.body).parameters.values())[1:]
    for parameter in parameters:
        _add_argument(command, parameter, task.help.get(parameter.name, ""))


def _add_argument(command: argparse.ArgumentParser, parameter: inspect.Parameter, help: str) -> None:
    flag = "--" + parameter.name.replace("_", "-")
    if parameter.name == PASSED:
        command.add_argument(PASSED, nargs=argparse.REMAINDER, help=help)
    elif parameter.name == WORDS:
        command.add_argument(WORDS, nargs="*", metavar="path", help=help)
    elif isinstance(parameter.default, bool):
        command.add_argument(flag, action="store_true", help=help)
    else:
        kind = int if isinstance(parameter.default, int) else str
        command.add_argument(flag, type=kind, default=parameter.default, metavar=parameter.name.upper(), help=help)
