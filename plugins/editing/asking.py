"""Asks an editor at the terminal, with names completed from the archive; or takes the answers from a list, for scripts and tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from plugins.archive.problems import Translate
from plugins.archive.text import fold

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

Fault = Callable[[str], str]
"""What is wrong with an answer, for the editor to read; empty where it is sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask. ``choices`` are offered while typing; an answer outside them is for ``fault`` to refuse."""

    field: str
    text: str
    choices: tuple[str, ...] = ()
    fault: Fault = lambda _answer: ""


class Asker(Protocol):
    def ask(self, question: Question) -> str:
        """A sound answer, or empty. Raises EOFError or KeyboardInterrupt where the editor gives up, ValueError where there is none."""


@dataclass(slots=True)
class Given:
    """Answers given beforehand; what is not among them is left empty."""

    answers: Mapping[str, str]

    def ask(self, question: Question) -> str:
        answer = self.answers.get(question.field, "").strip()
        if fault := question.fault(answer):
            raise ValueError(f"{question.field}: {fault}")
        return answer


class Terminal:
    """Asks with completion where the terminal can, and line by line where it cannot, as behind a pipe."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._prompt = _prompt_with_completion if sys.stdin.isatty() and sys.stdout.isatty() else _plain_prompt

    def ask(self, question: Question) -> str:
        while True:
            answer = self._prompt(question).strip()
            fault = question.fault(answer)
            if not fault:
                return answer
            print(f"  {fault}")


def _plain_prompt(question: Question) -> str:
    return input(f"{question.text}: ")


def _prompt_with_completion(question: Question) -> str:
    # Heavy to import, and no other command asks anything.
    from prompt_toolkit import prompt

    return prompt(f"{question.text}: ", completer=_completer(question.choices), complete_while_typing=True)


def _completer(choices: Iterable[str]) -> Completer:
    """Offers every choice that holds what was typed, marks or no marks; after a semicolon begins another name."""
    from prompt_toolkit.completion import Completer, Completion

    folded = [(fold(choice), choice) for choice in choices]

    class Names(Completer):
        def get_completions(self, document: Document, _event: CompleteEvent) -> Iterator[Completion]:
            typed = document.text_before_cursor.rpartition(";")[2].lstrip()
            wanted = fold(typed)
            yield from (Completion(choice, start_position=-len(typed)) for key, choice in folded if wanted in key)

    return Names()
