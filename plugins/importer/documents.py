"""The documents a report cites, found by the archive's own rules after the slips of old pages are mended."""

from __future__ import annotations

import re

from plugins.archive import citations

from .article import Article
from .suggestion import Suggestion, quoted

_GLUED = re.compile(r"(?<=[a-zà-ỹ])(?=\d{1,4}\s?[-/]\s?(?:NQ|CT|KL|QĐ|KH|HD|TB|CV|BC)\b)")
_RARE_TYPE = re.compile(
    r"(giấy mời|thông cáo|hiệp định|thỏa thuận|thoả thuận|hợp đồng|lệnh|thư mời|phương án|điều "
    r"lệ|nội quy)\s*(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
_WIDE = re.compile(
    r"(?<=\d)\s+(?:[-–]|/)\s*(?=(?:NQ|CT|KL|QĐ|KH|HD|TB|CV|BC|TTr|CTr)[/-])|(?<=[A-ZĐ])\s*([-/])\s+(?=[A-ZĐ]{2,})|"
    r"(?<=[A-ZĐ])\s+([-/])\s*(?=[A-ZĐ]{2,}\b)"
)


def find(article: Article) -> list[Suggestion[citations.Mention]]:
    """Each document once, with the date and issuer that any of its mentions gives."""
    best: dict[tuple[str, str], Suggestion[citations.Mention]] = {}
    for line in (*article.paragraphs, *article.captions):
        text = mended(line)
        for mention in (_completed(found, text) for found in citations.find(text)):
            key = (citations.type_key(mention.type), citations.number_key(mention.number))
            known = best.get(key)
            if (
                known is None
                or (mention.date and not known.value.date)
                or (mention.issuer and not known.value.issuer and not known.value.date)
            ):
                best[key] = Suggestion(mention, quoted(text, max(0, mention.start - 60), mention.date_end + 60), 0.97)
    return list(best.values())


def _completed(mention: citations.Mention, text: str) -> citations.Mention:
    """A type the archive's rules do not know is taken from the text."""
    named = _RARE_TYPE.search(text[: mention.start]) if mention.type == citations.UNKNOWN_TYPE else None
    return mention._replace(type=named[1].capitalize()) if named else mention


def mended(line: str) -> str:
    """Numbers without stray spaces: "20 – NQ/TW", "1723/HD -TLĐ", "số124/ BTĐKT"."""
    return _WIDE.sub(lambda m: m[1] or m[2] or "-", _GLUED.sub(" ", line))
