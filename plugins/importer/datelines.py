"""Lines that say when a page was published and little else."""

from __future__ import annotations

import re

from . import moments
from .wordings import speaks_of_event

_LABELS = re.compile(
    r"thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|\bcn\b|\bt[2-7]\b|ngày đăng|đăng ngày|đăng lúc|đã đăng|"
    r"được đăng|cập nhật(?: lần cuối)?|cập nhật lúc|xuất bản|ngày xuất bản|ngày cập nhật|"
    r"ngày tạo|viết ngày|viết bởi|lúc|ngày|giờ|date|posted(?: on| by)?|published|created|written by|on|by|submitted|"
    r"gmt\s*[+-]?\s*\d*(?::\d+)?|utc\s*[+-]?\s*\d*|lượt xem|đã xem|xem|views?|số lượt đọc|"
    r"admin(?:istrator)?|quản trị(?: viên)?|ban biên tập|super user|font size|tin tức|sự kiện|in|email|am|pm|mon|"
    r"tue|wed|thu|fri|sat|sun|last updated?(?: on)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[\W\d_]+")
_TRAILING = re.compile(
    r"\s*[-–—|(\[]?\s*(?:(?:cập nhật|ngày\s*:|ngày đăng)[:\s]*)?(?P<date>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)\s*[)\]]?\s*$", re.IGNORECASE
)
_TRAILING_TIME = re.compile(r"\s*[-–—|(\[]?\s*\d{1,2}:\d\d(?::\d\d)?\s*(?:AM|PM|SA|CH)?\s*[)\]]?\s*$", re.IGNORECASE)
_DATE_WORDS = re.compile(r"(?:ngày|chiều|sáng|tối|đến|từ)\s*$", re.IGNORECASE)


def is_date_line(line: str) -> bool:
    """True for a line that holds a full date and, beside it, only a label, a time, an author or a counter."""
    return date_of_line(line) is not None


def date_of_line(line: str) -> moments.Written | None:
    """The date of such a line. A line of running text, whatever dates it holds, gives None."""
    if len(line) > 130 or speaks_of_event(line):
        return None
    dated = [written for written in moments.find(line) if written.year]
    if not dated:
        return None
    rest = "".join((line[: dated[0].start], " ", line[dated[0].end :]))
    for other in dated[1:]:
        rest = rest.replace(other.text, " ")
    left = _NOISE.sub(" ", _LABELS.sub(" ", rest)).strip()
    return dated[0] if len(left) <= 28 else None


def without_trailing_date(title: str) -> str:
    """A title without the date of publication that old sites glue behind it; a date that belongs to its words stays."""
    bare = _TRAILING_TIME.sub("", title)
    found = _TRAILING.search(bare)
    if found is None or _DATE_WORDS.search(bare[: found.start()]):
        return title.strip()
    return bare[: found.start()].strip()


def trailing_date(title: str) -> moments.Written | None:
    """The date that :func:`without_trailing_date` takes away."""
    return moments.find(title)[-1] if without_trailing_date(title) != title.strip() and moments.find(title) else None
