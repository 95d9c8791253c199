"""What a page says against itself, for the editor; none of it is settled here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.archive.problems import N_
from plugins.archive.registry import near_pairs
from plugins.archive.text import fold

from . import clusters
from .suggesting import Suggested

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LATE = 180


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field, a message with its values, to be translated where it is shown."""

    about: str
    message: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        return self.message % dict(self.values)


def _of(about: str, message: str, **values: object) -> Contradiction:
    return Contradiction(about, message, tuple(sorted((name, str(value)) for name, value in values.items())))


def find(found: Suggested) -> list[Contradiction]:
    """All contradictions of one page, in the order of the record's fields."""
    return [*_dates(found), *_clusters_of_people(found), *_documents(found), *_spellings(found)]


def _dates(found: Suggested) -> Iterator[Contradiction]:
    if found.date is None or found.date.value.date is None:
        return
    date, published = found.date.value.date, found.published
    if found.date.reason and not found.date.value.inferred:
        yield _of("date", N_("ngày trong nguồn viết sai: «%(value)s»; đã đọc là %(date)s"), value=found.date.quote[:80], date=date)
    if published is not None:
        days = (published.value.day - date.first_day).days
        if days < 0:
            yield _of("date", N_("ngày họp %(date)s sau ngày đăng %(other)s"), date=date, other=published.value.day)
        elif days > _LATE:
            yield _of("date", N_("ngày họp %(date)s trước ngày đăng %(other)s hơn 180 ngày"), date=date, other=published.value.day)
    years = {int(year) for year in _YEAR.findall(found.article.title)}
    if years and all(abs(year - date.year) > 1 for year in years):
        yield _of("date", N_("nhan đề ghi năm %(value)s, ngày họp là %(date)s"), value=", ".join(map(str, sorted(years))), date=date)


def _clusters_of_people(found: Suggested) -> Iterator[Contradiction]:
    """One man named as the lead of two clusters: in the text, in a caption."""
    for mentions in found.mentions.values():
        numbers = {number for mention in mentions for number, _ in clusters.numbers_by_context(mention.role)}
        if len(numbers) > 1:
            yield _of(
                "cluster",
                N_("%(name)s khi thì thuộc cụm số %(value)s, khi thì số %(other)s"),
                name=mentions[0].name,
                value=min(numbers),
                other=max(numbers),
            )


def _documents(found: Suggested) -> Iterator[Contradiction]:
    if found.date is None or found.date.value.date is None:
        return
    last = (found.date.value.date_end or found.date.value.date).last_day
    for suggestion in found.documents:
        document = suggestion.value
        if document.date and document.date.first_day > last:
            yield _of(
                "documents",
                N_("văn bản %(value)s ký ngày %(other)s, sau ngày họp %(date)s"),
                value=document.number,
                other=document.date,
                date=found.date.value.date,
            )


def _spellings(found: Suggested) -> Iterator[Contradiction]:
    written: defaultdict[str, set[str]] = defaultdict(set)
    for mentions in found.mentions.values():
        for mention in mentions:
            written[fold(mention.name)].add(mention.as_written)
    for forms in (forms for _, forms in sorted(written.items()) if len({form for form in forms if not form.isupper()}) > 1):
        yield _of("chairs", N_("một tên viết nhiều cách: %(value)s"), value=", ".join(sorted(forms)))
    names = {key: mentions[0].name for key, mentions in found.mentions.items()}
    for one, other in near_pairs(names):
        if fold(names[one]) != fold(names[other]):
            yield _of("chairs", N_("hai tên gần giống nhau: %(value)s, %(other)s"), value=names[one], other=names[other])
