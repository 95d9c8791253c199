"""How names are written: honorifics before, positions behind, organizations among people.

Source of the rules: the study of a hundred pages in docs/domain.md, sections "Honorifics and roles" and "Abbreviations".
"""

from __future__ import annotations

import re

from .text import clean

_HONORIFIC = re.compile(
    r"(?:(?:các\s+)?(?:đồng chí|đ/c|đ\.\s?c|ông|bà|anh|chị)|"
    r"(?:giáo sư|phó giáo sư|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|viện sĩ|viện sỹ|luật sư|luật gia|doanh nhân|nhà báo|kỹ sư|bác sĩ)(?:\s+khoa học)?|"
    r"(?:thiếu|trung|thượng|đại)\s+tướng|"
    r"(?:pgs|gs|tskh|ts|ths|vs|ngưt|ngnd|bs|ks|ls|cn|ncs)(?:\s*[.\-]\s*(?:pgs|gs|tskh|ts|ths|vs|bs|ks))*\.?)"
    r"[\s.,:]+",
    re.IGNORECASE,
)
_POSITION = re.compile(r"\s+[-–—]\s*|\s*[-–—]\s+|\s*:\s+|,\s+")
_ORGANIZATION = re.compile(
    r"(?:liên hiệp|liên minh|liên đoàn|hội đồng|hội|hiệp hội|trường|viện|học viện|trung tâm|sở|bộ|ban|ủy ban|uỷ ban|ubnd|hđnd|ubmttq|mttq|"
    r"mặt trận|công ty|tập đoàn|quỹ|báo|tạp chí|đảng bộ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|văn phòng|chi cục|cục|tổng cục|bảo tàng|"
    r"lhh|lhhvn|vusta|đoàn|câu lạc bộ|bệnh viện|cụm|khối)\b",
    re.IGNORECASE,
)


def split_honorific(text: str) -> tuple[str, str]:
    """"đồng chí TS. Đàm Đắc Tiến" gives ("đồng chí TS.", "Đàm Đắc Tiến"). What is left is never empty."""
    rest = text = clean(text)
    while (match := _HONORIFIC.match(rest)) and match.end() < len(rest):
        rest = rest[match.end() :]
    return text[: len(text) - len(rest)].strip(" ,:"), rest


def split_entry(text: str) -> dict[str, str]:
    """One entry of a list of people in its short form: a name, or "name – position", or an organization."""
    if is_organization(text):
        return {"organization": clean(text)}
    honorific, rest = split_honorific(text)
    name, position, *_ = [*_POSITION.split(rest, maxsplit=1), ""]
    return {"honorific": honorific, "name": name.strip(), "role": position.strip()}


def is_organization(text: str) -> bool:
    """True where a text begins like the name of a body. "Hội Luật gia" is one, "Hội" alone or "Đoàn Văn An" is a person."""
    cleaned = clean(text)
    match = _ORGANIZATION.match(cleaned)
    if match is None or " " not in cleaned:
        return bool(match) and cleaned.isupper() and len(cleaned) > 2
    return not _looks_like_person(cleaned)


def _looks_like_person(text: str) -> bool:
    # Đoàn, Viện, Bộ, Quỹ ... begin names of bodies; as a family name only Đoàn, Hội, Mặt are met, with every word in capitals.
    words = text.split(" ")
    return words[0].lower() == "đoàn" and 2 <= len(words) <= 5 and all(word[:1].isupper() and word.isalpha() for word in words)
