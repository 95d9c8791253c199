"""Where a Vietnamese line must not break: before the number it belongs to, inside the name of a person or a place, inside a document's number.

For display only: stored text, the search index and what a reader copies keep their plain spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

NBSP = "\u00a0"
SHORT = 120
"""Markup longer than this is a text of its own, not to be met again."""

_PLACES = frozenset((
    "An Giang|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|"
    "Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|"
    "Hòa Bình|Hoà Bình|Hưng Yên|Khánh Hòa|Khánh Hoà|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|"
    "Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|"
    "Thái Nguyên|Thanh Hóa|Thanh Hoá|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Việt Nam|Việt Trì|"
    "Bà Rịa|Vũng Tàu|Thừa Thiên|Thiên Huế|Tây Nguyên|Tây Bắc|Đông Bắc|Bắc Bộ|Trung Bộ|Nam Bộ|Sông Hậu|Nha Trang|Quy Nhơn|Đà Lạt|Hạ Long"
).split("|"))
# Family names, and words that in capitals may follow a name without being of it.
_FAMILIES = frozenset((
    "Âu|Bạch|Bành|Bế|Bùi|Cao|Chu|Châu|Cù|Cung|Dương|Đàm|Đào|Đậu|Đặng|Đinh|Đoàn|Đỗ|Đồng|Giáp|Hà|Hàn|Hồ|Hoàng|Hứa|Huỳnh|Khổng|Khúc|Khương|"
    "Kiều|La|Lã|Lại|Lâm|Lê|Lò|Lục|Lương|Lưu|Lý|Mạc|Mai|Nghiêm|Ngô|Nguyễn|Nhâm|Ninh|Nông|Phạm|Phan|Phí|Phùng|Quách|Tạ|Tăng|Thạch|Thái|"
    "Thân|Tô|Tôn|Tống|Trần|Triệu|Trịnh|Trương|Từ|Ứng|Văn|Vi|Võ|Vũ|Vương"
).split("|"))
_AFTER_NAMES = frozenset("Bí|Chánh|Chủ|Cụm|Cục|Giám|Khối|Phó|Sở|Tổng|Trưởng|Ủy|Uỷ".split("|"))
_BEFORE_PLACES = ("tỉnh ", "phố ", "huyện ", "quận ", "phường ", "xã ", "hội ")
_LONGEST_NAME = 4
_DEGREES = r"(?:GS|PGS|TSKH|TS|ThS|Ths|BS|KS|LS|VS|NGƯT|NGND|TTƯT|Đ/c|đ/c|TP|Tp)"
_UPPER = r"[A-ZĐĂÂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ]"
# Each pattern begins with what the engine can look for quickly (letters, or one set of them: no counted set, no set among words); what
# stands before a match is looked at only once it is found.
_CAPITALS = re.compile(rf"{_UPPER}\w*(?: {_UPPER}\w*)+")
_COUNT = re.compile(r" (?=[0-9]|[IVX]+(?!\w))")
_COUNTED = re.compile(r"(?<!\w)(?:lần thứ|số|quý|năm|tháng|ngày|khoá|khóa|thứ|điều|khoản|kỳ)$", re.IGNORECASE)
_TITLE = re.compile(rf"{_DEGREES}(?:[.\- ]+{_DEGREES})*\.? ?(?={_UPPER})")
_FIELDS = re.compile(r"KH (?:và|&amp;|-) (?:KT|CN)(?!\w)")
_NUMBER = re.compile(
    r"[0-9][0-9]{0,4}(?:/[0-9]{4})?(?: ?[/–-] ?[A-ZĐ]{2,}\w*(?:(?:[/–-]|&amp;)[A-ZĐ]\w*)+|/[A-ZĐ]{2,}\w*)"
)
_COMPOUND = re.compile(
    r"(?<!\w)(?:giao (?=ban|ước)|(?:sơ|tổng|ký) (?=kết)|thi (?=đua)|hội (?=nghị)|nhiệm (?=vụ)|liên (?=hiệp)|khoa (?=học)|kỹ (?=thuật)|"
    r"chấp (?=hành)|chủ (?=tịch)|kế (?=hoạch)|công (?=tác)|triển (?=khai)|mở (?=rộng)|thành (?=phố))",
    re.IGNORECASE,
)
_SHORTEST = 4
"""Characters of the shortest text that has a space or a number to keep: "số 1", "1/AB"."""
_TAG = re.compile(r"(<[^>]*>)")
_TAG_OR_ADDRESS = re.compile(r"(<[^>]*>|https?://[^\s<]+)")


def tidy(text: str) -> Markup:
    """The text with spaces that do not break where Vietnamese wants none broken, and document numbers in ``<span class="nb">``.

    Plain text is escaped; in markup only what stands between tags is changed. Web addresses stay as they are.
    """
    if isinstance(text, Markup):
        return _tidy_short(text) if len(text) < SHORT else _tidy_markup(text)
    return _tidy_text(text)


def heading(text: str) -> Markup:
    """As :func:`tidy`, and the commonest words of two syllables stay whole: in large letters a line that ends in “giao” trips the reader."""
    return _with_whole_words(tidy(text))


@lru_cache(maxsize=65536)
def _with_whole_words(tidied: Markup) -> Markup:
    return Markup(_COMPOUND.sub(lambda match: match[0].replace(" ", NBSP), tidied))


# Names of clusters, organizations and documents stand on thousands of pages, and so do messages.
@lru_cache(maxsize=65536)
def _tidy_text(text: str) -> Markup:
    escaped = escape(text)
    if "://" in escaped:
        return _tidy_markup(escaped)
    return Markup(_tidy_piece(str(escaped)) if len(escaped) >= _SHORTEST else escaped)  # nothing in it is to be left alone


@lru_cache(maxsize=4096)
def _tidy_short(text: Markup) -> Markup:
    return _tidy_markup(text)


def _tidy_markup(text: Markup) -> Markup:
    pieces = (_TAG_OR_ADDRESS if "://" in text else _TAG).split(str(text))  # to look for tags alone is three times as quick
    return Markup("".join(piece if index % 2 or len(piece) < _SHORTEST else _tidy_piece(piece) for index, piece in enumerate(pieces)))


def _tidy_piece(piece: str) -> str:
    joined = _COUNT.sub(_after_counted, _CAPITALS.sub(_in_names, piece)).replace(f"ần thứ{NBSP}", f"ần{NBSP}thứ{NBSP}")
    joined = _TITLE.sub(_unbroken, joined)
    if "KH " in joined:
        joined = _FIELDS.sub(_unbroken, joined)
    # Most paragraphs hold no sign that a number could be made with.
    return _NUMBER.sub(_numbered, joined) if "/" in joined or "-" in joined or "–" in joined else joined


def _unbroken(match: re.Match[str]) -> str:
    return match[0].replace(" ", NBSP) if _begins_word(match) else match[0]


def _numbered(match: re.Match[str]) -> str:
    return f'<span class="nb">{match[0]}</span>' if _begins_word(match, "/.-") else match[0]


def _begins_word(match: re.Match[str], also: str = "") -> bool:
    before = match.string[match.start() - 1 : match.start()]
    return not (before.isalnum() or before == "_" or (before and before in also))


def _in_names(match: re.Match[str]) -> str:
    """A run of words in capitals, with the names in it unbroken."""
    if not _begins_word(match):
        return match[0]
    words = match[0].split(" ")
    named = match.string.endswith(_BEFORE_PLACES, 0, match.start())
    joined, left = words[0], _room_after(words[0]) or (1 if named else 0)
    for before, word in pairwise(words):
        is_place = f"{before} {word}" in _PLACES
        left = 0 if word in _AFTER_NAMES else left
        joined += (NBSP if is_place or left else " ") + word
        left = 0 if is_place else left - 1 if left else _room_after(word)
    return joined


def _room_after(word: str) -> int:
    """How many more words a name that begins so can have."""
    return _LONGEST_NAME - 1 if word in _FAMILIES else 0


def _after_counted(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 8) : match.start()]
    return NBSP if _COUNTED.search(before) else " "
