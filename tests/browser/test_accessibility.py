"""States that no page is in when it opens: what a keyboard, a small screen, large letters or another theme bring about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.archive import urls
from plugins.auditing import sight, site

WALK = f"({Path(sight.__file__).with_name('walk.js').read_text(encoding='utf-8')})()"
KINDS = ("index", "ban-ghi", "cum", "to-chuc", "nguoi", "van-ban", "lich/N", "tim-kiem")


@pytest.fixture(scope="module")
def densest(built_site: Path) -> dict[str, str]:
    """The largest page of each kind."""
    return {kind: paths[0] for kind, paths in site.samples(site.read(built_site)).items()}


@pytest.fixture(params=["light", "dark"])
def narrow(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=request.param, offline=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def assert_accessible(page: Page) -> None:
    """No violation, every text 7:1, the focus seen everywhere."""
    assert sight.axe(page) == []
    page.keyboard.press("Tab")
    walked = page.evaluate(WALK)
    assert walked["texts"] and [text for text in walked["texts"] if text["ratio"] < sight.MIN_CONTRAST] == []
    assert walked["focuses"] == []


def test_search_with_results_and_filters(narrow: Page, built_site: Path) -> None:
    narrow.goto((built_site / urls.SEARCH).as_uri() + "?q=cum%20thi%20dua")
    expect(narrow.get_by_role("main").get_by_role("link", name="Cụm thi đua").first).to_be_visible()
    narrow.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert_accessible(narrow)


def test_search_without_result(narrow: Page, built_site: Path) -> None:
    narrow.goto((built_site / urls.SEARCH).as_uri() + "?q=zzzzqqqq")
    expect(narrow.get_by_role("main")).to_contain_text("zzzzqqqq")
    assert_accessible(narrow)


def test_the_page_at_an_anchor_and_with_largest_letters(narrow: Page, built_site: Path, densest: dict[str, str]) -> None:
    narrow.goto((built_site / densest["ban-ghi"]).as_uri())
    narrow.locator("[data-setting=size], [data-setting]").last.click()
    narrow.goto(narrow.url.split("#")[0] + "#nv-1")
    assert_accessible(narrow)


@pytest.mark.parametrize("kind", KINDS)
def test_text_may_be_spaced_out_and_nothing_is_cut_or_runs_off(kind: str, narrow: Page, built_site: Path, densest: dict[str, str]) -> None:
    """WCAG 1.4.10 and 1.4.12, at 320 px. The policy forbids styles in the page, so that they are set one by one."""
    narrow.set_viewport_size({"width": 320, "height": 740})
    narrow.goto((built_site / densest[kind]).as_uri())
    narrow.evaluate(
        """() => document.querySelectorAll("body *").forEach((element) => {
            element.style.setProperty("line-height", "1.5", "important");
            element.style.setProperty("letter-spacing", "0.12em", "important");
            element.style.setProperty("word-spacing", "0.16em", "important");
            if (element.localName === "p") element.style.setProperty("margin-bottom", "2em", "important");
        })"""
    )
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_two_keys_lead_past_the_head_of_the_page(kind: str, page: Page, built_site: Path, densest: dict[str, str]) -> None:
    page.goto((built_site / densest[kind]).as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"


@pytest.mark.parametrize("kind", KINDS)
def test_forced_colours_hide_no_text(kind: str, browser: Browser, built_site: Path, densest: dict[str, str]) -> None:
    context = browser.new_context(forced_colors="active", offline=True)
    page = context.new_page()
    page.goto((built_site / densest[kind]).as_uri())
    faint = [text for text in page.evaluate(WALK)["texts"] if text["ratio"] < 4.5]
    context.close()
    assert faint == []
