"""Inside the article: which lines are captions, who wrote it, and what only looks like its last lines."""

from __future__ import annotations

import re
from dataclasses import replace

from plugins.archive.text import fold

from . import furniture
from .article import Article, with_body
from .blocks import Block
from .datelines import is_date_line

_CAPTION_START = re.compile(
    r"(?:quang canh|toan canh|hinh anh|anh:|anh |khung canh|mot goc|cac dai bieu|dai bieu|(?:cac )?dong chi|ong |ba "
    r"|d/c|(?:pgs|gs|ts|ths|luat gia|bac si|nha bao)\b|lanh dao|dai dien|tan |tap the|doan |chu tich|chu toa|ban to "
    r"chuc|chup anh|trao|cum truong|cac don vi|phat bieu)"
)
_CAPTION_WORDS = re.compile(
    r"quang canh|toan canh|phat bieu|chup anh|luu niem|chu tri|dieu hanh|ky ket|trao |tang |bieu quyet|thao luan|"
    r"bao cao|trinh bay|ra mat|tham quan|nhan (?:co|bang|hoa|ky)|du hoi|tham du|khai mac|hoi nghi|giao uoc|\banh:|"
    r"trong anh|doc |bau |tong ket|tiep thu|giai trinh|ban giao"
)
_LABELLED = re.compile(
    r"^(?:\(?\s*(?:theo|nguồn(?: tin)?|tác giả|bài(?:,| và)? ?(?:viết|ảnh)?(?: và ảnh)?|tin(?:,| và)? ?(?:bài|"
    r"ảnh)?(?:, ảnh)?|người viết|người cập nhật|thực hiện|tin bài|ảnh và bài|pv|"
    r"ctv)\s*[:：]\s*)(?P<name>.{2,70}?)\)?\.?$",
    re.IGNORECASE,
)
_DOER = re.compile(r"^(?P<name>.{3,70}?)\s*\((?:thực hiện|ttv|tổng hợp|th|đưa tin|st|sưu tầm|t/h|gt|ctv|pv|lhh|vusta)\)\.?$", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:ban biên tập|bbt|pv|văn phòng(?: [A-ZĐ].{0,40})?|ban thông tin.{0,40}|ban tư vấn.{0,30}|phòng .{3,40}|tổ truyền thông|admin)\.?$",
    re.IGNORECASE,
)
_THEO = re.compile(r"^\(?(?:theo)\s+(?P<name>[A-ZĐÀ-Ỹ].{2,60}?)\)?\.?$", re.IGNORECASE)
_NAME = re.compile(r"^(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\.?)(?:\s*[-–,&+]?\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\.?){1,5}$")
_LISTED_NEWS = re.compile(
    r"^[-•*»>\s]*.{15,200}\(\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?:\s*[-,]?\s*\d{1,2}:\d\d)?\s*\)$|"
    r"^\[?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\]?\s*[-–:]?\s+\S.{15,200}[^.]$"
)
_CREDIT = re.compile(r"\s*[.(–-]?\s*\(?(?:ảnh|nguồn ảnh|ảnh minh họa)\s*:\s*(?P<credit>[^()]{2,40})\)?\.?$", re.IGNORECASE)


def trim(article: Article) -> Article:
    """The article with captions told from paragraphs, its author found, and other news at its end cut off."""
    body, byline = _take_byline(_without_listed_news(_without_date_lines(list(article.body))))
    return with_body(article, _with_captions(body), byline=byline or _labelled(article.page.byline) or article.page.byline)


def split_credit(caption: str) -> tuple[str, str]:
    """ "Quang cảnh hội nghị. Ảnh: Lê Văn" as the caption and who took the picture."""
    found = _CREDIT.search(caption)
    return (caption[: found.start()].strip(), found["credit"].strip()) if found and found.start() > 3 else (caption, "")


def _without_date_lines(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.kind in ("image", "table") or not (len(block.text) < 90 and is_date_line(block.text))]


def _without_listed_news(blocks: list[Block]) -> list[Block]:
    """The titles of other reports, each with its date, in which an article without a heading for them ends."""
    end = len(blocks)
    while end and (blocks[end - 1].kind == "image" or _LISTED_NEWS.match(blocks[end - 1].text)):
        end -= 1
    listed = sum(block.kind != "image" for block in blocks[end:])
    return blocks[:end] if listed >= 2 else blocks


def _take_byline(blocks: list[Block]) -> tuple[list[Block], str]:
    """The last short line that names somebody; lines behind it that say nothing go with it."""
    for back in range(1, min(4, len(blocks)) + 1):
        block = blocks[-back]
        if block.kind == "image" or (not block.is_prose and block.kind != "caption" and block.kind != "heading"):
            continue
        if name := _byline(block.text):
            return blocks[: len(blocks) - back] + [b for b in blocks[len(blocks) - back + 1 :] if b.kind == "image"], name
        if len(block.text) > 110:
            break
    return blocks, ""


def _byline(line: str) -> str:
    bare = line.strip(" ./-–—*()")
    return _labelled(line.strip()) or (
        bare if _OFFICE.match(bare) or (len(bare) <= 42 and _NAME.match(bare) and not fold(bare).startswith(_NOT_NAMES)) else ""
    )


_NOT_NAMES = ("hoi nghi", "dai hoi", "quang canh", "toan canh", "mot so", "viet nam", "ha noi")


def _labelled(line: str) -> str:
    for pattern in (_LABELLED, _DOER, _THEO):
        if found := pattern.match(line):
            return found["name"].strip(" .")
    return ""


def _with_captions(blocks: list[Block]) -> list[Block]:
    made: list[Block] = []
    for i, block in enumerate(blocks):
        after_image = bool(made) and made[-1].kind == "image"
        made.append(replace(block, kind="caption") if _is_caption(block, after_image, i == 0) else block)
    return made


def _is_caption(block: Block, after_image: bool, first: bool) -> bool:
    if block.kind == "caption" or block.kind not in ("paragraph", "quote", "heading"):
        return block.kind == "caption"
    line, folded = block.text, fold(block.text.strip("( "))
    if after_image:
        return (len(line) <= 130 and not line.endswith((".", ":", ";"))) or (len(line) <= 330 and _likely_caption(folded))
    if first or len(line) > 230 or (line.endswith((".", ":", ";", "./.")) and not line.startswith("(")):
        return False
    return block.kind == "paragraph" and _likely_caption(folded) and not furniture.is_junk(line) and not re.match(r"\d+[.)]|[IVX]+\.", line)


def _likely_caption(folded: str) -> bool:
    return bool(_CAPTION_START.match(folded)) and bool(_CAPTION_WORDS.search(folded))
