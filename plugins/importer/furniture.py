"""The furniture of a page, told by its words: menus, counters, forms, other news, file names in place of pictures.

Source of the list: the study of a hundred pages in docs/domain.md, "Site furniture".
"""

from __future__ import annotations

import re

from plugins.archive.text import fold

# A line that is nothing but one of these ends the article.
_TAIL = re.compile(
    r"(?:xem them|xem tiep|tin moi(?: hon| nhat)?|tin cu(?: hon)?|(?:cac )?(?:tin|bai|bai viet|tin bai)(?: tuc)? "
    r"(?:khac|lien quan|cung chuyen muc|cung chu de|da dua|moi hon|cu hon|noi bat|doc nhieu)|"
    r"cac bai viet (?:khac|lien quan|moi)|bai viet (?:lien quan|khac|moi|cung chuyen muc)|tin lien quan|tin noi bat|"
    r"tin doc nhieu|doc nhieu(?: nhat)?|xem nhieu|"
    r"co the ban quan tam|ban co the quan tam|cung chuyen muc|leave a (?:reply|comment)|de lai (?:mot )?binh luan|"
    r"(?:gui )?binh luan|y kien ban doc|phan hoi|gop y|"
    r"nguoi gui|comments?|related (?:posts?|articles?|news)|share this|previous (?:post|article)|next (?:post|"
    r"article)|bai truoc|bai sau|tin truoc|tin sau|"
    r"chia se(?: bai viet| len facebook)?|danh gia bai viet|ban quyen .*|copyright .*|© .*|dang nhap|lien ket "
    r"web(?:site)?|thong ke truy cap|"
    r"tro ve(?: trang truoc)?|quay lai|ve dau trang|tags?|tu khoa|thong tin lien he|van ban moi|thu vien (?:anh|video)|lich cong tac)"
    r"(?:\s*[:>»….]*|\s*\(\d+\))"
)
_TAIL_BEGINNING = re.compile(
    r"(?:tin moi hon|tin cu hon|tags?|tu khoa|cac tin khac|cac bai viet khac|ban quyen thuoc|copyright|nguoi cap "
    r"nhat|so lan xem|luot xem|danh gia|"
    r"tong so truy cap|chia se|email mat khau|nguoi gui / |danh muc|posted in|filed under|xem them)\b\s*[:|(]?"
)
# A line that is dropped wherever it stands.
_JUNK = re.compile(
    r"(?:pdf\.?in\.?email|pdf|in|print|email|in trang|in bai(?: viet)?|ban in|gui (?:email|mail|bai viet)|xem anh|"
    r"facebook|twitter|zalo|google\+?|linkedin|share|tweet|like|"
    r"co chu|a-? ?a ?a?\+?|tang co chu|giam co chu|nghe doc bai|luu bai viet|theo doi|phong to|mac dinh|tuong phan|skip to main content|"
    r"\d{1,7}|\d+ (?:luot xem|binh luan|luot doc|views?|comments?)|(?:luot|so lan) (?:xem|doc)\s*:?\s*\d*|(?:da "
    r")?xem\s*:?\s*\d+|hits\s*:?\s*\d+|"
    r"xem voi co chu.*|rating.*|vote.*|user rating.*|danh gia .{0,20}sao|[\W_]+|trang chu|home|you are here.*|ban "
    r"dang o.*|doc bai viet|thich|gui)"
)
_IMAGE_MARK = re.compile(
    r"z\d{10,}_[0-9a-f]{20,}(?:\.\w{3,4})?|tm-img-alt|(?:https?:)?//\S+\.(?:jpe?g|png|gif|webp|bmp)(?:\?\S*)?|"
    r"[\w%().~ -]{1,80}\.(?:jpe?g|png|gif|webp|bmp)|(?:img|dsc|image|photo)[_-]?\d{2,}[\w-]*",
    re.IGNORECASE,
)
_ZALO = re.compile(
    r"z\d{10,}_[0-9a-f]{20,}|tm-img-alt|^(?:img|dsc|image|photo|anh)[\s_-]?\d+|\.(?:jpe?g|png|gif|webp|bmp)$|^[\w-]{20,}$", re.IGNORECASE
)


def image_mark(line: str) -> str:
    """The line, where it only stands for a picture (a Zalo name, a file's name, "tm-img-alt"); else ""."""
    return line if _IMAGE_MARK.fullmatch(line.strip()) else ""


def is_caption_text(text: str) -> bool:
    """False for what stands in an ``alt`` attribute by machine: a file's name, a mark, text without any accent."""
    return bool(text) and not _ZALO.search(text) and not (text.isascii() and len(text) > 6)


def ends_article(line: str) -> bool:
    """True for a line behind which only other articles, forms and counters follow."""
    folded = fold(line.strip(" \t-–—•*»>"))
    return len(folded) <= 90 and bool(_TAIL.fullmatch(folded) or _TAIL_BEGINNING.match(folded))


def is_junk(line: str) -> bool:
    """True for a line that says nothing about any meeting: buttons, counters, ornaments."""
    return len(line) <= 60 and _JUNK.fullmatch(fold(line.strip())) is not None
