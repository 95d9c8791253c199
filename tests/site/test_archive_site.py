"""The archive of this repository as a site: every record has its page, every link leads somewhere, from file://."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.loading import load

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, eq=False)
class Site:
    """A built site, read once."""

    folder: Path
    pages: dict[str, BeautifulSoup] = field(repr=False)

    @cache  # noqa: B019 (one site a session)
    def anchors(self, path: str) -> frozenset[str]:
        return frozenset(element["id"] for element in self.pages[path].find_all(id=True))

    def links(self, path: str) -> list[tuple[str, str]]:
        """Each internal link of a page as the output path and the anchor it leads to."""
        addresses = [link["href"] for link in self.pages[path].find_all("a", href=True)]
        return [(self.target(path, one), unquote(urlsplit(one).fragment)) for one in addresses if not urlsplit(one).scheme]

    def target(self, path: str, address: str) -> str:
        """The output path that an internal address on a page leads to."""
        parts = urlsplit(address)
        target = (Path("/") / Path(path).parent / unquote(parts.path)).resolve() if parts.path else Path("/") / path
        return target.relative_to("/").as_posix()

    def turn(self, path: str, rel: str) -> str | None:
        """Where the link to the previous or next page leads."""
        link = self.pages[path].select_one(f".turn a[rel={rel}]")
        return self.target(path, link["href"]) if link else None


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load(ROOT / "content")[0]


@pytest.fixture(scope="module")
def site(built_site: Path) -> Site:
    files = sorted(built_site.rglob("*.html"))
    return Site(built_site, {f.relative_to(built_site).as_posix(): BeautifulSoup(f.read_bytes(), "html.parser") for f in files})


def test_the_first_records_are_eighteen_meetings_one_of_them_told_twice(archive: Archive) -> None:
    assert len(archive.meetings) == 18
    assert sorted(len(meeting.sources) for meeting in archive.meetings.values()) == [1] * 17 + [2]


def test_the_content_has_no_problem() -> None:
    assert [problem.render() for problem in load(ROOT / "content")[1]] == []


def test_every_record_has_a_page_with_its_name(archive: Archive, site: Site) -> None:
    expected = {urls.meeting(id): m.title for id, m in archive.meetings.items()}
    expected |= {urls.person(id): p.name for id, p in archive.people.items()}
    expected |= {urls.organization(id): o.name for id, o in archive.organizations.items()}
    expected |= {urls.cluster(id): c.label for id, c in archive.clusters.items()}
    expected |= {urls.document(id): d.label for id, d in archive.documents.items()}
    expected |= {urls.page(id): p.title for id, p in archive.pages.items()}
    for path, name in expected.items():
        heading = site.pages[path].h1.get_text(" ", strip=True).replace("\u00a0", " ")
        assert " ".join(name.split()) in " ".join(heading.split()), path


def test_every_link_leads_to_a_file_and_an_anchor(site: Site) -> None:
    broken = [
        (path, target, anchor)
        for path in site.pages
        for target, anchor in site.links(path)
        if not (site.folder / target).is_file() or (anchor and target in site.pages and anchor not in site.anchors(target))
    ]
    assert broken == []


def test_every_link_names_its_file(site: Site) -> None:
    for path, page in site.pages.items():
        for link in page.find_all("a", href=True):
            parts = urlsplit(link["href"])
            assert parts.scheme or not parts.path or "." in parts.path.rsplit("/", 1)[-1], (path, link["href"])


def test_nothing_is_loaded_from_another_host(site: Site) -> None:
    for path, page in site.pages.items():
        loaded = [e.get("src") or e.get("href") or "" for e in page.find_all(["script", "img", "source", "iframe", "link"]) if e.get("rel") != ["canonical"]]
        assert [address for address in loaded if urlsplit(address).scheme or address.startswith("//")] == [], path
        assert not page.find_all(style=True) and not [s for s in page.find_all("script") if not s.get("src") and s.get("type") != "application/ld+json"], path


def test_every_page_is_reached_from_home_and_leads_back(site: Site) -> None:
    seen, waiting = {urls.HOME}, deque([urls.HOME])
    while waiting:
        for target, _ in site.links(waiting.popleft()):
            if target in site.pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    stubs = {path for path, page in site.pages.items() if page.find("meta", attrs={"http-equiv": "refresh"})}
    assert set(site.pages) - seen - stubs - {urls.NOT_FOUND} == set()
    for path in site.pages.keys() - stubs - {urls.HOME}:
        assert urls.HOME in {target for target, _ in site.links(path)}, path


def test_a_meeting_leads_to_all_it_names_and_they_lead_back(archive: Archive, site: Site) -> None:
    for id, meeting in archive.meetings.items():
        here = urls.meeting(id)
        named = {urls.person(p.person) for p in meeting.participations if p.person}
        named |= {urls.organization(o) for p in meeting.participations for o in p.organizations}
        named |= {urls.organization(o) for o in (*meeting.hosts, *meeting.organizers)}
        named |= {urls.document(c.document) for c in meeting.citations}
        named |= {urls.cluster(meeting.cluster)} if meeting.cluster else {urls.organization(meeting.union)} if meeting.union else set()
        named |= {urls.year(meeting.date.year)} if meeting.date.month is None else set()
        linked = {target for target, _ in site.links(here)}
        assert named - linked == set(), here
        for path in named:
            assert here in {target for target, _ in site.links(path)}, (path, here)
        assert here in {target for target, _ in site.links(urls.year(meeting.date.year))}


def test_previous_and_next_in_a_cluster_agree_with_the_data(archive: Archive, site: Site) -> None:
    for meetings in archive.meetings_of_cluster.values():
        for earlier, later in pairwise(meetings):
            assert site.pages[urls.meeting(earlier.id)].select_one(f'a[rel~=next][href$="{later.id}.html"]'), earlier.id
            assert site.pages[urls.meeting(later.id)].select_one(f'a[rel~=prev][href$="{earlier.id}.html"]'), later.id


def test_outside_of_clusters_previous_and_next_go_through_the_meetings_of_the_union(archive: Archive, site: Site) -> None:
    for meeting in archive.meetings.values():
        if not meeting.cluster and meeting.union:
            chain = [urls.meeting(one.id) for one in archive.meetings_of_union[meeting.union]]
            here = urls.meeting(meeting.id)
            assert [site.turn(here, rel) for rel in ("prev", "next")] == neighbours(chain, here)


def test_years_and_quarters_lead_to_the_nearest_with_a_meeting(archive: Archive, site: Site) -> None:
    dated = {(m.date.year, m.date.quarter) for m in archive.meetings.values() if m.date.quarter}
    for chain in ([urls.year(year) for year in sorted(archive.meetings_in_year)], [urls.quarter(*one) for one in sorted(dated)]):
        for here in chain:
            assert [site.turn(here, rel) for rel in ("prev", "next")] == neighbours(chain, here)


def neighbours(chain: list[str], here: str) -> list[str | None]:
    place = chain.index(here) + 1
    padded = [None, *chain, None]
    return [padded[place - 1], padded[place + 1]]


def test_two_pages_that_share_a_meeting_are_two_clicks_apart(archive: Archive, site: Site) -> None:
    linked = {path: {target for target, _ in site.links(path)} for path in site.pages}
    for id, meeting in archive.meetings.items():
        around = {urls.person(p.person) for p in meeting.participations if p.person}
        around |= {urls.organization(o) for o in (*meeting.hosts, *meeting.organizers)}
        around |= {urls.document(c.document) for c in meeting.citations}
        around |= {urls.cluster(meeting.cluster)} if meeting.cluster else set()
        around |= {urls.quarter(meeting.date.year, meeting.date.quarter)} if meeting.date.quarter else {urls.year(meeting.date.year)}
        for start in around:
            reached = linked[start].union(*(linked[path] for path in linked[start] & site.pages.keys()))
            assert around - reached == set(), (id, start)


def test_each_crumb_is_two_clicks_above_the_next(site: Site) -> None:
    linked = {path: {target for target, _ in site.links(path)} for path in site.pages}
    for path, page in site.pages.items():
        way = [site.target(path, link["href"]) for link in page.select(".crumbs a")]
        assert not way or way[0] == urls.HOME, path
        for upper, lower in pairwise([*way, path]):
            below = linked[upper].union(*(linked[one] for one in linked[upper] & linked.keys()))
            assert lower in below or path == urls.NOT_FOUND, (path, upper, lower)


def test_ids_are_unique_within_a_page(site: Site) -> None:
    for path, page in site.pages.items():
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), (path, sorted(id for id in ids if ids.count(id) > 1))


def test_the_three_dates_and_the_notes_stand_on_a_meeting(archive: Archive, site: Site) -> None:
    meeting = archive.meetings["2023-12-08-tong-ket-cum-4-vusta"]
    text = " ".join(site.pages[urls.meeting(meeting.id)].main.get_text(" ", strip=True).split()).replace("\u00a0", " ")
    for date in ("08/12/2023", "18/12/2023", "13/04/2024"):
        assert date in text
    for note in meeting.notes:
        assert " ".join(note.text.split()) in text
    assert "năm suy ra" in text
