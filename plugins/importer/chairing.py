"""Whom one sentence names as chairs: where it says "chủ trì" of the meeting that it tells of, and nowhere else.

Whoever only speaks, concludes or "dự và chỉ đạo" is no chair; nor is who is to "chủ trì, phối hợp" on some task. The constructions and
the decoys are those of docs/importer.md, "Chairs".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.archive import names
from plugins.archive.problems import N_

from . import people, positions, roles
from .people import Mention
from .suggestion import Suggestion, quoted

VERB = re.compile(r"chủ trì|chủ tọa|chủ toạ|CHỦ TRÌ|Chủ trì|Chủ tọa|Chủ toạ")
_MOST = 12
"""Verbs looked at in one sentence."""
_MEETING = (
    r"(?:hội nghị|giao ban|họp|phiên|lễ|hội thảo|tọa đàm|toạ đàm|đại hội|buổi|cuộc|kỳ họp|chương trình|sự kiện|ký "
    r"kết|sinh hoạt|gặp mặt|làm việc|hn\b|sơ kết|tổng kết|điều hành)"
)
_DECOY_AFTER = re.compile(
    r"\s*(?:,\s*(?:cùng\s+)?phối hợp|(?:và\s+)?(?:cùng\s+)?phối hợp|tổ chức|thực hiện|triển khai|xây dựng|tham mưu|"
    r"(?:các |\d+ |một |nhiều |những )?(?:đề tài|dự án|nhiệm vụ|chương trình phối|đề án|công trình)|nghiên cứu|biên "
    r"soạn|giải quyết|"
    r"hướng dẫn|soạn thảo|việc|công tác|\d+|các hội thảo|soạn|thẩm định|phản biện|tư vấn|theo dõi|đánh giá|kiểm tra|giám sát|rà soát|lập )",
    re.IGNORECASE,
)
_DECOY_BEFORE = re.compile(
    r"(?:\bsẽ|\bđể|được giao|đơn vị|cơ quan|đề nghị|yêu cầu|được|hội thảo do|là cơ quan|là đơn vị|nhiệm vụ do|dự án do|đề tài do|sự)\s*$",
    re.IGNORECASE,
)
_DECOY_SUBJECT = re.compile(r"\b(?:đề tài|dự án|nhiệm vụ|đề án|công trình|giải pháp)\b[^,;]*\bdo\b[^,;]*$", re.IGNORECASE)
_OTHER_EVENT = re.compile(
    r"\b(?:trước đó|năm ngoái|hôm trước|tuần trước|tháng trước|dự kiến|thời gian tới|sắp tới|hằng tháng|hàng tháng|"
    r"hàng quý|thường xuyên|chiều cùng ngày|cùng ngày)\b",
    re.IGNORECASE,
)
_POSITIVE_AFTER = re.compile(
    rf"\s*(?:và\s+(?:chỉ đạo|điều hành|kết luận|phát biểu|khai mạc)\s*)?(?:toàn bộ |tại )?{_MEETING}|\s*[.,;):/]|"
    rf"\s*$|\s+(?:và|tại|với|có|là|gồm|cùng|thay)\b|\s*đồng chí",
    re.IGNORECASE,
)
_AFTER_INTRO = re.compile(
    rf"(?:\s*(?:và|,)\s*(?:chỉ đạo|điều hành|kết luận|phát biểu chỉ đạo|phát biểu))?(?:\s+(?:của|(?:toàn bộ |buổi |"
    rf"cuộc |phiên |kỳ |tại )*{_MEETING}(?:\s+(?:giao ban|họp|làm việc|sơ kết|tổng kết|ký kết|này))*))*"
    r"\s*(?:có|là|gồm(?: có)?|do|bởi|thuộc về)?\s*:?\s*",
    re.IGNORECASE,
)
_LEADS_SENTENCE = re.compile(
    r"^(?P<mixed>(?:.{0,40}?\b(?:tham dự|đến dự|về dự|dự|chỉ đạo|tham gia|tới dự)\b[^,;.]{0,40}?(?:,|và|"
    r",\s*và)\s*)?)(?:đồng |trực tiếp |cùng )?$",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"[;,.]?\s*(?:\b(?:và|cùng)\s+)?(?:\bcùng\s+)?\b(?:về phía|phía địa phương|phía|tham dự|cùng dự|cùng tham dự|"
    r"cùng tham gia|dự hội nghị|dự họp|đến dự|về dự|tham gia|dự có|khách mời|với sự|đại diện|toàn thể|các đại biểu|"
    r"các ủy viên|các uỷ viên|các đơn vị|lãnh đạo các|lãnh đạo,|và lãnh đạo|thành phần)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(r"(?:dưới|với) sự(?:\s+(?:điều hành|chỉ đạo|dẫn dắt)\s*(?:,|và))?\s*$", re.IGNORECASE)
_PLURAL = re.compile(r"(?:các|hai|ba|2|3|02|03)\s+(?:đồng chí|ông|bà|đ/c|anh|chị|vị)|gồm(?: có)?\s*:", re.IGNORECASE)
_GUEST_VERB = re.compile(r"\b(?:tham dự|đến dự|về dự|dự|có mặt|tới dự)\b", re.IGNORECASE)
_LINK = re.compile(r"[\s,;:&)–-]*(?:(?:và|cùng|với|cùng với|,)\s*)?(?:(?:các|hai|ba)\s+(?:đồng chí|ông|bà)[\s,:]*)?$", re.IGNORECASE)
_DOES_OTHER = re.compile(r"\b(?:phát biểu|báo cáo|trình bày|khai mạc|công bố|đọc|nêu|trao|kết luận|thông qua|giới thiệu)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chair:
    """One who chaired: a person, or an organization alone (``name`` empty)."""

    name: str
    as_written: str = ""
    honorific: str = ""
    role: str = ""
    """Positions as written, all organizations among them."""
    organization: str = ""


def in_sentence(sentence: str) -> list[Suggestion[Chair]]:
    """Those whom one sentence names as chairs of the meeting it tells of."""
    for verb in list(VERB.finditer(sentence))[:_MOST]:
        before, after = sentence[: verb.start()], sentence[verb.end() :]
        if _is_decoy(before, after):
            continue
        lead = _LEADS_SENTENCE.match(before.lstrip("-–•* "))
        if lead or _UNDER.search(before):  # noqa: SIM108 - two lines are plainer
            made = _after(sentence, verb.end(), bool(lead and lead["mixed"]))
        else:
            made = _before(sentence, verb.start())
        if made:
            return made
    return []


def _is_decoy(before: str, after: str) -> bool:
    if _UNDER.search(before):
        return False
    if _DECOY_AFTER.match(after) or _DECOY_BEFORE.search(before) or _DECOY_SUBJECT.search(before):
        return True
    return _OTHER_EVENT.search(before[-160:]) is not None or _POSITIVE_AFTER.match(after) is None


def _after(sentence: str, start: int, mixed: bool) -> list[Suggestion[Chair]]:
    intro = _AFTER_INTRO.match(sentence, start)
    begin = intro.end() if intro else start
    tail = sentence[begin:]
    guests = _GUESTS.search(tail)
    if guests and guests.start() > 3:
        tail = tail[: guests.start()]
    named = _linked(people.find(tail), tail)
    confidence = 0.62 if mixed else 0.96
    reason = N_("câu này kể cả khách dự lẫn người chủ trì") if mixed else ""
    if named:
        return [_chair(m, sentence, confidence, reason) for m in named]
    body = tail.split(",")[0].strip(" .;:")
    return _organization(body, sentence, 0.8)


def _linked(mentions: tuple[Mention, ...], tail: str) -> list[Mention]:
    """The people of a list, up to the first that something else than a list leads to."""
    kept: list[Mention] = []
    for mention in mentions:
        gap = tail[kept[-1].end if kept else 0 : mention.start]
        if len(gap) > 60 or (kept and _DOES_OTHER.search(gap)) or (not kept and len(gap) > 30):
            break
        kept.append(mention)
    return kept


def _before(sentence: str, end: int) -> list[Suggestion[Chair]]:
    clause = _subject(sentence[:end])
    named = people.find(clause)
    if not named:
        return _organization_before(clause, sentence)
    gap = clause[named[-1].end :]
    if (_DOES_OTHER.search(gap) and not re.search(r"\bvà\b[^,;]{0,25}$", gap)) or len(gap) > 110:
        return []
    together = bool(re.search(r"\b(?:đồng|cùng)\s*$", clause))
    chosen, confidence = _who_of(named, clause, together)
    confidence = min(confidence, 0.7) if len(gap) > 60 else confidence
    return [_chair(m, sentence, confidence, "") for m in chosen]


def _subject(before: str) -> str:
    """The clause whose verb it is: the last piece between semicolons, or a list of several pieces that "các đồng chí" opens."""
    pieces = [m.start() + 1 for m in re.finditer(";", before)]
    starts = [0, *pieces]
    start = starts[-1]
    if re.fullmatch(r"\s*(?:cùng|đồng)\s*", before[start:]):
        start = next((s for s in starts if people.find(before[s:])), 0)
    elif not _PLURAL.search(before[start:]):
        for earlier in reversed(starts[:-1]):
            if not people.find(before[earlier:start]):
                break
            if opening := _PLURAL.search(before[earlier:start]):
                start = earlier + opening.start()
                break
    else:
        opening = list(_PLURAL.finditer(before[start:]))[-1]
        start += opening.start() if not people.find(before[start : start + opening.start()]) else 0
    if by := re.search(r"\bdo\s+(?=(?:các\s+)?(?:đồng chí|ông|bà|đ/c|đ\.c|TS|PGS|GS|[A-ZĐ]|chủ tịch|phó chủ tịch))", before[start:]):
        start += by.end()
    return before[start:]


def _who_of(named: tuple[Mention, ...], clause: str, together: bool) -> tuple[list[Mention], float]:
    chosen = [named[-1]]
    for mention, following in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        if not _LINK.fullmatch(clause[mention.end : following.start]):
            break
        chosen.insert(0, mention)
    guests = _GUEST_VERB.search(clause[: chosen[0].start])
    if guests and len(chosen) > 1 and not together and not _PLURAL.search(clause):
        return [chosen[-1]], 0.7
    return chosen, 0.95


def _chair(mention: Mention, sentence: str, confidence: float, reason: str) -> Suggestion[Chair]:
    chair = Chair(mention.name, mention.as_written, positions.usual_honorific(mention.honorific), mention.role)
    at = sentence.find(mention.as_written)
    quote = quoted(sentence, max(0, at - 140), min(len(sentence), at + 200)) if len(sentence) > 320 else quoted(sentence)
    return Suggestion(chair, quote, confidence, reason)


def _organization_before(clause: str, sentence: str) -> list[Suggestion[Chair]]:
    last = re.split(r"[,;]\s*|\bdo\s+", clause)[-1]
    body = re.sub(r"\s+(?:đã|đồng|cùng|trực tiếp)\s*$", "", last).strip(" .")
    return _organization(body, sentence, 0.8)


def _organization(body: str, sentence: str, confidence: float) -> list[Suggestion[Chair]]:
    is_body = (
        names.is_organization(body)
        and 6 <= len(body) <= 120
        and not roles.begins(body)
        and not re.search(r"\b(?:họp|diễn ra|tổ chức|hội nghị)\b", body)
    )
    if not is_body or not re.match(
        r"(?:Liên hiệp|LHH|Hội|Hiệp hội|UBND|Ủy ban|Uỷ ban|Ban|Sở|Thường trực|Cụm|Khối|Trường|Văn phòng|Liên đoàn|Liên "
        r"minh|MTTQ|UBMTTQ|Đảng đoàn|Tỉnh ủy)\b",
        body,
    ):
        return []
    return [Suggestion(Chair("", organization=body), quoted(sentence), confidence)]
