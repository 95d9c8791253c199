"""The editor's notes are numbered; a mark beside what a note is about leads to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plugins.archive.records import Note, Participation
from plugins.archive.text import match_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Numbers of notes, from 1: by the field they are about, and by the person (as written) whom they name."""

    by_field: Mapping[str, tuple[int, ...]]
    by_person: Mapping[str, tuple[int, ...]]


def marks(notes: Sequence[Note], participations: Sequence[Participation]) -> Marks:
    """A note about chairs, speakers or participants marks those of them whom it names; where it names none, the field."""
    by_field: dict[str, tuple[int, ...]] = {}
    by_person: dict[str, tuple[int, ...]] = {}
    for number, note in enumerate(notes, 1):
        named = [p.name for p in participations if _names(note, p)]
        for name in dict.fromkeys(named):
            by_person[name] = (*by_person.get(name, ()), number)
        if note.about and not named:
            by_field[note.about] = (*by_field.get(note.about, ()), number)
    return Marks(by_field=by_field, by_person=by_person)


def _names(note: Note, participation: Participation) -> bool:
    return note.about == f"{participation.role.value}s" and f" {match_key(participation.name)} " in f" {_bare(note.text)} "


def _bare(text: str) -> str:
    return match_key("".join(character if character.isalnum() else " " for character in text))
