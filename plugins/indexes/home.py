"""The first page: how much there is, when it was, and ways in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.records import Cluster, Document, Role
from plugins.archive.text import fold, sort_key

from .quarters import YearRow, count_rows
from .rows import CountedLink, Row, newest_first, row

YEARS, PHONE_YEARS = 8, 4
RECENT = 8
SCOPES = 6
DOCUMENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The clusters of one union, under its short label; ``path`` is the union's."""

    label: str
    path: str
    clusters: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A document and how many meetings cite it; ``share`` is the whole percent of the longest bar, or 0 where all are as long."""

    label: str
    path: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Template ``home.html``. ``years`` is None, and the lists are empty, while the archive holds no meeting.

    ``tries`` are queries that find something here; ``plain_try`` is one of them typed without marks, or empty.
    """

    section: str
    title: str
    description: str
    years: tuple[int, int] | None
    meetings: int
    clusters: int
    organizations: int
    people: int
    documents: int
    tries: tuple[str, ...]
    plain_try: str
    rows: tuple[YearRow, ...]
    recent: tuple[Row, ...]
    scopes: tuple[Scope, ...]
    bars: tuple[Bar, ...]


def pages(archive: Archive, _gathered: Gathered) -> Iterator[OutputPage]:
    yield OutputPage(path=urls.HOME, template="home", view=_view(archive))


def _view(archive: Archive) -> HomeView:
    years = sorted(archive.meetings_in_year)
    tries, plain_try = _tries(archive)
    return HomeView(
        section="home",
        title="",
        description="",
        years=(years[0], years[-1]) if years else None,
        meetings=len(archive.meetings),
        clusters=len(archive.clusters),
        organizations=len(archive.organizations),
        people=len(archive.people),
        documents=len(archive.documents),
        tries=tries,
        plain_try=plain_try,
        rows=_rows(archive),
        recent=_recent(archive),
        scopes=_scopes(archive),
        bars=_bars(archive),
    )


def _rows(archive: Archive) -> tuple[YearRow, ...]:
    return tuple(replace(one, old=index >= PHONE_YEARS) for index, one in enumerate(count_rows(archive)[:YEARS]))


def _recent(archive: Archive) -> tuple[Row, ...]:
    newest = newest_first(archive.meetings.values())[:RECENT]
    return tuple(row(archive, meeting, summary=index == 0) for index, meeting in enumerate(newest))


def _bars(archive: Archive) -> tuple[Bar, ...]:
    cited = [(len(meetings), archive.documents[id]) for id, meetings in archive.meetings_citing.items()]
    most_cited = sorted(cited, key=lambda entry: (-entry[0], sort_key(entry[1].label), entry[1].id))[:DOCUMENTS]
    is_flat = bool(most_cited) and most_cited[0][0] == most_cited[-1][0]
    return tuple(_bar(document, count, 0 if is_flat else most_cited[0][0]) for count, document in most_cited)


def _bar(document: Document, count: int, most: int) -> Bar:
    return Bar(label=document.label, path=urls.document(document.id), count=count, share=max(1, round(100 * count / most)) if most else 0)


def _scopes(archive: Archive) -> tuple[Scope, ...]:
    """The owners whose clusters met most recently, the most recent first."""
    owners = sorted(archive.clusters_of_owner, key=lambda owner: (_last_day(archive, owner), owner), reverse=True)
    return tuple(_scope(archive, owner) for owner in owners[:SCOPES])


def _last_day(archive: Archive, owner: str) -> str:
    meetings = [m for c in archive.clusters_of_owner[owner] for m in archive.meetings_of_cluster.get(c.id, ())[-1:]]
    return max((str(meeting.date) for meeting in meetings), default="")


def _scope(archive: Archive, owner: str) -> Scope:
    organization = archive.organizations[owner]
    clusters = sorted(archive.clusters_of_owner[owner], key=lambda cluster: (sort_key(cluster.short_label), cluster.id))
    links = tuple(_cluster(archive, cluster) for cluster in clusters)
    return Scope(label=organization.scope or organization.name, path=urls.organization(owner), clusters=links)


def _cluster(archive: Archive, cluster: Cluster) -> CountedLink:
    count = len(archive.meetings_of_cluster.get(cluster.id, ()))
    return CountedLink(label=cluster.short_label, path=urls.cluster(cluster.id), count=count)


def _tries(archive: Archive) -> tuple[tuple[str, ...], str]:
    """Queries of each kind, taken from the latest meetings that can give them."""
    newest = newest_first(archive.meetings.values())[:RECENT]
    numbers = [archive.documents[c.document].number for m in newest for c in m.citations]
    names = [archive.people[p.person].name for m in newest for p in m.with_role(Role.CHAIR) if p.person]
    scopes = [archive.clusters[m.cluster].label for m in newest if m.cluster]
    return tuple(found[0] for found in (numbers, scopes, names) if found), _unmarked(names)


def _unmarked(names: list[str]) -> str:
    others = names[1:] or names
    return fold(others[0]) if others else ""
