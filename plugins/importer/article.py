"""Tells the report from what stands around it: where it begins and ends, its title, captions and author."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from plugins.archive.text import fold

from . import furniture, moments, wordings
from .blocks import Block, Page
from .datelines import is_date_line, without_trailing_date

_LEAST_PROSE = 60
_LONGEST_TITLE = 260
_TITLE_DISTANCE = 18
_CRUMBS = re.compile(r"^(?:home|trang chủ|trang nhất)\b|[»›]|\s>\s|\s::\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The report taken out of its page. ``before`` and ``after`` are the rest, where a date or a name may still stand."""

    page: Page
    title: str
    heading: str
    """The title's line as the page has it, with a date that is glued to it."""
    body: tuple[Block, ...]
    before: tuple[Block, ...] = ()
    """Up to the title, in order."""
    after: tuple[Block, ...] = ()
    byline: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the report itself says, without captions."""
        return tuple(block.text for block in self.body if block.is_prose or block.kind == "heading")

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.body if block.kind == "caption")

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def find(page: Page) -> Article:
    """The report of a page; a page without one gives an article with an empty body."""
    blocks = page.blocks
    lead = _lead(page)
    if lead is None:
        return Article(page=page, title="", heading="", body=(), before=blocks)
    place = _title_place(page, lead)
    heading = blocks[place].text if place is not None else next(iter(page.titles), "")
    title = _clean_title(heading, page)
    start = _body_start(page, lead, place)
    end = _end(page, lead)
    standfirst = tuple(replace(block, kind="paragraph", inside=True) if _is_standfirst(block) else block for block in blocks[start:lead])
    body = _without_repeats(standfirst + blocks[max(start, lead) : end], title)
    return Article(page=page, title=title, heading=heading, body=body, before=blocks[:start], after=blocks[end:])


def _is_prose(block: Block) -> bool:
    return block.is_prose and len(block.text) >= _LEAST_PROSE and (block.text[-1] in ".:;…" or len(block.text) >= _LONGEST_TITLE)


def _is_standfirst(block: Block) -> bool:
    """The summary above the text, which some sites set as a heading."""
    return block.kind in ("paragraph", "heading", "quote") and (
        len(block.text) >= 140 or (len(block.text) >= _LEAST_PROSE and block.text[-1] in ".…")
    )


def _lead(page: Page) -> int | None:
    """The first paragraph of the report: prose that speaks of a meeting, with most of the page's prose behind it."""
    places = [i for i, block in enumerate(page.blocks) if _is_prose(block) and (block.inside or not page.marked)]
    if not places:
        return max(range(len(page.blocks)), key=lambda i: len(page.blocks[i].text) if page.blocks[i].is_prose else -1, default=None)
    if page.marked:
        return places[0]
    mass = {i: _mass(page.blocks, i) for i in places}
    enough = 0.5 * max(mass.values())
    good = [i for i in places if mass[i] >= enough]
    likely = [i for i in good[:6] if _speaks_of_meeting(page.blocks[i].text)]
    return (likely or good)[0]


def _speaks_of_meeting(text: str) -> bool:
    dates = moments.find(text[:120])
    return (bool(dates) and dates[0].start < 80) or wordings.speaks_of_event(text[:300])


def _mass(blocks: tuple[Block, ...], start: int) -> int:
    """How much prose follows before the article must have ended."""
    total = 0
    for block in blocks[start:]:
        if block.is_prose and furniture.ends_article(block.text):
            break
        total += len(block.text) if _is_prose(block) else 0
    return total


def _title_place(page: Page, lead: int) -> int | None:
    first = max(0, lead - _TITLE_DISTANCE)
    context = wordings.content_words(" ".join(block.text for block in page.blocks[lead : lead + 3]))
    hints = [fold(hint) for hint in page.titles]
    scored = [(_title_score(page.blocks[i], lead - i, context, hints), i) for i in range(first, lead)]
    best = max(scored, default=(0.0, 0))
    return best[1] if best[0] >= 1.2 else None


def _title_score(block: Block, distance: int, context: set[str], hints: list[str]) -> float:
    line = block.text
    if block.kind not in ("heading", "paragraph", "item") or not 12 <= len(line) <= 320 or furniture.is_junk(line) or is_date_line(line):
        return 0.0
    words = wordings.content_words(line)
    score = 2.5 * len(words & context) / max(len(words), 4) + wordings.speaks_of_event(line) + 0.6 * (len(words) >= 5)
    score += 0.7 * (block.kind == "heading" and block.level <= 3) - 0.1 * distance
    score += 2 * any(fold(line) == hint for hint in hints)
    score -= 1.2 * bool(_CRUMBS.search(line)) + 0.8 * line.endswith((".", ";", ":")) + 1.0 * wordings.is_body_name(line)
    return score


def _clean_title(heading: str, page: Page) -> str:
    title = without_trailing_date(heading)
    for hint in page.titles:
        if len(hint) < len(title) and title.endswith(hint) and len(hint) > 20:
            title = hint
    return title.strip(" -–—|•").removesuffix("./.")


def _body_start(page: Page, lead: int, place: int | None) -> int:
    if place is not None:
        return place + 1
    inside = next((i for i, block in enumerate(page.blocks) if block.inside), lead)
    return min(lead, inside) if page.marked else lead


def _end(page: Page, lead: int) -> int:
    for i in range(lead + 1, len(page.blocks)):
        block = page.blocks[i]
        if block.kind in ("paragraph", "heading", "item", "caption") and furniture.ends_article(block.text):
            return i
        if page.marked and not any(later.inside for later in page.blocks[i : i + 40]):
            return i
    return len(page.blocks)


def _without_repeats(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The body without buttons, and without the title and the first paragraph printed twice."""
    kept: list[Block] = []
    seen: set[str] = set()
    for block in blocks:
        key = f"{block.kind}:{fold(block.text)}"
        is_repeat = (key in seen and (len(block.text) > 40)) or fold(block.text) == fold(title)
        if block.kind != "image" and (not block.text or furniture.is_junk(block.text) or is_repeat):
            continue
        if not block.inside and block.kind != "image":
            continue
        seen.add(key)
        kept.append(block)
    return tuple(kept)


def with_body(article: Article, body: list[Block], **changes: Any) -> Article:
    """The same article with another body."""
    return replace(article, body=tuple(body), **changes)
