"""Where a Vietnamese line must not break: before the number it belongs to, inside a place's name, inside a document's number.

For display only: stored text, the search index and what a reader copies keep their plain spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

NBSP = "\u00a0"

_PROVINCES = (
    "An Giang|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|"
    "Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|"
    "Hòa Bình|Hoà Bình|Hưng Yên|Khánh Hòa|Khánh Hoà|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|"
    "Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|"
    "Thái Nguyên|Thanh Hóa|Thanh Hoá|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Việt Nam|Việt Trì"
)
_DEGREES = r"(?:GS|PGS|TSKH|TS|ThS|Ths|BS|KS|LS|VS|NGƯT|NGND|TTƯT|[Đđ]/c|TP|Tp)"
_UPPER = r"[A-ZĐĂÂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ]"
_JOINS = re.compile(
    "|".join(
        (
            r"(?<!\w)(?:[Ll]ần thứ|[Ss]ố|[Qq]uý|[Nn]ăm|[Tt]háng|[Nn]gày|[Kk]hoá|[Kk]hóa|[Tt]hứ|[Đđ]iều|[Kk]hoản|[Kk]ỳ) (?=\d|[IVX]+(?!\w))",
            rf"(?<!\w){_DEGREES}(?:[.\- ]+{_DEGREES})*\.? ?(?={_UPPER})",
            r"(?<!\w)KH (?:và|&amp;|-) (?:KT|CN)(?!\w)",
            rf"(?<!\w)(?:{_PROVINCES})(?!\w)",
        )
    )
)
_NUMBER = re.compile(
    r"(?<![\w/.-])\d{1,5}(?:/\d{4})? ?[/–-] ?[A-ZĐ]{2,}\w*(?:(?:[/–-]|&amp;)[A-ZĐ]\w*)+"
    r"|(?<![\w/.-])\d{1,5}(?:/\d{4})?/[A-ZĐ]{2,}\w*"
)
_UNTOUCHED = re.compile(r"(<[^>]*>|https?://[^\s<]+)")


def tidy(text: str) -> Markup:
    """The text with spaces that do not break where Vietnamese wants none broken, and document numbers in ``<span class="nb">``.

    Plain text is escaped; in markup only what stands between tags is changed. Web addresses stay as they are.
    """
    return _tidy_markup(text) if isinstance(text, Markup) else _tidy_text(str(text))


@lru_cache(maxsize=65536)
def _tidy_text(text: str) -> Markup:
    # Names of clusters, organizations and documents stand on thousands of pages.
    return _tidy_markup(escape(text))


def _tidy_markup(text: Markup) -> Markup:
    pieces = _UNTOUCHED.split(str(text))
    return Markup("".join(piece if index % 2 else _tidy_piece(piece) for index, piece in enumerate(pieces)))


def _tidy_piece(piece: str) -> str:
    joined = _JOINS.sub(lambda match: match[0].replace(" ", NBSP), piece)
    return _NUMBER.sub(lambda match: f'<span class="nb">{match[0]}</span>', joined)
