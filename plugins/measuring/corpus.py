"""Synthetic archives of any size: plainly invented places and people, text that grows and repeats as real text does.

The same size and seed give the same bytes. Syllables follow a Zipf law over a vocabulary built from Vietnamese initials, rimes and tones;
most stand in fixed pairs, as Vietnamese words do, and the stock of pairs, names and documents grows with the archive (Heaps' law).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugins.archive.problems import N_
from plugins.archive.text import slugify

FIRST_YEAR, LAST_YEAR = 2000, 2025
SYLLABLES_A_MEETING = 700
_INITIALS = "b c ch d đ g gi h kh l m n ng nh ph qu s t th tr v x".split()
_RIMES = "a ai am an ang anh ao ăm ăn âm ân ât âu e em en eo ê ên êu i iên in inh o oa oi on ong ô ôi ôn ông ơ ơi ơn u ui un ung ư ưng ươi ươn ương".split()
_TONES = {
    "a": "áàảãạ", "ă": "ắằẳẵặ", "â": "ấầẩẫậ", "e": "éèẻẽẹ", "ê": "ếềểễệ", "i": "íìỉĩị", "o": "óòỏõọ", "ô": "ốồổỗộ", "ơ": "ớờởỡợ", "u": "úùủũụ", "ư": "ứừửữự",
}  # fmt: skip
_COMMON = (
    "hội nghị|triển khai|nhiệm vụ|công tác|khoa học|kỹ thuật|công nghệ|thành viên|thi đua|liên hiệp|tổ chức|thực hiện|đơn vị|phát biểu|"
    "chuyển đổi|phản biện|tư vấn|giám định|xã hội|trí thức|phổ biến|kiến thức|kế hoạch|chương trình|phối hợp|đánh giá|kết quả|trọng tâm"
).split("|")
_PLACES = "Sông Mây|Hồng Lạc|Bạch Sa|Tân Lâm|Đông Giang|Vân Trà|Thạch Khê|Lam Thủy|Kim Ngàn|Phượng Sơn|Mộc Hương|Thanh Vực".split("|")
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Khổng|Đàm|Bế|Trịnh".split("|")
_FIELDS = "Luật gia|Làm vườn|Sinh vật cảnh|Văn nghệ dân gian|Khoa học Lịch sử|Cầu đường|Điện lực|Tin học|Đông y|Nuôi ong|Hóa học|Địa chất".split("|")
_POSITIONS = "Chủ tịch|Phó Chủ tịch|Tổng Thư ký|Phó Chủ tịch thường trực|Ủy viên Ban Thường vụ|Chánh Văn phòng".split("|")
_KINDS = (("giao ban", "Giao ban"), ("sơ kết", "Sơ kết công tác"), ("tổng kết", "Tổng kết công tác"), ("ký kết giao ước", "Ký kết giao ước thi đua"))
_SYMBOLS = (("Nghị quyết", "NQ/TV"), ("Chỉ thị", "CT/TV"), ("Kết luận", "KL/TV"), ("Quyết định", "QĐ-THV"), ("Kế hoạch", "KH-THV"))


class _Report(Protocol):
    def failed(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Union:
    """A union, its clusters and the people and bodies who appear at its meetings."""

    place: str
    id: str
    clusters: int
    members: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh {self.place}"


def write(count: int, folder: Path, seed: int = 1, progress: Callable[[int], None] = lambda done: None) -> None:
    """Writes an archive of ``count`` meetings below ``folder`` (made where it is missing). Raises ValueError where it is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    made = Corpus(count, seed)
    for done, (path, content) in enumerate(made.files(), 1):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
        progress(done)


def command(words: Sequence[str], seed: int, report: _Report) -> int:
    """Writes the archive that the two words ask for; gives the exit status."""
    if len(words) != 2 or not words[0].isdigit():
        report.failed(N_("cần hai tham số: số hội nghị và thư mục, ví dụ: corpus 1000 build/corpus"))
        return 2
    try:
        write(int(words[0]), Path(words[1]), seed)
    except ValueError:
        report.failed(N_("thư mục không trống; chọn thư mục khác"))
        return 1
    return 0


class Corpus:
    """An archive of a given size, file by file."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self._random = random.Random(f"{seed}-{count}")
        self._slugs: set[str] = set()
        self._pairs, self._weights = self._vocabulary()
        self.unions = [self._union(place) for place in self._place_names(3 + round((count / 40) ** 0.5))]
        self.documents = self._documents(20 + round(4 * count**0.5))
        self._document_weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.documents))))

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file's path below content/ and its text."""
        for union in self.unions:
            yield from self._authorities(union)
        for number in range(self.count):
            yield self._meeting(number)

    # Stocks

    def _vocabulary(self) -> tuple[list[str], list[float]]:
        syllables = [initial + self._toned(rime) for initial in _INITIALS for rime in _RIMES]
        self._random.shuffle(syllables)
        size = min(400 + round(60 * self.count**0.5), 30_000)
        pairs = _COMMON + [f"{self._random.choice(syllables)} {self._random.choice(syllables)}" for _ in range(size)]
        return pairs, list(itertools.accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(pairs))))

    def _toned(self, rime: str) -> str:
        tone = self._random.randrange(6)
        vowels = [place for place, letter in enumerate(rime) if letter in _TONES]
        # The tone stands over the last vowel of a closed syllable and over the last but one of an open one.
        place = vowels[-2] if len(vowels) > 1 and vowels[-1] == len(rime) - 1 else vowels[-1]
        return rime if tone == 5 else rime[:place] + _TONES[rime[place]][tone] + rime[place + 1 :]

    def _place_names(self, count: int) -> list[str]:
        names = list(_PLACES)
        while len(names) < count:
            name = " ".join(word.capitalize() for word in self._random.choice(self._pairs).split(" "))
            names += [name] if self._is_new(name) else []
        return names[:count]

    def _is_new(self, name: str) -> bool:
        slug = slugify(name)
        is_new = slug not in self._slugs
        self._slugs.add(slug)
        return is_new

    def _union(self, place: str) -> Union:
        people: list[str] = []
        while len(people) < 12 + round(self.count**0.25):
            middle, given = self._random.choice(self._pairs).title().split(" ")[-2:]
            name = f"{self._random.choice(_FAMILIES)} {middle} {given}"
            people += [name] if self._is_new(name) else []
        members = tuple(f"Hội {field} tỉnh {place}" for field in self._random.sample(_FIELDS, 8))
        return Union(place, f"lhh-{slugify(place)}", self._random.randint(3, 6), members, tuple(people))

    def _documents(self, count: int) -> list[tuple[str, str]]:
        made = []
        for number in range(1, count + 1):
            kind, symbol = self._random.choice(_SYMBOLS)
            made.append((f"{kind} số {number}-{symbol}", f"{self._random.randint(1, 28)}/{self._random.randint(1, 12)}/{1985 + number % 15}"))
        return made

    # Files

    def _authorities(self, union: Union) -> Iterator[tuple[str, str]]:
        header = f"name: {union.name}\nabbreviations: LHH; LHH {union.place}\nkind: liên hiệp hội\nlevel: tỉnh\nprovince: {union.place}"
        yield f"organizations/{union.id}.md", f"---\n{header}\n---\n"
        for number in range(1, union.clusters + 1):
            years = "\n".join(
                f"  - {{year: {year}, lead: {union.members[(year + number) % 8]}, deputies: {union.members[(year + number + 1) % 8]}}}"
                for year in range(FIRST_YEAR, LAST_YEAR + 1, 2)
            )
            members = "; ".join(union.members)
            yield (
                f"clusters/{union.id[4:]}-cum-{number}.md",
                f"---\nowner: {union.id}\nkind: cụm\nnumber: {number}\n"
                f"members:\n  - year: {LAST_YEAR}\n    count: 8\n    organizations: {members}\nleads:\n{years}\n---\n",
            )

    def _meeting(self, number: int) -> tuple[str, str]:
        choose = self._random
        union = self.unions[number % len(self.unions)]
        year = FIRST_YEAR + number * (LAST_YEAR - FIRST_YEAR + 1) // max(self.count, 1)
        month, day = choose.randint(1, 12), choose.randint(1, 28)
        cluster = choose.randint(1, union.clusters)
        kind, label = choose.choice(_KINDS)
        quarter = (month + 2) // 3
        title = f"Cụm thi đua số {cluster} {union.place}: {label} quý {('I', 'II', 'III', 'IV')[quarter - 1]} năm {year}"
        chairs = choose.sample(union.people, 2)
        path = f"meetings/{year}/{year}-{month:02}-{day:02}-{slugify(kind)}-{union.id[4:]}-{cluster}-{number}.md"
        header = [
            f'title: "{title}"',
            f"date: {year}-{month:02}-{day:02}",
            f"session: {choose.choice(('sáng', 'chiều'))}",
            f"kind: {kind}",
            f"period: {{review: {year}-Q{quarter}}}",
            f"cluster: {union.id[4:]}-cum-{cluster}",
            "chairs:",
            *(f"  - {{name: {name}, role: {choose.choice(_POSITIONS)}, organization: {choose.choice(union.members)}}}" for name in chairs),
            f"speakers: {choose.choice(union.people)}",
            f"host: {choose.choice(union.members)}",
            f"venue: Hội trường {union.place}",
            f"province: {union.place}",
            f"summary: {self._sentence(24)}",
            f"sources: https://lien-hiep-hoi-{slugify(union.place)}.example/{number}.html",
        ]
        return path, "---\n" + "\n".join(header) + "\n---\n" + self._body(union, chairs[0])

    def _body(self, union: Union, giver: str) -> str:
        paragraphs = [self._paragraph(union) for _ in range(6)]
        tasks = "\n".join(f"{number}. {self._sentence(30)}" for number in range(1, 6))
        return "\n\n".join([*paragraphs, f"## Nhiệm vụ do {giver} giao", tasks, self._paragraph(union)]) + "\n"

    def _paragraph(self, union: Union) -> str:
        sentences = [self._sentence(self._random.randint(14, 26)) for _ in range(3)]
        if self._random.random() < 0.4:
            label, date = self._random.choices(self.documents, cum_weights=self._document_weights)[0]
            sentences.insert(1, f"Các đơn vị triển khai {label} ngày {date} của Trung ương Thử nghiệm.")
        if self._random.random() < 0.3:
            sentences.append(f"{self._random.choice(union.people)} nêu {self._random.randint(2, 999)} ý kiến.")
        return " ".join(sentences)

    def _sentence(self, syllables: int) -> str:
        pairs = self._random.choices(self._pairs, cum_weights=self._weights, k=max(1, syllables // 2))
        return " ".join(pairs).capitalize() + "."
