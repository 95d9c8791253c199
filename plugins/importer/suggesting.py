"""Everything a page suggests for a record's front matter, gathered; reads as a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plugins.archive.citations import Mention as Document
from plugins.archive.dates import Period, Timestamp

from . import chairs, clusters, dating, documents, leads, people, periods, places, positions, publishing
from .article import Article
from .chairing import Chair
from .suggestion import Suggestion, quoted
from .wordings import sentences

_SPEAKS = re.compile(
    r"phát biểu|báo cáo|trình bày|kết luận|chia sẻ|tham luận|khẳng định|cho biết|nhấn mạnh|đề nghị|khai mạc|thông "
    r"qua|đánh giá|ghi nhận|biểu dương|quán triệt|đọc |tổng kết|chỉ đạo",
    re.IGNORECASE,
)
_ATTENDS = re.compile(r"\b(?:tham dự|đến dự|về dự|cùng dự|dự hội nghị|dự họp|dự có|dự|tới dự|tham gia|có mặt|đại biểu)\b", re.IGNORECASE)
_UNION = re.compile(r"(?P<union>(?:Liên hiệp (?:các )?[Hh]ội|LHH|Liên Hiệp (?:các )?[Hh]ội|LIÊN HIỆP CÁC HỘI)[^,.;:()“”\n]{0,90})")
_ABSENT = re.compile(
    r"(?:bài phát biểu của|tư tưởng|nguyên Tổng|cố |lời dạy|gặp mặt đội ngũ|Chủ tịch Hồ Chí Minh)[^.;]{0,40}$", re.IGNORECASE
)
_NATIONAL_OFFICE = re.compile(r"Tổng Bí thư|Chủ tịch nước|Thủ tướng|Chủ tịch Quốc hội", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """The suggestions for one record. What is None or empty is not stated on the page."""

    article: Article
    title: Suggestion[str] | None = None
    date: Suggestion[dating.EventDay] | None = None
    session: Suggestion[str] | None = None
    published: Suggestion[Timestamp] | None = None
    kind: Suggestion[str] | None = None
    review: Suggestion[Period] | None = None
    plan: Suggestion[Period] | None = None
    cluster: Suggestion[clusters.ClusterName] | None = None
    union: Suggestion[str] | None = None
    chairs: tuple[Suggestion[Chair], ...] = ()
    speakers: tuple[Suggestion[Chair], ...] = ()
    participants: tuple[Suggestion[Chair], ...] = ()
    host: Suggestion[str] | None = None
    venue: Suggestion[str] | None = None
    province: Suggestion[str] | None = None
    documents: tuple[Suggestion[Document], ...] = ()
    leads: tuple[Suggestion[leads.Lead], ...] = ()
    byline: Suggestion[str] | None = None
    site: Suggestion[str] | None = None
    context_province: str = ""
    mentions: dict[str, list[people.Mention]] = field(default_factory=dict)


def suggest(article: Article) -> Suggested:
    """Reads an article once for every field."""
    everyone = _everyone(article)
    place = dating.find_place(article)
    published = publishing.find(article, place.written if place else None)
    date = dating.find(article, place, published)
    year = date.value.date.year if date and date.value.date else published.value.day.year if published else None
    context = places.context_province(article)
    venue = places.venue(article, place)
    host = places.host(article) or (places.likely_host(venue.value, venue.quote) if venue else None)
    chaired = tuple(chairs.find(article, everyone))
    speakers, participants = _others(article, {s.value.name for s in chaired}, everyone)
    review, plan = periods.periods(article, year)
    cluster = clusters.find(article, context)
    return Suggested(
        article=article,
        title=Suggestion(article.title, article.heading, 0.95) if article.title else None,
        date=date,
        session=dating.session(place),
        published=published,
        kind=periods.kind(article),
        review=review,
        plan=plan,
        cluster=cluster,
        union=None if cluster else _union(article, context),
        chairs=chaired,
        speakers=speakers,
        participants=participants,
        host=host,
        venue=venue,
        province=places.province(article, venue.value if venue else ""),
        documents=tuple(documents.find(article)),
        leads=tuple(leads.find(article, year)),
        byline=Suggestion(article.byline, article.byline, 0.85) if article.byline else None,
        site=_site(article),
        context_province=context,
        mentions=everyone,
    )


def _everyone(article: Article) -> dict[str, list[people.Mention]]:
    found: dict[str, list[people.Mention]] = {}
    for line in (*article.paragraphs, *article.captions):
        for mention in people.find(line):
            found.setdefault(mention.key, []).append(mention)
    return found


def _others(
    article: Article, chaired: set[str], everyone: dict[str, list[people.Mention]]
) -> tuple[tuple[Suggestion[Chair], ...], tuple[Suggestion[Chair], ...]]:
    """People who spoke and people who came, told by the sentence they stand in; whoever is merely mentioned is neither."""
    speakers: dict[str, Suggestion[Chair]] = {}
    guests: dict[str, Suggestion[Chair]] = {}
    for paragraph in (*article.paragraphs, *article.captions):
        for _, sentence in sentences(paragraph):
            for mention in people.find(sentence):
                if mention.name in chaired or _is_absent(sentence, mention) or not (mention.honorific or mention.role):
                    continue
                if _SPEAKS.search(sentence[mention.end : mention.end + 70]) or _SPEAKS.search(
                    sentence[max(0, mention.start - 70) : mention.start]
                ):
                    speakers.setdefault(mention.key, _person(mention, sentence, everyone, 0.85))
                elif _ATTENDS.search(sentence[: mention.start]):
                    guests.setdefault(mention.key, _person(mention, sentence, everyone, 0.82))
    return tuple(speakers.values()), tuple(s for key, s in guests.items() if key not in speakers)


def _is_absent(sentence: str, mention: people.Mention) -> bool:
    return bool(
        _ABSENT.search(sentence[: mention.name_start])
        or _NATIONAL_OFFICE.search(mention.role)
        or _NATIONAL_OFFICE.search(sentence[max(0, mention.name_start - 25) : mention.name_start])
    )


def _person(mention: people.Mention, sentence: str, everyone: dict[str, list[people.Mention]], confidence: float) -> Suggestion[Chair]:
    role = positions.fullest([m.role for m in everyone.get(mention.key, [mention])])
    at = max(0, mention.start - 100)
    return Suggestion(
        Chair(mention.name, mention.as_written, positions.usual_honorific(mention.honorific), role),
        quoted(sentence, at, mention.end + 100),
        confidence,
    )


def _union(article: Article, province: str) -> Suggestion[str] | None:
    """The union whose meeting it is, where no cluster's is: the one that meets in the first sentences, else the title's."""
    lead = " ".join(article.paragraphs[:2])[:1500]
    for text in (lead, article.title):
        for found in _UNION.finditer(text):
            name = clusters.union_named(found["union"], province)
            if name:
                sure = 0.85 if re.search(r"Việt Nam|tỉnh |thành phố ", name) and len(name) > 30 else 0.5
                return Suggestion(name, quoted(text, max(0, found.start() - 40), found.end() + 40), sure)
    return None


def _site(article: Article) -> Suggestion[str] | None:
    return Suggestion(article.page.site, article.page.site, 0.85) if article.page.site else None
