"""Words that tell what a line is about: meetings, bodies, places. Folded where they are compared folded."""

from __future__ import annotations

import re

from plugins.archive import text

EVENT = re.compile(
    r"hoi nghi|giao ban|so ket|tong ket|hop mat|gap mat|ky ket|giao uoc|dai hoi|hoi thao|toa dam|phien hop|cuoc hop|"
    r"buoi hop|ky hop|thi dua|cum truong|"
    r"ban chap hanh|kien toan|ra mat|tong ket|le ky|hop (?:ban|giao|cum|khoi|de|ban)"
)
_BODY_START = re.compile(
    r"(?:trang (?:thong tin|tin|chu)|cong (?:thong tin|ttdt)|website|bao |tap chi|lien hiep|lien minh|lien doan|hoi "
    r"|hiep hoi|so |ubnd|uy ban|tinh |thanh pho |dang bo |mat tran|cum |khoi )"
)
_VERB = re.compile(
    r"\b(?:to chuc|dien ra|hop|giao ban|so ket|tong ket|ky ket|ky|bau|trien khai|ban|danh gia|khai mac|ra mat|gop|"
    r"dat|thuc hien|don|tham|lam viec|tiep|phat dong|cung co|thong nhat|hoi nghi|hoi thao|dai hoi|hop mat|nhin lai|"
    r"nang cao|doi moi|day manh|kien toan|chia tay|ban giao|bao cao|tap huan)\b"
)
_STOP = frozenset(
    [
        "va",
        "cua",
        "cac",
        "nhung",
        "tai",
        "cho",
        "trong",
        "voi",
        "la",
        "co",
        "duoc",
        "de",
        "ve",
        "ngay",
        "nam",
        "thang",
        "tinh",
        "thanh",
        "pho",
        "so",
        "nay",
        "do",
        "da",
        "se",
        "tu",
        "den",
    ]
)


def content_words(line: str) -> set[str]:
    """The words of a line that say something, folded."""
    return set(text.words(line[:2000])) - _STOP


def speaks_of_event(line: str) -> bool:
    return EVENT.search(text.fold(line)) is not None


def is_body_name(line: str) -> bool:
    """True for a line that only names a body: the site's own name above the title."""
    folded = text.fold(line.strip())
    return len(line) < 140 and bool(_BODY_START.match(folded)) and not _VERB.search(folded)


# What may end a sentence, and the dots that do not: of degrees, of "TP.", of "T.Ư".
_END = re.compile(r"(?<=[.!?…])[”\")]?\s+")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|Tp|TX|TS|GS|PGS|KS|BS|LS|VS|ThS|Ths|TSKH|NGƯT|St|tr)|T\.Ư|[Đđ]/?\.?c|[Đđ])\.$")


def sentences(paragraph: str) -> list[tuple[int, str]]:
    """The sentences of a paragraph, each with the place where it begins."""
    found, start = [], 0
    for match in _END.finditer(paragraph):
        before, following = paragraph[start : match.start()], paragraph[match.end() : match.end() + 1]
        if not (following.isupper() or following.isdigit() or following in '“"(•-') or _ABBREVIATED.search(before[-8:]):
            continue
        found.append((start, before.strip()))
        start = match.end()
    found.append((start, paragraph[start:].strip()))
    return [(place, sentence) for place, sentence in found if sentence]
