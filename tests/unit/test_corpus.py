"""Synthetic archives: the same bytes for the same seed, sound records, text that grows as real text does."""

from __future__ import annotations

from pathlib import Path

from plugins.archive.loading import load
from plugins.measuring.corpus import Corpus


def texts(count: int, seed: int = 1) -> dict[str, str]:
    return dict(Corpus(count, seed).files())


def test_one_seed_gives_one_archive() -> None:
    assert texts(60) == texts(60)
    assert texts(60) != texts(60, seed=2)


def test_every_record_loads_and_none_is_an_error(tmp_path: Path) -> None:
    for path, text in texts(200).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    archive, problems = load(tmp_path)
    assert problems.errors == ()
    assert len(archive.meetings) == 200 and archive.documents and archive.leads_of_cluster
    assert all(meeting.cluster and meeting.citations is not None for meeting in archive.meetings.values())


def test_the_vocabulary_grows_with_the_archive_but_slower() -> None:
    def words(count: int) -> int:
        return len({word for path, text in texts(count).items() if path.startswith("meetings") for word in text.split()})

    small, large = words(50), words(800)
    assert 1.2 * small < large < 8 * small
