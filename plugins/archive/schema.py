"""The fields of every kind of record, documented once: validation, the reference for editors and the JSON Schema derive from here.

Input is text throughout (see :mod:`archive.yaml_header`); short forms become the long form before they are checked. Errors carry the
codes of :mod:`archive.problems`. Descriptions are Vietnamese: editors read them. What a field may hold stands in :mod:`archive.field_types`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from . import names
from .field_types import (
    Date,
    Id,
    Ids,
    KnownDate,
    Moment,
    Names,
    Number,
    Span,
    Tags,
    Text,
    Url,
    Year,
    as_list,
    as_texts,
    choice,
    fault,
)


class Fields(BaseModel):
    """A group of fields; an unknown one is an error, for it is mostly a known one misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise fault("mapping-expected")
        return value


class PersonEntry(Fields):
    """Một người (hoặc một tổ chức) có mặt tại hội nghị."""

    name: Text = Field("", description="Họ và tên, không kèm học hàm, chức vụ")
    honorific: Text = Field("", description="Cách xưng hô, học hàm, học vị: đồng chí, TS., GS.TS")
    role: Text = Field("", description="Chức vụ tại ngày họp, như nguồn nêu")
    organization: Names = Field((), description="Tổ chức của chức vụ ấy; chủ trì có thể chỉ là một tổ chức")
    person: Id = Field("", description="Mã hồ sơ người, khi trùng tên")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return names.split_entry(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _names_somebody(self) -> PersonEntry:
        if not (self.name or self.person or self.organization):
            raise fault("entry-empty")
        return self


class PeriodEntry(Fields):
    """Kỳ mà hội nghị tổng kết và kỳ hội nghị bàn kế hoạch."""

    review: Span = Field(None, description="Kỳ được tổng kết: 2025-Q3, 2025-6M, 2025-9M, 2025")
    plan: Span = Field(None, description="Kỳ được bàn kế hoạch: 2025-Q4, 2026")


class LeadEntry(Fields):
    """Cụm trưởng, cụm phó của một năm."""

    year: Year = Field(..., description="Năm")
    lead: Names = Field((), description="Đơn vị cụm trưởng")
    deputies: Names = Field((), description="Đơn vị cụm phó")
    cluster: Text = Field("", description="Cụm, nếu không phải cụm của hội nghị này")
    meeting: Id = Field("", description="Mã hội nghị làm chứng (chỉ trong hồ sơ cụm)")

    @model_validator(mode="after")
    def _names_a_unit(self) -> LeadEntry:
        if not (self.lead or self.deputies):
            raise fault("lead-empty", value=self.year)
        return self


class MemberEntry(Fields):
    """Thành viên của cụm trong một năm."""

    year: Year = Field(..., description="Năm")
    count: Number = Field(None, description="Tổng số thành viên, nếu nguồn nêu")
    organizations: Names = Field((), description="Các thành viên biết tên")
    meeting: Id = Field("", description="Mã hội nghị làm chứng")


class DocumentEntry(Fields):
    """Một văn bản được viện dẫn."""

    text: Text = Field("", description="Cả câu, ví dụ: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị")
    type: Text = Field("", description="Loại: Nghị quyết, Chỉ thị, Kết luận, Quyết định …")
    number: Text = Field("", description="Số hiệu: 57-NQ/TW")
    date: Date = Field(None, description="Ngày ký, theo nguồn")
    issuer: Text = Field("", description="Cơ quan ban hành")
    title: Text = Field("", description="Trích yếu, hoặc tên của văn bản không có số")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class ImageEntry(Fields):
    """Một ảnh, hoặc lời chú thích của ảnh đã mất."""

    file: Text = Field("", description="Đường dẫn trong content/images/; bỏ trống nếu không còn ảnh")
    caption: Text = Field("", description="Chú thích")
    alt: Text = Field("", description="Mô tả cho người không nhìn thấy ảnh; mặc định là chú thích")
    credit: Text = Field("", description="Người chụp, nguồn ảnh")


class SourceEntry(Fields):
    """Nơi đăng bài tường thuật."""

    url: Url = Field("", description="Địa chỉ bài gốc")
    site: Text = Field("", description="Tên trang, tên báo")
    title: Text = Field("", description="Nhan đề bài gốc, như nguồn viết")
    published: Moment = Field(None, description="Ngày (giờ) đăng")
    retrieved: Date = Field(None, description="Ngày lưu lại")
    byline: Text = Field("", description="Tác giả, người thực hiện")
    note: Text = Field("", description="Ghi chú về nguồn này")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"url": value} if isinstance(value, str) else value


class NoteEntry(Fields):
    """Điều người đọc kỹ cần biết."""

    about: Text = Field("", description="Tên trường mà ghi chú nói tới: date, chairs, host, cluster …")
    text: Text = Field(..., description="Lời ghi chú")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class CorrectionEntry(Fields):
    """Một lần đính chính."""

    date: KnownDate = Field(..., description="Ngày đính chính")
    text: Text = Field(..., description="Đã sửa điều gì")


People = Annotated[tuple[PersonEntry, ...], BeforeValidator(as_list)]
Sources = Annotated[tuple[SourceEntry, ...], BeforeValidator(as_list)]
Notes = Annotated[tuple[NoteEntry, ...], BeforeValidator(as_texts)]
Leads = Annotated[tuple[LeadEntry, ...], BeforeValidator(as_list)]
Status = Annotated[Literal["draft", "published"], BeforeValidator(choice)]
Level = Annotated[Literal["", "trung ương", "tỉnh", "cơ sở"], BeforeValidator(choice)]


class RecordFields(Fields):
    """Các trường chung của mọi hồ sơ."""

    id: Id = Field("", description="Mã cố định của hồ sơ; mặc định là tên tệp")
    status: Status = Field("published", description="draft: bản nháp, không xuất hiện ở bất cứ đâu")
    notes: Notes = Field((), description="Ghi chú biên tập: chỗ nguồn tự mâu thuẫn, cách suy ra năm")
    sources: Sources = Field((), description="Các nguồn; nhiều bài về một hội nghị là nhiều nguồn của một hồ sơ")
    corrections: Annotated[tuple[CorrectionEntry, ...], BeforeValidator(as_list)] = Field((), description="Các lần đính chính nội dung")
    former_ids: Ids = Field((), description="Các mã cũ; mỗi mã để lại một trang chuyển hướng")


class MeetingFields(RecordFields):
    """Một hội nghị."""

    title: Text = Field(..., min_length=1, description="Nhan đề")
    date: KnownDate = Field(..., description="Ngày họp: 2025-10-09, hoặc 2025-10, hoặc 2025 nếu chỉ biết đến thế")
    date_end: Date = Field(None, description="Ngày cuối, nếu họp nhiều ngày")
    date_inferred: Text = Field("", description="Vì sao suy ra ngày này, nếu nguồn không nêu đủ; hiện nhãn «năm suy ra»")
    session: Annotated[Literal["", "sáng", "chiều", "tối", "cả ngày"], BeforeValidator(choice)] = Field("", description="Buổi họp")
    published: Moment = Field(None, description="Ngày (giờ) bài tường thuật đầu tiên xuất hiện")
    kind: Annotated[
        Literal["", "giao ban", "sơ kết", "tổng kết", "ký kết giao ước", "ban chấp hành", "hội thảo", "đại hội", "khác"],
        BeforeValidator(choice),
    ] = Field("", description="Loại hội nghị")
    period: PeriodEntry | None = Field(None, description="Kỳ được tổng kết và kỳ được bàn kế hoạch")
    cluster: Text = Field("", description="Cụm: mã, tên đầy đủ hoặc tên khác; không bao giờ chỉ là số")
    union: Text = Field("", description="Liên hiệp hội mở hội nghị, khi không phải hội nghị của cụm")
    chairs: People = Field((), description="Người hoặc tổ chức chủ trì")
    speakers: People = Field((), description="Người phát biểu, báo cáo")
    participants: People = Field((), description="Người dự có nêu tên")
    attendance: Text = Field("", description="Thành phần dự, nêu theo nhóm")
    mentions: People = Field((), description="Người, tổ chức được nhắc tới mà nguồn không nói là có dự")
    host: Names = Field((), description="Đơn vị đăng cai")
    organizer: Names = Field((), description="Đơn vị tổ chức")
    venue: Text = Field("", description="Địa điểm (không phải đơn vị đăng cai)")
    province: Text = Field("", description="Tỉnh, thành phố, theo tên gọi ngày ấy")
    leads: Leads = Field((), description="Cụm trưởng, cụm phó mà hội nghị này quyết định, theo năm")
    documents: Annotated[tuple[DocumentEntry, ...], BeforeValidator(as_list)] = Field((), description="Văn bản viện dẫn; văn bản nêu trong bài được tự tìm")
    images: Annotated[tuple[ImageEntry, ...], BeforeValidator(as_list)] = Field((), description="Ảnh và chú thích")
    summary: Text = Field("", description="Tóm tắt trong một hai câu")
    tags: Tags = Field((), description="Từ khoá")


class PersonFields(RecordFields):
    """Một người. Hồ sơ chỉ cần khi có nhiều cách viết, có người trùng tên, hoặc có điều cần ghi chú."""

    name: Text = Field(..., min_length=1, description="Họ và tên")
    variants: Names = Field((), description="Các cách viết khác gặp trong nguồn")
    honorific: Text = Field("", description="Học hàm, học vị")
    born: Date = Field(None, description="Sinh năm (ngày) nào, nếu nguồn nêu")
    qualifier: Text = Field("", description="Điều phân biệt với người trùng tên, ví dụ: Phú Thọ")
    not_same_as: Ids = Field((), description="Mã của những người khác dễ nhầm")


class OrganizationFields(RecordFields):
    """Một tổ chức: liên hiệp hội, hội thành viên, trường, viện, cơ quan."""

    name: Text = Field(..., min_length=1, description="Tên đầy đủ")
    variants: Names = Field((), description="Các tên và cách viết khác")
    abbreviations: Names = Field((), description="Chữ viết tắt; LHH được hiểu là liên hiệp hội của bài viết")
    kind: Annotated[
        Literal["", "liên hiệp hội", "hội", "hiệp hội", "trường", "viện", "cơ quan nhà nước", "cơ quan đảng", "doanh nghiệp", "khác"],
        BeforeValidator(choice),
    ] = Field("", description="Loại tổ chức")
    parent: Text = Field("", description="Tổ chức cấp trên")
    province: Text = Field("", description="Tỉnh, thành phố")
    level: Level = Field("", description="Cấp")
    valid_from: Date = Field(None, description="Có từ ngày")
    valid_to: Date = Field(None, description="Đến ngày")
    predecessors: Names = Field((), description="Các tổ chức tiền thân (hợp nhất, đổi tên)")
    successors: Names = Field((), description="Các tổ chức kế thừa")
    scope: Text = Field("", description="Tên gọn đứng sau tên cụm: Phú Thọ, VUSTA")


class ClusterFields(RecordFields):
    """Một cụm hoặc khối thi đua: đơn vị chủ quản + loại + số hoặc tên."""

    owner: Text = Field(..., min_length=1, description="Đơn vị chủ quản")
    kind: Annotated[Literal["cụm", "khối"], BeforeValidator(choice)] = Field(..., description="cụm hoặc khối")
    number: Number = Field(None, description="Số của cụm")
    name: Text = Field("", description="Tên riêng của cụm: Nam Sông Hậu")
    level: Level = Field("", description="Cấp")
    variants: Names = Field((), description="Các tên đầy đủ khác")
    members: Annotated[tuple[MemberEntry, ...], BeforeValidator(as_list)] = Field((), description="Thành viên theo năm")
    leads: Leads = Field((), description="Cụm trưởng, cụm phó theo năm mà nguồn nhắc tới")

    @model_validator(mode="after")
    def _has_number_or_name(self) -> ClusterFields:
        if self.number is None and not self.name:
            raise fault("cluster-unnamed")
        return self


class DocumentFields(RecordFields):
    """Một văn bản. Hồ sơ chỉ cần khi có điều mà các bài không nêu."""

    type: Text = Field(..., min_length=1, description="Loại: Nghị quyết, Chỉ thị …")
    number: Text = Field("", description="Số hiệu: 57-NQ/TW")
    date: Date = Field(None, description="Ngày ký")
    issuer: Text = Field("", description="Cơ quan ban hành")
    title: Text = Field("", description="Trích yếu, hoặc tên của văn bản không có số")
    variants: Names = Field((), description="Các cách viết số hiệu khác")
    url: Url = Field("", description="Địa chỉ của toàn văn")


class PageFields(RecordFields):
    """Một trang chữ: giới thiệu, cách trích dẫn, liên hệ."""

    title: Text = Field(..., min_length=1, description="Nhan đề")
    order: Number = Field(0, description="Thứ tự trong danh sách ở chân trang")
    summary: Text = Field("", description="Tóm tắt")


RECORD_FIELDS: dict[str, type[RecordFields]] = {
    "meetings": MeetingFields,
    "people": PersonFields,
    "organizations": OrganizationFields,
    "clusters": ClusterFields,
    "documents": DocumentFields,
    "pages": PageFields,
}
"""By the folder of content/ that holds the records."""
