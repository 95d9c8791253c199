"""The references of all meetings as files for reference managers, in one pass over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import references
from .references import Reference


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands in a file: one text for each reference, and what is before, between and behind them."""

    text: Callable[[Reference], str]
    before: str
    between: str
    behind: str


_FORMS: Mapping[str, _Form] = {
    "meetings.bib": _Form(references.bibtex, "", "\n", ""),
    "meetings.ris": _Form(references.ris, "", "\r\n", ""),
    "meetings.csl.json": _Form(references.csl_item, "[\n", ",\n", "\n]\n"),
}
NAMES = tuple(_FORMS)


def write(cited: Iterable[Reference], folder: Path) -> None:
    with ExitStack() as opened:
        files = [(form, opened.enter_context((folder / name).open("w", encoding="utf-8", newline=""))) for name, form in _FORMS.items()]
        for form, file in files:
            file.write(form.before)
        for number, reference in enumerate(cited):
            for form, file in files:
                file.write((form.between if number else "") + form.text(reference))
        for form, file in files:
            file.write(form.behind)
