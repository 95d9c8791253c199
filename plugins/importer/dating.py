"""The day of the meeting: where the report says it, and by what evidence a missing year may be supplied.

Order of evidence for the year: the day of publication, the title, the year under review ("tổng kết năm …"), the period ("quý", "6 tháng");
otherwise the year stays open and the editor is asked. Source of the rules: docs/importer.md, "Dates".
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from plugins.archive.dates import FIRST_YEAR, LAST_YEAR, PartialDate, Timestamp
from plugins.archive.problems import N_

from . import moments
from .article import Article
from .suggestion import Suggestion, quoted
from .wordings import sentences, speaks_of_event

_LEADING = re.compile(
    r"(?:^|[.\-–—:)]\s*|,\s*)(?:vừa qua,?\s*)?(?:trong\s+)?(?:(?:hai|ba|bốn|\d+|0\d)\s+ngày\s*[,(]?\s*|"
    r"(?:từ\s+)?(?:vào\s+)?)?(?:(?:buổi|vào)?\s*(?:sáng|chiều|tối|trưa)\s*,?\s*)?(?:(?:nay|qua|hôm "
    r"qua)\s*)?(?:thứ\s+\w+\s*)?[(,]?\s*(?:(?:từ\s+|hôm\s+)?ngày\s*)?(?:\(\s*)?(?:thứ\s+\w+,?\s*(?:ngày\s+)?)?$",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"(?:ngày|sáng|chiều|tối|trưa|hôm)\s*(?:nay\s*)?\(?\s*(?:thứ\s+\w+,?\s*)?(?:ngày\s+)?$", re.IGNORECASE)
_DECOY_BEFORE = re.compile(
    r"(?:\d\s*[-/]\s*[A-ZĐ][\w&./-]*,?\s*(?:ký\s+)?ngày\s*$|kỷ niệm[^.,;()]*$|thành lập[^.,;()]{0,60}$|truyền "
    r"thống[^.,;()]{0,40}$|ngày (?:kh|khoa học|quốc|nhà giáo|phụ nữ|thương binh|thế giới|đất|môi "
    r"trường)[^.;]{0,40}$|"
    r"(?:kế hoạch|nghị quyết|quyết định|công văn|chỉ thị|thông báo|giấy mời|kết luận|hướng dẫn|nghị định|thông tư|"
    r"tờ trình|luật)[^.;,]{0,60}ngày\s*$|trước ngày\s*$|đến ngày\s*$|sinh ngày\s*$|tính đến\s*(?:ngày\s*)?$|từ "
    r"ngày\s*$)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([\d\s/.–-]*$")
_SESSION = re.compile(
    r"(?<![\wÀ-ỹ])(sáng|chiều|tối)(?![\wÀ-ỹ])\s*,?\s*(?:(?:nay|ngày|hôm nay|thứ\s+\w+)\b[\s,(]*)*(?:ngày\s*)?$", re.IGNORECASE
)
_WHOLE_DAY = re.compile(r"(?:trong\s+)?(?:cả|trọn|một)\s+ngày|cả ngày", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_REVIEW_YEAR = re.compile(rf"tổng kết[^.;]{{0,90}}?năm\s+{_YEAR}", re.IGNORECASE)
_PERIOD_YEAR = re.compile(
    rf"(?:quý\s+(?:[IV]+|[1-4])|(?:\d+|sáu|chín|ba)\s+tháng(?:\s+(?:đầu|cuối))?(?:\s+năm)?|sơ kết[^.;]{{0,80}}?năm|"
    rf"giao ban[^.;]{{0,80}}?năm)\s*(?:/|,|năm|-)?\s*(?:năm\s*)?{_YEAR}",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\s*[-–]\s*(?:19|20)\d\d)(?!\d)")
_TERM = re.compile(r"(?:nhiệm kỳ|giai đoạn|khóa|khoá)[^,.;]*$", re.IGNORECASE)
_MAX_DELAY = 180


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day, as far as the page lets it be known. ``date`` is None where only day and month are: "--12-08"."""

    date: PartialDate | None
    date_end: PartialDate | None = None
    month_day: str = ""
    inferred: str = ""
    """Why this year, where the page leaves it out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report says when: the date as written, its sentence, how sure."""

    written: moments.Written
    sentence: str
    confidence: float


def find_place(article: Article) -> Place | None:
    """The date of the meeting as the report writes it, whatever it leaves out."""
    found = [place for n, paragraph in enumerate(article.paragraphs[:12]) for place in _places(paragraph, n)]
    found += [place for n, caption in enumerate(article.captions[:6]) for place in _places(caption, 8 + n)]
    if title := _in_title(article):
        found.append(title)
    best = max(found, key=lambda place: place.confidence, default=None)
    return best if best and best.confidence >= 0.5 else None


def _places(paragraph: str, number: int) -> list[Place]:
    made = []
    for n, (_, sentence) in enumerate(sentences(paragraph)[:6]):
        for written in moments.find(sentence):
            confidence = _confidence(sentence, written, number, n)
            if confidence > 0:
                made.append(Place(written, sentence, confidence))
    return made


def _confidence(sentence: str, written: moments.Written, paragraph: int, number: int) -> float:
    before, after = sentence[: written.start], sentence[written.end :]
    if _DECOY_BEFORE.search(before[-120:]) and not (before.lower().strip() in ("từ ngày",) or written.first_day):
        return 0.0
    if (
        _IN_BRACKETS.search(before)
        and re.match(r"\s*[)–-]", after)
        and not re.search(r"(?:ngày|sáng|chiều|hôm|nay|qua)\s*\($", before, re.IGNORECASE)
    ):
        return 0.0
    leading = _LEADING.search(before) is not None and len(before) < 90
    score = 0.62 + 0.25 * leading + 0.08 * bool(_DAY_WORD.search(before)) + 0.07 * speaks_of_event(sentence[:400])
    score -= 0.05 * min(paragraph, 6) + 0.05 * min(number, 4) + 0.12 * (written.start > 120) + (0.1 if written.repaired else 0)
    score -= 0.25 * (not _DAY_WORD.search(before) and not leading)
    return round(min(0.98, score), 3)


def _in_title(article: Article) -> Place | None:
    for written in moments.find(article.title):
        if _DAY_WORD.search(article.title[: written.start]) and speaks_of_event(article.title):
            return Place(written, article.title, 0.8)
    return None


def session(place: Place | None) -> Suggestion[str] | None:
    """Sáng, chiều or tối, where it stands with the date."""
    if place is None:
        return None
    before = place.sentence[: place.written.start]
    if found := _SESSION.search(before):
        return Suggestion(
            found[1].lower(), quoted(place.sentence, max(0, found.start() - 10), place.written.end), min(0.97, place.confidence + 0.1)
        )
    if _WHOLE_DAY.search(before[-40:]):
        return Suggestion("cả ngày", quoted(place.sentence, max(0, place.written.start - 40), place.written.end), 0.8)
    return None


def find(article: Article, place: Place | None, published: Suggestion[Timestamp] | None) -> Suggestion[EventDay] | None:
    """The day of the meeting; None where the report does not say ("vừa qua", "mới đây")."""
    if place is None:
        return None
    written = place.written
    reason = N_("ngày viết sai trong nguồn, đã đọc là ngày gần nhất") if written.repaired else ""
    if written.year:
        return _suggest(place, written.year, "", place.confidence, reason)
    year, why, confidence = _year(article, written, published)
    if year is None:
        open_day = EventDay(None, month_day=f"--{written.month:02}-{written.day:02}")
        return Suggestion(open_day, quoted(place.sentence, 0, written.end + 120), 0.3, N_("nguồn không cho biết năm"))
    return _suggest(place, year, why, min(place.confidence, confidence), reason or N_("năm không có trong nguồn; cách suy ra ở date_inferred"))


def _suggest(place: Place, year: int, inferred: str, confidence: float, reason: str) -> Suggestion[EventDay] | None:
    last = place.written.at(year)
    if last is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first = place.written.first_at(year)
    day = EventDay(_partial(first or last), _partial(last) if first else None, inferred=inferred)
    return Suggestion(day, quoted(place.sentence, 0, place.written.end + 120), confidence, reason)


def _partial(day: datetime.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _year(article: Article, written: moments.Written, published: Suggestion[Timestamp] | None) -> tuple[int | None, str, float]:
    """The year that the best evidence gives, why, and how sure. Evidence that contradicts itself makes it less sure."""
    shown = f"{written.day:02}/{written.month:02}"
    others = _years_by_words(article, written)
    if published is not None and published.confidence >= 0.6:
        day = published.value.day
        year = next((y for y in (day.year, day.year - 1) if (d := written.at(y)) and d <= day), None)
        held = written.at(year) if year else None
        delay = (day - held).days if held else 999
        if year and delay <= _MAX_DELAY:
            agrees = not others or others[0][0] == year
            why = f"Nguồn chỉ ghi ngày {shown}; năm {year} suy từ ngày đăng {day.day:02}/{day.month:02}/{day.year}."
            return year, why, min(published.confidence, 0.96 if agrees else 0.75)
    if others:
        year, where, confidence = others[0]
        agrees = all(other[0] == year for other in others[1:])
        return year, f"Nguồn chỉ ghi ngày {shown}; năm {year} suy từ {where}.", confidence if agrees else 0.7
    return None, "", 0.3


def _years_by_words(article: Article, written: moments.Written) -> list[tuple[int, str, float]]:
    """Years that the title and the first paragraphs give, in the order of their weight."""
    lead = " ".join(article.paragraphs[:3])[:1800]
    found: list[tuple[int, str, float]] = []
    for text, where in ((article.title, "nhan đề"), (lead, "đoạn mở đầu")):
        for match in _REVIEW_YEAR.finditer(text):
            year = int(match["year"]) + (1 if written.month <= 3 else 0)
            found.append((year, f"{where}: «{quoted(match[0])[-90:].strip()}»", 0.93 if written.month in (1, 2, 3, 10, 11, 12) else 0.8))
        for match in _PERIOD_YEAR.finditer(text):
            if written.month <= 2 and "tháng cuối" not in match[0] and re.search(r"tổng kết|cả năm|quý IV", text, re.IGNORECASE):
                continue
            found.append((int(match["year"]), f"{where}: «{quoted(match[0])}»", 0.93))
    if not found:
        found += [
            (int(m["year"]), f"nhan đề: «{m[0]}»", 0.9)
            for m in _TITLE_YEAR.finditer(article.title)
            if not _TERM.search(article.title[: m.start()])
        ]
    return found or _years_in_body(article, written)


def _years_in_body(article: Article, written: moments.Written) -> list[tuple[int, str, float]]:
    """Periods named further down, where they all name one year."""
    years = {int(m["year"]): m[0] for m in _PERIOD_YEAR.finditer(article.text)}
    if len(years) == 1:
        year, words = next(iter(years.items()))
        return [(year, f"thân bài: «{quoted(words)}»", 0.85)]
    return []
