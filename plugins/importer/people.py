"""Finds the people that a text names: honorific, name, and the position that stands before or behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plugins.archive.text import match_key

from . import gazetteer, roles

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DEGREE = r"(?:GS|PGS|TSKH|TS|ThS|Ths|VS|NGƯT|NGND|BS|KS|LS|DS|CN|NCS|CKI{1,2}|CK[12]|BSCKI{1,2}|TTND|TTƯT|KTS|AHLĐ|NSND|NSƯT|PGs|Ts)"
_HONORIFIC = (
    rf"(?:{_DEGREE}(?:\s?[.,\-–]+\s?{_DEGREE})*\.?|(?:[Cc]ác\s+)?(?:[Đđ]ồng chí|ĐỒNG CHÍ|[Đđ]/[Cc]|[Đđ]\.\s?[Cc]\.?|"
    rf"ÔNG|[Ôô]ng|BÀ|[Bb]à|[Aa]nh|[Cc]hị)|[Cc]ác vị|"
    r"(?:[Pp]hó [Gg]|[Gg])iáo sư|[Tt]iến s[ĩỹ](?: khoa học)?|[Tt]hạc s[ĩỹ]|[Vv]iện s[ĩỹ]|[Ll]uật sư|[Ll]uật gia|"
    r"[Dd]oanh nhân|[Nn]hà báo|[Kk]ỹ sư|[Bb]ác s[ĩỹ]|[Dd]ược s[ĩỹ]|[Nn]hà giáo|[Nn]hà văn|[Nn]hà khoa học|[Nn]ghệ "
    r"nhân|"
    r"(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại)\s+tướng|(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại)\s+tá|[Ll]inh mục|[Hh]òa thượng)"
)
_BEFORE = re.compile(rf"(?<![\wÀ-ỹ&-])((?:{_HONORIFIC}(?:\s*[,.:–-]\s*|\s+))+)$")
_DEGREE_ONLY = re.compile(rf"^{_DEGREE}\.?$")
_SEPARATOR = re.compile(r"\s*(?:[-–—:,]|\(|,?\s+là)\s*(?:là\s+|nay là\s+|hiện là\s+)?")
_OFFICE_HEAD = re.compile(
    r"(?:Phó )?(?:Trưởng )?(?:Khối|Cụm)(?: [Tt]rưởng| [Pp]hó)?(?= )|(?:Phó )?(?:Bí Thư|Giám Đốc|Chủ Tịch|Tổng Thư "
    r"Ký|Trưởng Ban|Trưởng Phòng|Hiệu Trưởng)(?= )"
)
_BORDER = re.compile(r",\s*|\s+và\s+")
_GLUED = re.compile(r"\s(?=Phó |Chủ tịch|Tổng |Giám |Trưởng |Bí thư|Cụm |Ủy viên)")
_BRACKET = re.compile(r"\s*\((?P<role>[^()]{5,120})\)")
_CONNECTOR = re.compile(r"[\s,;]*(?:(?:và|cùng|với|có|gồm|do|là)\s+)*")
_PRE_CUT = re.compile(r"[.;:!?()“”\"…]|\s[-–—]\s|,")
_CAPITAL_ORG = re.compile(
    r"^(?:Liên|Hội|Hiệp|Ban|Sở|Ủy|Uỷ|Đảng|Cụm|Khối|Trung|Công|Bộ|Mặt|Tỉnh|Nghị|Quyết|Chỉ|Kế|Đại|Luật|Điều|Ngày|Năm|"
    r"Quý|Khoa|Nhà|Quỹ|Viện|Trường|Báo|Tạp|Văn phòng)$"
)
_INSIDE_ORG = frozenset("chủ phó hội ban sở ủy uỷ cụm khối đảng nghị quyết liên hiệp tỉnh tịch thư tổng bí giám trưởng".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """One person in one place of a text. ``start`` and ``end`` span everything that belongs to him, ``name_start`` and ``name_end`` the name."""

    name: str
    """As it should be written: each word with a capital."""
    as_written: str
    start: int
    end: int
    name_start: int
    name_end: int
    honorific: str = ""
    role: str = ""
    """Positions as written; empty where the text gives none here."""

    @property
    def key(self) -> str:
        return match_key(self.name)


def find(text: str) -> tuple[Mention, ...]:
    """The people of a text in order. A name counts where an honorific, a position or a common family name speaks for it."""
    bare = _names(text)
    found: list[Mention] = []
    done = 0
    for i, mention in enumerate(bare):
        following = bare[i + 1] if i + 1 < len(bare) else None
        mention = _with_role_before(text, mention, done)
        mention = _with_role_after(text, mention, following)
        if mention.honorific or mention.role or _is_sure_name(mention):
            found.append(mention)
            done = mention.end
    return tuple(found)


def _names(text: str) -> list[Mention]:
    found = []
    for run in _runs(text):
        if mention := _name_in(text, run):
            found.append(mention)
    return found


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Runs of words with a capital, one space apart; a small letter within a name ("Lê văn Tám") is let pass."""
    runs: list[list[re.Match[str]]] = []
    tokens = list(_TOKEN.finditer(text))
    for i, token in enumerate(tokens):
        joined = bool(runs) and i > 0 and runs[-1][-1] is tokens[i - 1] and text[tokens[i - 1].end() : token.start()] == " "
        if token[0][0].isupper():
            runs[-1].append(token) if joined else runs.append([token])
        elif joined and len(runs[-1]) <= 2 and _is_small_middle(text, tokens, i):
            runs[-1].append(token)
    return [run for run in runs if 2 <= len(run) <= 14]


def _is_small_middle(text: str, tokens: list[re.Match[str]], i: int) -> bool:
    if i + 1 >= len(tokens) or match_key(tokens[i - 1][0]) not in gazetteer.SURNAMES or not tokens[i + 1][0][0].isupper():
        return False
    after = text[tokens[i + 1].end() : tokens[i + 1].end() + 3]
    return (
        text[tokens[i].end() : tokens[i + 1].start()] == " "
        and bool(re.match(r"\s?[-–—,]", after))
        and tokens[i][0] not in ("và", "với", "của", "tại", "ở")
    )


def _name_in(text: str, run: list[re.Match[str]]) -> Mention | None:
    run = _without_title(text, run)
    run = _before_role(text, run)
    if len(run) < 2:
        return None
    honorific = _BEFORE.search(text, max(0, run[0].start() - 70), run[0].start())
    skipped = 0
    if honorific is None:
        skipped = _place_in_front(text, run)
        degree = next((n for n, token in enumerate(run[:8]) if n and _DEGREE_ONLY.match(token[0])), None)
        if degree is not None:
            return _name_in(text, run[degree + 1 :])
    words = run[skipped:]
    start = _surname_place(words, honorific is not None, skipped > 0)
    if start is None:
        return None
    words = words[start:]
    if not 2 <= len(words) <= 5 or _is_no_person(text, words, skipped + start > 0, honorific is not None):
        return None
    begin = honorific.start(1) if honorific and not (skipped + start) else words[0].start()
    as_written = text[words[0].start() : words[-1].end()]
    title = honorific[1].strip(" ,:") if honorific and not (skipped + start) else ""
    return Mention(
        _spelt(as_written), as_written, begin, words[-1].end(), words[0].start(), words[-1].end(), re.sub(r"^[Cc]ác\s+(?:vị)?", "", title)
    )


def _without_title(text: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A run without the title or office at its head ("Ông", "TS", "Phó Khối"); "Ông" stays where no family name follows it."""
    while len(run) > 2:
        head = run[0][0].lower()
        office = _OFFICE_HEAD.match(text, run[0].start(), run[-1].start())
        if (
            head in ("bà", "anh", "chị")
            or _DEGREE_ONLY.match(run[0][0])
            or (head == "ông" and (len(run) > 3 or match_key(run[1][0]) in gazetteer.SURNAMES))
        ):
            run = run[1:]
        elif office and office.end() < run[-1].start():
            run = [token for token in run if token.start() >= office.end()]
        else:
            break
    return run


def _before_role(text: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A run without the office that is glued behind the name ("Lê Văn Tám Phó chủ tịch")."""
    for i in range(2, len(run)):
        if roles.begins(text[run[i].start() : run[i].start() + 40]) and match_key(run[i][0]) not in ("ct", "bt", "trưởng"):
            return run[:i]
    return run


def _place_in_front(text: str, run: list[re.Match[str]]) -> int:
    return gazetteer.province_at_start([token[0] for token in run])


def _surname_place(words: list[re.Match[str]], has_honorific: bool, after_place: bool) -> int | None:
    """Where in a run the family name stands: at its head if that can be one, else the first common one behind a body's name."""
    keys = [match_key(word[0]) for word in words]
    if (
        keys[0] in gazetteer.SURNAMES
        and len(words) <= 5
        and not (len(words) > 4 and not has_honorific and not after_place and keys[0] not in gazetteer.COMMON_SURNAMES)
    ):
        return 0
    if has_honorific and 2 <= len(words) <= 5 and not _CAPITAL_ORG.match(words[0][0]):
        return 0
    places = [i for i, key in enumerate(keys) if i and key in gazetteer.COMMON_SURNAMES and 2 <= len(words) - i <= 5]
    return places[0] if places else None


def _is_no_person(text: str, words: list[re.Match[str]], behind_other: bool, has_honorific: bool) -> bool:
    name = text[words[0].start() : words[-1].end()]
    if match_key(name) in gazetteer.NOT_PEOPLE or gazetteer.province(name):
        return True
    if any(word[0].lower() in _INSIDE_ORG for word in words[:2]) or any(len(w[0]) > 8 for w in words):
        return True
    if any(word[0].isupper() and len(word[0]) > 1 for word in words) and not name.isupper():
        return True
    if name.isupper() and not has_honorific and len(words) > 4:
        return True
    return not has_honorific and not behind_other and gazetteer.follows_place_word(text, words[0].start())


def _spelt(name: str) -> str:
    return " ".join(word.capitalize() if word.islower() or word.isupper() else word for word in name.split(" "))


def _with_role_before(text: str, mention: Mention, done: int) -> Mention:
    """ "Chủ tịch Hội X Lê Văn Tám": the office reaches up to the name, or to the honorific before it."""
    piece = text[done : mention.start]
    left = re.sub(r"\s*[,:–-]?\s*$", "", piece)
    if not left or (len(piece) - len(left) > 1 and not mention.honorific):
        return mention
    connected = _CONNECTOR.match(left)
    start = connected.end() if connected else 0
    for cut in _PRE_CUT.finditer(left):
        rest = left[cut.end() :].lstrip()
        if not (cut[0] == "," and roles.begins(rest) and roles.begins(left[start:].lstrip())):
            start = cut.end()
    clause = left[start:]
    office = next((m for m in roles.START.finditer(clause) if m.start() == 0 or clause[m.start() - 1] in " ,-–—("), None)
    if office is None or office[0].lower() in ("đại diện", "thành viên", "là thành viên", "cán bộ") or len(clause) - office.start() > 220:
        return mention
    role = clause[office.start() :]
    begin = done + start + office.start()
    if roles.extent(text, begin, mention.start) < begin + len(role.rstrip(" ,-–—")):
        return mention
    return replace(mention, start=begin, role=role.strip(" ,-–—"))


def _with_role_after(text: str, mention: Mention, following: Mention | None) -> Mention:
    """ "Lê Văn Tám – Chủ tịch Hội X, Phó Chủ tịch Y": up to a verb, or to the next person."""
    separator = _SEPARATOR.match(text, mention.name_end) or _GLUED.match(text, mention.name_end)
    if separator is None or not roles.begins(text[separator.end() : separator.end() + 60]):
        return mention
    limit = following.start if following else len(text)
    end = roles.extent(text, separator.end(), limit)
    role = text[separator.end() : end]
    if following and end >= following.start - 1 and not text[end : following.start].strip() and not following.honorific:
        # "…, Giám đốc Sở Y Trần B": the last office stands before the next name and is his.
        borders = [m.start() for m in _BORDER.finditer(role) if roles.begins(role[m.end() :])]
        role = role[: borders[-1]] if borders else ""
        end = separator.end() + len(role)
    role = re.sub(r"\s+(?:và|cùng|với)$", "", role.strip(" ,-–—"))
    if not role:
        return mention
    if (bracket := _BRACKET.match(text, end)) and roles.begins(bracket["role"]):
        role, end = f"{role}, {bracket['role']}", bracket.end()
    return replace(mention, role=f"{mention.role}, {role}" if mention.role and role not in mention.role else role, end=end)


def _is_sure_name(mention: Mention) -> bool:
    words = mention.name.split(" ")
    return 3 <= len(words) <= 4 and match_key(words[0]) in gazetteer.SURNAMES
