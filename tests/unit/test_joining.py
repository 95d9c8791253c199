"""A meeting that joins a resolved archive is the one that resolving everything makes of it; what that alone can tell does not join."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.archive.archive import Archive
from plugins.archive.joining import joined
from plugins.archive.loading import load
from plugins.archive.records import Meeting
from plugins.measuring import corpus

FILE, OTHER, NEW = (f"meetings/2030/2030-{day}.md" for day in ("04-18-hop", "05-18-giao-ban", "04-30-moi"))
TEXTS = {
    "organizations/lhh-song-may.md": "---\nname: Liên hiệp hội Sông Mây\nabbreviations: LHH; LHH Sông Mây\nprovince: Sông Mây\nformer_ids: [lien-hiep-song-may]\n---\n",
    "organizations/lhh-song-gio.md": "---\nname: Liên hiệp hội Sông Gió\nabbreviations: LHH\n---\n",
    "people/pham-thu-an.md": "---\nname: Phạm Thử An\nvariants: [Phạm An]\n---\n",
    "clusters/cum-1.md": "---\nowner: Liên hiệp hội Sông Mây\nkind: cụm\nnumber: 1\n---\n",
    "documents/nq-7.md": "---\ntype: Nghị quyết\nnumber: 7-NQ/TW\ndate: 2020-05-06\ntitle: Về việc thử\n---\n",
    FILE: """\
---
title: Họp quý II
date: 2030-04-18
union: Liên hiệp hội Sông Mây
images: [{file: 2030/cau.png, alt: Cầu}]
chairs:
  - {name: Phạm Thử An, role: Chủ tịch, organization: LHH Sông Mây}
  - {name: Lê Thử Bình, role: Thư ký, organization: Hội Làm vườn Sông Mây}
---
Theo Nghị quyết số 7-NQ/TW và Kết luận số 8-KL/TW ngày 01/02/2029.
""",
    OTHER: """\
---
title: Giao ban
former_ids: [giao-ban-cu]
date: 2030-05-18
cluster: Cụm thi đua số 1, Sông Mây
chairs: Hoàng Thử Cầm
---
Theo Chỉ thị số 9-CT/TW ngày 3/4/2028 và Chỉ thị số 9-CT/TW ngày 3/4/2029.
""",
}
JOIN = {
    "a title": ("title: Họp quý II", "title: Họp quý hai"),
    "nobody's name": ("Phạm Thử An", "Trần Thử Yên"),
    "a name that others imply": ("Phạm Thử An", "Hoàng Thử Cầm"),
    "a variant": ("Phạm Thử An", "Phạm An"),
    "another day": ("date: 2030-04-18", "date: 2030-06-18"),
    "what a short form means there": ("organization: LHH Sông Mây", "organization: LHH"),
    "another union": ("union: Liên hiệp hội Sông Mây", "union: Liên hiệp hội Sông Gió"),
    "a new union": ("union: Liên hiệp hội Sông Mây", "union: Liên hiệp hội Sông Xa\norganizer: Liên hiệp hội Sông Xa\nhost: LHH Sông Mây"),
    "a cluster": ("union: Liên hiệp hội Sông Mây", "cluster: cum-1\nleads: [{year: 2031, lead: Hội Làm vườn Sông Mây}]"),
    "a cluster by its name": ("union: Liên hiệp hội Sông Mây", "cluster: Cụm thi đua số 1 Liên hiệp hội Sông Mây"),
    "who is named": ("chairs:", "mentions: [Vũ Thử Dậu, Hoàng Thử Cầm]\nchairs:"),
    "a document that others cite": ("Kết luận số 8-KL/TW ngày 01/02/2029", "Chỉ thị số 9-CT/TW ngày 3/4/2028"),
    "a document of no year": ("Nghị quyết số 7-NQ/TW", "Nghị quyết số 7-NQ/TW ngày 6/5/2020"),
    "a document whose type is not told": ("Nghị quyết số 7-NQ/TW", "Văn bản số 7-NQ/TW"),
    "a new document": ("8-KL/TW", "18-KL/TW"),
    "a document given in two years": ("8-KL/TW", "18-KL/TW ngày 1/2/2027, Kết luận số 18-KL/TW ngày 1/2/2028, số 8-KL/TW"),
    "a listed document": ("chairs:", "documents: [Nghị quyết số 7-NQ/TW; Chỉ thị số 99-CT/TW]\nchairs:"),
    "no picture": ("images: [{file: 2030/cau.png, alt: Cầu}]\n", ""),
    "the same id, said": ("title:", "id: 2030-04-18-hop\ntitle:"),
}
STAY = {
    "another id": ("title:", "id: 2030-04-18-khac\ntitle:"),
    "another's id": ("title:", "id: 2030-05-18-giao-ban\ntitle:"),
    "a former id": ("title:", "former_ids: [cu]\ntitle:"),
    "a draft": ("title:", "status: draft\ntitle:"),
    "a new picture": ("2030/cau.png", "2030/khac.png"),
    "an unknown field": ("title:", "khong-co: 1\ntitle:"),
    "an unknown cluster": ("union: Liên hiệp hội Sông Mây", "cluster: Cụm thi đua số 9"),
    "an id misspelt": ("Phạm Thử An", "pham-thu-ann"),
    "the address of another name": ("Phạm Thử An", "Hoàng Thứ Cầm"),
    "a document in another year": ("Nghị quyết số 7-NQ/TW", "Nghị quyết số 7-NQ/TW ngày 6/5/2021"),
    "a document in a third year": ("Kết luận số 8-KL/TW ngày 01/02/2029", "Chỉ thị số 9-CT/TW ngày 3/4/2027"),
    "a short form of nobody": ("union: Liên hiệp hội Sông Mây", "union: LHH"),
}


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in TEXTS.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def load(self) -> Archive:
        archive, problems = load(self.path)
        assert problems.errors == ()
        return archive


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def shown(archive: Archive, meeting: Meeting) -> object:
    """The meeting, where it stands, and what its page shows of others."""
    people = {p.person: archive.people[p.person].label for p in (*meeting.participations, *meeting.mentions) if p.person}
    bodies = [archive.organizations[id] for p in meeting.participations for id in p.organizations]
    documents = [(document := archive.documents[c.document]).label and replace(document, dates=()) for c in meeting.citations]
    return meeting, list(archive.meetings), people, bodies, documents, [archive.count_citing[c.document] for c in meeting.citations]


@pytest.mark.parametrize(("old", "new"), JOIN.values(), ids=JOIN)
def test_an_edited_meeting_joins_as_it_is_resolved(folder: Folder, old: str, new: str) -> None:
    before = folder.load()
    folder.write(FILE, TEXTS[FILE].replace(old, new))
    found = joined(before, {FILE: Path(FILE).stem})
    assert found is not None and TEXTS[FILE] != (folder.path / FILE).read_text(encoding="utf-8")
    archive, meetings = found
    whole = folder.load()
    assert [shown(archive, meeting) for meeting in meetings.values()] == [shown(whole, whole.meetings[Path(FILE).stem])]


@pytest.mark.parametrize(("old", "new"), {"as it is": ("", ""), **JOIN}.values(), ids=["as it is", *JOIN])
def test_a_new_meeting_joins_as_it_is_resolved(folder: Folder, old: str, new: str) -> None:
    before = folder.load()
    folder.write(NEW, TEXTS[FILE].replace(old, new).replace("images: [{file: 2030/cau.png, alt: Cầu}]\n", "").replace("id: 2030-04-18-hop\n", ""))
    found = joined(before, {NEW: None})
    assert found is not None
    archive, meetings = found
    whole = folder.load()
    assert [shown(archive, meeting) for meeting in meetings.values()] == [shown(whole, whole.meetings[Path(NEW).stem])]


@pytest.mark.parametrize(("old", "new"), STAY.values(), ids=STAY)
def test_what_all_entries_tell_does_not_join(folder: Folder, old: str, new: str) -> None:
    before = folder.load()
    folder.write(FILE, TEXTS[FILE].replace(old, new))
    assert (folder.path / FILE).read_text(encoding="utf-8") != TEXTS[FILE]
    assert joined(before, {FILE: Path(FILE).stem}) is None


@pytest.mark.parametrize("name", ["meetings/2030/giao-ban-cu.md", "meetings/2031/2030-05-18-giao-ban.md"], ids=["a former address", "another's address"])
def test_a_new_meeting_at_an_address_that_is_taken_does_not_join(folder: Folder, name: str) -> None:
    before = folder.load()
    folder.write(name, TEXTS[OTHER].replace("former_ids: [giao-ban-cu]\n", ""))
    assert joined(before, {name: None}) is None


def test_several_join_together(folder: Folder) -> None:
    before = folder.load()
    folder.write(NEW, TEXTS[FILE].replace("images: [{file: 2030/cau.png, alt: Cầu}]\n", "").replace("Lê Thử Bình", "Lý Thử Hoa"))
    folder.write(OTHER, TEXTS[OTHER].replace("Hoàng Thử Cầm", "Lý Thử Hoa").replace("Theo", "Theo Chỉ thị số 5-CT/TW,"))
    found = joined(before, {OTHER: Path(OTHER).stem, NEW: None})
    assert found is not None
    archive, meetings = found
    whole = folder.load()
    assert {id: shown(archive, meeting)[:4] for id, meeting in meetings.items()} == {id: shown(whole, whole.meetings[id])[:4] for id in meetings}  # type: ignore[index]


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_meeting_of_an_archive_could_have_come_last(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = tmp_path_factory.mktemp("joining")
    corpus.write(25, content)
    whole = load(content)[0]
    last = data.draw(st.sampled_from(list(whole.meetings.values())))
    file, text = content / last.path, (content / last.path).read_bytes()
    file.unlink()
    before = load(content)[0]
    file.write_bytes(text)
    found = joined(before, {last.path: None})
    assert found is None or found[1] == {last.id: replace(last, images=found[1][last.id].images)}
