"""The data files, read back by other parsers than wrote them and compared with the archive, record by record."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from dataclasses import replace
from io import StringIO
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate, Timestamp
from plugins.archive.loading import load
from plugins.archive.outputs import Body, Task
from plugins.archive.records import (
    Citation,
    Cluster,
    Correction,
    Document,
    LeadTerm,
    Meeting,
    Membership,
    Note,
    Organization,
    Participation,
    Person,
    Role,
    Source,
)
from plugins.archive.text import fold
from plugins.exports import database
from plugins.exports.calendars import calendars
from plugins.exports.files import DATABASE, FOLDER, DataFiles
from plugins.exports.offers import Exports
from plugins.exports.tables import Column, Table
from plugins.exports.writing import cell, csv_lines, json_lines, uncell

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://so.example/kho"
HOSTILE = [
    "=1+1",
    "+84",
    "-5%",
    "@SUM(A1)",
    "'=1",
    "\tx",
    'a "b", c',
    "một; hai\nba",
    "</script>",
    "\u2028\u2029",
    "a\x00b\x0bc",
    "＝1",
    "|",
    "𠀋 đ",
]


def hostile_archive() -> Archive:
    """Every text is one that some format stumbles over; every list has none, one or two."""
    note = Note(about="chairs", text=HOSTILE[0])
    sources = tuple(
        Source(url="https://b.example/?a=1&b=2", site=text, title=text, published=None, retrieved=None, byline=text, note=text)
        for text in HOSTILE
    )
    first = Meeting(
        id="a",
        path="m.md",
        title=HOSTILE[0],
        date=PartialDate(2024),
        summary="\n".join(HOSTILE),
        tags=tuple(HOSTILE),
        notes=(note,),
        sources=sources,
    )
    people = tuple(Participation(meeting="b", role=Role.SPEAKER, person="an", name=t, position=t, organizations=("lhh",)) for t in HOSTILE)
    second = Meeting(
        id="b",
        path="m.md",
        title="Giao ban Đồng Sông",
        date=PartialDate(2025, 3, 31),
        date_end=PartialDate(2025, 4, 1),
        published=Timestamp.parse("2025-04-02T08:30"),
        cluster="c",
        union="lhh",
        hosts=("lhh",),
        participations=(Participation(meeting="b", role=Role.CHAIR, person=None, name="LHH", organizations=("lhh",)), *people),
        citations=(Citation(meeting="b", document="d", as_written="57 - NQ/TW", date=PartialDate(2024, 12), listed=True),),
        leads=(LeadTerm(cluster="c", year=2026, lead=("lhh",), deputies=(), meeting="b", decided=True),),
        corrections=(Correction(date=PartialDate(2026, 1, 2), text="Sửa"),),
    )
    members = Membership(cluster="c", year=2023, organizations=("lhh",), count=11, meeting=None)
    cluster = Cluster(id="c", path="m.md", owner="lhh", kind="cụm", number=1, short_label="Cụm 1", label="Cụm 1, Sông", members=(members,))
    return Archive(
        meetings={"a": first, "b": second},
        people={"an": Person(id="an", path="", name=HOSTILE[3], variants=(HOSTILE[0], "x"))},
        organizations={"lhh": Organization(id="lhh", path="", name="Liên hiệp hội")},
        clusters={"c": cluster},
        documents={"d": Document(id="d", path="", type="Nghị quyết", number="57-NQ/TW", dates=(PartialDate(2024, 12),))},
        pages={},
    )


def bodies_of(archive: Archive) -> dict[tuple[str, str], Body]:
    passages = (("muc-1", "Nhiệm vụ"), ("nv-1", "Chuyển đổi số"), ("", "bảng"), ("doan-1", HOSTILE[9]))
    body = Body(html="", text="", tasks=(Task(number=1, anchor="nv-1", text="Chuyển đổi số"),), given_by="Hồ An", passages=passages)
    return {("meeting", next(iter(archive.meetings), "")): body}


def data_of(archive: Archive, url: str = SITE) -> DataFiles:
    exports = Exports(archive=archive, site="Sổ Giao Ban", edition="2025-11-20", site_url=url, has_feeds=False)
    return DataFiles(exports, bodies_of(archive))


def files_of(data: DataFiles) -> dict[str, bytes]:
    """Every data file but the database, by output path."""
    with TemporaryDirectory() as made:
        site = Path(made)
        (site / FOLDER).mkdir()
        paths = [path for job in data.jobs() for path in job(site)]
        assert sorted(paths) == sorted(file.relative_to(site).as_posix() for file in site.rglob("*.*"))
        return {path: (site / path).read_bytes() for path in paths if path != DATABASE}


@pytest.fixture(params=["of the repository", "hostile", "empty"])
def data(request: pytest.FixtureRequest) -> DataFiles:
    if request.param == "of the repository":
        return data_of(load(ROOT / "content")[0])
    if request.param == "empty":
        return data_of(Archive(meetings={}, people={}, organizations={}, clusters={}, documents={}, pages={}))
    return data_of(hostile_archive())


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


# --- CSV ----------------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_cell_begins_like_a_formula_and_every_text_comes_back(text: str) -> None:
    written = cell(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and uncell(written) == text


@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8"), max_size=8), st.text(st.characters(codec="utf-8"), max_size=8)), max_size=4)
)
def test_any_table_is_read_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(StringIO("".join(csv_lines([("a", "b"), *rows])), newline="")))
    assert read[0] == ["a", "b"] and [tuple(map(uncell, row)) for row in read[1:]] == rows


def test_every_csv_holds_its_table(data: DataFiles) -> None:
    files = files_of(data)
    for table in data.tables:
        read = list(csv.DictReader(StringIO(files[f"du-lieu/{table.name}.csv"].decode("utf-8-sig"), newline="")))
        expected = [{name: as_text(value) for name, value in row.items()} for row in table.objects()]
        assert [{name: uncell(text) for name, text in row.items()} for row in read] == expected


# --- The archive, record by record --------------------------------------------------------------------------------------


def test_each_meeting_is_told_as_the_archive_has_it() -> None:
    archive, _ = load(ROOT / "content")
    lines = files_of(data_of(archive))["du-lieu/meetings.jsonl"].splitlines()
    told = {row["id"]: row for row in map(json.loads, lines)}
    assert list(told) == list(archive.meetings)
    for meeting in archive.meetings.values():
        row = told[meeting.id]
        assert (row["title"], row["date"], row["cluster"], row["union"]) == (
            meeting.title,
            str(meeting.date),
            meeting.cluster,
            meeting.union,
        )
        assert row["sha256"] == hashlib.sha256((ROOT / "content" / meeting.path).read_bytes()).hexdigest()
        assert row["url"] == f"{SITE}/{urls.meeting(meeting.id)}"
        assert [(p["role"], p["person"], p["name"], p["position"] or "") for p in row["participations"]] == [
            (p.role.value, p.person, p.name, p.position) for p in meeting.participations
        ]
        assert [(c["document"], c["as_written"]) for c in row["citations"]] == [(c.document, c.as_written) for c in meeting.citations]
        assert [s["url"] for s in row["sources"]] == [s.url or None for s in meeting.sources]
        assert [n["text"] for n in row["notes"]] == [n.text for n in meeting.notes]


def test_people_bodies_clusters_and_documents_are_all_there() -> None:
    archive, _ = load(ROOT / "content")
    told = json.loads(files_of(data_of(archive))["du-lieu/archive.json"])
    assert [(row["id"], row["name"]) for row in told["people"]] == [(p.id, p.name) for p in archive.people.values()]
    assert [(row["id"], row["name"], row["parent"]) for row in told["organizations"]] == [
        (o.id, o.name, o.parent) for o in archive.organizations.values()
    ]
    assert [(row["id"], row["label"]) for row in told["clusters"]] == [(c.id, c.label) for c in archive.clusters.values()]
    assert [(row["id"], row["number"] or "") for row in told["documents"]] == [(d.id, d.number) for d in archive.documents.values()]
    assert {(row["cluster"], row["year"]) for row in told["leads"]} == {
        (t.cluster, t.year) for terms in archive.leads_of_cluster.values() for t in terms
    }
    assert sum(row["meetings"] for row in told["cluster_years"]) == sum(map(len, archive.meetings_of_cluster.values()))
    written = [
        record for records in (archive.meetings, archive.people, archive.clusters) for record in records.values() if record.has_authority
    ]
    assert {record.id for record in written} <= {row["id"] for row in told["records"]}


def test_json_holds_the_same_as_the_tables(data: DataFiles) -> None:
    told = json.loads(files_of(data)["du-lieu/archive.json"])
    for table in data.tables:
        assert told[table.name] == json.loads(json.dumps(list(table.objects())))


def test_a_line_of_json_has_no_line_end_inside() -> None:
    columns = tuple(Column(name, "string", "", attrgetter(name)) for name in ("id", "text"))
    line = SimpleNamespace(id="1", text="a\u2028b\nc")
    table = Table(name="x", description="", columns=columns, key=("id",), refers={}, items=lambda: [line])
    (written,) = json_lines(table, [])
    assert len(written.splitlines()) == 1 and json.loads(written) == {"id": "1", "text": "a\u2028b\nc"}


def test_each_list_holds_the_meetings_of_its_page(data: DataFiles) -> None:
    files = files_of(data)
    for channel in data.exports.channels.by_page.values():
        if not channel.meetings:
            assert f"du-lieu/{channel.stem}.csv" not in files and not data.exports.downloads(channel.page)
            continue
        read = csv.DictReader(StringIO(files[f"du-lieu/{channel.stem}.csv"].decode("utf-8-sig"), newline=""))
        assert [row["id"] for row in read] == [meeting.id for meeting in channel.meetings]


def test_the_same_archive_gives_the_same_bytes(data: DataFiles) -> None:
    assert files_of(data) == files_of(data)


# --- datapackage.json ---------------------------------------------------------------------------------------------------


def test_the_data_package_describes_every_file_truly(data: DataFiles) -> None:
    files = files_of(data)
    package = json.loads(files["du-lieu/datapackage.json"])
    assert (package["name"], package["version"], package["profile"]) == ("so-giao-ban", "2025-11-20", "tabular-data-package")
    assert re.fullmatch(r"[a-z0-9.-]+", package["name"])
    rows = {}
    for resource in package["resources"]:
        written = files[f"du-lieu/{resource['path']}"]
        assert (resource["bytes"], resource["hash"]) == (len(written), "sha256:" + hashlib.sha256(written).hexdigest())
        assert re.fullmatch(r"[a-z0-9.-]+", resource["name"])
        read = csv.DictReader(StringIO(written.decode("utf-8-sig"), newline=""))
        rows[resource["name"]] = list(read)
        assert read.fieldnames == [field["name"] for field in resource["schema"]["fields"]]
    for resource in package["resources"]:
        check_resource(resource, rows)


def check_resource(resource: dict, rows: dict[str, list[dict[str, str]]]) -> None:
    """What the standard demands of a table: types, constraints, a key that names each row once, references that lead somewhere."""
    own, schema = rows[resource["name"]], resource["schema"]
    for field in schema["fields"]:
        for value in (row[field["name"]] for row in own):
            assert value or not field.get("constraints", {}).get("required")
            pattern = {"integer": r"-?\d+", "boolean": "true|false"}.get(field["type"]) or field.get("constraints", {}).get("pattern")
            assert not value or pattern is None or re.fullmatch(pattern, value), (resource["name"], field["name"], value)
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in own]
    assert len(keys) == len(set(keys))
    for foreign in schema.get("foreignKeys", []):
        known = {row[foreign["reference"]["fields"]] for row in rows[foreign["reference"]["resource"] or resource["name"]]}
        assert {row[foreign["fields"]] for row in own} - {""} <= known


# --- SQLite -------------------------------------------------------------------------------------------------------------


def test_the_database_holds_the_tables_and_its_references_hold(data: DataFiles, tmp_path: Path) -> None:
    database.write(tmp_path / "one.sqlite", data.searched_tables)
    database.write(tmp_path / "two.sqlite", data.searched_tables)
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    with sqlite3.connect(tmp_path / "one.sqlite") as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == [] and opened.execute("PRAGMA integrity_check").fetchone() == (
            "ok",
        )
        for table in data.searched_tables:
            names = ", ".join(f'"{name}"' for name in table.names)
            expected = [tuple("|".join(v) or None if isinstance(v, tuple) else v for v in row) for row in table.rows]
            assert opened.execute(f"SELECT {names} FROM {table.name} ORDER BY rowid").fetchall() == expected


def test_what_belongs_to_a_meeting_is_found_by_the_index_of_the_key(data: DataFiles, tmp_path: Path) -> None:
    database.write(tmp_path / "a.sqlite", data.searched_tables)
    with sqlite3.connect(tmp_path / "a.sqlite") as opened:
        for table in ("participations", "tasks", "passages"):
            plan = " ".join(row[3] for row in opened.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE meeting = 'a'"))
            assert "SEARCH" in plan and f"sqlite_autoindex_{table}_1" in plan


@given(st.text(alphabet=st.sampled_from("Đđ ạầ\u0301\u0323 \u00a0\nAZß.İ")), st.text())
def test_the_searched_words_are_those_of_the_folded_text(title: str, text: str) -> None:
    assert database.unmarked((title, None, text), [0, 1, 2]) == fold(" ".join(filter(None, (title, text))))


@pytest.mark.parametrize("query", ["đồng sông", "dong song", "Đồng", "GIAO BAN"])
def test_text_is_found_with_and_without_marks(query: str, tmp_path: Path) -> None:
    database.write(tmp_path / "a.sqlite", data_of(hostile_archive()).searched_tables)
    with sqlite3.connect(tmp_path / "a.sqlite") as opened:
        found = opened.execute(
            "SELECT id FROM meetings WHERE rowid IN (SELECT rowid FROM meetings_fts WHERE meetings_fts MATCH ?)", [query]
        )
        assert found.fetchall() == [("b",)]
        passages = opened.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'chuyen doi so'").fetchone()
        assert passages == (1,)


# --- Popolo, calendars --------------------------------------------------------------------------------------------------


def test_popolo_tells_only_what_meetings_attest() -> None:
    told = json.loads(files_of(data_of(hostile_archive()))["du-lieu/popolo.json"])
    assert [person["id"] for person in told["persons"]] == ["an"] and [body["id"] for body in told["organizations"]] == ["lhh"]
    assert len(told["memberships"]) == len(set(HOSTILE))
    for membership in told["memberships"]:
        assert (membership["person_id"], membership["organization_id"]) == ("an", "lhh")
        assert membership["sources"] == [{"url": f"{SITE}/ban-ghi/b.html"}]
        assert membership["first_recorded"] == membership["last_recorded"] == "2025-03-31"
        assert not {"start_date", "end_date"} & membership.keys()


def test_every_membership_of_the_archive_is_attested_by_its_meetings() -> None:
    archive, _ = load(ROOT / "content")
    told = json.loads(files_of(data_of(archive))["du-lieu/popolo.json"])
    attested = {
        (p.person, o, p.position, f"{SITE}/{urls.meeting(m.id)}")
        for m in archive.meetings.values()
        for p in m.participations
        if p.person
        for o in p.organizations
    }
    claimed = {(m["person_id"], m["organization_id"], m.get("role", ""), s["url"]) for m in told["memberships"] for s in m["sources"]}
    assert claimed == attested != set()


def test_a_calendar_holds_the_days_of_its_cluster(tmp_path: Path) -> None:
    (path, written), *others = calendars(hostile_archive(), SITE)
    assert (path, others) == ("du-lieu/lich-c.ics", [])
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["SUMMARY"]), event.decoded("DTSTART").isoformat(), event.decoded("DTEND").isoformat()) == (
        "Giao ban Đồng Sông",
        "2025-03-31",
        "2025-04-02",
    )
    assert (str(event["UID"]), str(event["URL"])) == ("b@so-giao-ban", f"{SITE}/ban-ghi/b.html")
    assert event.decoded("DTSTAMP").isoformat() == "2026-01-01T17:00:00+00:00"
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


@pytest.mark.parametrize(
    ("venue", "told"), [("Bạc Liêu", "Bạc Liêu"), ("thành phố Bạc Liêu", "thành phố Bạc Liêu"), ("Hội trường", "Hội trường, Bạc Liêu"), ("", "Bạc Liêu")]
)
def test_an_event_names_the_province_once(venue: str, told: str) -> None:
    archive = hostile_archive()
    held = Meeting(id="v", path="m.md", title="V", date=PartialDate(2025, 4, 1), cluster="c", venue=venue, province="Bạc Liêu")
    ((_, written),) = calendars(replace(archive, meetings={"v": held}))
    assert str(Calendar.from_ical(written).walk("VEVENT")[0]["LOCATION"]) == told


def test_each_dated_meeting_of_a_cluster_is_in_its_calendar_once() -> None:
    archive, _ = load(ROOT / "content")
    found = {path: [str(e["UID"]) for e in Calendar.from_ical(data).walk("VEVENT")] for path, data in calendars(archive)}
    expected = {
        f"du-lieu/lich-{id}.ics": [f"{m.id}@so-giao-ban" for m in meetings if m.date.day]
        for id, meetings in archive.meetings_of_cluster.items()
    }
    assert found == {path: events for path, events in expected.items() if events} != {}


def test_a_meeting_whose_day_is_unknown_stands_in_no_calendar(tmp_path: Path) -> None:
    archive = hostile_archive()
    vague = Meeting(id="v", path="m.md", title="V", date=PartialDate(2025, 4), cluster="c")
    assert list(calendars(Archive(**{**archive.__dict__, "meetings": {"v": vague}}))) == []
