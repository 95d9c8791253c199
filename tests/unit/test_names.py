"""How names are written in lists of chairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import names


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Phạm Thử Nghiệm", ("", "Phạm Thử Nghiệm", "")),
        ("đồng chí TS. Phạm Thử Nghiệm – Phó Chủ tịch, Trưởng Cụm", ("đồng chí TS.", "Phạm Thử Nghiệm", "Phó Chủ tịch, Trưởng Cụm")),
        ("PGS.TS Phạm Thử Nghiệm", ("PGS.TS", "Phạm Thử Nghiệm", "")),
        ("GS-VS Phạm Thử Nghiệm- Chủ tịch", ("GS-VS", "Phạm Thử Nghiệm", "Chủ tịch")),
        ("ông Ông Phạm Thử", ("ông Ông", "Phạm Thử", "")),
        ("TSKH Phạm Thử: Ủy viên", ("TSKH", "Phạm Thử", "Ủy viên")),
        ("Đ/c Phạm Thử, Chủ tịch", ("Đ/c", "Phạm Thử", "Chủ tịch")),
        ("Thiếu tướng Phạm Thử", ("Thiếu tướng", "Phạm Thử", "")),
    ],
)
def test_honorific_name_and_position_are_told_apart(text: str, entry: tuple[str, str, str]) -> None:
    made = names.split_entry(text)
    assert (made["honorific"], made["name"], made["role"]) == entry


@pytest.mark.parametrize("text", ["Hội Luật gia tỉnh Thử", "Liên hiệp hội Thử", "UBND tỉnh Thử", "Sở Khoa học và Công nghệ", "LHH", "Ban Thường vụ"])
def test_bodies_among_people_are_recognised(text: str) -> None:
    assert names.split_entry(text) == {"organization": text}


@pytest.mark.parametrize("text", ["Đoàn Văn Thử", "Bế Thị Thử", "Đồng Huy Thử", "Hội", "Viên Thử", "Hồi Thử"])
def test_people_whose_names_sound_like_bodies_stay_people(text: str) -> None:
    assert not names.is_organization(text)


@given(st.text(min_size=1, max_size=80))
def test_splitting_loses_no_letter_of_the_name(value: str) -> None:
    _, rest = names.split_honorific(value)
    assert rest == names.clean(value)[len(names.clean(value)) - len(rest) :]
    assert bool(rest) == bool(names.clean(value))
