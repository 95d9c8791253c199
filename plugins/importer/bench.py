"""How good the suggestions are: precision and recall by field, on pages labelled by hand.

The pages stand in two folders: ``tuned``, on which the rules were worked out, and ``held-out``, which was written before and never looked
at while they were. The second figure is the one to believe.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from plugins.archive import citations
from plugins.archive.text import fold, match_key

from . import pages, roles
from .fields import SURE
from .suggesting import Suggested, suggest
from .suggestion import Suggestion
from .taking import take
from .trimming import split_credit

LABELLED = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "importer"
TARGETS = {
    "published": (0.97, 0.97),
    "date": (0.95, 0.0),
    "cluster": (0.95, 0.95),
    "chairs": (0.95, 0.90),
    "role": (0.90, 0.90),
    "documents": (0.98, 0.98),
}
Label = dict[str, Any]
T = TypeVar("T")


@dataclass(slots=True)
class Score:
    """Counts for one field: of what was suggested, what was right; of what is there, what was found."""

    right: int = 0
    suggested: int = 0
    labelled: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    def add(self, suggested: Iterable[object], labelled: Iterable[object], page: str) -> None:
        """Compares what was suggested with what is labelled, as sets."""
        one, other = set(suggested), set(labelled)
        self.right += len(one & other)
        self.suggested += len(one)
        self.labelled += len(other)
        if one != other:
            self.faults.append(f"{page}: {sorted(map(str, one - other))} ≠ {sorted(map(str, other - one))}")


def _sure(suggestion: Suggestion[T] | None) -> TypeGuard[Suggestion[T]]:
    return suggestion is not None and suggestion.confidence >= SURE


def _date(found: Suggested) -> list[str]:
    return [str(found.date.value.date)] if _sure(found.date) and found.date.value.date else []


def _cluster(found: Suggested) -> list[str]:
    if not _sure(found.cluster):
        return []
    value = found.cluster.value
    return [f"{value.kind} {value.number} {fold(value.owner)}"]


def _labelled_cluster(label: Label) -> list[str]:
    given = label.get("cluster")
    return [f"{given['kind']} {given['number']} {fold(given['owner'])}"] if given else []


def _chairs(found: Suggested) -> list[str]:
    return [match_key(s.value.name or s.value.organization) for s in found.chairs if _sure(s)]


def _labelled_chairs(label: Label) -> list[str]:
    return [match_key(c["name"] or c["organizations"][0]) for c in label.get("chairs", [])]


def _roles(found: Suggested) -> list[str]:
    made = []
    for suggestion in found.chairs:
        if _sure(suggestion) and suggestion.value.role:
            office, organizations = roles.split(suggestion.value.role)
            made.append(_role(suggestion.value.name, office, organizations))
    return made


def _role(name: str, office: str, organizations: Iterable[str]) -> str:
    offices = sorted(re.split(r"\s*[,;]\s*|\s+kiêm\s+", fold(office)))
    return f"{match_key(name)}: {', '.join(offices)} @ {'; '.join(sorted(fold(o) for o in organizations))}"


def _labelled_roles(label: Label) -> list[str]:
    return [_role(c["name"], c["role"], c["organizations"]) for c in label.get("chairs", []) if c["role"]]


def _documents(found: Suggested) -> list[str]:
    return [f"{citations.type_key(s.value.type)} {citations.number_key(s.value.number)}" for s in found.documents]


def _labelled_documents(label: Label) -> list[str]:
    return [f"{citations.type_key(d['type'])} {citations.number_key(d['number'])}" for d in label.get("documents", [])]


def _simple(name: str) -> Callable[[Suggested], list[str]]:
    return lambda found: [fold(str(getattr(found, name).value))] if _sure(getattr(found, name)) else []


def _labelled(name: str) -> Callable[[Label], list[str]]:
    return lambda label: [fold(label[name])] if label.get(name) and not label[name].startswith("--") else []


def _captions(found: Suggested) -> list[str]:
    return [fold(split_credit(caption)[0]) for caption in found.article.captions]


def _labelled_leads(label: Label) -> list[str]:
    return [f"{term['year']} {[*map(fold, term['lead'])]} {[*map(fold, term['deputies'])]}" for term in label.get("leads", [])]


def _leads(found: Suggested) -> list[str]:
    return [f"{s.value.year} {[*map(fold, s.value.lead)]} {[*map(fold, s.value.deputies)]}" for s in found.leads if _sure(s)]


def _published(found: Suggested) -> list[str]:
    return [found.published.value.day.isoformat()] if _sure(found.published) else []


FIELDS: dict[str, tuple[Callable[[Suggested], list[str]], Callable[[Label], list[str]], bool]] = {
    "published": (_published, _labelled("published"), True),
    "date": (_date, _labelled("date"), True),
    "cluster": (_cluster, _labelled_cluster, True),
    "chairs": (_chairs, _labelled_chairs, True),
    "role": (_roles, _labelled_roles, True),
    "documents": (_documents, _labelled_documents, True),
    "title": (_simple("title"), _labelled("title"), True),
    "session": (_simple("session"), _labelled("session"), True),
    "kind": (_simple("kind"), _labelled("kind"), False),
    "review": (_simple("review"), _labelled("review"), False),
    "plan": (_simple("plan"), _labelled("plan"), False),
    "venue": (_simple("venue"), _labelled("venue"), False),
    "host": (_simple("host"), _labelled("host"), True),
    "province": (_simple("province"), _labelled("province"), False),
    "leads": (_leads, _labelled_leads, True),
    "captions": (_captions, lambda label: [fold(caption) for caption in label.get("captions", [])], False),
}
"""For each field: what is suggested, what is labelled, and whether a page without the label says that there is none."""


def measure(folder: Path) -> dict[str, Score]:
    """Scores every labelled page of a folder. A page is labelled where a .json of the same name stands beside it."""
    scores = {name: Score() for name in FIELDS}
    for label_file in sorted(folder.glob("*.json")):
        label = json.loads(label_file.read_text(encoding="utf-8"))
        source = next(path for path in sorted(folder.glob(f"{label_file.stem}.*")) if path.suffix != ".json")
        found = suggest(take(pages.read(source.read_bytes(), name=source.name)))
        for name, (suggested, labelled, always) in FIELDS.items():
            if always or name in label:
                scores[name].add(suggested(found), labelled(label), source.name)
    return scores


def table(scores: dict[str, dict[str, Score]]) -> str:
    """The figures of every folder side by side, with what is to be reached."""
    head = f"{'':<11}" + "".join(f"{folder + ' P':>14}{'R':>7}{'n':>5}" for folder in scores) + f"{'target P / R':>16}"
    lines = [head]
    for name in FIELDS:
        cells = "".join(f"{s[name].precision:>14.3f}{s[name].recall:>7.3f}{s[name].labelled:>5}" for s in scores.values())
        target = f"{TARGETS[name][0]:.2f} / {TARGETS[name][1]:.2f}" if name in TARGETS else ""
        lines.append(f"{name:<11}{cells}{target:>16}")
    return "\n".join(lines)


def missed(scores: dict[str, Score]) -> list[str]:
    """Which targets a folder's figures do not reach."""
    return [
        f"{name}: P {scores[name].precision:.3f} ({precision}), R {scores[name].recall:.3f} ({recall})"
        for name, (precision, recall) in TARGETS.items()
        if scores[name].precision < precision or scores[name].recall < recall
    ]


def main(argv: list[str]) -> int:
    """``tasks.py bench --importer``: prints the table; 1 where the held-out pages miss a target."""
    parser = argparse.ArgumentParser(
        prog="tasks.py bench --importer", description="Đo độ chính xác của phần gợi ý / Score the suggestions."
    )
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="thư mục các trang đã gắn nhãn / folder of labelled pages")
    parser.add_argument("--faults", action="store_true", help="liệt kê chỗ sai của phần «tuned» / list what is wrong among the tuned pages")
    asked = parser.parse_args(argv)
    scores = {folder.name: measure(folder) for folder in sorted(asked.labelled.iterdir()) if any(folder.glob("*.json"))}
    print(table(scores))
    if asked.faults and "tuned" in scores:
        print("\n".join(f"{name}: {fault}" for name, score in scores["tuned"].items() for fault in score.faults))
    return 1 if missed(scores.get("held-out", {name: Score() for name in FIELDS})) else 0
