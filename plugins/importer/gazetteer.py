"""Names that rules alone cannot tell: family names, provinces, words behind which a name is a place's and not a person's."""

from __future__ import annotations

import re

from plugins.archive import text

_COMMON = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Lương Đào Mai Trương "
    "Tạ Lâm Hà Cao Tô Phùng Tống Vương"
)
_OTHER = (
    "Âu An Âm Bá Bạch Bàn Bành Bế Bồ Biện Ca Cái Cam Cầm Cát Chu Châu Chung Chử Chúc Chế Cồ Cù Cung Cấn Cáp Cổ Dư "
    "Dã Diệp Doãn Danh Đái Đàm Đan Đăng Đậu Điền "
    "Điểu Đổng Đồng Đôn Đới Đường Đeo Giang Giàng Giáp Hạ Hầu Hán Hạng Hàn Hình Hứa Huyền Hoa Hùng Kha Khà Khâu "
    "Khiếu Khổng Khúc Khuất Khương Kiều Kim Kinh Ksor La Lã Lại Lầu "
    "Lăng Lềnh Liêu Liễu Lò Lô Lỗ Lộ Lộc Lù Lục Lư Lữ Luân Luyện Lường Lưu Lưỡng Ma Mã Mạc Mạch Mẫn Mậu Mạnh Mầu "
    "Mè Mùa Mông Mộng Nghê Nghiêm Ngọc Ngọ Ngụy Nhan Nhâm Nhữ Ninh Nông "
    "Ngân Ngưu Niê Ông Phí Phù Phương Phàn Pờ Quách Quan Quản Quàng Quảng Rah Rơ Sầm Sái Sơn Sử Sùng Tào Tăng Tẩn "
    "Tân Tất Tề Thạch Thái Thẩm Thân Thang Thào Thi Thiều Thôi Thùy Tiêu "
    "Tiết Tòng Tôn Tông Trang Trà Trác Trầm Tráng Triệu Trình Trưng Trì Tu Từ Tưởng Ty Ung Uông Ứng Văn Vàng Vi "
    "Viên Vừ Vường Xa Xung Y Yên Lềnh Bùn Chảo Chẻo Cư Cứ Đèo Lèo Mào Tải Thèn Tếnh Xồng Y"
)
COMMON_SURNAMES = frozenset(text.match_key(name) for name in _COMMON.split())
SURNAMES = COMMON_SURNAMES | frozenset(text.match_key(name) for name in _OTHER.split())

# Before and after the mergers of 2008 and 2025: an old page names the provinces of its day.
PROVINCES = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định",
    "Bình Phước", "Bình Thuận",
    "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang",
    "Hà Nam", "Hà Nội", "Hà Tây",
    "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa", "Kiên Giang",
    "Kon Tum", "Lai Châu", "Lâm Đồng",
    "Lạng Sơn", "Lào Cai", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình",
    "Quảng Nam", "Quảng Ngãi", "Quảng Ninh",
    "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang",
    "Trà Vinh", "Tuyên Quang", "Vĩnh Long",
    "Vĩnh Phúc", "Yên Bái",
)  # fmt: skip
_SPELLINGS = {"Đăk Lăk": "Đắk Lắk", "Đăk Lắk": "Đắk Lắk", "Đắc Lắc": "Đắk Lắk", "Dak Lak": "Đắk Lắk", "Đăk Nông": "Đắk Nông", "Bắc Cạn": "Bắc Kạn", "Thừa Thiên - Huế": "Thừa Thiên Huế",
              "TT Huế": "Thừa Thiên Huế", "Bà Rịa Vũng Tàu": "Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu": "Bà Rịa - Vũng Tàu", "TPHCM": "Hồ Chí Minh", "Kontum": "Kon Tum", "Lạng sơn": "Lạng Sơn"}  # fmt: skip
_PROVINCE_OF = {text.match_key(name): name for name in PROVINCES} | {text.match_key(key): name for key, name in _SPELLINGS.items()}
_ANY_PROVINCE = re.compile(
    "|".join(sorted(map(re.escape, [*PROVINCES, *_SPELLINGS, "Hoà Bình", "Thanh Hoá", "Khánh Hoà"]), key=len, reverse=True))
)
CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh"})

# What looks like a person's name and is none: places, saints of street signs, and who is named but never present.
NOT_PEOPLE = frozenset(
    text.match_key(name)
    for name in (
        *PROVINCES, "Hồ Chí Minh", "Lê Nin", "Việt Nam", "Hùng Vương", "Việt Trì", "Thái Lan", "Trung Quốc", "Hà Thành", "Nam Định", "An Khê", "Đà Lạt", "Hạ Long", "Hội An", "Tân An",
        "Cao Lãnh", "Tam Kỳ", "Lê Hồng Phong", "Đông Hà", "Đồng Hới", "Đồng Xoài", "Cao Nguyên", "Trung Bộ", "Bắc Bộ", "Nam Bộ",
        "Tây Nguyên", "Trường Sa", "Hoàng Sa", "Điện Biên Phủ", "Yên Tử", "Cửu Long", "Sông Hậu", "Hồng Hà",
    )
)  # fmt: skip
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:đường|phố|phường|xã|huyện|quận|thị xã|thị trấn|tx\.?|bảo tàng|khách sạn|nhà hàng|hội trường|trường|"
    r"đại học|cao đẳng|thpt|thcs|chuyên|học viện|"
    r"cung|khu|làng|thôn|bản|ấp|núi|sông|hồ|đèo|cầu|đền|chùa|quảng trường|công viên|giải thưởng|giải|quỹ|nhà văn "
    r"hóa|nhà khách|trung tâm|đảo|vịnh|bệnh viện|ngõ|ngách|tượng đài|khu di tích|công ty|tập đoàn|resort|sân vận "
    r"động)|(?<!số )(?<!số)\b\d{1,4})\s*$",
    re.IGNORECASE,
)


def province(name: str) -> str:
    """The usual spelling of a province's name, or "" for any other name."""
    return _PROVINCE_OF.get(text.match_key(name), "")


def provinces_in(line: str) -> list[tuple[int, str]]:
    """Every province that a line names, with the place where it stands."""
    return [(m.start(), province(m[0])) for m in _ANY_PROVINCE.finditer(line) if province(m[0])]


def follows_place_word(line: str, start: int) -> bool:
    return _PLACE_BEFORE.search(line, max(0, start - 40), start) is not None


def province_at_start(words: list[str]) -> int:
    """How many words at the head of a run of capitals are a province's name."""
    return next((n for n in (4, 3, 2) if len(words) > n and province(" ".join(words[:n]))), 0)
