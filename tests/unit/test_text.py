"""Vietnamese text: keys, order, slugs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive import text

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹếềểễệóòỏõọốồổỗộúùủũụứừửữựýỳỷỹỵ ĐÂÔ-/&", max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ngô Đức Quý", "Ngô Đức Qúy"),
        ("Khổng Mạnh Tiến", "Khổng mạnh Tiến"),
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ", "thủy"),
        ("Trần  Thị\u00a0Hằng", "Trần Thị Hằng"),
        ("Lu\u031bo\u031b\u0303ng", "Lưỡng"),
    ],
)
def test_writings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize(("one", "other"), [("Thành", "Thanh"), ("Đăk", "Đắk"), ("Đinh", "Dinh"), ("Ân", "An"), ("hoàng", "hòang ")])
def test_different_names_have_different_keys_but_for_tone_placement(one: str, other: str) -> None:
    assert (text.match_key(one) == text.match_key(other)) is (one == "hoàng")


def test_order_is_that_of_the_vietnamese_alphabet() -> None:
    names = ["Đa", "Da", "Ân", "An", "Ăn", "Bà", "Ba", "Bả", "Cụm 10", "Cụm 2", "Ơn", "Ôn", "On"]
    assert sorted(names, key=text.sort_key) == ["An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Cụm 2", "Cụm 10", "Da", "Đa", "On", "Ôn", "Ơn"]


def test_people_are_ordered_by_given_name_then_family_name() -> None:
    names = ["Trần Thị Hằng", "Hồ Đình Lưỡng", "Nguyễn Văn An", "Lê Văn An", "Đỗ Thị Ân"]
    assert sorted(names, key=text.given_name_key) == ["Lê Văn An", "Nguyễn Văn An", "Đỗ Thị Ân", "Trần Thị Hằng", "Hồ Đình Lưỡng"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hồ Đình Lưỡng", "ho-dinh-luong"),
        ("Nghị quyết 57-NQ/TW", "nghi-quyet-57-nq-tw"),
        ("ĐẮK LẮK", "dak-lak"),
        ("../..", ""),
        ("a\u0000b", "a-b"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert text.slugify(name) == slug


@given(st.text(max_size=20) | st.text(alphabet="ab \t\n\u00a0\u200b\u0301\u3000\ufeff\U000e0001", max_size=20))
def test_cleaning_is_what_it_says(value: str) -> None:
    assert text.clean(value) == " ".join(text.INVISIBLE.sub("", unicodedata.normalize("NFC", value)).split())


def test_cleaning_drops_what_cannot_be_seen() -> None:
    assert text.clean(" Hội\u200b nghị\u00a0 \tgiao\n ban\ufeff ") == "Hội nghị giao ban"


@given(VIETNAMESE)
def test_keys_do_not_depend_on_normal_form_or_case(value: str) -> None:
    decomposed = unicodedata.normalize("NFD", value)
    assert text.match_key(decomposed) == text.match_key(value.upper())
    assert text.fold(decomposed) == text.fold(value)
    assert text.slugify(decomposed) == text.slugify(value)


@given(VIETNAMESE | st.text(max_size=20) | st.text(alphabet="ab\u0300\u034f\u035c\u036f\u0370\u20d0ếđĐ–“", max_size=20))
def test_folding_drops_the_marks_and_nothing_else(value: str) -> None:
    marks = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    assert text.fold(value) == "".join(mark for mark in marks if not unicodedata.combining(mark))


@given(st.text(max_size=200))
def test_any_text_has_keys_and_a_safe_slug(value: str) -> None:
    slug = text.slugify(value)
    assert not slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert text.clean(text.clean(value)) == text.clean(value)
    assert unicodedata.is_normalized("NFC", text.clean(value))
    text.sort_key(value)
    text.given_name_key(value)
    text.match_key(value)
