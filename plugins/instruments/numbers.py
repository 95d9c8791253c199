"""Where a text counts or measures something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.archive import citations

# Vietnamese writes 1.305 and 1,5. A number inside a date, a document's number or a word is none. The pattern begins with a digit, so that
# a text without one is soon done with; only then it looks at what stands before.
NUMBER = re.compile(r"\d(?<![\w/.,:-]\d)(?:\d{0,2}(?:\.\d{3})+|\d*)(?:,\d+)?(?:%|(?![\w/:-]|[.,]\d))")
_UNIT = re.compile(r"\s+(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+){0,2})")
# Behind these words a number names something and counts nothing.
_NAMING = re.compile(
    r"(?:ngày|tháng|năm|quý|số|khoá|khóa|thứ|điều|khoản|mục|phần|cụm|khối|nhiệm kỳ|giai đoạn|"
    r"từ năm|đến năm|lớp|bài|ảnh|trang|hạng|cấp|thế kỷ|quốc lộ|phòng|tầng)"
    r"(?:\s+thi đua)?(?:\s+số)?\s*:?\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s*(?:giờ|h\d*)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENUMERATION = re.compile(r"\s*[.)]\s")


def numbers(text: str) -> Sequence[tuple[int, int]]:
    """Start and end of every number that counts or measures something."""
    counting = [match for match in NUMBER.finditer(text) if _counts(text, match)]
    named = [(mention.start, max(mention.end, mention.date_end)) for mention in citations.find(text)] if counting else []
    return [match.span() for match in counting if not _inside(match, named)]


def _counts(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
    if _NAMING.search(before) or _CLOCK.match(after) or (match.start() == 0 and _ENUMERATION.match(after)):
        return False
    if match[0].endswith("%"):
        return True
    return bool(_UNIT.match(after)) and not (_YEAR.fullmatch(match[0]) and not before.endswith(("có ", "được ", "là ")))


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)
