"""Numbers that meetings report, each with the words around it and the paragraph it stands in. Nothing is added up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.archive import citations, urls
from plugins.archive.archive import Archive
from plugins.archive.links import Link
from plugins.archive.outputs import Gathered, OutputPage
from plugins.archive.problems import N_
from plugins.archive.records import Meeting

from .parts import Held, View, held, sheets

NAME = "so-lieu"
ROWS = 400
AROUND = 70
"""Characters shown on either side of a number."""

# Vietnamese writes 1.305 and 1,5. A number inside a date, a document's number or a word is none.
_NUMBER = re.compile(r"(?<![\w/.,:-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?:%|(?![\w/:-]|[.,]\d))")
_UNIT = re.compile(r"\s+(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+){0,2})")
# Behind these words a number names something and counts nothing.
_NAMING = re.compile(
    r"(?:ngày|tháng|năm|quý|số|khoá|khóa|thứ|điều|khoản|mục|phần|cụm|khối|nhiệm kỳ|giai đoạn|"
    r"từ năm|đến năm|lớp|bài|ảnh|trang|hạng|cấp|thế kỷ|quốc lộ|phòng|tầng)"
    r"(?:\s+thi đua)?(?:\s+số)?\s*:?\s*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s*(?:giờ|h\d*)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENUMERATION = re.compile(r"\s*[.)]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` as written, between the words ``before`` and ``after`` it; ``path`` leads to the paragraph."""

    value: str
    before: str
    after: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFigures:
    meeting: Held
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView(View):
    """Template ``instrument_figures.html``: one year. ``years`` leads to the others; the view's own has no path."""

    year: int | None
    years: tuple[Link, ...]
    meetings: tuple[MeetingFigures, ...]
    count: int


def pages(archive: Archive, gathered: Gathered) -> Iterator[OutputPage]:
    found: defaultdict[int, list[MeetingFigures]] = defaultdict(list)
    for meeting in archive.meetings.values():
        figures = tuple(_of_meeting(meeting, gathered))
        if figures:
            found[meeting.date.year].insert(0, MeetingFigures(meeting=held(meeting), figures=figures))
    years = sorted(found, reverse=True)
    for index, year in enumerate(years or [None]):
        links = tuple(Link(label=str(one), path="" if one == year else urls.instrument(_name(place, one))) for place, one in enumerate(years))
        yield from _year(_name(index, year), year, links, found[year] if year else [])


def _name(index: int, year: int | None) -> str:
    return f"{NAME}-{year}" if index else NAME


def _year(name: str, year: int | None, years: tuple[Link, ...], meetings: list[MeetingFigures]) -> Iterator[OutputPage]:
    size = max(1, ROWS * len(meetings) // max(sum(len(one.figures) for one in meetings), 1))
    for path, number, every, piece in sheets(name, meetings, size):
        view = FiguresView(
            title=N_("Số liệu được nêu"),
            description=N_("Những con số các hội nghị nêu ra, mỗi số dẫn tới đoạn văn có nó"),
            sheet=number,
            sheets=every,
            year=year,
            years=years,
            meetings=tuple(piece),
            count=sum(len(one.figures) for one in meetings),
        )
        yield OutputPage(path=path, template="instrument_figures", view=view)


def _of_meeting(meeting: Meeting, gathered: Gathered) -> Iterator[Figure]:
    body = gathered.bodies.get(("meeting", meeting.id))
    for anchor, text in body.passages if body else ():
        if anchor.startswith(("doan-", "nv-")):
            for start, end in numbers(text):
                yield Figure(
                    value=text[start:end],
                    before=_tail(text[:start]),
                    after=_head(text[end:]),
                    path=f"{urls.meeting(meeting.id)}#{anchor}",
                )


def numbers(text: str) -> Sequence[tuple[int, int]]:
    """Start and end of every number that counts or measures something."""
    named = [(mention.start, max(mention.end, mention.date_end)) for mention in citations.find(text)]
    return [match.span() for match in _NUMBER.finditer(text) if _counts(text, match) and not _inside(match, named)]


def _counts(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
    if _NAMING.search(before) or _CLOCK.match(after) or (match.start() == 0 and _ENUMERATION.match(after)):
        return False
    if match[0].endswith("%"):
        return True
    return bool(_UNIT.match(after)) and not (_YEAR.fullmatch(match[0]) and not before.endswith(("có ", "được ", "là ")))


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)


def _tail(text: str) -> str:
    """The last words, cut at a space."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"
