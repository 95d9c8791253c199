"""Progress and profile of a build: what is shown while it runs, and where its time went."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from plugins import wording
from plugins.archive.hosting import MB
from plugins.archive.progress import SILENCE, progress_of
from plugins.building import profiling, site
from plugins.building.profiling import Profile, Stopwatch, Tally
from plugins.building.progress import Phases
from plugins.building.reporting import Report
from plugins.building.work import Built


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=140, highlight=False)


def plain(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", console.file.getvalue())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Processor seconds and seconds by the clock, as the test sets them."""
    now = [0.0, 0.0]
    monkeypatch.setattr(profiling, "_now", lambda: (now[0], now[1]))
    return now


def test_a_stopwatch_gives_all_time_to_the_name_that_began_last(clock: list[float]) -> None:
    watch = Stopwatch("đọc")
    clock[:] = [2.0, 3.0]
    watch.begin("viết")
    clock[:] = [7.0, 4.0]
    watch.begin("đọc")
    clock[:] = [8.0, 9.0]
    watch.begin("")
    clock[:] = [100.0, 100.0]
    watch.begin("viết")
    spent = watch.tally.spent
    assert (spent["đọc"].cpu, spent["đọc"].wall, spent["đọc"].times) == (3.0, 8.0, 2)
    assert (spent["viết"].cpu, spent["viết"].wall, spent["viết"].times) == (5.0, 1.0, 1)
    assert set(spent) == {"đọc", "viết"}


def test_tallies_of_several_processes_add_up_and_a_failure_is_counted_too() -> None:
    one, other = Tally(), Tally()
    for tally in (one, other, other):
        with tally.timed("meeting.html"):
            pass
    with pytest.raises(ZeroDivisionError), other.timed("home.html"):
        _ = 1 / 0
    one.merge(other)
    assert {name: spent.times for name, spent in one.spent.items()} == {"meeting.html": 3, "home.html": 1}


def test_a_profile_is_sorted_by_processor_time_and_leaves_out_what_took_none(clock: list[float]) -> None:
    profile = Profile()
    clock[:] = [1.0, 1.0]
    profile.phases.begin("Viết các trang")
    clock[:] = [10.0, 6.0]
    profile.pages.of("home.html").add(0.001, 0.001)
    profile.pages.of("person.html").add(2.0, 1.0, 4)
    profile.pages.of("meeting.html").add(6.0, 3.0, 3)
    console = Console(file=io.StringIO(), width=120)
    for table in profile.tables(wording.translations("en").gettext):
        console.print(table)
    lines = plain(console).splitlines()
    titles = [line.strip() for line in lines if line.startswith(("Phases", "Plugins", "Kinds of pages"))]
    assert titles == ["Phases", "Kinds of pages"]
    rows = [re.split(r" {2,}", line.strip()) for line in lines]
    assert ["Writing the pages", "9.00", "5.00", "90.0 %"] in rows
    assert rows.index(["meeting.html", "6.00", "3.00", "60.0 %", "3", "2000.00"]) + 1 == rows.index(
        ["person.html", "2.00", "1.00", "20.0 %", "4", "500.00"]
    )
    assert not any(row[0] == "home.html" for row in rows)


def test_phases_in_a_terminal_show_how_far_they_are_and_keep_their_count() -> None:
    console = terminal()
    with Phases(console, str) as phases:
        phases.begin("Đọc [hồ sơ]")  # no markup
        phases.reached(50, 200)
        phases.begin("Viết")
    shown = plain(console)
    assert "✓ Đọc [hồ sơ]" in shown
    assert re.search(r"200, \d+ mỗi giây", shown)
    assert "✓ Viết" in shown


def test_without_a_terminal_each_phase_is_one_line_and_no_count() -> None:
    console = Console(file=io.StringIO(), width=140, highlight=False)
    report = Report(wording.translations("en").gettext, console=console)
    with report.phases():
        report.phase("Viết các trang")
        report.reached(1, 2)
    assert plain(console) == "Writing the pages\n"


def test_a_build_that_nobody_watches_tells_nobody() -> None:
    assert progress_of({}) is SILENCE
    SILENCE.phase("Viết các trang")
    SILENCE.reached(1, 2)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_profile_fits_a_terminal_of_eighty_columns_without_cutting_a_word(language: str) -> None:
    profile, seen, translate = Profile(), io.StringIO(), wording.translations(language).gettext
    profile.phases.tally.of(profiling.START).add(852.25, 519.75)
    for name in ("instrument_companions.html", "instrument_documents.html"):
        profile.pages.of(name).add(120.25, 60.5, 250_000)
    for table in profile.tables(translate):
        Console(file=seen, width=80).print(table, width=120, crop=False)
    printed = seen.getvalue()
    assert "…" not in printed and max(map(len, printed.splitlines())) <= 80
    words = " ".join(translate(heading) for heading in (profiling.START, *profiling._TIME, *profiling._TIMES)).split()
    assert set(words) <= set(printed.split())


@pytest.mark.parametrize(
    ("language", "told"), [("vi", "Xong: 1 tệp, 12,3 MB, trong 2,1 giây, ở output\n"), ("en", "Done: 1 files, 12.3 MB, in 2.1 seconds, at output\n")]
)
def test_figures_are_written_as_their_readers_write_them(language: str, told: str) -> None:
    console = Console(file=io.StringIO(), width=140, highlight=False)
    built = Built(output=Path("output"), files={"index.html": int(12.34 * MB)}, written=1, warnings=())
    site._tell(built, 2.14, Report(wording.translations(language).gettext, console=console))
    assert plain(console) == told
