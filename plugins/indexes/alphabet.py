"""Lists in Vietnamese alphabetical order, under their letters; long ones with a page for each letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from plugins.archive.links import Link
from plugins.archive.outputs import OutputPage
from plugins.archive.text import fold, sort_key

from .rows import CountedLink

LIMIT = 200
"""So many names stand on one page; past that each letter has its own."""

# As one types them: an address holds ASCII letters only.
_TYPED = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name; ``note`` tells more of it (as the latest position), or is empty."""

    label: str
    path: str
    note: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under one heading; ``path`` is the page they have of their own, or empty."""

    label: str
    anchor: str
    path: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Template ``names_part.html``: one group of a list too long for one page; ``groups`` leads to the others."""

    section: str
    title: str
    description: str
    subject: Link
    group: Group
    groups: tuple[CountedLink, ...]


def by_letter(entries: Iterable[tuple[str, Entry]], path: Callable[[str], str]) -> tuple[Group, ...]:
    """Groups (word, entry) pairs, already in order, by the first letter of the word."""
    return tuple(
        _group(letter, [entry for _, entry in pairs], path) for letter, pairs in groupby(entries, key=lambda pair: letter_of(pair[0]))
    )


def letter_of(word: str) -> str:
    """The letter a word is filed under, tones aside: "Ánh" under A, "Ân" under Â; "#" for anything else."""
    first = word[:1].lower()
    for letter in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz":
        if sort_key(letter)[0] == sort_key(first)[0]:
            return letter.upper()
    return "#"


def split_long(groups: tuple[Group, ...], limit: int = LIMIT) -> tuple[tuple[Group, ...], bool]:
    """The groups, and whether they need pages of their own; where they do not, their paths are emptied."""
    if sum(len(group.entries) for group in groups) > limit:
        return tuple(piece for group in groups for piece in _pieces(group, limit)), True
    return tuple(replace(group, path="") for group in groups), False


def _pieces(group: Group, limit: int) -> Iterator[Group]:
    count = -(-len(group.entries) // limit)
    for number in range(1, count + 1):
        if count == 1:
            yield group
            return
        yield replace(
            group,
            label=f"{group.label} ({number}/{count})",
            anchor=f"{group.anchor}-{number}",
            path=group.path if number == 1 else group.path.replace(".html", f"-{number}.html"),
            entries=group.entries[(number - 1) * limit : number * limit],
        )


def letter_pages(groups: tuple[Group, ...], subject: Link, section: str) -> Iterator[OutputPage]:
    """A page for each group that has a path."""
    links = tuple(CountedLink(label=group.label, path=group.path, count=len(group.entries)) for group in groups)
    for group in groups:
        if group.path:
            view = GroupView(
                section=section, title=f"{subject.label}: {group.label}", description="", subject=subject, group=group, groups=links
            )
            yield OutputPage(path=group.path, template="names_part", view=view)


def _group(letter: str, entries: list[Entry], path: Callable[[str], str]) -> Group:
    slug = _TYPED.get(letter.lower()) or (fold(letter) if letter != "#" else "khac")
    return Group(label=letter, anchor=f"chu-{slug}", path=path(slug), entries=tuple(entries))
