"""The benchmark of builds, run over archives small enough for a test: what it prints is what docs/performance.md holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.measuring import build_bench

ROOT = Path(__file__).resolve().parents[2]


def test_a_bench_prints_a_table_for_each_question_and_the_curve(capfd: pytest.CaptureFixture[str]) -> None:
    assert build_bench.command(ROOT, "6,12", 1, "", with_whole=False) == 0
    printed = capfd.readouterr().out
    assert [line for line in printed.splitlines() if line.startswith("## ")] == ["## 6 meetings", "## 12 meetings", "## From size to size"]
    assert len(re.findall(r"^\| Sổ Giao Ban \| +\d+\.\d \|.*\| +1\.00 \| +1\.00 \|$", printed, re.MULTILINE)) == 2
    assert re.search(r"^\| meetings +\| +12 × \d+\.\d \|$", printed, re.MULTILINE)
    assert re.search(r"^\| 250,000 \(projected\) \|", printed, re.MULTILINE)
    again = re.findall(r"^\| (one .*?|nothing changed) +\|", printed, re.MULTILINE)
    assert again == ["one edited meeting", "one new title", "one new meeting", "nothing changed"] * 2
