"""Positions: how they begin, how far they reach, what is the office and what the organization it is held in."""

from __future__ import annotations

import re

from plugins.archive import names
from plugins.archive.text import clean, match_key

_OFFICE = (
    r"chủ tịch|bí thư|tổng thư ký|thư ký|giám đốc|tổng giám đốc|trưởng ban|phó ban|trưởng phòng|phó phòng|hiệu "
    r"trưởng|viện trưởng|chánh văn phòng|chánh thanh tra|ủy viên|uỷ viên|"
    r"tỉnh ủy viên|tỉnh uỷ viên|thành ủy viên|thành uỷ viên|tuv|uvbtv|uvbch|cụm trưởng|cụm phó|trưởng cụm|phó cụm|"
    r"phó trưởng cụm|khối trưởng|khối phó|trưởng khối|phó khối|phó trưởng khối|"
    r"trưởng các ban|chủ nhiệm|tổng biên tập|trưởng ban|trưởng khoa|trưởng đoàn|trưởng bộ môn|cục trưởng|vụ trưởng|"
    r"chi cục trưởng|tổng cục trưởng|bộ trưởng|thứ trưởng|chi hội trưởng|đội trưởng|"
    r"đại biểu quốc hội|phụ trách|thường trực|thành viên|chuyên viên|cán bộ|trợ lý|kế toán|trưởng văn phòng|trưởng|"
    r"đại diện|chánh|pct|tổng bí thư|ct|bt|pgđ|gđ|pbt|trưởng tiểu ban|trưởng liên|nghệ nhân|chủ nhiệm ủy ban"
)
_PREFIX = r"(?:(?:nguyên|phó|quyền|tân|đồng thời(?: là)?|đang là|hiện là|là|nhà khoa học|kiêm|thường trực|tỉnh ủy viên|uv)\s+)*"
START = re.compile(rf"{_PREFIX}(?:{_OFFICE})\b", re.IGNORECASE)
_STOP = re.compile(
    r"\s+(?=(?:đã|đồng chủ|cùng chủ|trực tiếp|chủ trì|chủ tọa|chủ toạ|điều hành|phát biểu|báo cáo|trình bày|khẳng "
    r"định|cho biết|cho rằng|đề nghị|nhấn mạnh|thay mặt|dự|tham dự|đến dự|về dự|cùng dự|tham gia|"
    r"tổng kết|kết luận|khai mạc|bế mạc|trao|tặng|đọc|đánh giá|ghi nhận|chia sẻ|làm (?:chủ|trưởng|[Cc]ụm|[Kk]hối|"
    r"[Tt]rưởng|[Pp]hó|phó|thư|nhiệm)|giữ|được|sẽ|yêu cầu|chúc mừng|biểu dương|chỉ đạo|cảm ơn|nêu|thông qua|công bố|"
    r"phổ biến|quán triệt|tiếp thu|giải trình|"
    r"phân tích|góp ý|lưu ý|mong muốn|bày tỏ|thông tin|cùng với|cùng các|cùng đại|cùng toàn|cùng lãnh|và (?:các|đại "
    r"diện|lãnh đạo|toàn thể|đông đảo|gần|hơn|trên|cán bộ|\d)|tại (?:hội|buổi|cuộc|lễ)|trong (?:buổi|hội)|triển "
    r"khai|"
    r"ký kết|ký giao|cùng ký|kiểm tra|làm việc với|bàn giao|nhận|chụp|thảo luận|tặng hoa|vui mừng|thống nhất|hướng "
    r"dẫn|gợi ý|giải đáp|gợi mở|giới thiệu|khái quát|điểm lại|nhận định)\b|(?:đồng|cùng|đã|làm)\s*$)"
)
_CUT = re.compile(r"\s*[-–—]\s*(?=đơn vị\b)|[;.!?()\[\]“”\"…]|:\s|\s(?:có|gồm|là các)\s")
_PART = re.compile(
    r"\s*,\s*|\s+[-–—]\s*|\s*[-–—]\s+|\s*[–—]\s*|\s+(?=kiêm\s)|\s*,?\s+đồng thời(?: là)?\s+|\s*;\s*|"
    r"\s+và\s+(?=(?:phó|chủ tịch|trưởng|cụm|ủy viên|giám đốc)\b)",
    re.IGNORECASE,
)
_MODIFIER = r"(?:\s+(?:thường trực|chuyên trách|phụ trách(?! cụm| khối)|tt|thứ nhất|lâm thời|kiêm nhiệm|điều hành|danh dự))*"
_WITHIN = (
    r"(?:\s+(?:ban chấp hành|ban thường vụ|bch|btv|đoàn chủ tịch|đảng đoàn|đảng ủy|đảng uỷ|hội đồng trung ương|ban "
    r"kiểm tra|ủy ban kiểm tra|ubkt|ban thường trực|thường vụ))?"
)
_TITLE = re.compile(rf"(?P<title>{_PREFIX}(?:{_OFFICE}){_MODIFIER}{_WITHIN}{_MODIFIER})\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_CLUSTER = re.compile(r"^(?:các\s+)?(?:cụm|khối)\b", re.IGNORECASE)
_BAN = re.compile(r"^(?:Phó |Nguyên )*Trưởng [Bb]an$|^Phó [Bb]an$", re.IGNORECASE)
_CANONICAL = {
    match_key(title): title
    for title in (
        "Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Tổng Thư ký", "Phó Tổng Thư ký", "Giám đốc", "Phó Giám đốc",
        "Trưởng Ban", "Phó Trưởng Ban", "Hiệu trưởng", "Phó Hiệu trưởng",
        "Chánh Văn phòng", "Phó Chánh Văn phòng", "Cụm trưởng", "Cụm phó", "Khối trưởng", "Khối phó", "Trưởng Cụm", "Phó Trưởng Cụm",
        "Viện trưởng", "Phó Viện trưởng", "Tổng Biên tập",
        "Trưởng Khối", "Phó Khối", "Phó Cụm", "Phó Chủ tịch thường trực", "Phó Bí thư thường trực", "Phó Chủ tịch chuyên trách",
        "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành",
    )
}  # fmt: skip


def begins(text: str) -> bool:
    """True where a text begins with an office."""
    return START.match(text) is not None


def extent(text: str, start: int, limit: int) -> int:
    """Where the positions end that begin at ``start``: before a verb, a full stop, or a piece that names no further office."""
    piece = text[start:limit]
    if cut := _CUT.search(piece):
        piece = piece[: cut.start()]
    if stop := _STOP.search(piece):
        piece = piece[: stop.start()]
    end = 0
    for part in re.finditer(r"[^,]+(?:,|$)", piece):
        if end and not _goes_on(part[0], piece[:end]):
            break
        end = part.end()
    return start + len(piece[:end].rstrip(" ,-–—:"))


def _goes_on(part: str, before: str) -> bool:
    """A further piece of the same person's positions, or of the name of a body that has a comma in it."""
    part = part.strip(" ,-–—")
    if begins(part) or re.match(r"(?:nguyên|kiêm|đồng thời|phụ trách|thành viên)\b", part, re.IGNORECASE):
        return True
    last = before.rsplit(",", 1)[-1].strip()
    return bool(re.match(r"[A-ZĐ][a-zà-ỹđ]+ và [a-zA-ZĐđ]", part)) and names.is_organization(last.split(" ", 2)[-1])


def expand(role: str) -> str:
    """A position in the spelling most use: TT is thường trực, "Phó chủ tịch" is Phó Chủ tịch."""
    role = re.sub(r"\bKH\s*[-–]\s*(?=KT\b|CN\b)", "KH-", role)
    role = re.sub(r"\bTT\b(?!\s*Huế)", "thường trực", clean(role))
    role = re.sub(r"\s*([–—])\s*", r" \1 ", re.sub(r"(?<=[^\W\d_])\s*-\s+|\s+-\s*(?=[^\W\d_])", " - ", role))
    return role.strip(" ,;-–—:")


def split(role: str) -> tuple[str, tuple[str, ...]]:
    """The office and the organizations it is held in.

    With one organization the office stands alone ("Phó Chủ tịch", "Hội Luật gia tỉnh"); with several the whole is kept as written,
    since only the words tell which office belongs to which. A cluster is no organization here: "Trưởng Cụm thi đua số 1" is an office.
    """
    parts = [_split_part(part) for part in _PART.split(expand(role)) if part]
    organizations = tuple(dict.fromkeys(organization for _, organization in parts if organization))
    if len(organizations) > 1:
        return ", ".join(_with(title, organization) for title, organization in parts if title), organizations
    return ", ".join(title for title, _ in parts if title), organizations


def _with(title: str, organization: str) -> str:
    return title if not organization else f"{title} {re.sub('^Ban ', '', organization) if _BAN.match(title) else organization}"


def _split_part(part: str) -> tuple[str, str]:
    part = re.sub(r"^(?:kiêm|là|đồng thời|hiện là)\s+", "", part.strip(), flags=re.IGNORECASE)
    found = _TITLE.fullmatch(part)
    if found is None:
        return part[:1].upper() + part[1:], ""
    title, rest = _spelt(found["title"]), found["rest"].strip(" ,:-–—")
    if _CLUSTER.match(rest) or not rest:
        return f"{title} {rest}".strip(), ""
    if _BAN.match(title):
        return title, f"Ban {rest}"
    if rest.lower() in ("hội đồng", "ban", "đoàn"):
        return f"{title} {rest}", ""
    if names.is_organization(rest) or rest.lower() in ("hội", "liên hiệp", "trường", "viện"):
        return title, rest[:1].upper() + rest[1:]
    return f"{title} {rest}", ""


def _spelt(title: str) -> str:
    usual = _CANONICAL.get(match_key(title))
    return usual or title[:1].upper() + title[1:]
