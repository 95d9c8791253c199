"""What kind of meeting it is, and which period it reviews and which it plans."""

from __future__ import annotations

import re

from plugins.archive.dates import FIRST_YEAR, LAST_YEAR, Period
from plugins.archive.text import fold

from .article import Article
from .suggestion import Suggestion, quoted
from .wordings import sentences

_KINDS = (
    ("giao ban", re.compile(r"giao ban")),
    ("tổng kết", re.compile(r"tong ket(?! (?:nghi quyet|chi thi|\d+ nam|hoi thi|du an|de tai|cuoc thi))")),
    ("sơ kết", re.compile(r"so ket")),
    (
        "ban chấp hành",
        re.compile(
            r"(?:hoi nghi|hop|ky hop|phien hop|hn)[^.;]{0,30}\b(?:ban chap hanh|bch)\b|\b(?:ban chap hanh|"
            r"bch)\b[^.;]{0,60}\b(?:hop|hoi nghi|lan thu)"
        ),
    ),
    ("ký kết giao ước", re.compile(r"(?:ky ket|ky)\s(?:\w+ ){0,2}giao uoc")),
    (
        "đại hội",
        re.compile(r"dai hoi (?:dai bieu|lan thu|hoi|nhiem ky|thanh lap|toan the|diem)|to chuc (?:thanh cong )?dai hoi|tien hanh dai hoi"),
    ),
    ("hội thảo", re.compile(r"hoi thao|toa dam")),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERS = {"ba": 3, "sáu": 6, "chín": 9}
_SPAN = re.compile(
    r"quý\s+(?P<quarter>IV|III|II|I|[1-4])(?![\w.])|(?:0?(?P<months>3|6|9)|(?P<word>ba|sáu|"
    r"chín))\s+tháng\s*(?P<half>đầu|cuối)?(?:\s+của)?|nửa\s+(?P<half_year>đầu|cuối)\s+năm|(?P<whole>(?:trong\s+|"
    r"cả\s+)?năm)(?=\s+(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\s*(?:năm|/|,\s*năm|-|\s)\s*(?:năm\s*)?(?P<year>(?:19|20)\d\d)(?!\d)(?!\s*[-–]\s*(?:19|20)\d\d)", re.IGNORECASE)
_PLAN_BEFORE = re.compile(
    r"(?:triển khai|phương hướng|nhiệm vụ|kế hoạch|chương trình công tác|bàn|dự kiến|định hướng|giải pháp|mục tiêu|trọng tâm)[^.;]{0,70}$",
    re.IGNORECASE,
)
_REVIEW_BEFORE = re.compile(
    r"(?:sơ kết|tổng kết|giao ban|đánh giá|kết quả|nhìn lại|kiểm điểm|báo cáo|tình hình)[^.;]{0,80}$", re.IGNORECASE
)


def kind(article: Article) -> Suggestion[str] | None:
    """The kind by the title, else by the first sentences."""
    for text, confidence in ((article.title, 0.95), (_lead(article), 0.88)):
        folded = fold(text)
        found = [(name, match) for name, pattern in _KINDS if (match := pattern.search(folded))]
        if not found:
            continue
        if (len(found) > 1 and found[0][0] == "giao ban") or len(found) == 1:
            name, match = found[0]
        else:
            name, match = min(found, key=lambda pair: _rank(pair[0], pair[1], folded))
        return Suggestion(
            name, quoted(text, max(0, match.start() - 30), match.end() + 60), confidence if len(found) == 1 else confidence - 0.06
        )
    return None


def _rank(name: str, match: re.Match[str], folded: str) -> int:
    """Of several kinds the one named first; a signing that closes a review is not what the meeting is called by."""
    return match.start() + (200 if name in ("ký kết giao ước", "hội thảo") else 0)


def _lead(article: Article) -> str:
    first = [s for paragraph in article.paragraphs[:2] for _, s in sentences(paragraph)]
    return " ".join(first[:2])[:700]


def periods(article: Article, event_year: int | None) -> tuple[Suggestion[Period] | None, Suggestion[Period] | None]:
    """The period under review and the period planned; a year that is not written is the year of the meeting, and less sure."""
    review = plan = None
    for text in (article.title, _lead(article)):
        spans = _spans(text, event_year)
        review = review or next((s for s, is_plan in spans if not is_plan), None)
        plan = plan or next((s for s, is_plan in spans if is_plan), None)
        closer = next((s for s, is_plan in spans if not is_plan and s.value.span), None)
        if review and closer and not review.value.span and closer.value.year == review.value.year:
            review = closer  # "sơ kết năm 2012" in the title, "6 tháng đầu năm 2012" in the text
    return review, plan


def _spans(text: str, event_year: int | None) -> list[tuple[Suggestion[Period], bool]]:
    found: list[tuple[Suggestion[Period], bool]] = []
    matches = list(_SPAN.finditer(text))
    years = [_YEAR_AFTER.match(text, m.end()) for m in matches]
    for i, match in enumerate(matches):
        own = years[i] or (re.compile(r"\s*(?P<year>(?:19|20)\d\d)").match(text, match.end()) if match["whole"] else None)
        later = next((y for y in years[i:] if y), None)
        year = int(own["year"]) if own else int(later["year"]) if later else event_year
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR or _is_term(text, match):
            continue
        is_plan = _is_plan(text, match)
        if is_plan is None:
            continue
        end = own.end() if own else match.end()
        confidence = 0.93 if own else 0.88 if later else 0.8
        found.append((Suggestion(Period(year, _name(match)), quoted(text, max(0, match.start() - 40), end), confidence), is_plan))
    return found


def _is_term(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:nhiệm kỳ|giai đoạn|đến|khóa|khoá)\s*$", text[: match.start()], re.IGNORECASE))


def _name(match: re.Match[str]) -> str:
    if match["quarter"]:
        quarter = match["quarter"].lower()
        return f"Q{_ROMAN.get(quarter) or quarter}"
    if match["whole"]:
        return ""
    if match["half_year"]:
        return "H2" if match["half_year"].lower() == "cuối" else "6M"
    months = int(match["months"]) if match["months"] else _NUMBERS[match["word"].lower()]
    last = (match["half"] or "").lower() == "cuối"
    return {3: "Q4" if last else "Q1", 6: "H2" if last else "6M", 9: "9M"}[months]


def _is_plan(text: str, match: re.Match[str]) -> bool | None:
    if (match["half"] or match["half_year"] or "").lower() == "cuối":
        return True
    before = (
        re.split(r"[,;]|\svà\s(?=(?:triển khai|phương hướng|bàn|kế hoạch|nhiệm vụ|định))", text[: match.start()])[-1]
        if not match["whole"]
        else text[max(0, match.start() - 90) : match.start()]
    )
    plan, review = list(_PLAN_BEFORE.finditer(before)), list(_REVIEW_BEFORE.finditer(before))
    if plan and review:
        return plan[-1].start() > review[-1].start()
    if plan or review:
        return bool(plan)
    earlier = text[: match.start()]
    plan, review = list(_PLAN_BEFORE.finditer(earlier)), list(_REVIEW_BEFORE.finditer(earlier))
    if match["whole"] and not review and not plan:
        return None
    return bool(plan) and not review
