"""Which units a meeting made lead and deputy of its cluster, and for which year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.archive import names
from plugins.archive.text import clean

from . import gazetteer
from .article import Article
from .suggestion import Suggestion, quoted
from .wordings import sentences

_LEAD = r"(?:[Cc]ụm [Tt]rưởng|[Tt]rưởng [Cc]ụm|[Kk]hối [Tt]rưởng|[Tt]rưởng [Kk]hối)"
_DEPUTY = r"(?:[Cc]ụm [Pp]hó|[Pp]hó [Cc]ụm|[Pp]hó [Tt]rưởng [Cc]ụm|[Kk]hối [Pp]hó|[Pp]hó [Kk]hối|[Pp]hó [Tt]rưởng [Kk]hối)"
_ROLE = re.compile(rf"(?P<lead>(?<![Pp]hó ){_LEAD})|(?P<deputy>{_DEPUTY})")
_DECISION = re.compile(
    r"bầu|suy tôn|thống nhất|nhất trí|phân công|bàn giao|trao cờ|cử|giao |chọn|bình chọn|tín nhiệm|đảm nhận|luân "
    r"phiên|giữ vai trò|đề cử|cờ luân lưu|ra mắt|công bố",
    re.IGNORECASE,
)
_YEAR = re.compile(r"năm\s+(?P<year>20\d\d)")
_ORG = re.compile(
    r"(?:(?:Liên hiệp (?:các )?[Hh]ội|LHH|Liên minh|LĐLĐ|Hội(?! nghị| thảo| viên| đồng)|Hiệp hội|Trường|Viện|Sở|"
    r"Công đoàn|Ban|UBND|Ủy ban|Đảng ủy|Công ty|Bệnh viện|Trung tâm|Quỹ|Báo|Tạp chí|MTTQ|Ủy ban "
    r"MTTQ)\b(?:(?!\s(?:làm|giữ|đảm nhận|đảm nhiệm|là|và|với|cho|được|đã|năm|vai trò|tiếp tục|sang|nhận|luân phiên|"
    r"cùng|bàn giao|trao|bầu|nhất trí|thống nhất|giao|suy tôn|cử|phân công|chọn)\b)[^,;.():])*)"
)
_JOINING = re.compile(
    r"\s*(?:,|\(|là|làm|giữ(?: vai trò| chức(?: vụ)?)?|đảm nhận|đảm nhiệm|tiếp tục|được|bầu|suy tôn|tín nhiệm|phân "
    r"công|chọn|cử|vai trò|nhiệm vụ|chức|đơn vị|:|-|–|\s)*\s*(?:vai trò\s+|đơn vị\s+|chức\s+|nhiệm vụ\s+)*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:của\s+)?(?:[Cc]ụm|[Kk]hối)?(?:\s+thi đua)?(?:\s+số\s+\S+)?(?:\s+năm\s+20\d\d)?\s*(?:là|cho|:|–|-|"
    r"gồm)\s*(?:đơn vị\s+|các đơn vị\s+)?(?P<body>[^,;.()]{4,120})"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The units that lead a cluster in a year."""

    year: int
    lead: tuple[str, ...]
    deputies: tuple[str, ...]


def find(article: Article, event_year: int | None) -> list[Suggestion[Lead]]:
    """What the meeting decided, one suggestion a year. Units that merely are lead that day decide nothing and are left out."""
    made: dict[int, Suggestion[Lead]] = {}
    for paragraph in article.paragraphs:
        for _, sentence in sentences(paragraph):
            for suggestion in _in_sentence(sentence, event_year):
                made.setdefault(suggestion.value.year, suggestion)
    return [made[year] for year in sorted(made)]


def _in_sentence(sentence: str, event_year: int | None) -> list[Suggestion[Lead]]:
    if not _ROLE.search(sentence) or not _DECISION.search(sentence):
        return []
    found = list(_ROLE.finditer(sentence))
    years = [(m.start(), int(m["year"])) for m in _YEAR.finditer(sentence)]
    if not years or (event_year and all(year < event_year for _, year in years)):
        return []
    by_year: dict[int, tuple[list[str], list[str]]] = {}
    last_end = 0
    for match in found:
        bodies = _bodies(sentence, match, last_end)
        last_end = match.end()
        if bodies:
            year = next((y for start, y in years if start > match.start()), years[-1][1])
            by_year.setdefault(year, ([], []))[0 if match["lead"] else 1].extend(bodies)
    return [
        Suggestion(Lead(year, tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(deputies))), quoted(sentence), 0.9 if lead else 0.75)
        for year, (lead, deputies) in sorted(by_year.items())
        if event_year is None or year >= event_year
    ]


def _bodies(sentence: str, match: re.Match[str], start: int) -> list[str]:
    """The unit before the word ("X làm Cụm trưởng"), else the one behind it ("Cụm trưởng năm 2026 là X")."""
    before = sentence[start : match.start()]
    named = list(_ORG.finditer(before))
    if named and _JOINING.fullmatch(before[named[-1].end() :]):
        return _split(named[-1][0])
    if after := _AFTER.match(sentence, match.end()):
        body = re.split(r"\s+(?:và|làm|giữ|với)\s+(?=.*(?:[Cc]ụm|[Kk]hối))|\s+làm\s", after["body"])[0]
        return _split(body) if names.is_organization(body) or gazetteer.province(body.strip()) else []
    return []


def _split(body: str) -> list[str]:
    cleaned = clean(body).strip(" ,-–")
    two = re.split(r"\s+và\s+(?=(?:Liên hiệp|LHH|Hội|Hiệp hội|Trường|Sở)\b)", cleaned)
    return [part for part in two if part]
