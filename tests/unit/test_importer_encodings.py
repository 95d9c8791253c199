"""Old encodings and fonts become Unicode, whatever a page says of itself."""

from __future__ import annotations

import unicodedata

import pytest

from plugins.importer import encodings, legacy, tree

SENTENCE = "Cụm thi đua họp ở huyện Đông Hưng, bàn việc quý tới của mỗi hội; ý kiến khác được ghi lại đầy đủ."
_TO_TCVN = {letter: chr(code) for code, letter in legacy._TCVN.items()}


def to_tcvn(text: str) -> bytes:
    return "".join(_TO_TCVN.get(letter, letter) for letter in text).encode("cp1252")


def to_1258(text: str) -> bytes:
    """Windows-1258 keeps the vowel in one byte and the tone in the next."""
    made = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        made.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)) + tone)
    return "".join(made).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-8"),
        b"\xef\xbb\xbf" + SENTENCE.encode("utf-8"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        unicodedata.normalize("NFD", SENTENCE).encode("utf-8"),
        to_1258(SENTENCE),
        to_tcvn(SENTENCE),
    ],
)
def test_sentence_is_read_back_as_unicode(data: bytes) -> None:
    assert encodings.decode(data).text == SENTENCE


@pytest.mark.parametrize(
    ("vni", "text"),
    [
        ("Hoäi nghò giao ban quyù moät naêm ñaàu", "Hội nghị giao ban quý một năm đầu"),
        ("ÑAÏI HOÄI LAÀN THÖÙ BA CUÛA HOÄI LAØM VÖÔØN", "ĐẠI HỘI LẦN THỨ BA CỦA HỘI LÀM VƯỜN"),
        ("nghæ heø, kyõ thuaät, ngöôøi thôï, thöû, tyû leä, vónh cöûu", "nghỉ hè, kỹ thuật, người thợ, thử, tỷ lệ, vĩnh cửu"),
    ],
)
def test_vni_letters_become_vietnamese(vni: str, text: str) -> None:
    assert legacy.from_vni(vni) == text
    assert encodings.decode((vni + ". " + vni).encode("cp1252")).text == f"{text}. {text}"


def test_text_coded_twice_is_read_once() -> None:
    twice = SENTENCE.encode("utf-8").decode("latin-1").encode("utf-8")
    assert encodings.decode(twice).text == SENTENCE


def test_declared_charset_that_lies_is_not_believed() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><p>{SENTENCE}</p></body></html>'
    assert SENTENCE in encodings.decode(page.encode("utf-8"), declared="iso-8859-1").text


def test_only_the_old_font_is_converted_on_a_mixed_page() -> None:
    old = to_tcvn("Hội Làm vườn tỉnh").decode("cp1252")
    page = tree.read(
        f'<p>{SENTENCE}</p><p><font face=".VnTime">{old}</font></p><p><span style="font-family: VNI-Times">Hoäi Ñoâng y</span></p>'
    )
    assert [block.text for block in page.blocks] == [SENTENCE, "Hội Làm vườn tỉnh", "Hội Đông y"]


def test_capital_font_shows_small_letters_as_capitals() -> None:
    assert legacy.by_font(to_tcvn("giao ban").decode("cp1252"), ".VnTimeH") == "GIAO BAN"


def test_text_in_another_latin_language_is_left_alone() -> None:
    french = "Réunion générale à l'été, présidée par M. Lefèvre."
    assert encodings.decode(french.encode("utf-8")).text == french
