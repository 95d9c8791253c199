"""What an audit finds: one table of everything that may be wrong with a finished site.

Texts are Vietnamese msgids of gettext, as those of :mod:`archive.problems`; here it is a maintainer who reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from plugins.archive.problems import N_, Translate


class Weight(Enum):
    FAULT = "fault"
    """The audit fails."""
    NOTE = "note"
    """Worth knowing; nothing fails."""


MESSAGES: dict[str, str] = {
    # Links
    "link-broken": N_("liên kết tới %(value)s: không có tệp ấy"),
    "anchor-missing": N_("liên kết tới %(value)s: trang ấy không có mục này"),
    "link-absolute": N_("liên kết %(value)s không tương đối: bản trên thẻ nhớ sẽ hỏng"),
    "link-folder": N_("liên kết %(value)s không nêu tên tệp: bản trên thẻ nhớ sẽ hỏng"),
    "link-scheme": N_("liên kết tới %(value)s: chỉ http, https và mailto được phép"),
    "link-rel": N_("liên kết ra ngoài %(value)s thiếu rel (noopener, noreferrer hoặc external)"),
    "page-unreached": N_("không liên kết nào dẫn từ trang đầu tới trang này"),
    # Policy
    "policy-missing": N_("không có Content-Security-Policy trong <head>, trước mọi tệp được nạp"),
    "policy-weak": N_("Content-Security-Policy cho phép %(value)s"),
    "script-inline": N_("mã chạy ngay trong trang: %(value)s"),
    "style-inline": N_("kiểu viết ngay trong trang: %(value)s"),
    "handler-inline": N_("thuộc tính sự kiện: %(value)s"),
    "element-forbidden": N_("phần tử bị cấm: %(value)s"),
    "loaded-outside": N_("nạp từ máy chủ khác: %(value)s"),
    # Markup
    "id-twice": N_("id «%(value)s» có hai lần"),
    "id-shadows": N_("id «%(value)s» trùng với một tên của trình duyệt"),
    "markup-unbalanced": N_("thẻ không đóng, hoặc đóng sai chỗ: %(value)s"),
    "markup-invalid": N_("HTML sai chuẩn: %(value)s"),
    "style-invalid": N_("CSS sai chuẩn: %(value)s"),
    "style-unruly": N_("CSS ngoài quy ước: %(value)s"),
    # Formats
    "file-unparsed": N_("không đọc được như %(format)s: %(value)s"),
    "file-not-nfc": N_("chữ có dấu viết rời (Unicode tổ hợp) ở «%(value)s»"),
    "file-invisible": N_("có ký tự vô hình %(value)s"),
    "file-local-path": N_("có đường dẫn của máy dựng trang: %(value)s"),
    "cell-formula": N_("ô bảng tính sẽ chạy như công thức: %(value)s"),
    "picture-metadata": N_("ảnh còn siêu dữ liệu (%(value)s)"),
    "address-unknown": N_("nêu địa chỉ %(value)s mà trang không có"),
    "address-noindex": N_("sitemap nêu trang %(value)s đã dặn máy tìm kiếm bỏ qua"),
    "feed-incomplete": N_("nguồn tin thiếu, hoặc lặp: %(value)s"),
    # Weights
    "page-heavy": N_("HTML %(size)s byte, quá ngân sách %(limit)s"),
    "view-heavy": N_("lần xem đầu %(size)s byte (nén), quá ngân sách %(limit)s"),
    "style-heavy": N_("CSS của trang %(size)s byte, quá ngân sách %(limit)s"),
    "script-heavy": N_("mã của trang %(size)s byte, quá ngân sách %(limit)s"),
    "search-heavy": N_("tìm kiếm nạp %(size)s byte (nén) trước kết quả đầu, quá ngân sách %(limit)s"),
    "picture-heavy": N_("ảnh %(size)s byte, quá ngân sách %(limit)s"),
    "score-low": N_("Lighthouse cho %(value)s %(score)s điểm, dưới %(limit)s"),
    # Hosts
    "host-files": N_("%(size)s tệp, %(host)s nhận nhiều nhất %(limit)s"),
    "host-bytes": N_("%(size)s byte, %(host)s nhận nhiều nhất %(limit)s"),
    "host-file-bytes": N_("tệp %(size)s byte, %(host)s nhận nhiều nhất %(limit)s"),
    "file-name": N_("tên tệp không dùng được trên mọi hệ thống: %(value)s"),
    "file-name-folded": N_("trùng tên với %(value)s trên hệ thống không phân biệt hoa thường hoặc dấu"),
    # In a browser
    "accessibility": N_("%(rule)s: %(value)s (%(view)s)"),
    "contrast": N_("tương phản %(ratio)s < %(limit)s: «%(value)s» (%(view)s)"),
    "focus-invisible": N_("tiêu điểm bàn phím không nhìn thấy ở %(value)s (%(view)s)"),
    "reflow": N_("trang rộng %(size)s px trên màn hình %(limit)s px (%(view)s)"),
    "console": N_("trình duyệt báo: %(value)s (%(view)s)"),
    "request-outside": N_("trình duyệt gọi ra ngoài: %(value)s (%(view)s)"),
    "request-failed": N_("trình duyệt không nạp được: %(value)s (%(view)s)"),
    "tool-missing": N_("KHÔNG chạy %(value)s: máy này không có (npm install %(packages)s)"),
    "tool-failed": N_("%(value)s hỏng giữa chừng: %(text)s"),
    "dialog": N_("trang mở hộp thoại: %(value)s (%(view)s)"),
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong with one file. ``path`` is an output path, "" the site as a whole; ``line`` counts from 1, 0 the whole file."""

    path: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()
    weight: Weight = field(default=Weight.FAULT, compare=False)

    def message(self, translate: Translate = str) -> str:
        return translate(MESSAGES[self.code]) % dict(self.values)

    def render(self, translate: Translate = str) -> str:
        """As ``cum/x.html:12: what is wrong [code]``."""
        place = (self.path or ".") + (f":{self.line}" if self.line else "")
        return f"{place}: {self.message(translate)} [{self.code}]"


def finding(path: str, line: int, code: str, /, *, weight: Weight = Weight.FAULT, **values: object) -> Finding:
    """A finding whose values are short enough to show. Unknown codes and missing values raise: they are our own mistakes."""
    found = Finding(path, line, code, tuple(sorted((name, _short(str(value))) for name, value in values.items())), weight)
    found.message()
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """One group of checks: how many things were looked at, and what was found. Without the first, "nothing found" says nothing."""

    title: str
    looked_at: int
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.weight is Weight.FAULT)


def result(title: str, looked_at: int, findings: Iterable[Finding]) -> Result:
    """Findings in order of place, each once."""
    return Result(title, looked_at, tuple(sorted(set(findings))))


def _short(value: str, limit: int = 160) -> str:
    value = " ".join(value.split())
    return value if len(value) <= limit else value[: limit - 1] + "…"
