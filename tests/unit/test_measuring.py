"""What measures builds: tables, weights, and the same archive for other generators."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from plugins.archive import rereading
from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.measuring import build_bench, builders, corpus, edits, machine, timing, weighing
from plugins.measuring.rivals import headers, hugo, stock_pelican
from plugins.measuring.tables import markdown


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    content = tmp_path_factory.mktemp("corpus") / "content"
    corpus.write(30, content)
    loaded, problems = load(content)
    assert not problems.errors
    return loaded


def test_a_table_is_aligned_and_its_bars_are_escaped() -> None:
    assert markdown(["", "s"], [["một|hai", "1.5"], ["ba", "12.25"]]).splitlines() == [
        "|          |     s |",
        "| -------- | ----: |",
        "| một\\|hai |   1.5 |",
        "| ba       | 12.25 |",
    ]


def test_what_the_last_build_left_is_set_aside_and_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    command = (sys.executable, "-c", "import pathlib; pathlib.Path('output').mkdir(); pathlib.Path('output/a').touch()")
    builder = builders.Builder(name="a", command=command, folder=folder, output=folder / "output", made=(folder / "output", folder / "none"))
    builder.clean()
    builder.clean()
    assert len(list(tmp_path.glob("aside-*/output/a"))) == 1 and builder.output.exists()


def test_pages_are_weighed_by_kind_and_other_files_only_as_a_whole(tmp_path: Path) -> None:
    for path, size in {
        "ban-ghi/a.html": 3000,
        "ban-ghi/b.html": 1000,
        "cum/x/page/2.html": 500,
        "index.html": 10,
        "du-lieu/x.csv": 7,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x" * size)
    found = weighing.pages(tmp_path)
    assert found["meetings"] == weighing.Weight(2, 4000)
    assert found["meetings"].average == 2.0
    assert found["clusters"] == weighing.Weight(1, 500)
    assert found["people"] == weighing.Weight(0, 0)
    assert found[weighing.OTHERS] == weighing.Weight(1, 10)
    assert weighing.whole(tmp_path) == weighing.Weight(5, 4517)


def test_a_projection_goes_on_along_the_line_through_two_sizes() -> None:
    assert build_bench._projected([(10_000, 20.0), (100_000, 200.0)]) == pytest.approx(500.0)
    assert build_bench._projected([(10_000, 50.0), (100_000, 50.0)]) == pytest.approx(50.0)


def test_a_header_says_who_led_and_what_each_organization_was(archive: Archive) -> None:
    led = headers.led(archive)
    meeting = next(one for one in archive.meetings.values() if (one.cluster, one.date.year) in led)
    bodies = headers.meeting(archive, meeting, led)["bodies"]
    assert isinstance(bodies, dict)
    leader = next(id for id, tag in led[meeting.cluster or "", meeting.date.year].items() if tag == "Cụm trưởng")
    assert "Cụm trưởng" in bodies[leader]
    assert all("Đăng cai" in bodies[host] for host in meeting.hosts)
    assert bodies[meeting.union][-1] == "Chủ quản"


def test_the_hugo_site_has_every_record_with_its_terms_and_every_partial_its_layouts_ask_for(archive: Archive, tmp_path: Path) -> None:
    hugo.write(archive, tmp_path / "site")
    content = tmp_path / "site" / "content"
    for id, meeting in archive.meetings.items():
        header, _, body = (content / "ban-ghi" / f"{id}.md").read_text(encoding="utf-8").partition("\n}\n")
        terms = json.loads(header + "}")
        assert terms["cum"] == [meeting.cluster]
        assert terms["van-ban"] == list(dict.fromkeys(c.document for c in meeting.citations))
        assert body.strip() == rereading.markdown(archive.content, meeting).strip()
    for kind, records in (
        ("cum", archive.clusters),
        ("to-chuc", archive.organizations),
        ("nguoi", archive.people),
        ("van-ban", archive.documents),
    ):
        assert {path.parent.name for path in (content / kind).glob("*/_index.md")} == set(records)
    layouts = list(hugo.LAYOUTS.rglob("*.html"))
    asked = {name for path in layouts for name in re.findall(r'partial(?:Cached)? "([^"]+)"', path.read_text(encoding="utf-8"))}
    assert asked == {path.name for path in layouts if path.parent.name == "partials"}


def test_the_pelican_blog_writes_a_page_for_every_record(archive: Archive, tmp_path: Path) -> None:
    stock_pelican.write(archive, tmp_path)
    builder = builders.stock_pelican(tmp_path)
    assert builder.clean().cpu > 0
    pages = {path.relative_to(builder.output).as_posix() for path in builder.output.rglob("*.html")}
    assert {f"ban-ghi/{id}.html" for id in archive.meetings} <= pages
    assert {f"to-chuc/{body}.html" for m in archive.meetings.values() for body in (*m.hosts, m.union)} <= pages
    assert {f"lich/{m.date.year}-q{m.date.quarter}.html" for m in archive.meetings.values()} <= pages
    assert len([page for page in pages if page.startswith("nguoi/")]) == len(
        [id for id in archive.people if archive.meetings_of_person.get(id)]
    )
    one = next(iter(archive.meetings.values()))
    text = (builder.output / "ban-ghi" / f"{one.id}.html").read_text(encoding="utf-8")
    assert all(f"nguoi/{p.person}.html" in text for p in one.participations)
    assert "Hội nghị liên quan" in text and "@misc{" in text and "application/ld+json" in text


def test_a_size_that_is_no_number_or_an_unknown_rival_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_bench.command(Path(), "nhiều", 1, "hugo", False) == 2
    assert build_bench.command(Path(), "10", 1, "jekyll", False) == 2
    assert capsys.readouterr().out.count("--rivals hugo,pelican") == 2


def test_an_edit_is_another_each_time_and_a_new_meeting_a_new_file(tmp_path: Path) -> None:
    """Else the next site that is built of the same archive would have less to do."""
    corpus.write(5, tmp_path)
    editor = edits.Editor.of(tmp_path)
    states = [_state(tmp_path)]
    for edit in [*edits.SERVED.values()] * 2:
        shown = edit(editor)
        states.append(_state(tmp_path))
        changed = set(states[-1].items()) - set(states[-2].items())
        assert [(Path(file).stem, shown.words in text) for file, text in changed] == [(Path(shown.page).stem, True)]
        assert not any(shown.words in text for text in states[-2].values())
    assert len(states[-1]) == len(states[0]) + 2


def _state(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


def test_the_machine_is_told_with_what_builds_on_it() -> None:
    assert re.search(r"\d+ processors", machine.description())
    assert re.match(r"Python 3\.\d+\.\d+, pelican \d", machine.versions())


def test_the_page_on_performance_holds_what_the_bench_prints(root: Path) -> None:
    page = (root / "docs" / "performance.md").read_text(encoding="utf-8")
    one = timing.Figure(1.0, 1.0, 1.0)
    weights = dict.fromkeys([*weighing.KINDS.values(), weighing.OTHERS], weighing.Weight(1, 1000))
    measured = build_bench.Measured(
        count=10,
        clean={build_bench.OURS: [one]},
        weights={build_bench.OURS: weighing.Weight(1, 1)},
        pages={build_bench.OURS: weights},
        again={name: [one] for name in edits.EDITS},
        served={name: [1.0] for name in edits.SERVED},
    )
    printed = "\n".join(build_bench._tables(measured, 1))
    cells = {cell.strip() for line in printed.splitlines() if line.startswith("|") for cell in line.split("|")}
    assert {cell for cell in cells if re.search(r"[a-z]", cell)} <= {cell.strip() for line in page.splitlines() for cell in line.split("|")}
