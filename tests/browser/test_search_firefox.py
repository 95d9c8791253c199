"""The search in Firefox, from an unpacked folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.firefox import Firefox
from tests.fixtures.search import example

CASES = json.loads((Path(__file__).resolve().parents[1] / "fixtures" / "search" / "queries.json").read_text(encoding="utf-8"))["found"]
SHOWN = "[...document.querySelectorAll('.search__list .record__link')].map((link) => link.getAttribute('href').slice(8, -5)).join(' ')"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    opened = example.write(tmp_path_factory.mktemp("search") / "site", example.archive())
    with Firefox(tmp_path_factory.mktemp("profile")) as driven:
        driven.open(opened.as_uri())
        driven.wait_for(
            "document.getElementById('search').dataset.answered === '' && document.getElementById('search').dataset.state === 'ready'"
        )
        yield driven


def ask(firefox: Firefox, query: str) -> str:
    """Types a query; the ids shown once it is answered."""
    typed = json.dumps(query)
    firefox.evaluate(
        f"(() => {{ const field = document.querySelector('[data-search-field]'); field.value = {typed}; "
        "field.form.requestSubmit(); return 1; })()"
    )
    firefox.wait_for(
        f"document.getElementById('search').dataset.answered === {typed} && document.querySelector('[data-search-field]').value === {typed}"
    )
    return str(firefox.evaluate(SHOWN))


@pytest.mark.parametrize("case", [case for case in CASES if case["query"]], ids=lambda case: case["query"])
def test_query_finds_what_the_table_says(firefox: Firefox, case: dict) -> None:
    assert ask(firefox, case["query"]).split() == case["ids"]


def test_passage_comes_from_the_page_and_leads_to_its_paragraph(firefox: Firefox) -> None:
    ask(firefox, "quán triệt nghị quyết")
    firefox.wait_for("document.querySelector('[data-passage=shown]')")
    assert firefox.evaluate("document.querySelector('.record__passage').getAttribute('href')") == "ban-ghi/2025-10-09-giao-ban.html#doan-2"
    assert firefox.evaluate("document.querySelector('.record__passage mark').textContent") == "Quán triệt Nghị quyết"


def test_counts_of_the_facets_are_shown(firefox: Firefox) -> None:
    ask(firefox, "thi đua")
    assert firefox.evaluate("document.querySelectorAll('[data-facet=s] li').length") == 2
