"""Whose meeting it is: a cụm or khối with its owner, kind and number or name; never the number alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.archive.text import clean, fold, match_key

from . import gazetteer
from .article import Article
from .suggestion import Suggestion, quoted
from .wordings import sentences

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
_NUMBER = r"(?:0?(?P<digits>\d{1,2})|(?P<roman>X?(?:IX|IV|V?I{1,3}|V)|XI?I?))"
_COUNTED = r"(?!\s*(?:thành phố|tỉnh|đơn vị|huyện|tổ chức|hội\b|trường|thành viên|xã|cơ quan|sở|ngành|/\d))"
_CLUSTER = re.compile(
    rf"(?<!\d )(?<![\wÀ-ỹ])(?P<kind>[Cc]ụm|[Kk]hối|CỤM|KHỐI|[Cc]um)(?:\s+(?:thi đua|Thi đua|Thi Đua|THI "
    rf"ĐUA))?(?:\s+(?P<so>số|Số|SỐ))?\s*:?\s*{_NUMBER}(?![\w/.,]*\d)(?![\wÀ-ỹ]){_COUNTED}"
)
_NAMED = re.compile(
    r"(?<![\wÀ-ỹ])(?P<kind>[Cc]ụm|[Kk]hối) thi đua\s+(?:khu vực\s+|các tỉnh\s+|"
    r"vùng\s+)?(?P<name>(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\s?){2,5}|(?:các )?(?:hội|cơ quan|doanh nghiệp|trường)[^,.;]{3,50})"
)
_GUEST = re.compile(r"(?:trưởng|phó|Phó|đại diện|lãnh đạo|khách mời|bạn|phụ trách)\s*(?:các )?$", re.IGNORECASE)
_NAME_AFTER = re.compile(
    r"\s*(?:[-–—,(]\s*)?(?:các tỉnh,? (?:thành phố )?|khu vực |vùng )*(?P<name>(?:Bắc|Nam|Đông|Tây|Trung|Duyên hải|"
    r"Đồng bằng|Tây Nguyên|Trung du)[^,.;()–-]{0,40}?)(?=\s+(?:của|thuộc|tổ chức|đã|họp|năm)|[,.;()–-]|$)"
)
_OWNER_AFTER = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:[-–—,:]\s*)?(?:(?:[A-ZĐ][\wÀ-ỹ]*\s?){1,4}\s*)?(?:,?\s*(?:thuộc|của|trực thuộc|"
    r"khối thi đua của|một trong [^,.;]{3,40}của)\s+)?(?:hệ thống\s+|cơ quan\s+)?"
    r"(?P<owner>(?:Liên hiệp|LIÊN HIỆP|Liên minh|Liên đoàn|LĐLĐ|LHH|LH [Hh]ội|Hội|HỘI|Hiệp hội|Mặt trận|MTTQ|UBMTTQ|"
    r"Ủy ban|Uỷ ban|UBND|Công đoàn|Sở|VUSTA|Đảng ủy|Tỉnh đoàn|Ban Thi đua|Liên Hiệp)[^;:.\n“”]{0,140})"
)
_OWNER_BEFORE = re.compile(r"(?:[Cc]ụm|[Kk]hối)(?: thi đua)?\s+(?P<owner>(?:Liên hiệp|LHH)[^.;]{5,180})\(\s*$")
_OWNER_END = re.compile(
    r"\s+(?:đã|tổ chức|họp|giao ban|tiến hành|tham gia|năm|quý|tổng kết|sơ kết|ký kết|triển khai|được|vừa|có|gồm|"
    r"thực hiện|do|khai mạc|bàn|long trọng|phối hợp|lần|nhiệm kỳ|ra|sáng|chiều|ngày|tại|trong|cho|và (?:triển|"
    r"phương|tổ)|diễn ra|\d).*$|\s*[,(–—].*$|\s+-\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_NATIONAL = re.compile(r"viet nam$|^vusta|lhhvn|trung uong$")
_PROVINCIAL_MEMBERS = re.compile(r"\b(?:các tỉnh|khu vực|vùng|\d+ tỉnh)\b", re.IGNORECASE)
UNION = re.compile(
    r"lien hiep (?:cac )?hoi(?! (?:van hoc|vhnt|lien hiep|phu nu|huu nghi))|^lhh|^lh hoi|^vusta|lien hiep (?:khoa hoc|khkt|kh)"
)


@dataclass(frozen=True, slots=True)
class ClusterName:
    """A cluster as a page names it. ``owner`` is the owner's name written out as far as the page lets it be, or ""."""

    kind: str
    number: int | None
    name: str = ""
    owner: str = ""
    level: str = ""

    @property
    def short_label(self) -> str:
        label = "Cụm thi đua" if self.kind == "cụm" else "Khối thi đua"
        label += f" số {self.number}" if self.number is not None else ""
        return f"{label} {self.name}" if self.number is None and self.name else label


def find(article: Article, context_province: str) -> Suggestion[ClusterName] | None:
    """The cluster whose meeting it is: named in the title, or as the one who meets in the first sentences."""
    lead = [s for paragraph in article.paragraphs[:3] for _, s in sentences(paragraph)][:4]
    for text, base in ((article.title, 0.95), *((s, 0.93 - 0.07 * n) for n, s in enumerate(lead))):
        if (match := _first(text)) and (text is article.title or _meets(text, match)):
            return _suggest(article, text, match, base, context_province)
    named = next((m for text in (article.title, *lead[:2]) if (m := _NAMED.search(text)) and not _GUEST.search(text[: m.start()])), None)
    return _suggest_named(article, named, context_province) if named else None


def _first(text: str) -> re.Match[str] | None:
    return next((m for m in _CLUSTER.finditer(text) if _counts(m, text)), None)


def _counts(match: re.Match[str], text: str) -> bool:
    """Not the cluster a guest leads, and no figure that merely follows the word."""
    if not match["so"] and match["kind"].lower() == "khối" and "thi đua" not in match[0].lower() and match["roman"]:
        return False
    return _GUEST.search(text[: match.start()]) is None


def _meets(text: str, match: re.Match[str]) -> bool:
    return match.start() < 420 and not re.search(r"(?:cụm trưởng|cụm phó|trưởng cụm)\s*,?\s*$", text[: match.start()], re.IGNORECASE)


def number_of(match: re.Match[str]) -> int:
    return int(match["digits"]) if match["digits"] else _ROMAN[match["roman"]]


def _suggest(article: Article, text: str, match: re.Match[str], confidence: float, province: str) -> Suggestion[ClusterName] | None:
    number, kind = number_of(match), _kind(match["kind"])
    if not 1 <= number <= 40:
        return None
    others = {n for _, n in _all(article)} - {number}
    owner, quote, sure = _owner(article, kind, number, province)
    name = _own_name(article, kind, number)
    value = ClusterName(kind, number, name, owner, _level(owner))
    mixed = article.text.lower().count("khối thi đua") and article.text.lower().count("cụm thi đua")
    confidence = min(confidence, sure) - (0.03 if mixed else 0) - (0.02 if others else 0)
    return Suggestion(
        value,
        quote or quoted(text, max(0, match.start() - 60), match.end() + 120),
        round(confidence, 3),
        "" if owner else "nguồn không cho biết cụm của ai",
    )


def _suggest_named(article: Article, match: re.Match[str], province: str) -> Suggestion[ClusterName]:
    kind, name = _kind(match["kind"]), clean(match["name"]).strip()
    owner = _owner_after(match.string, match.end(), province) or _union_of_lead(article, province)
    return Suggestion(
        ClusterName(kind, None, name, owner, _level(owner)),
        quoted(match.string, max(0, match.start() - 60), match.end() + 120),
        0.72 if owner else 0.5,
    )


def _kind(word: str) -> str:
    return "khối" if fold(word) == "khoi" else "cụm"


def _all(article: Article) -> list[tuple[str, int]]:
    text = "\n".join([article.title, *article.paragraphs, *article.captions])
    return [(_kind(m["kind"]), number_of(m)) for m in _CLUSTER.finditer(text)]


def numbers_by_context(text: str) -> list[tuple[int, str]]:
    """Every numbered cluster of a text with the words before it, to see who leads which."""
    return [(number_of(m), text[max(0, m.start() - 160) : m.end()]) for m in _CLUSTER.finditer(text)]


def _owner(article: Article, kind: str, number: int, province: str) -> tuple[str, str, float]:
    """The owner where some sentence says it of this cluster; else the union the report is about."""
    best: tuple[str, str, float] = ("", "", 0.0)
    for n, text in enumerate([article.title, *article.paragraphs[:6]]):
        for match in _CLUSTER.finditer(text):
            if number_of(match) != number or _kind(match["kind"]) != kind:
                continue
            owner = _owner_before(text, match.start()) or _owner_after(text, match.end(), province)
            sure = 0.0 if not owner else 0.96 if _is_complete(owner) else 0.7
            if (round(sure, 1), len(owner)) > (round(best[2], 1), len(best[0])):
                best = (owner, quoted(text, max(0, match.start() - 30), match.end() + 130), sure - (0.02 if n > 3 else 0))
    if best[2]:
        return best
    fallback = _union_of_lead(article, province)
    return fallback, "", 0.72 if fallback else 0.55


def _owner_after(text: str, start: int, province: str) -> str:
    found = _OWNER_AFTER.match(text, start)
    if found is None:
        return ""
    raw = found["owner"]
    if _PROVINCIAL_MEMBERS.search(raw[:90]) and UNION.search(fold(raw)):
        return "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam"
    raw = re.sub(r"\((?:LHH|Liên hiệp [Hh]ội|KH\s?[-&]\s?KT|KH&KT|VUSTA|[^()]{0,40}gọi tắt[^()]*|[^()]{0,30}viết tắt[^()]*)\)\s*", "", raw)
    return full_union_name(_OWNER_END.sub("", raw).strip(" ,.-–"), province)


def _owner_before(text: str, start: int) -> str:
    """ "Cụm thi đua Liên hiệp các Hội … các tỉnh Duyên hải (Cụm thi đua số 6)": the number stands in brackets behind its owner."""
    found = _OWNER_BEFORE.search(text, max(0, start - 220), start)
    return "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam" if found and _PROVINCIAL_MEMBERS.search(found["owner"]) else ""


def _is_complete(owner: str) -> bool:
    return bool(gazetteer.provinces_in(owner)) or _NATIONAL.search(fold(owner)) is not None


def full_union_name(name: str, province: str) -> str:
    """A union's name in full: KH&KT, LHH and their like written out, "tỉnh" with the province the report is about."""
    folded = fold(name)
    if not UNION.search(folded) and folded != "vusta":
        return _with_province(clean(name), province)
    if re.search(r"viet nam|vusta|lhhvn", folded) and not gazetteer.provinces_in(name):
        return "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam"
    own = next((found for _, found in gazetteer.provinces_in(name)), "") or province
    if not own:
        return clean(name)
    level = "thành phố" if own in gazetteer.CITIES and own != "" else "tỉnh"
    return f"Liên hiệp các Hội Khoa học và Kỹ thuật {level} {own}"


def union_named(words: str, province: str) -> str:
    """The union that these words name, in full; "" where they name several ("các tỉnh, thành phố")."""
    if re.search(r"\b(?:các tỉnh|\d+ tỉnh|tỉnh bạn|địa phương|tỉnh, thành|khu vực)\b", words):
        return ""
    return full_union_name(_OWNER_END.sub("", words).strip(" ,.-–"), province)


def _with_province(name: str, province: str) -> str:
    return f"{name} {province}" if province and re.search(r"\b(?:tỉnh|thành phố|TP\.?)$", name) else name


def _own_name(article: Article, kind: str, number: int) -> str:
    """A region by which the cluster is also called."""
    for text in [article.title, *article.paragraphs[:3]]:
        for match in _CLUSTER.finditer(text):
            if number_of(match) == number and (found := _NAME_AFTER.match(text, match.end())):
                name = clean(found["name"])
                if 2 <= len(name.split()) <= 6:
                    return name
    return ""


def _union_of_lead(article: Article, province: str) -> str:
    text = " ".join([article.title, *article.paragraphs[:2]])
    found = re.search(r"(?:Liên hiệp (?:các )?[Hh]ội|LHH)[^,.;:()–]{0,60}", text)
    if found is None:
        return ""
    return full_union_name(_OWNER_END.sub("", found[0]), province)


def _level(owner: str) -> str:
    if not owner:
        return ""
    folded = fold(owner)
    return (
        "trung ương"
        if _NATIONAL.search(folded)
        else "tỉnh"
        if gazetteer.provinces_in(owner) or re.search(r"\btinh\b|\bthanh pho\b", folded)
        else ""
    )


def is_same(one: ClusterName, other: ClusterName) -> bool:
    """True where two names mean one cluster: owner, kind, and number (or name where there is no number)."""
    label = one.number == other.number if one.number is not None else match_key(one.name) == match_key(other.name)
    return label and one.kind == other.kind and match_key(one.owner) == match_key(other.owner)
