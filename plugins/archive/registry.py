"""Who is meant by a name: authority records by every name they go by, and a record for each name that has none.

A name matches exactly after NFC, case, spacing and tone placement, and no further; what is merely near is told to the editor.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from . import text
from .dates import PartialDate
from .problems import Problems, nearest
from .reading import Entry
from .records import Organization, Person

_LIKE_AN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class Place(NamedTuple):
    """Where a name stands: for messages, and for what only its article can tell."""

    entry: Entry
    path: tuple[str | int, ...]
    date: PartialDate | None = None
    union: str | None = None
    """Id of the union of the article, to which a scoped abbreviation belongs."""

    @property
    def line(self) -> int:
        return self.entry.line(*self.path)

    @property
    def field(self) -> str:
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)

    def at(self, *steps: str | int) -> Place:
        return Place(self.entry, (*self.path, *steps), self.date, self.union)

    def add(self, problems: Problems, code: str, /, **values: object) -> None:
        problems.add(self.entry.path, self.line, self.field, code, **values)


@dataclass(slots=True)
class Registry:
    """The ids of one kind of record, by name."""

    problems: Problems
    folder: str = ""
    """Where an authority record of it would stand."""
    unknown: str = ""
    """Code of the problem that an id is nobody's."""
    names: dict[str, str] = field(default_factory=dict)
    """Every id and the name it is known by."""
    by_key: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    implied: dict[str, Place] = field(default_factory=dict)
    """Ids that only names imply, and where each name stood first."""
    authorities: set[str] = field(default_factory=set)

    def add(self, id: str, said: Any) -> None:
        """An authority record, or the fields of one, under all its names."""
        self.names[id] = said.name
        self.authorities.add(id)
        for key in dict.fromkeys(text.match_key(name) for name in (said.name, *said.variants)):
            if id not in self.by_key[key]:
                self.by_key[key].append(id)

    def know(self, id: str, name: str) -> None:
        """A record that a name implied."""
        self.names[id] = name
        self.by_key[text.match_key(name)].append(id)

    def candidates(self, name: str) -> list[str]:
        """The ids a text may mean: an id itself, or every record that goes by the name."""
        if name in self.authorities:
            return [name]
        return self.by_key.get(text.match_key(name), [])

    def imply(self, name: str, place: Place) -> str | None:
        """A record for a name that has none; None, with a problem, where its address belongs to another name.

        What is written like an id (small letters without marks, hyphens between them) is nobody's name: it is an id misspelt.
        """
        if _LIKE_AN_ID.fullmatch(name):
            place.add(self.problems, self.unknown, value=name, nearest=nearest(name, self.authorities))
            return None
        id = text.slugify(name)[:100].strip("-")
        if not id:
            place.add(self.problems, "text-expected")
            return None
        if id in self.names:
            place.add(
                self.problems, "slug-collision", value=name, other=self.names[id], path=f"{id}.html", folder=f"content/{self.folder}/"
            )
            return None
        self.know(id, name)
        self.implied[id] = place
        return id


@dataclass(slots=True)
class People(Registry):
    folder: str = "people"
    unknown: str = "person-unknown"

    def implied_records(self) -> dict[str, Person]:
        """By id."""
        return {id: Person(id=id, path="", name=self.names[id]) for id in self.implied}

    def resolve(self, name: str, id: str, place: Place) -> str | None:
        """The person an entry means: by id where it gives one, else by name."""
        if id:
            if id in self.authorities:
                return id
            place.add(self.problems, self.unknown, value=id, nearest=nearest(id, self.authorities))
            return None
        found = self.candidates(name)
        if len(found) > 1:
            place.add(self.problems, "person-ambiguous", value=name, other=", ".join(sorted(found)))
            return None
        return found[0] if found else self.imply(name, place)


@dataclass(slots=True)
class Organizations(Registry):
    folder: str = "organizations"
    unknown: str = "organization-unknown"
    abbreviations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    valid: dict[str, tuple[PartialDate | None, PartialDate | None]] = field(default_factory=dict)

    def add(self, id: str, said: Any) -> None:
        """By its abbreviations as well, and with the days between which it goes by its name."""
        Registry.add(self, id, said)  # a dataclass with slots is made anew, and super() would not know it
        self.valid[id] = (said.valid_from, said.valid_to)
        for abbreviation in said.abbreviations:
            self.abbreviations[text.match_key(abbreviation)].append(id)

    def implied_records(self) -> dict[str, Organization]:
        """By id."""
        return {id: Organization(id=id, path="", name=self.names[id], scope=self.names[id]) for id in self.implied}

    def resolve(self, name: str, place: Place) -> str | None:
        """The organization a name means on that day, in that article; LHH is the article's own union."""
        found = self.candidates(name) or self._abbreviated(name, place)
        if len(found) > 1:
            found = [id for id in found if self._is_valid(id, place.date)] or found
        if len(found) > 1:
            place.add(self.problems, "organization-ambiguous", value=name, other=", ".join(sorted(found)))
            return None
        return found[0] if found else self.imply(name, place)

    def resolve_all(self, names: Iterable[str], place: Place) -> tuple[str, ...]:
        """Those that several names mean, each once, in order; a name that means none leaves a problem and nothing else."""
        found = [self.resolve(name, place) for name in names if name]
        return tuple(dict.fromkeys(filter(None, found)))

    def _abbreviated(self, name: str, place: Place) -> list[str]:
        found = self.abbreviations.get(text.match_key(name), [])
        return [place.union] if place.union in found else found

    def _is_valid(self, id: str, date: PartialDate | None) -> bool:
        start, end = self.valid.get(id, (None, None))
        if date is None:
            return True
        return (start is None or start.first_day <= date.last_day) and (end is None or date.first_day <= end.last_day)


def near_pairs(names: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs of ids whose names may be one man's: equal but for marks, or one letter dropped, in time linear in the names.

    Each name is filed under its folded form and under that form less one letter; names that meet in a drawer are near.
    """
    drawers: defaultdict[str, set[str]] = defaultdict(set)
    for id, name in names.items():
        folded = "".join(text.words(name))
        for key in {folded, *(folded[:i] + folded[i + 1 :] for i in range(len(folded)) if len(folded) > 7)}:
            drawers[key].add(id)
    pairs = {pair for ids in drawers.values() if 1 < len(ids) <= 50 for pair in _pairs(sorted(ids))}
    return sorted(pair for pair in pairs if text.match_key(names[pair[0]]) != text.match_key(names[pair[1]]))


def _pairs(ids: list[str]) -> Iterable[tuple[str, str]]:
    return ((first, second) for i, first in enumerate(ids) for second in ids[i + 1 :])
