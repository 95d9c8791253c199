"""Texts rendered by many processes and kept in a file: the same as one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from plugins.archive.archive import Archive
from plugins.archive.loading import load
from plugins.archive.progress import SILENCE
from plugins.archive.rereading import FileChanged, markdown
from plugins.archive.sharing import shared
from plugins.measuring import corpus
from plugins.meetings.bodies import BodyRenderer
from plugins.meetings.rendering import Bodies, rendering


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    corpus.write(120, tmp_path)
    return load(tmp_path)[0]


def rendered(archive: Archive, workers: int) -> Bodies:
    with rendering(archive, archive.records(), lambda html: html + Markup("<!---->"), workers=workers, folder=None) as bodies:
        bodies.settle(SILENCE)
    return bodies


def test_a_body_is_given_as_it_was_rendered(archive: Archive) -> None:
    renderer, bodies = BodyRenderer(lambda html: html + Markup("<!---->")), rendered(archive, 1)
    meetings = [meeting for meeting in archive.meetings.values() if not meeting.citations]
    expected = {("meeting", meeting.id): renderer.render(markdown(archive.content, meeting)) for meeting in meetings}
    assert {key: bodies[key] for key in expected} == expected
    assert any(body.tasks and body.given_by for body in expected.values())


def test_many_processes_render_what_one_renders(archive: Archive) -> None:
    one, many = rendered(archive, 1), rendered(archive, 3)
    assert list(one) == list(many) == [(kind, record.id) for kind, record in archive.records() if record.body_line]
    assert len(many) == len(list(many)) > 100
    assert list(one.values()) == list(many.values())
    assert all(body.html.endswith("<!---->") and body.text for body in many.values())


def test_forked_processes_read_the_bodies_that_they_inherit(archive: Archive) -> None:
    bodies = rendered(archive, 1)
    keys = list(bodies) * 3
    assert list(shared(bodies.get, keys, workers=3, chunk=7)) == [bodies[key] for key in keys]


def test_bodies_are_read_where_a_system_has_no_pread(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = rendered(archive, 1)
    expected = list(bodies.values())
    monkeypatch.delattr("os.pread")
    assert list(bodies.values()) == expected


def test_nobody_has_a_body_that_there_is_none_of(archive: Archive) -> None:
    bodies = rendered(archive, 1)
    assert ("meeting", "khong-co") not in bodies
    assert bodies.get(("meeting", "khong-co")) is None


def test_a_file_that_changes_meanwhile_is_named(archive: Archive) -> None:
    meeting = list(archive.meetings.values())[60]
    (archive.content / meeting.path).write_text("khác", encoding="utf-8")
    with pytest.raises(FileChanged, match=meeting.path):
        rendered(archive, 2)


def test_nobody_takes_a_body_that_may_still_be_rendered_for_one_that_there_is_none_of(archive: Archive) -> None:
    with rendering(archive, archive.records(), lambda html: html, workers=2, folder=None) as bodies:
        with pytest.raises(RuntimeError, match="before all are rendered"):
            bodies.get(next(iter(bodies)))
        bodies.settle(SILENCE)
        assert bodies.get(next(iter(bodies)))
