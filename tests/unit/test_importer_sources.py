"""Every kind of source: saved pages with pictures, archives, captures, Word; and nothing from outside them."""

from __future__ import annotations

import threading
import zipfile
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from plugins.importer.batch import Batch
from plugins.importer.journal import Journal, Outcome
from plugins.importer.sources import find
from tests.fixtures.importer.content import make

BODY = """<p>Sáng 16/3/2023, Cụm thi đua số 2 thuộc Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam giao ban quý I năm 2023.</p>
<p>Ông Mai Văn Tịnh – Chủ tịch Hội Đông y tỉnh chủ trì hội nghị.</p>"""
PICTURE = '<p><img src="{src}" alt="z5123456789012_0123456789abcdef0123456789abcdef"></p><p>Toàn cảnh hội nghị</p>'


def html(src: str = "") -> str:
    picture = PICTURE.format(src=src) if src else ""
    return f'<html><head><meta charset="utf-8"><title>Giao ban Cụm thi đua số 2</title></head><body><h1>Giao ban Cụm thi đua số 2</h1>{BODY}{picture}</body></html>'


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    stream = BytesIO()
    Image.effect_noise((200, 150), 80).save(stream, "JPEG")
    return stream.getvalue()


def run(tmp_path: Path, *paths: Path | str, fetch: bool = False) -> list[Outcome]:
    content = make(tmp_path / "content")
    return list(Batch(content=content, workers=1, journal=Journal(None)).run(find([str(path) for path in paths], fetch=fetch)))


def pictures(tmp_path: Path) -> list[str]:
    return sorted(path.relative_to(tmp_path / "content").as_posix() for path in (tmp_path / "content" / "images").rglob("*.*"))


def test_picture_saved_beside_the_page_is_copied_with_its_caption(tmp_path: Path, jpeg: bytes) -> None:
    page = tmp_path / "bài cũ.html"
    page.write_text(html("b%C3%A0i%20c%C5%A9_files/anh.jpg"), encoding="utf-8")
    (tmp_path / "bài cũ_files").mkdir()
    (tmp_path / "bài cũ_files" / "anh.jpg").write_bytes(jpeg)
    (outcome,) = run(tmp_path, page)
    assert pictures(tmp_path) == ["images/2023/2023-03-16-giao-ban-cum-2-ha-nam-1.jpg"]
    assert "  - file: 2023/2023-03-16-giao-ban-cum-2-ha-nam-1.jpg\n    caption: Toàn cảnh hội nghị\n" in outcome.record


def test_folder_gives_its_pages_and_not_the_frames_saved_with_them(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "a_files").mkdir(parents=True)
    (folder / "a.html").write_text(html(), encoding="utf-8")
    (folder / "a_files" / "quang-cao.html").write_text(html(), encoding="utf-8")
    (folder / "b.css").write_text("p{}", encoding="utf-8")
    assert [Path(source.key).name for source in find([str(folder)])] == ["a.html"]


def test_zip_gives_pages_and_pictures(tmp_path: Path, jpeg: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "luu.zip", "w") as archive:
        archive.writestr("cu/a.html", html("a_files/1.jpg"))
        archive.writestr("cu/a_files/1.jpg", jpeg)
    (outcome,) = run(tmp_path, tmp_path / "luu.zip")
    assert (outcome.status, len(pictures(tmp_path))) == ("written", 1)


def test_mhtml_gives_page_address_and_picture(tmp_path: Path, jpeg: bytes) -> None:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://cu.example/bai/1.html"
    page = MIMEText(html("../anh/1.jpg"), "html", "utf-8")
    page["Content-Location"] = "https://cu.example/bai/1.html"
    image = MIMEImage(jpeg)
    image["Content-Location"] = "https://cu.example/anh/1.jpg"
    message.attach(page)
    message.attach(image)
    (tmp_path / "bai.mhtml").write_bytes(message.as_bytes())
    (outcome,) = run(tmp_path, tmp_path / "bai.mhtml")
    assert "- url: https://cu.example/bai/1.html\n" in outcome.record
    assert len(pictures(tmp_path)) == 1


def warc(jpeg: bytes, gzip: bool) -> bytes:
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=gzip)
    for url, kind, data in (
        ("https://cu.example/1.jpg", "image/jpeg", jpeg),
        ("https://cu.example/bai.html", "text/html; charset=utf-8", html("1.jpg").encode()),
    ):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=BytesIO(data), http_headers=headers, warc_headers_dict={"WARC-Date": "2019-05-06T07:08:09Z"}
        )
        writer.write_record(record)
    gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://cu.example/mat.html", "response", payload=BytesIO(b"<p>khong con</p>"), http_headers=gone)
    )
    return stream.getvalue()


@pytest.mark.parametrize("name", ["luu.warc", "luu.warc.gz", "luu.wacz"])
def test_capture_gives_page_address_day_and_picture(tmp_path: Path, jpeg: bytes, name: str) -> None:
    if name.endswith(".wacz"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("archive/data.warc.gz", warc(jpeg, True))
            archive.writestr("pages/pages.jsonl", "{}")
    else:
        (tmp_path / name).write_bytes(warc(jpeg, name.endswith("gz")))
    (outcome,) = run(tmp_path, tmp_path / name)
    assert "- url: https://cu.example/bai.html\n" in outcome.record and "retrieved: 2019-05-06\n" in outcome.record
    assert len(pictures(tmp_path)) == 1


def docx() -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (
        "Giao ban Cụm thi đua số 2",
        "Sáng 16/3/2023, Cụm thi đua số 2 thuộc Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam giao ban quý I năm 2023.",
        "Ông Mai Văn Tịnh – Chủ tịch Hội Đông y tỉnh chủ trì hội nghị.",
    ))  # fmt: skip
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>')
    return stream.getvalue()


def test_word_document_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "bai.docx").write_bytes(docx())
    (outcome,) = run(tmp_path, tmp_path / "bai.docx")
    assert outcome.path == "meetings/2023/2023-03-16-giao-ban-cum-2-ha-nam.md"
    assert "name: Mai Văn Tịnh" in outcome.record


@pytest.mark.parametrize("name", ["bai.docx", "luu.zip", "luu.warc.gz", "bai.html", "bai.txt", "bai.mhtml"])
def test_broken_file_is_told_of_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 broken \x00\xff" * 20)
    good = tmp_path / "tot.html"
    good.write_text(html(), encoding="utf-8")
    outcomes = run(tmp_path, tmp_path / name, tmp_path / "khong-co.html", good)
    assert [outcome.status for outcome in outcomes][-2:] == ["failed", "written"]
    assert all(outcome.status == "failed" and outcome.examined and outcome.examined.fault for outcome in outcomes[:-1])


@pytest.mark.parametrize(
    "address",
    [
        "../secret.jpg",
        "/etc/passwd",
        "file:///etc/passwd",
        "..%2Fsecret.jpg",
        "a_files/link.jpg",
        "https://evil.example/x.jpg",
        "//evil.example/x.jpg",
    ],
)
def test_nothing_outside_the_page_s_folder_is_read(tmp_path: Path, jpeg: bytes, address: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(jpeg)
    folder = tmp_path / "pages"
    (folder / "a_files").mkdir(parents=True)
    (folder / "a_files" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "a.html").write_text(html(address), encoding="utf-8")
    (outcome,) = run(tmp_path, folder / "a.html")
    assert outcome.status == "written"
    assert pictures(tmp_path) == []


def test_what_is_no_picture_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "1.jpg").write_bytes(b"<script>alert(1)</script>" * 400)
    (tmp_path / "a.html").write_text(html("a_files/1.jpg"), encoding="utf-8")
    (outcome,) = run(tmp_path, tmp_path / "a.html")
    assert pictures(tmp_path) == [] and "- caption: Toàn cảnh hội nghị" in outcome.record


@pytest.fixture
def server() -> object:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html().encode("utf-8"))

        def log_message(self, *_: object) -> None:
            pass

    http = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/bai.html", asked
    http.shutdown()
    http.server_close()
    thread.join()


def test_web_is_only_asked_when_the_editor_says_so(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    (refused,) = run(tmp_path, address)
    assert (refused.status, asked) == ("failed", [])
    (fetched,) = run(tmp_path, address, fetch=True)
    assert (fetched.status, asked) == ("written", ["/bai.html"])
    assert f"- url: {address}\n" in fetched.record


def test_plain_mail_without_a_page_is_told_of(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(b"\x00\x01", maintype="application", subtype="octet-stream")
    (tmp_path / "thu.mht").write_bytes(message.as_bytes())
    (outcome,) = run(tmp_path, tmp_path / "thu.mht")
    assert outcome.status == "failed"


def test_what_cannot_be_read_in_a_folder_is_told_of_and_not_passed_over(tmp_path: Path) -> None:
    for name in ("bai.doc", "bai.pdf", "bai.rtf", "bai.odt"):
        (tmp_path / "luu" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "luu" / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9)
    (tmp_path / "luu" / "kieu.css").write_text("p {}", encoding="utf-8")
    outcomes = run(tmp_path, tmp_path / "luu")
    assert [(Path(outcome.key).name, outcome.status) for outcome in outcomes] == [
        (name, "failed") for name in ("bai.doc", "bai.odt", "bai.pdf", "bai.rtf")
    ]


def test_one_broken_page_in_a_zip_leaves_the_others_whole(tmp_path: Path) -> None:
    file = tmp_path / "luu.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1-hong.html", html())
        archive.writestr("2-trong.zip", b"")
        archive.writestr("3-tot.html", html())
    file.write_bytes(file.read_bytes().replace(b"<h1>Giao", b"<h1>GIAO", 1))  # its checksum is now wrong
    outcomes = run(tmp_path, file)
    assert [(outcome.key.rpartition("!")[2], outcome.status) for outcome in outcomes] == [
        ("1-hong.html", "failed"),
        ("2-trong.zip", "failed"),
        ("3-tot.html", "written"),
    ]
