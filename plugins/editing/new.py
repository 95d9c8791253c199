"""Writes a new record from the answers to a few questions; what it writes passes the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, get_args

from pydantic import ValidationError

from plugins.archive.archive import Archive
from plugins.archive.citations import number_key, type_key
from plugins.archive.documents import called
from plugins.archive.field_types import is_id
from plugins.archive.loading import load
from plugins.archive.problems import KINDS, N_, Problem, Translate, nearest
from plugins.archive.schema import RECORD_FIELDS
from plugins.archive.text import fold, match_key, slugify, sort_key

from .asking import Asker, Given, Question, Terminal
from .day_forms import iso
from .fixing import write_beside
from .labels import LABELS
from .soundness import faults
from .writing import record_text

KINDS_OF_RECORD = {"meeting": "meetings", "person": "people", "organization": "organizations", "cluster": "clusters", "document": "documents"}
_ASKED = {
    "meetings": ("title", "date", "session", "kind", "cluster", "union", "chairs", "host", "venue", "province", "sources", "summary"),
    "people": ("name", "variants", "honorific", "qualifier"),
    "organizations": ("name", "kind", "parent", "province", "level", "abbreviations", "scope"),
    "clusters": ("owner", "kind", "number", "name", "level"),
    "documents": ("type", "number", "date", "issuer", "title", "variants", "url"),
}
"""What is asked, in this order; everything else can be added in the file."""
_PERSONS, _BODIES = ("chairs",), ("union", "host", "parent", "owner")
_BODY = {"meetings": "Viết bài ở đây.\n"}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the questions are asked against."""

    content: Path
    folder: str
    archive: Archive
    errors: frozenset[Problem]
    """What is wrong already, and no fault of the new record."""
    translate: Translate

    def choices(self, field: str) -> tuple[str, ...]:
        if field in _PERSONS:
            return tuple(person.name for person in self.archive.people.values())
        if field in _BODIES:
            return tuple(dict.fromkeys(body.name for body in self.archive.organizations.values()))
        if field == "cluster":
            return tuple(self.archive.clusters)
        if field == "province":
            return tuple(sorted({m.province for m in self.archive.meetings.values() if m.province}))
        if self.folder == "documents" and field in ("type", "issuer"):
            return tuple(sorted({getattr(document, field) for document in self.archive.documents.values()} - {""}, key=sort_key))
        annotation = RECORD_FIELDS[self.folder].model_fields[field].annotation
        return tuple(choice for choice in get_args(annotation) if isinstance(choice, str) and choice)


def new(kind: str, answers: Mapping[str, str] | None, content: Path, translate: Translate, stream: TextIO) -> int:
    """Asks (or takes ``answers``, by field), writes the file and names it; gives 0, 1 where no record came of it, 2 for wrong usage."""
    if kind not in KINDS_OF_RECORD:
        known = ", ".join(KINDS_OF_RECORD)
        print(translate(N_("không có loại «%(value)s»; chọn một trong: %(known)s")) % {"value": kind, "known": known}, file=stream)
        return 2
    if not content.is_dir():
        print(translate(N_("không có thư mục nội dung %(path)s")) % {"path": content}, file=stream)
        return 2
    archive, problems = load(content)
    desk = _Desk(content, KINDS_OF_RECORD[kind], archive, frozenset(problems.errors), translate)
    asker: Asker = Terminal(translate) if answers is None else Given(answers)
    try:
        file, spoilt = _write(desk, _answers(desk, asker, answers or {}), asker)
    except (EOFError, KeyboardInterrupt):
        print("\n" + translate(N_("đã thôi; chưa ghi gì")), file=stream)
        return 1
    except ValueError as error:
        print(error, file=stream)
        return 1
    print(translate(N_("đã ghi %(path)s")) % {"path": file}, file=stream)
    if spoilt:
        print(translate(N_("từ nay phải sửa thêm:")), *(problem.render(translate) for problem in spoilt), sep="\n", file=stream)
    return 0


def answers_from(words: Sequence[str]) -> dict[str, str] | None:
    """``field=answer`` words as answers; None where there is none, so that the editor is asked. Raises ValueError for another word."""
    wrong = next((word for word in words if "=" not in word), None)
    if wrong is not None:
        raise ValueError(wrong)
    return {name: value for name, _, value in (word.partition("=") for word in words)} or None


def _answers(desk: _Desk, asker: Asker, given: Mapping[str, str]) -> dict[str, Any]:
    asked = _ASKED[desk.folder]
    further = [name for name in given if name not in asked and name not in ("id", "body")]
    unknown = [name for name in further if name not in RECORD_FIELDS[desk.folder].model_fields]
    if unknown:
        known = nearest(unknown[0], RECORD_FIELDS[desk.folder].model_fields)
        raise ValueError(_problem(desk, "field-unknown", value=unknown[0], nearest=known))
    values: dict[str, Any] = {}
    for field in (*asked, *further):
        if field == "union" and values.get("cluster"):
            continue  # the cluster's owner is meant
        answer = asker.ask(Question(field=field, text=_label(desk, field), choices=desk.choices(field), fault=_checker(desk, field)))
        if answer:
            values[field] = _mended(field, answer)
    return values


def _label(desk: _Desk, field: str) -> str:
    info = RECORD_FIELDS[desk.folder].model_fields[field]
    choices = desk.choices(field) if field in ("session", "kind", "level") else ()
    hint = " (" + " / ".join(choices) + ")" if choices else " (2025-10-09)" if field == "date" else ""
    return LABELS[field] + (" *" if info.is_required() else "") + hint


def _mended(field: str, answer: str) -> str:
    """The day as 2023-04-18, where it was typed as 18/4/2023."""
    return (iso(answer) or answer) if field in ("date", "date_end", "valid_from", "valid_to") else answer


def _checker(desk: _Desk, field: str) -> Callable[[str], str]:
    model = RECORD_FIELDS[desk.folder]

    def fault(answer: str) -> str:
        if not answer:
            return _problem(desk, "field-missing", value=field) if model.model_fields[field].is_required() else ""
        if field == "cluster":
            return _cluster_fault(desk, answer)
        return next(_faults(desk, field, _mended(field, answer)), "")

    return fault


def _cluster_fault(desk: _Desk, answer: str) -> str:
    clusters = desk.archive.clusters
    names = {match_key(name) for cluster in clusters.values() for name in (cluster.label, *cluster.variants)}
    if answer in clusters or match_key(answer) in names:
        return ""
    return _problem(desk, "cluster-unknown", value=answer, nearest=nearest(answer, [*clusters, *(c.label for c in clusters.values())]))


def _faults(desk: _Desk, field: str, answer: str) -> Iterator[str]:
    """What the schema says of one field alone; what it says of the others is not yet known."""
    try:
        RECORD_FIELDS[desk.folder].model_validate({field: answer})
    except ValidationError as error:
        for found in error.errors(include_url=False):
            if found["loc"][:1] == (field,) and found["type"] in KINDS:
                yield _problem(desk, found["type"], **(found.get("ctx") or {}))
            elif found["loc"][:1] == (field,) and found["type"] == "literal_error":
                yield _problem(desk, "choice-invalid", value=answer, nearest=", ".join(desk.choices(field)))


def _problem(desk: _Desk, code: str, **values: object) -> str:
    problem = Problem("", 0, "", code, tuple((name, str(value)) for name, value in values.items()))
    return f"{problem.message(desk.translate)}; {problem.hint(desk.translate)}"


def _write(desk: _Desk, values: dict[str, Any], asker: Asker) -> tuple[Path, list[Problem]]:
    """The file that was written, and what it makes wrong in others: a namesake leaves their bare names in doubt."""
    usual = _id(desk, values)
    asked = desk.translate(N_("Tên tệp (Enter: %(value)s)")) % {"value": usual}
    id = asker.ask(Question(field="id", text=asked, fault=_id_fault(desk))) or usual
    if fault := _id_fault(desk)(id):
        raise ValueError(fault)
    folder = desk.content / desk.folder / (str(values["date"])[:4] if desk.folder == "meetings" else "")
    file = folder / f"{id}.md"
    body = asker.answers.get("body", "") if isinstance(asker, Given) else _BODY.get(desk.folder, "")
    folder.mkdir(parents=True, exist_ok=True)
    write_beside(file, record_text(desk.folder, values, body).encode("utf-8"))
    return file, _refuse_faults(desk, file)


def _refuse_faults(desk: _Desk, file: Path) -> list[Problem]:
    """No file that fails the check is left behind; what it makes wrong elsewhere is given back."""
    own, others = faults(file, desk.content)
    if own:
        file.unlink()
        raise ValueError("\n".join(problem.render(desk.translate) for problem in own))
    return [problem for problem in others if problem not in desk.errors]


def _id(desk: _Desk, values: Mapping[str, Any]) -> str:
    """A name for the file, as the archive's own are: the day and the title, the name, or what the document's page is called already."""
    if desk.folder == "meetings":
        stem = f"{values['date']} {values['title']}"
    elif desk.folder == "clusters":
        stem = f"{_short_owner(desk, values['owner'])} {values['kind']} {values.get('number') or values.get('name', '')}"
    elif desk.folder == "documents":
        stem = _cited_as(desk, values) or called(values["type"], values.get("number", ""), values.get("title", ""))
    else:
        stem = " ".join(str(values[name]) for name in ("name", "qualifier") if values.get(name))
    base = slugify(stem)[:80].strip("-")
    taken = {file.stem for file in (desk.content / desk.folder).rglob("*.md")}
    return next(id for id in (base, *(f"{base}-{n}" for n in range(2, 1000))) if id not in taken)


def _cited_as(desk: _Desk, values: Mapping[str, Any]) -> str:
    """The id of the document where records cite it and it has no file yet, or nothing."""
    wanted = type_key(values["type"]), number_key(values.get("number", ""))
    cited = (document for document in desk.archive.documents.values() if document.number and not document.has_authority)
    return next((document.id for document in cited if (type_key(document.type), number_key(document.number)) == wanted), "")


def _short_owner(desk: _Desk, owner: str) -> str:
    for body in desk.archive.organizations.values():
        if owner == body.id or match_key(owner) == match_key(body.name):
            return body.scope
    return owner


def _id_fault(desk: _Desk) -> Callable[[str], str]:
    def fault(id: str) -> str:
        if id and not is_id(id):
            return _problem(desk, "id-invalid", value=id, nearest=slugify(fold(id)) or "ten-khong-dau")
        if id and list((desk.content / desk.folder).rglob(f"{id}.md")):
            return _problem(desk, "id-duplicate", value=id, other=f"content/{desk.folder}/")
        return ""

    return fault
