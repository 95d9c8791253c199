"""Text to terms, in Python; tests/browser/test_search.py runs the same table in JavaScript."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.analysis import analyse, exact, fold, folded, synonyms

CASES = json.loads((Path(__file__).resolve().parents[1] / "fixtures" / "search" / "analysis.json").read_text(encoding="utf-8"))
KNOWN = synonyms(map(tuple, CASES["synonyms"]))


@pytest.mark.parametrize(("word", "exactly", "without_marks"), CASES["words"])
def test_word_has_one_spelling_and_one_without_marks(word: str, exactly: str, without_marks: str) -> None:
    assert (exact(word), fold(exact(word))) == (exactly, without_marks)


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: f"{case['text'][:30]!r}-{case['any_case']}")
def test_text_yields_words_joined_numbers_and_abbreviations(case: dict) -> None:
    text = case["text"]
    terms = analyse(text, KNOWN, case["any_case"])
    assert [[term.term, term.at, term.to, text[term.start : term.end]] for term in terms] == case["terms"]


@pytest.mark.parametrize(("one", "other"), [("hòa", "hoà"), ("thúy", "thuý"), ("Qúy", "quý"), ("kỹ", "kĩ"), ("09", "9"), ("Ủy", "Uỷ")])
def test_accepted_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(("one", "other"), [("quỹ", "quý"), ("Lượng", "Lưỡng"), ("đa", "da"), ("1", "11"), ("lan", "lán")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@pytest.mark.parametrize(
    "writing", ["57-NQ/TW", "57 - NQ/TW", "57– NQ / TW", "57NQ/TW", "57-NQ-TW", "57/NQ-TƯ", "057-NQ/TW", "57\u00a0-\u00a0NQ/TW"]
)
def test_document_number_is_one_term_however_it_is_written(writing: str) -> None:
    assert "57nqtw" in {term.term for term in analyse(f"Nghị quyết số {writing}, ngày", {})}


@given(st.text())
def test_any_text_has_terms_that_lie_within_it(text: str) -> None:
    for term in analyse(text, KNOWN, any_case=True):
        assert 0 <= term.start < term.end <= len(text)
        assert term.at < term.to
        assert term.term


LATIN = st.characters(max_codepoint=0x24F) | st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9)


@given(st.text(alphabet=LATIN))
def test_decomposed_text_has_the_terms_of_composed_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert folded(unicodedata.normalize("NFD", composed)) == folded(composed)
