"""What binds a record to its past: organizations that came before it, addresses it had before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from . import urls
from .archive import Archive
from .problems import Problems
from .reading import Entry
from .records import Organization, Redirect


def check_successions(entries: Iterable[Entry], organizations: Mapping[str, Organization], problems: Problems) -> None:
    """A body that comes before itself is a mistake, however long the way round."""
    for entry in entries:
        for name in ("predecessors", "successors"):
            way = _way_back(entry.id, partial(_beside, organizations, name))
            if way:
                problems.add(entry.path, entry.line(name), name, "succession-cycle", value=" → ".join(way))


def check_parents(entries: Iterable[Entry], organizations: Mapping[str, Organization], problems: Problems) -> None:
    """No body stands above itself."""
    for entry in entries:
        way = _way_back(entry.id, lambda id: (parent,) if (parent := organizations[id].parent) else ())
        if way:
            problems.add(entry.path, entry.line("parent"), "parent", "parent-cycle", value=" → ".join(way))


def _beside(organizations: Mapping[str, Organization], name: str, id: str) -> tuple[str, ...]:
    ids: tuple[str, ...] = getattr(organizations[id], name)
    return ids


def _way_back(start: str, following: Callable[[str], tuple[str, ...]]) -> list[str]:
    """The way from a record back to itself, or an empty list; each record is visited once."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in following(here):
            if there == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return [*reversed(way), start]
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return []


def redirects(entries: Iterable[Entry], archive: Archive, problems: Problems) -> tuple[Redirect, ...]:
    """One for each former id. A former id that is somebody's id now, or that two records claim, is a problem."""
    live = {
        "meetings": archive.meetings,
        "people": archive.people,
        "organizations": archive.organizations,
        "clusters": archive.clusters,
        "documents": archive.documents,
        "pages": archive.pages,
    }
    found: dict[str, Redirect] = {}
    for entry in entries:
        url = urls.RECORDS[entry.kind]
        for number, former in enumerate(entry.fields.former_ids):
            taken = former in live[entry.kind] or url(former) in found
            if taken:
                line = entry.line("former_ids", number)
                problems.add(entry.path, line, f"former_ids.{number + 1}", "former-id-taken", value=former, other=former)
            else:
                found[url(former)] = Redirect(old=url(former), new=url(entry.id))
    return tuple(found[old] for old in sorted(found))
