"""Finds the documents that a text cites: type, number, date and issuer, in the many ways they are written.

Shape: TYPE (số)(:) NUMBER[/YEAR] SEP SYMBOL[/ISSUER-CODE] [ngày D/M/Y] [của ISSUER]. Source of the rules: docs/domain.md, "Documents".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .dates import PartialDate, day_first
from .text import clean, fold

TYPES = (
    "Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Kế hoạch", "Hướng dẫn", "Thông báo", "Công văn", "Nghị định", "Thông tư",
    "Quy định", "Quy chế", "Chương trình hành động", "Chương trình", "Đề án", "Báo cáo", "Tờ trình", "Pháp lệnh", "Luật", "Thông tri",
    "Biên bản", "Công điện",
)  # fmt: skip
UNKNOWN_TYPE = "Văn bản"
# Not CĐ: Công điện goes by it, and Công đoàn too.
_TYPE_OF_CODE = {
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "QĐ": "Quyết định", "KH": "Kế hoạch", "HD": "Hướng dẫn", "TB": "Thông báo",
    "CV": "Công văn", "NĐ": "Nghị định", "TT": "Thông tư", "QYĐ": "Quy định", "QC": "Quy chế", "CTR": "Chương trình", "CTRHĐ": "Chương trình hành động",
    "ĐA": "Đề án", "BC": "Báo cáo", "TTR": "Tờ trình", "BB": "Biên bản",
}  # fmt: skip

_SYMBOL = r"[A-ZĐƯÂÔ][A-Za-zĐđƯưÂâÔô0-9&.]{0,19}(?<![.])"
_NUMBER = re.compile(
    rf"(?:(?<![\w/.,-])|(?<=số))(?P<digits>\d{{1,5}})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?\s?[-–/]\s?(?P<symbols>{_SYMBOL}(?:\s?[-–/]\s?{_SYMBOL}){{0,3}})(?![\w])"
)
# Both look at small letters only, which is many times quicker than to look for either.
_TYPE_BEFORE = re.compile(rf"(?P<type>{'|'.join(TYPES).lower()})\s*(?:số\s*:?\s*)?$")
_SO_BEFORE = re.compile(r"số\s*:?\s*$")
_SEPARATOR = re.compile(r"\s?[-–/]\s?")
_LOOSE_SEPARATOR = re.compile(r"\s*([-–/])\s*")
_PART = re.compile(r"[^\W_]+")
_DATE_AFTER = re.compile(
    r"\s*,?\s*(?:ký\s+)?ngày\s+(?:(?P<numeric>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})|(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<long>\d{4}))",
    re.IGNORECASE,
)
_ISSUER_AFTER = re.compile(
    r"\s*,?\s*của\s+(?P<issuer>(?:Bộ|Ban|Chính phủ|Thủ tướng|Quốc hội|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Sở|"
    r"Liên hiệp|LHH|Trung ương|Đảng đoàn|Hội|Chủ tịch)\b[^,;.()“”\"\n:]*)"
)
# An issuer ends before a word that none has in its name, and before the next document of a list.
_ISSUER_END = re.compile(
    r"\s+(?:(?:về|khóa|khoá|ngày|đã|được|trong|tại|để|nhằm|là|cho|gắn|theo|có|và các|cùng|năm|việc)\s|"
    rf"và\s+(?i:{'|'.join(TYPES)})\b(?!\s+gia\b)).*$"
)
_LIST_GAP = re.compile(r"\s*(?:[;,]|và|[;,]\s*và)\s*(?:(?:các\s+)?(?:" + "|".join(TYPES) + r")\s*)?(?:số\s*:?\s*)?", re.IGNORECASE)
_MAX_ISSUER = 80
# Every number has this in it; the whole pattern, slow to find nothing, is tried only around such a trace.
_TRACE = re.compile(r"[0-9]\s?[-–/]\s?[A-ZĐƯÂÔ]")
_BEFORE_TRACE = 14
_AFTER_TRACE = 120
"""No number reaches further than these, since each of its parts is bounded."""


class Mention(NamedTuple):
    """One citation in a text: ``text[start:end]`` is the number as written."""

    start: int
    end: int
    type: str
    number: str
    """Canonical spacing, as "57-NQ/TW"."""
    date: PartialDate | None = None
    issuer: str = ""
    date_end: int = 0
    """Where the date, or else the number, ends."""


@lru_cache(maxsize=65536)
def number_key(number: str) -> str:
    """What all writings of one number share: 42-CT/TW, 42/CT-TW and "42 – ct/tw" give "42 ct tw"."""
    return " ".join(part.lstrip("0") or "0" for part in _PART.findall(fold(number.replace("&", "va"))))


@lru_cache(maxsize=1024)
def type_key(type: str) -> str:
    return fold(clean(type))


def find(text: str) -> tuple[Mention, ...]:
    """Every document cited by number in a text, in order. An issuer that closes a list holds for all of one type in it."""
    if "/" not in text and "-" not in text and "–" not in text:
        return ()  # as in most paragraphs
    mentions = list(_mentions(text))
    for i in range(len(mentions) - 1, 0, -1):
        here, before = mentions[i], mentions[i - 1]
        if here.issuer and not before.issuer and here.type == before.type and _LIST_GAP.fullmatch(text[before.date_end : here.start]):
            mentions[i - 1] = before._replace(issuer=here.issuer)
    return tuple(mentions)


def digest(mentions: Iterable[Mention]) -> str:
    """Of all that becomes of the mentions of a text, which is the same for two texts that name the same; empty where they name nothing."""
    named = [(mention.type, mention.number, str(mention.date or ""), mention.issuer) for mention in mentions]
    return hashlib.sha256(repr(named).encode()).hexdigest()[:16] if named else ""


def _mentions(text: str) -> Iterator[Mention]:
    known_type = ""
    last_end = -1
    for match in _numbers(text):
        before = text[max(0, match.start() - 40) : match.start()].lower()
        named = _TYPE_BEFORE.search(before)
        continues = last_end >= 0 and _LIST_GAP.fullmatch(text[last_end : match.start()]) is not None
        symbols = _SEPARATOR.split(match["symbols"])
        numbered = _SO_BEFORE.search(before)
        type = named["type"].capitalize() if named else _type_of(symbols) or (known_type if continues else "") or (numbered and UNKNOWN_TYPE)
        if not type or not (named or continues or numbered or _is_tight(match[0])):
            continue
        mention = _with_date_and_issuer(text, match, type, _canonical(match[0]))
        known_type, last_end = type, mention.date_end
        yield mention


def _numbers(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for trace in _TRACE.finditer(text):
        if trace.start() >= end:
            match = _NUMBER.search(text, max(end, trace.start() - _BEFORE_TRACE), trace.start() + _AFTER_TRACE)
            if match is not None and match.start() <= trace.start():
                end = match.end()
                yield match


def _type_of(symbols: list[str]) -> str:
    return next((_TYPE_OF_CODE[symbol.upper()] for symbol in symbols if symbol.upper() in _TYPE_OF_CODE), "")


def _is_tight(number: str) -> bool:
    # Without the word "số" or a type before it, "2021 - TP" is a year and a place.
    return " " not in number


@lru_cache(maxsize=4096)
def _canonical(written: str) -> str:
    """The number without stray spaces; the separators stay as the text has them."""
    return _LOOSE_SEPARATOR.sub(lambda sep: sep[1].replace("–", "-"), written)


def _with_date_and_issuer(text: str, match: re.Match[str], type: str, number: str) -> Mention:
    end, date = match.end(), None
    if found := _DATE_AFTER.match(text, end):
        date = _date(found)
        end = found.end() if date else end
    issuer = ""
    if found := _ISSUER_AFTER.match(text, end):
        issuer = _issuer(found["issuer"])
    return Mention(match.start(), match.end(), type, number, date, issuer, end)


# One document is cited by many texts, and twice looked for in each: when its file is read, and when it is rendered.


@lru_cache(maxsize=4096)
def _issuer(written: str) -> str:
    issuer = clean(_ISSUER_END.sub("", written + " "))
    return issuer if len(issuer) <= _MAX_ISSUER else ""


def _date(found: re.Match[str]) -> PartialDate | None:
    return _day(found["numeric"] or f"{found['day']}/{found['month']}/{found['long']}")


@lru_cache(maxsize=4096)
def _day(written: str) -> PartialDate | None:
    return day_first(re.sub(r"[.-]", "/", written))
