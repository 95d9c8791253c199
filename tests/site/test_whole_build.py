"""What a build promises: all or nothing, drafts nowhere, untrusted text never markup, redirects for former ids."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

MEETING = "meetings/2030/2030-04-18-giao-ban-song-may.md"


def read(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path).read_bytes(), "html.parser")


def test_four_mistakes_are_told_at_once_and_the_last_site_stays(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    output = tmp_path / "site"
    assert run_tasks("build", "--content", small_archive, "--output", output).returncode == 0
    before = {path: path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}
    sound = (small_archive / MEETING).read_text(encoding="utf-8")
    for name, old, new in (
        ("2030-05-01-a.md", "date: 2030-04-18", "date: 31/02/2030"),
        ("2030-05-02-b.md", "kind: giao ban", "kind: giao ban\ncluster: Cụm thi đua số 1"),
        ("2030-05-03-c.md", "Phạm Thử An", "Phạm Thử Ân"),
        ("2030-05-04-nhac.md", "title: Giao ban", "title: “Giao ban"),
        ("../2031/2030-04-18-giao-ban-song-may.md", "2030", "2030"),
    ):
        file = small_archive / "meetings" / "2030" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(sound.replace(old, new), encoding="utf-8")
    done = run_tasks("build", "--content", small_archive, "--output", output)
    told = " ".join(done.stderr.split())
    assert done.returncode == 1
    for code in ("date-invalid", "cluster-unknown", "slug-collision", "id-duplicate"):
        assert told.count(f"[{code}]") == 1, told
    assert "nhắc:" in told and f"{told.count('lỗi:')} chỗ phải sửa" in told, told
    assert {path: path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()} == before


def test_a_draft_appears_nowhere(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    secret = "Bí mật chưa công bố"
    draft = (small_archive / MEETING).read_text(encoding="utf-8").replace("Giao ban quý II tại Sông Mây", secret).replace("Phạm Thử An", "Người Chưa Lộ")
    (small_archive / "meetings/2030/2030-06-01-nhap.md").write_text(draft.replace("---\n", "---\nstatus: draft\n", 1), encoding="utf-8")
    output = tmp_path / "site"
    assert run_tasks("build", "--content", small_archive, "--output", output).returncode == 0
    for file in (file for file in output.rglob("*") if file.is_file()):
        data = file.read_bytes()
        assert secret.encode() not in data and "Người Chưa Lộ".encode() not in data and b"2030-06-01-nhap" not in data, file


def test_a_renamed_record_leaves_a_redirect(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    file = small_archive / MEETING
    file.rename(file.with_name("2030-04-18-ten-moi.md"))
    renamed = file.with_name("2030-04-18-ten-moi.md")
    text = renamed.read_text(encoding="utf-8")
    renamed.write_text(text.replace("---\n", "---\nformer_ids: 2030-04-18-giao-ban-song-may\n", 1), encoding="utf-8")
    output = tmp_path / "site"
    assert run_tasks("build", "--content", small_archive, "--output", output).returncode == 0
    stub = read(output, "ban-ghi/2030-04-18-giao-ban-song-may.html")
    assert "2030-04-18-ten-moi.html" in stub.find("meta", attrs={"http-equiv": "refresh"})["content"]
    assert stub.find("a", href=True)["href"].endswith("2030-04-18-ten-moi.html")


def test_what_editors_write_never_becomes_markup(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    file = small_archive / MEETING
    hostile = '</script><script>alert(1)</script>"\'><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}'
    text = file.read_text(encoding="utf-8")
    quoted = hostile.replace("'", "''")
    text = text.replace("title: Giao ban quý II tại Sông Mây", f"title: '{quoted}'\nsummary: '{quoted}'\nvenue: '{quoted}'\nnotes: ['{quoted}']\nattendance: '{quoted}'\nimages: [{{caption: '{quoted}'}}]")
    file.write_text(text + f"\n{hostile}\n\n[x](javascript:alert(1)) <iframe src=//a.vn></iframe> ![y](http://a.vn/y.png)\n", encoding="utf-8")
    output = tmp_path / "site"
    done = run_tasks("build", "--content", small_archive, "--output", output)
    assert done.returncode == 0, done.stderr
    for page in output.rglob("*.html"):
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        assert not soup.find_all("iframe"), page
        assert not [img for img in soup.find_all("img") if img.get("src", "") in ("x", "http://a.vn/y.png")], page
        assert not [element for element in soup.find_all(True) if any(name.startswith("on") for name in element.attrs)], page
        assert not [a for a in soup.find_all("a", href=True) if a["href"].lower().startswith(("javascript:", "data:"))], page
        assert not [script for script in soup.find_all("script") if not script.get("src") and "alert" in script.get_text() and script.get("type") != "application/ld+json"], page
    meeting = read(output, "ban-ghi/2030-04-18-giao-ban-song-may.html")
    assert "{{ 7*7 }}{% raw %}" in meeting.h1.get_text().replace("\u00a0", " ")


def test_the_english_interface_is_whole(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    output = tmp_path / "site"
    assert run_tasks("build", "--content", small_archive, "--output", output, "--language", "en").returncode == 0
    page = read(output, "ban-ghi/2030-04-18-giao-ban-song-may.html")
    assert page.html["lang"] == "en"
    assert "Record card" in page.get_text()
    assert [part["lang"] for part in page.select("h1, .prose")] == ["vi", "vi"], "a report is read aloud as Vietnamese"
    for name in ("cong-cu.html", "cong-cu/do-phu.html", "cong-cu/dong-thoi-gian.html", "dinh-chinh.html"):
        assert str(read(output, name).find("meta", attrs={"name": "description"})["content"]).isascii(), name


def test_in_english_kinds_and_levels_of_organizations_are_english(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    record = small_archive / "organizations" / "so-thu-song-may.md"
    record.parent.mkdir()
    record.write_text("---\nname: Sở Thử Sông Mây\nkind: cơ quan nhà nước\nlevel: tỉnh\n---\n", encoding="utf-8")
    output = tmp_path / "site"
    assert run_tasks("build", "--content", small_archive, "--output", output, "--language", "en").returncode == 0
    assert {"government body", "province"} <= {value.get_text() for value in read(output, "to-chuc/so-thu-song-may.html").select(".card__value")}
    assert [" ".join(head.get_text(" ").split()) for head in read(output, "to-chuc.html").select("main h2")] == ["Government body 1", "Kind unknown 1"]


def test_the_same_content_gives_the_same_bytes(small_archive: Path, tmp_path: Path, run_tasks) -> None:
    sites = []
    for number, (seed, zone, language) in enumerate((("1", "Asia/Ho_Chi_Minh", "C"), ("2", "America/New_York", "vi_VN.UTF-8"))):
        output = tmp_path / f"site{number}"
        done = run_tasks("build", "--content", small_archive, "--output", output, PYTHONHASHSEED=seed, TZ=zone, LANG=language)
        assert done.returncode == 0, done.stderr
        sites.append({file.relative_to(output): file.read_bytes() for file in sorted(output.rglob("*")) if file.is_file()})
    assert sites[0] == sites[1]
