"""Chairs, and who is none; positions and the bodies they are held in."""

from __future__ import annotations

import pytest

from plugins.importer import chairing, people, roles


def chaired(sentence: str) -> list[tuple[str, str]]:
    return [
        (s.value.name or s.value.organization, roles.split(s.value.role)[0]) for s in chairing.in_sentence(sentence) if s.confidence >= 0.7
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ông Mai Văn Tịnh – Chủ tịch Hội Đông y tỉnh chủ trì hội nghị.", [("Mai Văn Tịnh", "Chủ tịch")]),
        ("Các đồng chí: Mai Văn Tịnh - Chủ tịch LHH; Lò Thị Pản - Phó chủ tịch LHH đồng chủ trì giao ban.", [("Mai Văn Tịnh", "Chủ tịch"), ("Lò Thị Pản", "Phó Chủ tịch")]),
        ("Dự có Thường trực LHH; các đồng chí Mai Văn Tịnh – Chủ tịch, Lò thị Pản - Phó chủ tịch LHH; Bế Văn Sơ - "
         "Trưởng Cụm chủ trì giao ban.",
         [("Mai Văn Tịnh", "Chủ tịch"), ("Lò Thị Pản", "Phó Chủ tịch"), ("Bế Văn Sơ", "Trưởng Cụm")]),
        ("Giám đốc Sở Nội vụ, Khối trưởng Mai Văn Tịnh và Phó Chủ tịch Hội Luật gia tỉnh, Khối phó Lò Thị Pản đồng chủ trì hội nghị.",
         [("Mai Văn Tịnh", "Giám đốc, Khối trưởng"), ("Lò Thị Pản", "Phó Chủ tịch, Khối phó")]),
        ("Chủ trì hội nghị là bà Lò Thị Pản, Phó Chủ tịch UBND tỉnh.", [("Lò Thị Pản", "Phó Chủ tịch")]),
        ("Chủ trì cuộc họp có GS-VS Đồng Huy Cẩn- Chủ tịch LHH; phía địa phương có Bí thư Tỉnh ủy Vi Văn Lực.", [("Đồng Huy Cẩn", "Chủ tịch")]),
        ("Hội nghị do Chủ tịch Liên hiệp hội Lò Thị Pản chủ trì, có 30 đại biểu dự.", [("Lò Thị Pản", "Chủ tịch")]),
        ("Cuộc họp diễn ra dưới sự chủ trì của TS. Khổng Văn Bá, Chủ tịch Hội.", [("Khổng Văn Bá", "Chủ tịch")]),
        ("Ông Mai Văn Tịnh (Chủ tịch LHH) và bà Lò Thị Pản (Tổng Thư ký LHH) chủ trì.", [("Mai Văn Tịnh", "Chủ tịch"), ("Lò Thị Pản", "Tổng Thư ký")]),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam chủ trì hội nghị.", [("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Nam", "")]),
        ("Dự hội nghị có ông Mai Văn Tịnh, Phó Chủ tịch LHH; ông Bế Văn Sơ - Chủ tịch Hội Cơ học, Cụm trưởng chủ trì "
         "hội nghị.", [("Bế Văn Sơ", "Chủ tịch, Cụm trưởng")]),
    ],
)  # fmt: skip
def test_construction_names_its_chairs(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert chaired(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Các đơn vị chủ trì, phối hợp với Sở Nội vụ lập danh sách.",
        "Mỗi hội cần chủ trì tổ chức một diễn đàn của mình.",
        "Ông Mai Văn Tịnh cho biết hội sẽ chủ trì phối hợp mở ba lớp.",
        "Đề tài do ông Mai Văn Tịnh, Giám đốc trung tâm chủ trì đã nghiệm thu.",
        "Ông Mai Văn Tịnh được giao chủ trì xây dựng đề án.",
        "Kết luận hội nghị, ông Mai Văn Tịnh - Chủ tịch LHH biểu dương các hội.",
        "Dự và chỉ đạo hội nghị có ông Mai Văn Tịnh, Phó Bí thư Tỉnh ủy.",
        "Tháng trước, ông Mai Văn Tịnh chủ trì một cuộc họp khác.",
    ],
)
def test_decoy_names_nobody(sentence: str) -> None:
    assert chaired(sentence) == []


def test_list_that_mixes_guests_and_chairs_is_left_to_the_editor() -> None:
    (mixed,) = chairing.in_sentence("Tham dự và chủ trì hội nghị có ông Mai Văn Tịnh, Phó Chủ tịch UBND tỉnh.")
    assert mixed.confidence < 0.7
    assert mixed.reason


@pytest.mark.parametrize(
    ("role", "office", "organizations"),
    [
        ("Phó chủ tịch TT Hiệp hội Làm đẹp tỉnh, Trưởng Cụm thi đua số 4", "Phó Chủ tịch thường trực, Trưởng Cụm thi đua số 4", ("Hiệp hội Làm đẹp tỉnh",)),
        ("Giám đốc Sở Nội vụ kiêm Chủ tịch Liên hiệp hội tỉnh", "Giám đốc Sở Nội vụ, Chủ tịch Liên hiệp hội tỉnh", ("Sở Nội vụ", "Liên hiệp hội tỉnh")),
        ("Ủy viên Đoàn Chủ tịch Liên hiệp Hội Việt Nam", "Ủy viên Đoàn Chủ tịch", ("Liên hiệp Hội Việt Nam",)),
        ("Phó Chủ tịch Liên hiệp các Hội KH - KT Việt Nam– Chủ nhiệm UBKT Liên hiệp hội Việt Nam",
         "Phó Chủ tịch Liên hiệp các Hội KH-KT Việt Nam, Chủ nhiệm UBKT Liên hiệp hội Việt Nam", ("Liên hiệp các Hội KH-KT Việt Nam", "Liên hiệp hội Việt Nam")),
        ("Trưởng ban Dân vận Tỉnh ủy", "Trưởng Ban", ("Ban Dân vận Tỉnh ủy",)),
    ],
)  # fmt: skip
def test_position_is_parted_into_office_and_body(role: str, office: str, organizations: tuple[str, ...]) -> None:
    assert roles.split(role) == (office, organizations)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đồng chí Đồng Huy Cẩn và bà Bế Thị Sen", ["Đồng Huy Cẩn", "Bế Thị Sen"]),
        ("ông NGUYỄN VĂN BÌNH, Chủ tịch", ["Nguyễn Văn Bình"]),
        ("đ/c Lò văn Pọm- Chủ tịch Hội", ["Lò Văn Pọm"]),
        ("tại đường Lê Lợi, thành phố Hà Giang, tỉnh Lâm Đồng", []),
        ("Trường Đại học Hùng Vương, Bảo tàng Hồ Chí Minh", []),
        ("Phó Chủ tịch UBND tỉnh Quảng Ngãi Trần Hoàng Tú", ["Trần Hoàng Tú"]),
        ("PGS.TS Lý Hậu Hồng Liên, GS-VS Đặng Vũ Khoa", ["Lý Hậu Hồng Liên", "Đặng Vũ Khoa"]),
    ],
)
def test_names_are_told_from_places_and_bodies(text: str, names: list[str]) -> None:
    assert [mention.name for mention in people.find(text)] == names
