"""Documents cited in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive.citations import find, number_key
from plugins.archive.dates import PartialDate


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.type, mention.number) for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "type", "number"),
    [
        ("Nghị quyết số 57-NQ/TW", "Nghị quyết", "57-NQ/TW"),
        ("nghị quyết 20 – NQ/TW", "Nghị quyết", "20-NQ/TW"),
        ("Chỉ thị 42/CT-TW", "Chỉ thị", "42/CT-TW"),
        ("theo Nghị quyết 27/ NQ-TW", "Nghị quyết", "27/NQ-TW"),
        ("Hướng dẫn 1723/HD -TLĐ", "Hướng dẫn", "1723/HD-TLĐ"),
        ("văn bản số124/ BTĐKT- NVH", "Văn bản", "124/BTĐKT-NVH"),
        ("Quyết định Số: 586/QĐ-LHHVN", "Quyết định", "586/QĐ-LHHVN"),
        ("Kế hoạch số 130/KH-BCĐTKNQ18", "Kế hoạch", "130/KH-BCĐTKNQ18"),
        ("Hướng dẫn 476/SNV-TCPCP&VTLT", "Hướng dẫn", "476/SNV-TCPCP&VTLT"),
        ("Nghị định 126/2024/NĐ-CP", "Nghị định", "126/2024/NĐ-CP"),
        ("Quyết định 22/2002/QĐ-TTg.", "Quyết định", "22/2002/QĐ-TTg"),
        ("780-HD/LHHN-BCTĐP", "Hướng dẫn", "780-HD/LHHN-BCTĐP"),
        ("Công văn số 351-TB/ABC", "Công văn", "351-TB/ABC"),
        ("Thông báo số 687-TB/TU", "Thông báo", "687-TB/TU"),
        ("biên bản số 12/BB-LHH", "Biên bản", "12/BB-LHH"),
        ("theo 7/BB-LHH", "Biên bản", "7/BB-LHH"),
        ("CÔNG ĐIỆN số 05/CĐ-TTg", "Công điện", "05/CĐ-TTg"),
    ],
)
def test_every_writing_of_a_number_is_found(text: str, type: str, number: str) -> None:
    assert found(text) == [(type, number)]


@pytest.mark.parametrize(
    "text",
    ["năm 2021 - TP Hà Nội", "ngày 18-4-2023", "Covid-19", "nhà giàn DK-I/11", "quý I/2023", "18/5/1963-18/5/2023", "số 1", "http://a.vn/57-NQ/TW"],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_list_yields_each_document_and_its_issuer_holds_for_all() -> None:
    mentions = find("Nghị quyết số 57-NQ/TW ngày 22/12/2024; 59-NQ/TW ngày 24 tháng 1 năm 2025, số 66-NQ/TW và Nghị quyết 68-NQ/TW của Bộ Chính trị về …")
    assert [(m.number, m.date, m.issuer) for m in mentions] == [
        ("57-NQ/TW", PartialDate(2024, 12, 22), "Bộ Chính trị"),
        ("59-NQ/TW", PartialDate(2025, 1, 24), "Bộ Chính trị"),
        ("66-NQ/TW", None, "Bộ Chính trị"),
        ("68-NQ/TW", None, "Bộ Chính trị"),
    ]


def test_an_issuer_does_not_pass_to_another_type() -> None:
    mentions = find("Quyết định số 12/QĐ-UBND, Nghị định số 126/2024/NĐ-CP của Chính phủ")
    assert [m.issuer for m in mentions] == ["", "Chính phủ"]


@pytest.mark.parametrize(
    ("after", "issuer"),
    [
        ("Chính phủ và Hướng dẫn số 12/HD-BTV của Ban Tổ chức", "Chính phủ"),
        ("Bộ Chính trị và chương trình hành động số 9-CTr/TU", "Bộ Chính trị"),
        ("Bộ Chính trị và Luật Khoa học", "Bộ Chính trị"),
        ("Bộ Kế hoạch và Đầu tư", "Bộ Kế hoạch và Đầu tư"),
        ("Hội Nông dân và Luật gia", "Hội Nông dân và Luật gia"),
        ("Ban Bí thư về công tác hội", "Ban Bí thư"),
    ],
)
def test_an_issuer_ends_where_its_name_does(after: str, issuer: str) -> None:
    assert find(f"Nghị quyết số 10/NQ-CP của {after}")[0].issuer == issuer


def test_a_number_is_found_behind_many_traces_of_none() -> None:
    text = "nhiệm kỳ 2021 - TP và " * 200 + "Nghị quyết số 57-NQ/TW"
    assert found(text) == [("Nghị quyết", "57-NQ/TW")]


def test_the_longest_number_is_found_whole() -> None:
    symbol = "A" * 20
    number = f"12345 / 2024 - {symbol} - {symbol} - {symbol} - {symbol}"
    assert found(f"Công văn số {number} của") == [("Công văn", number.replace(" ", ""))]
    assert found(f"Công văn số {number} - {symbol}")[0][1] == number.replace(" ", "")


def test_an_impossible_date_is_not_taken() -> None:
    assert find("Kết luận số 35-KL/TW ngày 31/02/2022 của Bộ Chính trị")[0].date is None


def test_one_key_for_all_writings() -> None:
    assert number_key("42-CT/TW") == number_key("42/CT – TW") == number_key("042 ct tw")
    assert number_key("42-CT/TW") != number_key("42-CT/TU")


@given(st.text(alphabet="0123456789-–/ NQTWĐsố&.;,ngàycủavà\n", max_size=300))
def test_any_text_is_searched_and_spans_are_true(text: str) -> None:
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert number_key(text[mention.start : mention.end]) == number_key(mention.number)
        end = mention.end
