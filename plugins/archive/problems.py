"""What is wrong with a record, where, and what to write instead. All problems are collected; none stops the rest.

The kinds stand in one table. Its texts are Vietnamese msgids of gettext; docs/problems.md is derived from it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

Translate = Callable[[str], str]


def N_(text: str) -> str:
    """Marks a text for extraction; it is translated where it is shown."""
    return text


_DECIMAL_MARK = N_(",")


def decimal(value: float, places: int, translate: Translate) -> str:
    """The number as the person at the keyboard writes it, with so many places: 2,1 in Vietnamese, 2.1 in English."""
    return f"{value:.{places}f}".replace(".", translate(_DECIMAL_MARK))


NOTHING_NEAR = N_("(không có)")
"""What stands in a hint where nothing is near."""


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. ``message`` says what is wrong, ``hint`` what to write; both take named values."""

    code: str
    severity: Severity
    message: str
    hint: str


def _error(code: str, message: str, hint: str) -> Kind:
    return Kind(code, Severity.ERROR, message, hint)


def _warning(code: str, message: str, hint: str) -> Kind:
    return Kind(code, Severity.WARNING, message, hint)


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        # The file
        _error("content-missing", N_("không có thư mục nội dung %(value)s"), N_("chỉ đúng thư mục bằng --content")),
        _error("file-unreadable", N_("không đọc được tệp (%(reason)s)"), N_("kiểm tra quyền đọc của tệp")),
        _error("file-not-regular", N_("đây không phải là tệp văn bản thường"), N_("xoá hoặc chuyển nó ra khỏi content/")),
        _error("file-changed", N_("tệp đã được sửa trong khi đang đọc"), N_("chạy lại lệnh này")),
        _error("file-too-large", N_("tệp lớn %(size)s byte, quá giới hạn %(limit)s"), N_("tách bài hoặc bỏ phần thừa")),
        _error(
            "file-misplaced",
            N_("tệp .md không nằm trong thư mục của loại hồ sơ nào"),
            N_("chuyển vào meetings/<năm>/, people/, organizations/, clusters/, documents/ hoặc pages/"),
        ),
        _error("file-extension", N_("đuôi tệp «%(value)s» không được đọc"), N_("đổi đuôi tệp thành .md")),
        _error("encoding", N_("tệp không phải UTF-8"), N_("mở tệp rồi lưu lại với bảng mã UTF-8")),
        _error("control-character", N_("có ký tự điều khiển %(value)s"), N_("xoá ký tự ấy")),
        _warning("not-nfc", N_("chữ có dấu viết rời (Unicode tổ hợp)"), N_("chạy «check --fix», hoặc gõ lại bằng Unicode dựng sẵn")),
        _warning("invisible-character", N_("có ký tự vô hình %(value)s"), N_("xoá ký tự ấy")),
        _error("conflict-marker", N_("còn dấu xung đột của git"), N_("giữ một trong hai bản, xoá các dòng <<<<<<<, =======, >>>>>>>")),
        _error("id-invalid", N_("mã «%(value)s» không hợp lệ"), N_("chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ %(nearest)s")),
        _error("id-duplicate", N_("mã «%(value)s» đã có ở %(other)s"), N_("đổi tên một trong hai tệp")),
        _error(
            "slug-collision",
            N_("«%(value)s» viết khác «%(other)s» mà cùng địa chỉ %(path)s"),
            N_("nếu là một, viết như nhau hoặc thêm vào variants; nếu là hai, lập hồ sơ riêng trong %(folder)s"),
        ),
        _error("former-id-taken", N_("mã cũ «%(value)s» đang là mã của %(other)s"), N_("bỏ dòng này trong former_ids")),
        # The header
        _error("header-missing", N_("không có phần đầu"), N_("mở đầu tệp bằng một dòng ---, các trường, rồi một dòng --- nữa")),
        _error("header-open", N_("phần đầu không có dòng --- kết thúc"), N_("thêm một dòng --- trước bài viết")),
        _error("yaml", N_("phần đầu không đọc được: %(reason)s"), N_("xem dấu hai chấm, dấu ngoặc kép và chỗ thụt dòng")),
        _error("yaml-colon", N_("giá trị có dấu hai chấm mà không có ngoặc kép"), N_("đặt cả giá trị trong ngoặc kép: title: \"Phú Thọ: giao ban\"")),
        _error("yaml-key", N_("dòng này không phải là «trường: giá trị»"), N_("thêm tên trường và dấu hai chấm, hoặc thụt dòng vào cho thuộc giá trị phía trên")),
        _error("yaml-character", N_("giá trị bắt đầu bằng ký tự không dùng được (phím Tab, @, `, %%)"), N_("thay Tab bằng dấu cách, hoặc đặt giá trị trong ngoặc kép")),
        _error("yaml-quote", N_("dấu ngoặc mở ở dòng này chưa đóng"), N_("thêm dấu ngoặc đóng ở cuối giá trị")),
        _error("yaml-indent", N_("chỗ thụt dòng không khớp với dòng phía trên"), N_("các mục cùng cấp phải thụt bằng nhau, bằng dấu cách")),
        _error("yaml-alias", N_("không dùng & và * của YAML"), N_("chép lại giá trị, hoặc đặt nó trong ngoặc kép")),
        _error("yaml-tag", N_("không dùng thẻ «%(value)s» của YAML"), N_("bỏ dấu ! hoặc đặt giá trị trong ngoặc kép")),
        _error("yaml-depth", N_("phần đầu lồng quá sâu"), N_("viết lại theo mẫu trong tài liệu")),
        _warning("yaml-comment", N_("phần sau dấu # bị bỏ: «%(value)s»"), N_("đặt cả giá trị trong ngoặc kép nếu muốn giữ")),
        _error("header-faulty", N_("phần đầu còn %(size)s chỗ sai nữa"), N_("sửa những chỗ đã nêu rồi kiểm tra lại")),
        _error("field-duplicate", N_("trường «%(value)s» viết hai lần (đã có ở dòng %(other)s)"), N_("gộp làm một")),
        # The fields
        _error("field-unknown", N_("không có trường «%(value)s»"), N_("gần nhất: %(nearest)s")),
        _error("field-missing", N_("thiếu trường «%(value)s»"), N_("thêm một dòng %(value)s: …")),
        _error("text-expected", N_("phải là chữ"), N_("viết một dòng chữ, trong ngoặc kép nếu có dấu đặc biệt")),
        _error("text-too-long", N_("dài %(size)s ký tự, quá giới hạn %(limit)s"), N_("rút ngắn; chi tiết để trong bài")),
        _error("list-too-long", N_("có %(size)s mục, quá giới hạn %(limit)s"), N_("tách thành nhiều hồ sơ")),
        _error("mapping-expected", N_("phải là một nhóm trường"), N_("viết theo dạng «trường: giá trị», thụt vào hai dấu cách")),
        _error("date-invalid", N_("«%(value)s» không phải là ngày"), N_("viết năm-tháng-ngày, ví dụ %(nearest)s; chỉ biết tháng: 2023-04; chỉ biết năm: 2023")),
        _error("date-order", N_("ngày kết thúc %(value)s trước ngày bắt đầu %(other)s"), N_("xem lại hai ngày")),
        _error("time-invalid", N_("«%(value)s» không phải là ngày giờ"), N_("viết ví dụ 2025-10-10 hoặc 2025-10-10 16:55")),
        _error("period-invalid", N_("«%(value)s» không phải là kỳ"), N_("viết 2025-Q1 … 2025-Q4, 2025-6M, 2025-H2 (6 tháng cuối), 2025-9M hoặc 2025")),
        _error("choice-invalid", N_("không có giá trị «%(value)s»"), N_("chọn một trong: %(nearest)s")),
        _error("number-invalid", N_("«%(value)s» không phải là số nguyên hợp lệ"), N_("viết một số, ví dụ 1")),
        _error("url-invalid", N_("«%(value)s» không phải là địa chỉ web"), N_("viết đầy đủ, bắt đầu bằng https:// hoặc http://")),
        _error("entry-empty", N_("mục không nêu tên ai và không nêu tổ chức nào"), N_("viết name: … hoặc organization: …")),
        _error("lead-empty", N_("năm %(value)s không nêu cụm trưởng và không nêu cụm phó"), N_("viết lead: … hoặc deputies: …; chưa rõ là đơn vị nào thì bỏ cả mục")),
        _error("document-unreadable", N_("không thấy số hiệu văn bản trong «%(value)s»"), N_("viết ví dụ Nghị quyết số 57-NQ/TW, hoặc {type: …, title: …}")),
        # Names
        _error("person-unknown", N_("không có hồ sơ người «%(value)s»"), N_("gần nhất: %(nearest)s")),
        _error("person-ambiguous", N_("có nhiều người tên «%(value)s»: %(other)s"), N_("thêm person: <mã> để nói rõ là ai")),
        _error("organization-unknown", N_("không có hồ sơ tổ chức «%(value)s»"), N_("gần nhất: %(nearest)s; chưa có hồ sơ thì viết tên đầy đủ")),
        _error("organization-ambiguous", N_("«%(value)s» có thể là: %(other)s"), N_("viết mã của tổ chức, hoặc tên đầy đủ")),
        _error("cluster-unknown", N_("không có cụm «%(value)s»"), N_("gần nhất: %(nearest)s")),
        _error("cluster-ambiguous", N_("«%(value)s» có thể là: %(other)s"), N_("viết mã của cụm; cụm luôn kèm đơn vị chủ quản")),
        _error("cluster-unnamed", N_("cụm phải có số (number) hoặc tên (name)"), N_("thêm number: 1 hoặc name: …")),
        _error("cluster-duplicate", N_("«%(value)s» đã có ở %(other)s"), N_("gộp hai hồ sơ làm một; mã bỏ đi ghi vào former_ids")),
        _error("meeting-unknown", N_("không có hội nghị «%(value)s»"), N_("gần nhất: %(nearest)s")),
        _error("self-reference", N_("hồ sơ trỏ về chính nó"), N_("bỏ dòng này")),
        _error("succession-cycle", N_("kế thừa thành vòng: %(value)s"), N_("xem lại predecessors và successors")),
        _error("parent-cycle", N_("cấp trên thành vòng: %(value)s"), N_("xem lại parent")),
        _warning("name-near", N_("«%(value)s» gần giống «%(other)s»"), N_("nếu là một, viết như nhau hoặc thêm vào variants; nếu không, lập hồ sơ riêng với not_same_as")),
        _warning("name-respelt", N_("«%(value)s» ở nơi khác viết là «%(other)s»"), N_("viết như nhau; nếu nguồn viết thế, thêm cách viết này vào variants của hồ sơ người")),
        # Contradictions
        _warning("event-after-publication", N_("ngày họp %(value)s sau ngày đăng %(other)s"), N_("xem lại hai ngày; nếu nguồn viết thế, ghi vào notes")),
        _warning("event-long-before", N_("ngày họp %(value)s trước ngày đăng %(other)s hơn 180 ngày"), N_("xem lại năm; nếu đúng, ghi vào notes")),
        _warning("document-after-event", N_("văn bản %(value)s ký ngày %(other)s, sau ngày họp"), N_("xem lại ngày họp và ngày văn bản")),
        _warning("leads-conflict", N_("năm %(value)s cụm có hai cụm trưởng khác nhau (%(other)s)"), N_("xem lại; nếu các nguồn trái nhau, ghi vào notes")),
        _warning("quarter-missing", N_("thiếu bản ghi quý %(value)s của %(other)s"), N_("tìm bài còn thiếu; nếu quý ấy không họp, ghi rõ %(value)s vào notes của hồ sơ cụm")),
        _warning("source-missing", N_("chưa có nguồn"), N_("thêm sources: với url hoặc site và title")),
        _warning("body-html", N_("có thẻ HTML %(value)s, sẽ hiện nguyên văn"), N_("dùng Markdown: **đậm**, *nghiêng*, [chữ](địa chỉ)")),
        _warning("body-link", N_("liên kết tới tệp «%(value)s», trên trang không có tệp ấy"), N_("viết địa chỉ của trang: %(nearest)s")),
        _warning("body-image", N_("ảnh «%(value)s» trong bài không hiện, chỉ có lời mô tả"), N_("chỉ hội nghị có ảnh: ghi vào trường images")),
        _warning("quote-unbalanced", N_("dấu %(value)s không có dấu đi cặp"), N_("thêm dấu còn thiếu, hoặc bỏ dấu thừa")),
        _error("body-lines", N_("bài có %(size)s dòng, quá giới hạn %(limit)s"), N_("tách thành nhiều hồ sơ, hoặc bỏ phần thừa")),
        _error("body-marks", N_("quá nhiều dấu %(value)s: %(size)s, giới hạn là %(limit)s"), N_("xoá các dấu thừa, hoặc ngắt thành nhiều đoạn")),
        _error("body-depth", N_("trích dẫn hoặc danh sách lồng quá sâu"), N_("bỏ bớt dấu > hoặc chỗ thụt dòng")),
        # Images
        _warning("alt-missing", N_("ảnh «%(value)s» không có chú thích và không có mô tả"), N_("thêm caption: ảnh chụp ai, ở đâu; hoặc alt: ảnh cho thấy gì")),
        _warning("caption-file-name", N_("«%(value)s» là tên tệp, không phải lời chú thích"), N_("viết ảnh chụp ai, làm gì, ở đâu; không biết thì bỏ trống")),
        _error("image-missing", N_("không có tệp ảnh «%(value)s»"), N_("đặt ảnh vào content/images/; gần nhất: %(nearest)s")),
        _error("image-outside", N_("«%(value)s» nằm ngoài content/images/"), N_("chép ảnh vào content/images/")),
        _error("image-broken", N_("ảnh «%(value)s» hỏng hoặc không phải là ảnh (%(reason)s)"), N_("xuất lại ảnh thành JPEG hoặc PNG")),
        _error("image-too-large", N_("ảnh «%(value)s» có %(size)s điểm ảnh, quá giới hạn %(limit)s"), N_("thu nhỏ ảnh trước khi đưa vào")),
        _error("image-animated", N_("ảnh «%(value)s» là ảnh động"), N_("lưu lại một khung hình")),
        _error("image-mislabelled", N_("ảnh «%(value)s» thật ra là %(other)s"), N_("đổi đuôi tệp cho đúng")),
        # Found by the command check, not when the site is built: they concern the repository, not its pages
        _warning("date-future", N_("ngày họp %(value)s chưa đến, mà không nguồn nào ghi ngày đăng"), N_("xem lại năm; nếu đúng, ghi ngày đăng khi có bài")),
        _warning("draft-waiting", N_("bản nháp, chưa xuất hiện trên trang"), N_("xong thì xoá dòng status: draft")),
        _error("file-huge", N_("tệp nặng %(size)s MB, quá giới hạn %(limit)s MB"), N_("thu nhỏ ảnh trước khi đưa vào; tệp đã vào git thì nằm lại đó mãi")),
    )
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``path`` is relative to content/, ``line`` counts from 1 (0: the file as a whole)."""

    path: str
    line: int
    field: str
    code: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[object, ...]:
        return self.path, self.line, self.field, self.code, self.values

    def message(self, translate: Translate = str) -> str:
        return translate(KINDS[self.code].message) % self._told(translate)

    def hint(self, translate: Translate = str) -> str:
        return translate(KINDS[self.code].hint) % self._told(translate)

    def _told(self, translate: Translate) -> dict[str, str]:
        return {name: translate(value) if value == NOTHING_NEAR else value for name, value in self.values}

    def render(self, translate: Translate = str, prefix: str = "content/") -> str:
        """As ``content/meetings/2025/x.md:4: chairs: what is wrong; what to write [code]``."""
        place = f"{prefix}{self.path}" + (f":{self.line}" if self.line else "")
        what = f"{self.field}: " if self.field else ""
        return f"{place}: {what}{self.message(translate)}; {self.hint(translate)} [{self.code}]"


@dataclass(slots=True)
class Problems:
    """Collects problems, whatever the order in which they are found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, line: int, field: str, code: str, /, **values: object) -> None:
        """Adds a problem; its severity is that of its kind. Unknown codes and missing values raise: they are our own mistakes."""
        named = tuple(sorted((name, _shorten(str(value))) for name, value in values.items()))
        problem = Problem(path, line, field, code, named, KINDS[code].severity)
        problem.render()
        self.found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self.found.extend(problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(p for p in self if p.severity is Severity.WARNING)

    def __iter__(self) -> Iterator[Problem]:
        """In order of file and line, each once."""
        return iter(sorted(set(self.found), key=lambda problem: problem.order))

    def __len__(self) -> int:
        return len(set(self.found))


class ContentProblems(Exception):
    """Raised once, after everything was read, where errors keep the site from being built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.render() for problem in self.problems))


class Refusal(Exception):
    """Says in one sentence why what was asked for was not done. ``message`` is a msgid with named values, translated where it is shown."""

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message % values)

    def render(self, translate: Translate = str) -> str:
        return translate(self.message) % self.values


def nearest(value: str, known: Iterable[str]) -> str:
    """The known words nearest to a value, to stand in a hint: at most three, or ``NOTHING_NEAR``."""
    matches = difflib.get_close_matches(value, sorted(set(known)), n=3, cutoff=0.6)
    return ", ".join(matches) or NOTHING_NEAR


def _shorten(value: str, limit: int = 200) -> str:
    return value if len(value) <= limit else value[: limit - 1] + "…"
