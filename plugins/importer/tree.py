"""HTML becomes blocks. A page may be hostile: its size, depth and number of blocks are bounded, and nothing of it is run or fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Comment, Doctype, ProcessingInstruction, Tag
from bs4.element import CData, Declaration
from bs4.exceptions import ParserRejectedMarkup
from lxml import etree

from plugins.archive.text import clean

from . import families
from .blocks import MAX_BLOCK_TEXT, Page
from .furniture import ends_article
from .selecting import Selector
from .walking import MAX_DEPTH, Walker

MAX_CHARACTERS = 6_000_000
_LEAST_BODY = 120
_UNREAD = (Comment, Doctype, ProcessingInstruction, CData, Declaration)


def read(html: str, *, url: str = "", encoding: str = "utf-8") -> Page:
    """A page of HTML as blocks, with what its markup says about title, date and author."""
    try:
        soup = BeautifulSoup(html[:MAX_CHARACTERS], "lxml")
    except (ParserRejectedMarkup, etree.LxmlError):
        return Page(blocks=(), encoding=encoding, url=url)
    _flatten(soup)
    page = Selector(soup)
    family = families.recognise(page)
    titles, published = tuple(_titles(page, family)), tuple(_published(page, family))
    site, own_url, byline = _site(page), _own_url(page, url), _text(page.first(family.byline))
    _drop(page, family)
    body = page.first(family.body, _LEAST_BODY) or page.first(families.ANY.body, _LEAST_BODY) or densest(soup)
    blocks = Walker(body).walk(soup.body or soup)
    return Page(
        blocks=blocks, family=family.name, encoding=encoding, titles=titles, published=published, byline=byline, site=site, url=own_url,
        marked=body is not None,
    )  # fmt: skip


def _flatten(soup: BeautifulSoup) -> None:
    """What lies deeper than any honest page becomes text: every later step may then climb a tree without fear."""
    waiting: list[tuple[Tag, int]] = [(soup, 0)]
    while waiting:
        tag, depth = waiting.pop()
        if depth >= MAX_DEPTH:
            text = tag.get_text(" ")[:MAX_BLOCK_TEXT]
            tag.clear()
            tag.append(text)
        else:
            waiting += [(child, depth + 1) for child in tag.children if isinstance(child, Tag)]


def _drop(page: Selector, family: families.Family) -> None:
    soup = page.soup
    for node in soup.find_all(string=lambda text: isinstance(text, _UNREAD)):
        node.extract()
    for tag in soup.find_all(list(families.DROPPED_TAGS)):
        # A form of ASP.NET holds the whole page, and so may a label; what holds much text stays.
        if not tag.decomposed:
            tag.decompose()
    for selector in family.dropped:
        for tag in page.select(selector):
            if not tag.decomposed and not tag.select_one(",".join(family.body)):
                tag.decompose()


def _text(tag: Tag | None) -> str:
    return clean(tag.get_text(" "))[:500] if tag else ""


def _titles(page: Selector, family: families.Family) -> Iterator[str]:
    seen: set[str] = set()
    meta = page.one('meta[property="og:title"]') or page.one('meta[name="title"]')
    heading = page.soup.find("title")
    candidates = [_text(page.first(family.title, 12)), clean(str(meta.get("content", ""))) if meta else "", _without_site(_text(heading))]
    for title in candidates:
        if title and title not in seen:
            seen.add(title)
            yield title[:400]


def _without_site(title: str) -> str:
    """<title> often ends or begins with the name of the site, behind a bar or a dash."""
    parts = [part.strip() for part in re.split(r"\s+[|»::]+\s+|\s+[-–—]\s+(?=[A-ZĐ][^-–—]*$)", title)]
    return max(parts, key=len)


def _published(page: Selector, family: families.Family) -> Iterator[str]:
    for selector in (
        'meta[property="article:published_time"]',
        'meta[itemprop="datePublished"]',
        'meta[name="pubdate"]',
        'meta[name="DC.date.issued"]',
    ):
        if found := page.one(selector):
            yield clean(str(found.get("content", "")))[:60]
    yield from _published_in_json(page)
    for selector in (*family.published, *families.ANY.published):
        for found in page.select(selector, 2):
            if found.get("datetime"):
                yield clean(str(found["datetime"]))[:60]
            yield _text(found)[:120]


def _published_in_json(page: Selector) -> Iterator[str]:
    for script in page.select('script[type="application/ld+json"]', 5):
        source = script.string or ""
        if len(source) < 100_000 and (found := re.search(r'"datePublished"\s*:\s*("[^"\\]{8,40}")', source)):
            yield json.loads(found[1])


def _site(page: Selector) -> str:
    meta = page.one('meta[property="og:site_name"]')
    return clean(str(meta.get("content", "")))[:200] if meta else ""


def _own_url(page: Selector, url: str) -> str:
    """The address the page was saved from: what the capture says, else the page's own canonical address."""
    saved = page.soup.find(string=lambda text: isinstance(text, Comment) and "saved from url=" in text)
    link = page.one('link[rel="canonical"]')
    meta = page.one('meta[property="og:url"]')
    candidates = [url, re.sub(r".*saved from url=\(\d+\)(\S+).*", r"\1", str(saved), flags=re.DOTALL) if saved else ""]
    candidates += [str(link.get("href", "")) if link else "", str(meta.get("content", "")) if meta else ""]
    return next((clean(c) for c in candidates if is_web(clean(c))), "")


def is_web(url: str) -> bool:
    """True for an address that may stand in a record."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url and len(url) < 1500


def densest(soup: BeautifulSoup) -> Tag | None:
    """The element that holds most prose of its own: long runs of text with commas, few links. None where no element has any."""
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    for part in soup.find_all(["p", "td", "div", "span", "li"], limit=20_000):
        own = clean(" ".join(part.find_all(string=True, recursive=False)) + " " + _inline_text(part))[:5_000]
        if len(own) < 60 or part.find_parent(list(families.OUTSIDE_TAGS[:3])) or _lists_news(part.parent):
            continue
        weight = (1 + own.count(",") + min(len(own) / 100, 6)) * (1 - _link_share(part, len(own)))
        for distance, holder in enumerate(
            [part.parent, part.parent.parent if part.parent else None] if part.name != "td" else [part, part.parent]
        ):
            if isinstance(holder, Tag) and holder.name not in ("html", "[document]"):
                scores[id(holder)] = scores.get(id(holder), 0) + weight / (1, 2)[distance]
                tags[id(holder)] = holder
    return tags[max(scores, key=lambda key: scores[key])] if scores else None


def _lists_news(holder: Tag | None) -> bool:
    """True for a box whose heading says that it lists other reports."""
    heading = holder.find(["h2", "h3", "h4", "h5", "strong", "b"]) if holder is not None else None
    return heading is not None and ends_article(clean(heading.get_text(" "))[:100])


def _inline_text(part: Tag) -> str:
    return " ".join(
        child.get_text(" ")[:2_000] for child in part.find_all(["b", "strong", "em", "i", "span", "font", "a"], recursive=False, limit=50)
    )


def _link_share(part: Tag, length: int) -> float:
    linked = sum(len(link.get_text()) for link in part.find_all("a", limit=50))
    return min(1.0, linked / max(length, 1))
