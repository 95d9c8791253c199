"""Who chaired, as an article tells: the chairs that its sentences name (:mod:`importer.chairing`), each once."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.archive.text import match_key

from . import people, positions
from .article import Article
from .chairing import VERB, Chair, in_sentence
from .people import Mention
from .suggestion import Suggestion
from .wordings import sentences


def find(article: Article, everyone: dict[str, list[Mention]]) -> list[Suggestion[Chair]]:
    """The chairs in the order of the first sentence that names them, each once, with the fullest position the article gives."""
    found: dict[str, Suggestion[Chair]] = {}
    for line, weight in [*((p, 1.0) for p in _joined(article)), *((c, 0.9) for c in article.captions)]:
        if weight < 1 and found:
            break  # a caption only counts where the text is silent
        for _, sentence in sentences(line):
            for suggestion in in_sentence(sentence):
                key = suggestion.value.name or suggestion.value.organization
                if key not in found:
                    found[key] = suggestion.less(weight) if weight < 1 else suggestion
    return [_with_fullest_role(s, everyone) for s in _without_mixed(list(found.values()))]


def _without_mixed(found: list[Suggestion[Chair]]) -> list[Suggestion[Chair]]:
    """Where one sentence names the chairs clearly, a list that mixes guests among them proves nothing."""
    clear = [s for s in found if s.confidence >= 0.8]
    return clear or found


def _joined(article: Article) -> Iterable[str]:
    """Paragraphs; a list of people in lines of their own is joined to the paragraph that announces it."""
    gathered = ""
    for paragraph in article.paragraphs:
        if gathered.endswith(":") or (gathered and _is_list_line(paragraph)):
            gathered = f"{gathered.rstrip(';.')}{' ' if gathered.endswith(':') else '; '}{paragraph.lstrip('-–•+* ')}"
            continue
        if gathered:
            yield gathered
        gathered = ""
        if paragraph.endswith(":") and VERB.search(paragraph[-160:]):
            gathered = paragraph
        else:
            yield paragraph
    if gathered:
        yield gathered


def _is_list_line(paragraph: str) -> bool:
    bare = paragraph.lstrip("-–•+* ")
    return len(bare) < 220 and any(mention.start <= 6 for mention in people.find(bare[:160])[:1])


def _with_fullest_role(suggestion: Suggestion[Chair], everyone: dict[str, list[Mention]]) -> Suggestion[Chair]:
    chair = suggestion.value
    if not chair.name:
        return suggestion
    others = everyone.get(match_key(chair.name), [])
    role = positions.fullest([chair.role, *(m.role for m in others)])
    honorifics = [chair.honorific, *(positions.usual_honorific(m.honorific) for m in others)]
    honorific = next((h for h in honorifics if h and h not in ("đồng chí", "ông", "bà")), "") if not chair.honorific else chair.honorific
    full = Chair(chair.name, chair.as_written, honorific or next((h for h in honorifics if h), ""), role)
    return Suggestion(full, suggestion.quote, suggestion.confidence, suggestion.reason)
