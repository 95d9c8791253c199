"""Hostile pages neither hang, nor fill the memory, nor reach the record."""

from __future__ import annotations

import time

import pytest

from plugins.importer.examining import examine
from plugins.importer.matching import Authorities
from plugins.importer.sources import Source

PROSE = "Ngày 5/7/2023, Cụm thi đua số 1 thuộc Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam họp giao ban quý II năm 2023. "

BOMBS = {
    "nested tags": "<div>" * 50_000 + PROSE,
    "nested bold": "<b>" * 50_000 + "<p>" + PROSE * 3,
    "nested lists": "<ul><li>" * 20_000 + PROSE,
    "huge attribute": f"<p title='{'a' * 4_000_000}'>{PROSE}</p>",
    "many attributes": f"<p {' '.join(f'a{i}=1' for i in range(50_000))}>{PROSE}</p>",
    "entities": "<p>" + "&amp;" * 500_000,
    "entity definitions": f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;{PROSE}</p>',
    "open comments": "<p>" + "<!--" * 50_000,
    "open quotes": "<p>" + "<a href='" * 20_000,
    "many images": "<body>" + "<img src=x.jpg>" * 20_000,
    "one long paragraph": "<p>" + PROSE * 3_000,
    "names without end": "<p>" + "Mai Văn Tịnh – Chủ tịch, " * 3_000 + " chủ trì hội nghị.",
    "dates without end": "<p>" + "ngày 1/2, " * 20_000,
    "verbs without end": "<p>" + "chủ trì " * 20_000,
    "spaces": "<p>a" + " " * 1_000_000 + "b",
    "lines": "x\n" * 200_000,
    "brackets": "(" * 100_000 + " chủ trì",
    "nothing but zeros": "\0" * 2_000_000,
}


def examined(text: str | bytes, **options: str):  # type: ignore[no-untyped-def]
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return examine(Source(key="trang", data=data, name="trang.html", **options), Authorities())


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_soon_over(name: str) -> None:
    start = time.process_time()
    made = examined(BOMBS[name])
    assert time.process_time() - start < 15
    assert len(made.body) < 100_000


def test_bytes_of_no_encoding_are_survived() -> None:
    made = examined(bytes(range(256)) * 4_000)
    assert made.fault or made.body


def test_scripts_and_links_that_run_never_reach_the_record() -> None:
    made = examined(
        f"<html><body><h1>Giao ban cụm thi đua</h1><p onclick='x()'>{PROSE}<a href='javascript:alert(1)'>bấm</a> <a "
        f"href='https://a.example/'>xem</a></p>"
        "<script>document.write('xấu')</script><style>p{color:red}</style><iframe "
        "src='https://evil.example'></iframe><p>Xem &lt;script&gt;alert(2)&lt;/script&gt; và &amp;lt;b&amp;gt; ở đây "
        "cho đủ dài một đoạn.</p>"
        "<img src='https://evil.example/x.png'></body></html>"
    )
    assert "javascript:" not in made.body and "evil" not in made.body and "xấu" not in made.body and "color" not in made.body
    assert "[xem](https://a.example/)" in made.body
    assert "<" not in made.body
    assert "&lt;script>" in made.body and "&amp;lt;b" in made.body


def test_markdown_signs_of_a_page_stay_signs() -> None:
    made = examined(
        f"<html><body><h1>Giao ban cụm thi đua</h1><p>{PROSE}</p><p># Không phải tiêu đề *và* [không](x) phải liên kết, "
        f"chỉ là chữ trong một đoạn.</p></body></html>"
    )
    assert "\\# Không phải tiêu đề \\*và\\* \\[không\\](x)" in made.body


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + b"0" * 100, b"%PDF-1.4", b"<html></html>", "<p>Liên hệ</p>".encode()])
def test_file_without_a_report_is_told_of(data: bytes) -> None:
    assert examined(data).fault


def test_address_that_a_page_claims_must_be_of_the_web() -> None:
    made = examined(
        f'<html><head><link rel="canonical" href="javascript:alert(1)"></head><body><h1>Giao ban cụm</h1><p>{PROSE}</p></body></html>'
    )
    assert "url" not in made.source
