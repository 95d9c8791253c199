"""The files of the search: classic scripts, because file:// refuses fetch(); each hands its data to SoGiaoBan.search.receive().

A file's name holds a digest of its content, so that a browser never mixes the files of two editions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from lunr.builder import Builder

from .documents import FIELDS, Document
from .facets import Facet
from .findables import Findable

FOLDER = "tim-kiem"
TEXTS_IN_A_FILE = 50

_HARMLESS = str.maketrans({"<": r"\u003c", "\u2028": r"\u2028", "\u2029": r"\u2029"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its output path, and what it says."""

    path: str
    content: str


def pieces(
    documents: Sequence[Document], found: Sequence[Findable], ways: Sequence[Facet], synonyms: Sequence[tuple[str, str]]
) -> Iterator[Piece]:
    """All files; the page names them in this order. Same input, same bytes."""
    cards = {
        "cards": [document.card for document in documents],
        "facets": {way.key: way.values for way in ways},
        "findables": [{key: value for key, value in asdict(findable).items() if key != "id"} for findable in found],
        "synonyms": synonyms,
    }
    yield _piece("the", "cards", 0, cards)
    yield _piece("chi-muc", "index", 0, lunr_index(documents))
    for start in range(0, len(documents), TEXTS_IN_A_FILE):
        texts = [document.text for document in documents[start : start + TEXTS_IN_A_FILE]]
        yield _piece(f"van-ban-{start // TEXTS_IN_A_FILE + 1}", "texts", start, texts)


def lunr_index(documents: Sequence[Document]) -> dict[str, object]:
    """An index that lunr.js 2.3 loads; a document's reference is its place in ``documents``. No documents, no index: {}."""
    if not documents:
        return {}  # lunr.py would divide by zero
    builder = Builder()  # its pipelines are empty, and stay so: lunr's own cut Vietnamese words
    builder.ref("ref")
    for field, boost in FIELDS.items():
        builder.field(field, boost=boost)
    for place, document in enumerate(documents):
        builder.add({"ref": str(place), **document.terms})
    serialized = builder.build().serialize()
    # lunr.js refuses terms out of its order, which is that of UTF-16
    serialized["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return serialized


def script(name: str, place: int, data: object) -> str:
    """A script that hands over ``data``; nothing in it can end a script element or a line of JavaScript."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return f"SoGiaoBan.search.receive({json.dumps(name)},{place},{written});\n"


def _piece(stem: str, name: str, place: int, data: object) -> Piece:
    content = script(name, place, data)
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:10]
    return Piece(f"{FOLDER}/{stem}-{digest}.js", content)
