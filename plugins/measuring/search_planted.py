"""A judged set for the search: planted reports, every name and place in them invented, and queries of which we know what they must find.

A query is judged by the text it looks for: every report that holds it, whatever its marks and the place of its tones, is wanted.
"""

# ruff: noqa: E501 - a report is a line

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins.archive.text import clean, fold, match_key, nfc

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Report:
    """One planted meeting."""

    day: str
    title: str
    chair: str
    host: str
    number: str
    """Of a document that the text cites."""
    topic: str
    """A phrase that the text holds."""
    other: str
    """Words that stand scattered in the text."""
    question: str
    """What a journalist would type to find it."""

    @property
    def id(self) -> str:
        return f"{self.day}-cai-{re.sub(r'[^a-z0-9]+', '-', fold(self.chair))}"


REPORTS = tuple(
    Report(*line.split("|"))
    for line in """\
2019-03-12|Giao ban quý I tại Vàm Sếu|Quách Thuý Kiều|Hội Nuôi ong tỉnh Vàm Sếu|113-NQ/VS|mô hình vườn ong trong trường học|phấn hoa, mật ong rừng|ai chủ trì hội nghị về vườn ong trong trường học
2019-07-05|Sơ kết sáu tháng của khối nông lâm Vàm Sếu|Tạ Hoà Bính|Hội Thuỷ lợi tỉnh Vàm Sếu|27-KL/VS|cống ngăn mặn sông Cái Tép|xâm nhập mặn, ruộng lúa|cống ngăn mặn trên sông Cái Tép
2019-12-20|Tổng kết năm của các hội Đồi Chim|Khuất Quỳnh Lưu|Hội Điều dưỡng tỉnh Đồi Chim|305/QĐ-DC|tủ thuốc cộng đồng vùng cao|trạm xá, điều dưỡng thôn|tủ thuốc cộng đồng ở vùng cao do hội nào lập
2020-02-18|Họp bàn phản biện quy hoạch Đồi Chim|Nghiêm Tuý Oanh|Hội Quy hoạch tỉnh Đồi Chim|48-CT/DC|phản biện quy hoạch bến xe phía tây|bến xe, đường vành đai|phản biện quy hoạch bến xe Đồi Chim
2020-06-30|Giao ban quý II khối kỹ thuật Bàu Nghệ|Lã Thuần Hoá|Hội Cơ khí tỉnh Bàu Nghệ|19/KH-BN|máy sấy thóc dùng năng lượng mặt trời|cơ khí, lò sấy|máy sấy thóc năng lượng mặt trời
2020-09-15|Toạ đàm chuyển đổi số Bàu Nghệ|Viên Khuê Ngân|Hội Tin học tỉnh Bàu Nghệ|66-NQ/BN|sàn trao đổi sáng kiến trực tuyến|dữ liệu mở, chữ ký số|sàn sáng kiến trực tuyến của Bàu Nghệ
2020-12-11|Tổng kết phong trào sáng kiến Rạch Gòn|Thái Hoè Nguyên|Hội Nữ trí thức tỉnh Rạch Gòn|241/TB-RG|quỹ học bổng nữ kỹ sư trẻ|nữ trí thức, học bổng|quỹ học bổng nữ kỹ sư
2021-04-02|Giao ban quý I khối y dược Rạch Gòn|Phùng Thuỷ Trúc|Hội Đông y tỉnh Rạch Gòn|52-KL/RG|vườn thuốc nam mẫu ở trạm y tế|cây thuốc, bài thuốc quý|vườn thuốc nam ở trạm y tế Rạch Gòn
2021-08-19|Họp trực tuyến mùa dịch Suối Trầu|Đoàn Kỳ Uyên|Hội Dược học tỉnh Suối Trầu|88/CV-ST|túi an sinh cho sinh viên ở trọ|phong toả, khẩu trang|túi an sinh cho sinh viên ở trọ mùa dịch
2021-11-23|Ký kết giao ước thi đua khối III Suối Trầu|Mạc Luỹ Sơn|Hội Địa chất tỉnh Suối Trầu|7-NQ/ST|bản đồ sạt lở ven suối|sạt lở, địa chất|bản đồ sạt lở suối trầu
2022-01-14|Tổng kết công tác tư vấn Cồn Phượng|Cù Hoà Thuận|Hội Cầu đường tỉnh Cồn Phượng|410/QĐ-CP|giám định cầu treo dân sinh|cầu treo, tải trọng|giám định cầu treo dân sinh năm 2022
2022-05-27|Giao ban chuyên đề du lịch Cồn Phượng|Vi Quý Đôn|Hiệp hội Du lịch tỉnh Cồn Phượng|31-CT/CP|tuyến du thuyền chợ nổi ban đêm|chợ nổi, du khách|du thuyền chợ nổi ban đêm
2022-08-08|Sơ kết đề án trí thức trẻ Mường Sàng|Giàng Thuý Mỵ|Hội Khoa học Lịch sử tỉnh Mường Sàng|73-NQ/MS|số hoá gia phả các dòng họ|gia phả, sắc phong|số hoá gia phả dòng họ Mường Sàng
2022-12-29|Tổng kết năm của LHH Mường Sàng|Lò Khoá Bình|Hội Làm vườn tỉnh Mường Sàng|126/TB-MS|phục tráng giống cam sành cổ|cam sành, ghép mắt|phục tráng cam sành
2023-03-16|Giao ban quý I khối môi trường Đầm Sen|Ôn Thuỵ Khanh|Hội Bảo vệ thiên nhiên tỉnh Đầm Sen|95-KL/DS|trồng lại rừng ngập mặn ven phá|rừng ngập mặn, bần chua|trồng rừng ngập mặn ven phá Đầm Sen
2023-06-21|Hội thảo báo chí với trí thức Đầm Sen|Tôn Hoạ Mi|Hội Nhà báo tỉnh Đầm Sen|14/KH-DS|chuyên trang phổ biến kiến thức cho ngư dân|ngư dân, chuyên trang|chuyên trang kiến thức cho ngư dân
2023-10-04|Giao ban quý III khối xây dựng Gò Quao Thử|Diệp Tuỳ Phong|Hội Kiến trúc sư tỉnh Gò Quao Thử|58/QĐ-GQ|nhà chống lũ bằng vật liệu nhẹ|nhà chống lũ, tre ép|mẫu nhà chống lũ vật liệu nhẹ
2024-01-25|Họp ban chấp hành mở rộng Gò Quao Thử|Trà Huỳnh Lý|Hội Luật gia tỉnh Gò Quao Thử|202-NQ/GQ|quy chế dân chủ trong cơ quan thường trực|quy chế, luật gia|quy chế dân chủ cơ quan thường trực
2024-04-11|Giao ban quý I khối giáo dục Hòn Nghê|Âu Khuyến Học|Trường Cao đẳng Nghề Hòn Nghê|39-CT/HN|phòng thực hành robot cho học sinh|robot, thực hành|phòng thực hành robot ở Hòn Nghê
2024-07-09|Sơ kết chương trình phối hợp Hòn Nghê|Từ Thoả Ngọc|Hội Văn nghệ dân gian tỉnh Hòn Nghê|17/CTr-HN|bảo tồn điệu hò kéo lưới|hò kéo lưới, nghệ nhân|bảo tồn hò kéo lưới
2024-10-17|Giao ban quý III khối doanh nghiệp Láng Cát|Chế Quyên Vỹ|Hiệp hội doanh nghiệp nhỏ và vừa tỉnh Láng Cát|333/TB-LC|vườn ươm khởi nghiệp nông sản sạch|khởi nghiệp, nông sản|vườn ươm khởi nghiệp nông sản Láng Cát
2025-02-13|Tổng kết thi đua Láng Cát|Nhữ Thái Hoàn|Hội Sinh vật cảnh tỉnh Láng Cát|81-KL/LC|lễ hội hoa kiểng bên cầu gỗ|hoa kiểng, cầu gỗ|lễ hội hoa kiểng cầu gỗ
2025-05-30|Giao ban quý II khối hạ tầng Ngã Bảy Thử|Bàng Kỹ Thuận|Hội Điện lực tỉnh Ngã Bảy Thử|5-NQ/NB|lưới điện nhỏ cho cù lao|cù lao, trạm điện|lưới điện nhỏ cù lao ngã bảy thử
2025-09-18|Giao ban chín tháng Ngã Bảy Thử|Hứa Thuỳ Vân|Hội Hoá học tỉnh Ngã Bảy Thử|150/KH-NB|xử lý nước phèn bằng vỏ trấu|nước phèn, vỏ trấu|xử lý nước phèn vỏ trấu""".splitlines()
)


def files() -> Iterator[tuple[str, str]]:
    """The planted reports: path below content/ and text."""
    for report in REPORTS:
        yield f"meetings/{report.day[:4]}/{report.id}.md", _written(report)


def _written(report: Report) -> str:
    header = [f"title: {report.title}", f"date: {report.day}", "kind: giao ban", f"chairs: {report.chair}", f"host: {report.host}"]
    first, second = report.other.split(", ")
    body = [
        f"Sau phần mở đầu, các đại biểu nghe chuyện {first} từ cơ sở.",
        f"Chủ tọa nhắc lại Thông tri số {report.number} và đề nghị mở rộng {report.topic} sang các huyện.",
        f"Nhiều ý kiến xoay quanh {second}; có đơn vị xin thêm kinh phí, có đơn vị tự lo.",
    ]
    return "---\n" + "\n".join([*header, f"sources: https://vi-du.example/{report.id}"]) + "\n---\n" + "\n\n".join(body) + "\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query; ``needle`` is what a wanted report holds, or ``wanted`` names the reports. ``pair`` joins a query with marks and the same
    without."""

    kind: str
    query: str
    needle: str = ""
    wanted: tuple[str, ...] = ()
    pair: str = ""


def bare(text: str) -> str:
    """A text as it is typed without marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c))


_OLD_STYLE = (
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỳ", "ùy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
)


def other_placement(text: str) -> str:
    """The same with tones placed in the other style, as Thuý and Thúy; unchanged where there is only one."""
    for new, old in _OLD_STYLE:
        if new in text:
            return re.sub(rf"{new}(?![a-zà-ỹ])", old, text)
    return text


def misspelt(name: str) -> str:
    """A name without marks and with one letter wrong, in its longest word."""
    words = bare(name).lower().split(" ")
    at = max(range(len(words)), key=lambda place: len(words[place]))
    words[at] = words[at][:1] + words[at][2:] if len(words[at]) > 3 else words[at][:-1] + ("e" if words[at][-1] != "e" else "o")
    return " ".join(words)


def queries() -> list[Judged]:
    """The judged set: of each planted report, and of the records of this repository."""
    made: list[Judged] = []
    for report in REPORTS:
        made += _of(report)
    return made + list(_of_records())


def _of(report: Report) -> Iterator[Judged]:
    chair, topic = report.chair, report.topic
    yield Judged("tên có dấu", chair, chair, pair=f"{chair}")
    yield Judged("tên không dấu", bare(chair).lower(), chair, pair=f"{chair}")
    yield Judged("cụm từ có dấu", topic, topic, pair=topic)
    yield Judged("cụm từ không dấu", bare(topic), topic, pair=topic)
    yield Judged("số hiệu", report.number.replace("-", " ").replace("/", " ").lower(), report.number)
    yield Judged("câu hỏi", report.question, wanted=(report.id,))
    yield Judged("một chữ sai", misspelt(chair), chair)
    if other_placement(chair) != chair:
        yield Judged("đặt dấu kiểu kia", other_placement(chair), chair)


def _of_records() -> Iterator[Judged]:
    for name in ("Ngô Đức Quý", "Nguyễn Thị Loan", "Đinh Xuân Trường", "Hồ Đình Lưỡng", "Đàm Đắc Tiến", "Phan Tùng Mậu", "Lưu Bá Mạc"):
        yield Judged("tên có dấu", name, name, pair=name)
        yield Judged("tên không dấu", bare(name).lower(), name, pair=name)
    yield Judged("đặt dấu kiểu kia", "Ngô Đức Qúy", "Ngô Đức Quý")
    for number in ("57-NQ/TW", "71-NQ/TW", "130/KH-BCĐTKNQ18", "1451/QĐ-UBND", "126/2024/NĐ-CP"):
        yield Judged("số hiệu", number, number)
        yield Judged("số hiệu", bare(number).lower().replace("-", " ").replace("/", " "), number)
    for short, long in (
        ("DNNVV", "doanh nghiệp nhỏ và vừa"),
        ("KHKT", "khoa học và kỹ thuật"),
        ("kh&kt", "khoa học và kỹ thuật"),
        ("UBND", "Ủy ban nhân dân"),
    ):
        yield Judged("viết tắt", short, f"{long}|{short}")
    yield Judged("hỏi theo trường", "người:lưỡng văn-bản:57-NQ/TW", wanted=())
    yield Judged("hỏi theo trường", 'người:"Thuý Kiều" năm:2019', wanted=(REPORTS[0].id,))
    yield Judged("hỏi theo trường", 'tổ-chức:"Hội Đông y tỉnh Rạch Gòn"', wanted=(REPORTS[7].id,))
    yield Judged("hỏi theo trường", '"vườn ươm khởi nghiệp" -robot', wanted=(REPORTS[20].id,))


def keyed(text: str) -> str:
    """A text as it is compared where marks count: its words only, wherever their tones are placed."""
    return match_key(_BETWEEN.sub(" ", nfc(text)))


def unmarked(text: str) -> str:
    """A text as it is compared where marks do not count."""
    return fold(clean(_BETWEEN.sub(" ", nfc(text))))


def wanted(judged: Judged, texts: Mapping[str, str], folded: Mapping[str, str]) -> set[str]:
    """The reports that a query is after, of ``texts`` as ``keyed`` gives them and ``folded`` as ``unmarked`` does; both by id."""
    if not judged.needle:
        return set(judged.wanted)
    found: set[str] = set()
    for needle in judged.needle.split("|"):
        if judged.query == bare(judged.query):
            found |= {id for id, text in folded.items() if _holds(text, unmarked(needle))}
        else:
            found |= {id for id, text in texts.items() if _holds(text, keyed(needle))}
    return found


def _holds(text: str, needle: str) -> bool:
    at = text.find(needle)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + len(needle) : at + len(needle) + 1].isalnum()):
            return True
        at = text.find(needle, at + 1)
    return False
