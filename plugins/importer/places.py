"""Where the meeting was: the venue, the host, the province. A venue is a place; only "đăng cai" makes a host."""

from __future__ import annotations

import re
from collections import Counter

from plugins.archive import names
from plugins.archive.problems import N_
from plugins.archive.text import clean, fold

from . import dating, gazetteer
from .article import Article
from .suggestion import Suggestion, quoted
from .wordings import sentences

_PLACE_END = re.compile(
    r"\s+(?:đã|sẽ|vừa|long trọng|diễn ra|tổ chức|họp|cụm thi đua|khối thi đua|ban chấp hành|liên hiệp các hội|"
    r"thường trực|hội nghị|để|nhằm|do|với|có|trong|vào|lãnh đạo|đồng chí|ban thường vụ|và bàn|và triển|phối hợp|cho|"
    r"ngày|sáng|chiều|năm)\b.*$|[;:!].*$|(?<!TP)(?<!Tp)(?<!TX)(?<!\bSt)\..*$|\s+[-–—]\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_WHOSE_HALL = re.compile(r"(?:hội trường|trụ sở|văn phòng|cơ quan|phòng họp)\s+(?:của\s+)?liên hiệp các hội\b", re.IGNORECASE)
_AT = re.compile(
    r"(?<![\wÀ-ỹ])(?:tại|Tại|ở)\s+(?P<place>(?:[A-ZĐÀ-Ỹ]|hội trường|trụ sở|văn phòng|thành phố|tỉnh|thị xã|huyện|"
    r"khách sạn|nhà|trung tâm|cơ quan|phường|xã|phòng họp|khu|bảo tàng|trường|đô thị|TP)[^\n]{2,200})"
)
_NOT_PLACE = re.compile(
    r"^(?:hội nghị|hội thảo|buổi|cuộc|lễ|đây|đó|kết luận|nghị quyết|quyết định|chỉ thị|kế hoạch|văn bản|phiên|các|"
    r"điều|đại hội|công văn|thông báo|chương|báo cáo|diễn đàn|mục|khoản)\b",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:cảm ơn|cám ơn)\s+(?P<thanked>[A-ZĐ][^,.;()]{3,90}?)(?:\s+(?:đã|luôn|tận tình|được|nhiệt "
    r"tình)\b[^.;()]{0,70}?|\s+)đăng cai|(?P<own>(?:Liên hiệp|LHH|Hội|Hiệp hội|Trường|Sở|Viện|UBND|LĐLĐ|Công đoàn|"
    r"Ban|Công ty)[^,.;()]{2,90}?)\s*(?:\(?\s*(?:là\s+)?(?:đơn vị\s+)?đăng cai|(?:đã\s+)?(?:vinh "
    r"dự\s+)?(?:được\s+)?(?:chọn\s+)?(?:làm\s+)?(?:đơn vị\s+)?đăng cai)|đơn vị đăng cai(?:\s+(?:tổ chức|hội nghị|"
    r"năm \d+))*\s*(?:là|:)\s*(?P<named>[A-ZĐ][^,.;()]{3,90})|(?:do)\s+(?P<by>[A-ZĐ][^,.;()]{3,90}?)\s+đăng cai"
)
_WEAK_HOST = re.compile(
    r"^(?:hội trường|trụ sở|văn phòng|cơ quan|phòng họp)\s+(?:của\s+)?(?P<body>(?:Liên hiệp|LHH|Hội|Hiệp hội|Trường|"
    r"Sở|Viện|UBND|LĐLĐ|Ban|cơ quan Liên)[^,;(]{3,90})",
    re.IGNORECASE,
)


def venue(article: Article, place: dating.Place | None) -> Suggestion[str] | None:
    """The place behind "tại" in the sentence that gives the day, or in the first sentences."""
    lead = [s for paragraph in article.paragraphs[:2] for _, s in sentences(paragraph)][:3]
    for text in dict.fromkeys([place.sentence] * (place is not None) + lead if place else lead):
        for found in _AT.finditer(text[:700]):
            name = _place_name(found["place"])
            if 3 <= len(name) <= 140 and not _NOT_PLACE.match(name):
                return Suggestion(name, quoted(text, max(0, found.start() - 20), found.start() + len(name) + 40), 0.88)
    return None


def _place_name(text: str) -> str:
    # "liên hiệp các hội" begins what the sentence tells, unless it says whose hall it is.
    whose = _WHOSE_HALL.match(text)
    head = whose[0] if whose else ""
    cut = head + _PLACE_END.sub("", text[len(head) :])
    pieces = cut.split(",")
    name = pieces[0]
    for piece in pieces[1:]:
        bare = piece.strip()
        is_address = re.match(
            r"(?:phường|xã|quận|huyện|thành phố|tp\.?|tỉnh|thị xã|thị trấn|số|đường|phố|TP\.?)\b", bare, re.IGNORECASE
        ) or gazetteer.province(bare)
        if not is_address:
            break
        name = f"{name}, {bare}"
    if name.count("(") != name.count(")"):
        name = name.split("(")[0]
    return clean(name).strip(" ,-–(")


def host(article: Article) -> Suggestion[str] | None:
    """The host where a sentence says "đăng cai"; a hall that belongs to a body only hints at one."""
    for paragraph in article.paragraphs:
        for _, sentence in sentences(paragraph):
            found = _HOST.search(sentence)
            if found is None:
                continue
            name = next(clean(g) for g in found.groups() if g)
            name = re.sub(r"^(?:.*\b(?:do|của|cảm ơn)\s+)(?=[A-ZĐ])", "", name)
            if names.is_organization(name):
                return Suggestion(
                    re.sub(r"\s+(?:đã|là|làm).*$", "", name), quoted(sentence, max(0, found.start() - 20), found.end() + 20), 0.92
                )
    return None


def likely_host(venue_name: str, quote: str) -> Suggestion[str] | None:
    """The body whose hall it is, to be asked about."""
    found = _WEAK_HOST.match(venue_name)
    return Suggestion(found["body"].strip(), quote, 0.45, N_("chỉ suy từ nơi họp; nguồn không viết «đăng cai»")) if found else None


def province(article: Article, venue_name: str) -> Suggestion[str] | None:
    """The province as the page names it: in the venue, at the head of the title, or as the one it speaks of most."""
    if found := gazetteer.provinces_in(venue_name):
        return Suggestion(found[-1][1], venue_name, 0.9)
    head = article.title.split(":")[0]
    if ":" in article.title and (
        name := gazetteer.province(head) or gazetteer.province(re.sub(r"^(?:LHH|Liên hiệp [Hh]ội|TP\.?)\s+", "", head))
    ):
        return Suggestion(name, article.title, 0.9)
    lead = "\n".join([article.title, *article.paragraphs[:2]])
    near = re.findall(r"(?:tỉnh|thành phố|TP\.?)\s+", lead)
    found = gazetteer.provinces_in(lead)
    counted = Counter(name for _, name in found)
    if len(counted) == 1 and (near or counted.most_common(1)[0][1] > 1):
        return Suggestion(found[0][1], quoted(lead, max(0, found[0][0] - 60), found[0][0] + 40), 0.82)
    return Suggestion(found[0][1], quoted(lead, max(0, found[0][0] - 60), found[0][0] + 40), 0.55) if found else None


def context_province(article: Article) -> str:
    """The province a page is about, for names like "Liên hiệp Hội tỉnh": from its text, else from its site's own lines."""
    own = "\n".join([article.title, *article.paragraphs])
    about = [
        name
        for start, name in gazetteer.provinces_in(own)
        if re.search(
            r"(?:tỉnh|thành phố|TP\.?|Liên hiệp (?:các )?[Hh]ội|kỹ thuật|KH&KT|LHH|Đảng bộ tỉnh)\s*$",
            own[max(0, start - 24) : start],
            re.IGNORECASE,
        )
    ]
    head = gazetteer.province(article.title.split(":")[0]) if ":" in article.title else ""
    if head:
        return head
    counted = Counter(about)
    if counted and (len(counted) == 1 or counted.most_common(2)[0][1] > counted.most_common(2)[1][1]):
        return counted.most_common(1)[0][0]
    around = "\n".join(b.text for b in (*article.before, *article.after) if len(b.text) < 200)
    outside = Counter(name for _, name in gazetteer.provinces_in(article.page.site + "\n" + around))
    every = Counter(name for _, name in gazetteer.provinces_in(own))
    if not counted and len(every) == 1:
        return next(iter(every))
    if not counted and outside and len(outside) <= 3:
        return outside.most_common(1)[0][0]
    return by_capitals(around) if not counted else counted.most_common(1)[0][0]


def by_capitals(text: str) -> str:
    """A province written in capitals in the site's own lines."""
    folded = fold(text)
    found = [name for name in gazetteer.PROVINCES if re.search(rf"\b{re.escape(fold(name))}\b", folded)]
    return found[0] if len(found) == 1 else ""
