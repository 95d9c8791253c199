"""The search in a real browser, opened as a reader of a copied folder opens it: from file://."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from plugins.search import base
from plugins.search.analysis import analyse, folded, synonyms
from plugins.search.coding import checksum
from plugins.search.engine import Engine
from plugins.search.reading import Index, from_folder
from tests.fixtures.search import example

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "fixtures" / "search" / "analysis.json").read_text(encoding="utf-8"))

NEW, MID, OLD, ODD = "2025-10-09-giao-ban", "2024-07-02-so-ket", "2023-04-18-giao-ban", "2022-11-30-hop"

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def search_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example.write(tmp_path_factory.mktemp("search") / "site", example.archive())


@pytest.fixture
def search(page: Page, search_page: Path) -> Open:
    """Opens the search page with what follows its name in the address, and waits until it answers."""

    def open_page(address: str = "") -> Page:
        page.goto("about:blank")
        page.goto(search_page.as_uri() + address)
        expect(page.locator("#search")).to_have_attribute("data-state", "ready")
        return page

    return open_page


@pytest.fixture(scope="module")
def engine(browser: Browser, search_page: Path) -> Iterator[Page]:
    """One page for tests that only ask the engine."""
    page = browser.new_page()
    page.goto(search_page.as_uri())
    expect(page.locator("#search")).to_have_attribute("data-state", "ready")
    yield page
    page.close()


def ask(page: Page, query: str) -> Page:
    page.evaluate(
        "q => { document.getElementById('search').dataset.answered = ''; location.hash = '#' + new URLSearchParams({ q }); }", query
    )
    return answered(page, query)


def answered(page: Page, query: str) -> Page:
    """Waits until a query is answered, its counts and the passages of its results included."""
    expect(page.locator("[data-search-field]")).to_have_value(query)
    expect(page.locator("#search")).to_have_attribute("data-answered", query, timeout=10_000)
    expect(page.locator("[data-passage=waiting]")).to_have_count(0, timeout=10_000)
    return page


def settled(page: Page) -> Page:
    """Waits until nothing that was clicked or chosen is still being looked up."""
    expect(page.locator("#search")).not_to_have_attribute("aria-busy", "true", timeout=10_000)
    return page


def results(page: Page) -> list[str]:
    """The ids of the meetings shown, in their order."""
    settled(page)
    links = page.locator(".search__list .record__link").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return [Path(link).stem for link in links]


def marks(page: Page, inside: str = ".search__list") -> list[str]:
    return settled(page).locator(f"{inside} mark").all_inner_texts()


def status(page: Page) -> str:
    return settled(page).locator("[role=status].search__status").inner_text()


# --- The same analysis ---------------------------------------------------------------------------------------------------


def test_words_are_analysed_in_javascript_as_the_table_says(engine: Page) -> None:
    script = "words => { const { exact, fold } = SoGiaoBan.search.analysis; return words.map((w) => [exact(w), fold(exact(w))]); }"
    assert engine.evaluate(script, [word for word, _, _ in CASES["words"]]) == [[exactly, bare] for _, exactly, bare in CASES["words"]]


ANALYSE = """([texts, pairs]) => {
  const { analyse, synonyms } = SoGiaoBan.search.analysis, known = synonyms(pairs);
  return texts.map(([text, anyCase]) => analyse(text, known, anyCase).map((t) => [t.term, t.at, t.to, text.slice(t.start, t.end)]));
}"""


def test_texts_are_analysed_in_javascript_as_the_table_says(engine: Page) -> None:
    texts = [[case["text"], case["any_case"]] for case in CASES["texts"]]
    assert engine.evaluate(ANALYSE, [texts, CASES["synonyms"]]) == [case["terms"] for case in CASES["texts"]]


# Letters that Python and the browser may know from different editions of Unicode are left out.
LETTERS = st.text(alphabet=st.characters(max_codepoint=0xD7FF, exclude_categories=["Cn", "Cs"]), max_size=30)
WRITTEN = st.lists(
    st.sampled_from(["57", "-", "/", " ", "NQ", "tw", "TƯ", "quý", "IV", "KH", "&", "kỹ", "Hội", "\u00a0", "\u200b", "0", ".", "Đ"])
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts=st.lists(st.tuples(LETTERS | WRITTEN, st.booleans()), min_size=10, max_size=40))
def test_any_text_is_analysed_alike_in_both_languages(engine: Page, texts: list[tuple[str, bool]]) -> None:
    known = synonyms(map(tuple, CASES["synonyms"]))
    expected = [[[t.term, t.at, t.to, text[t.start : t.end]] for t in analyse(text, known, any_case)] for text, any_case in texts]
    assert engine.evaluate(ANALYSE, [[list(pair) for pair in texts], CASES["synonyms"]]) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts=st.lists(LETTERS | WRITTEN, min_size=10, max_size=40))
def test_flat_text_is_the_words_of_the_analysis(engine: Page, texts: list[str]) -> None:
    lines = [text.replace("\n", " ") for text in texts]
    flat = engine.evaluate("lines => lines.map((line) => SoGiaoBan.search.analysis.flat(line, 1))", lines)
    assert flat == [folded(line) for line in lines]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=10, max_size=40))
def test_checksum_of_any_text_is_the_same_in_both_languages(engine: Page, texts: list[str]) -> None:
    assert engine.evaluate("texts => texts.map(SoGiaoBan.search.coding.checksum)", texts) == [checksum(text) for text in texts]


# --- Rehearsing ----------------------------------------------------------------------------------------------------------

REHEARSED = """async () => {
  const { hits, tierOf, stretched } = await SoGiaoBan.search.rehearse(() => true);
  return [hits.length, tierOf(hits[0]), stretched];
}"""


def test_the_index_of_the_rehearsal_is_read_as_every_index(engine: Page) -> None:
    assert engine.evaluate(REHEARSED) == [750, 3, ""]


def test_a_page_at_rest_has_rehearsed_and_loaded_nothing_for_it(page: Page, search_page: Path) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(search_page.as_uri())
    expect(page.locator("#search")).to_have_attribute("data-rehearsed", "")
    named = page.locator("script[src], link[rel=stylesheet]").evaluate_all("all => all.map((one) => one.src || one.href)")
    facets = re.compile(r"/tim-kiem/[a-z]f[a-z]0-[^/]*$")
    assert {url for url in loaded if url.endswith(".js") and not facets.search(url)} <= set(named)
    assert page.locator(".search__list [data-passage]").count() == 0


# --- What a query finds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("57-NQ/TW", [NEW]),
        ("57 nq tw", [NEW]),
        ("57NQ", [NEW]),
        ("57-nq/tư", [NEW]),
        ("nghị quyết 57-nq/tw", [NEW]),
        ("45-NQ", [MID]),
        ("Hồ Đình Lưỡng", [NEW]),
        ("Hồ Đình Lượng", [MID]),
        ("ho dinh luong", [NEW, MID]),
        ("lê thị qúy", [MID]),
        ("Trần Đức Thủy", [OLD]),
        ("tran duc thuy", [OLD]),
        ("quỹ khen thưởng", [MID]),
        ("dnnvv", [MID, OLD]),
        ("doanh nghiệp vừa và nhỏ", [MID, OLD]),
        ("UBND", [MID, OLD]),
        ("uỷ ban nhân dân", [MID, OLD]),
        ("KHKT", [OLD]),
        ("kh-kt", [OLD]),
        ("khoa học và kỹ thuật", [OLD]),
        ("hlv", [NEW, OLD]),
        ("Hội Làm vườn tỉnh Suối Đá", [NEW, OLD]),
        ("quý 4 2025", [NEW]),
        ("9/10/2025", [NEW]),
        ("09-10-2025", [NEW]),
        ("18/4", [OLD]),
        ("quý IV/2025", [NEW]),
        ("to chuc bo may", [NEW, ODD]),
        ("“to chuc bo may”", [NEW]),
        ('"tổ chức bộ máy"', [NEW]),
        ('"tổ chức" "thứ tự"', []),
        ("“đại hội”", [ODD]),
        ("khongcogi", []),
    ],
)
def test_query_finds(engine: Page, query: str, found: list[str]) -> None:
    assert results(ask(engine, query)) == found


def test_only_the_word_being_typed_may_be_a_beginning(engine: Page) -> None:
    assert OLD in results(ask(engine, "vi"))  # viết, việc
    assert results(ask(engine, "cần viế")) == [OLD]
    assert results(ask(engine, "viế cần")) == []
    assert MID in results(ask(engine, "quy"))  # quyết


def test_title_stands_before_name_before_text(engine: Page) -> None:
    assert results(ask(engine, "giao ban"))[:2] == [NEW, OLD]
    assert results(ask(engine, "đại biểu")) == [OLD]
    assert results(ask(engine, "thi đua"))[0] == NEW


def test_typed_marks_are_kept_to_and_the_rest_is_one_click_away(search: Open) -> None:
    page = search("#q=" + quote("quỹ"))
    assert results(page) == [MID]
    page.get_by_role("button", name="không phân biệt dấu").click()
    assert results(page)[0] == MID
    assert {NEW, OLD} <= set(results(page))
    page.reload()
    assert {NEW, OLD} <= set(results(page))


def test_wrong_marks_find_what_they_resemble_and_say_so(engine: Page) -> None:
    assert results(ask(engine, "Hồ Đình Lường")) == [NEW, MID]
    assert status(engine).startswith("Không có kết quả đúng dấu")


def test_records_that_a_query_names_stand_above_the_results(engine: Page) -> None:
    def named(query: str) -> list[str]:
        return ask(engine, query).locator(".search__named li").all_inner_texts()

    assert named("57-NQ/TW") == ["Văn bản Nghị quyết số 57-NQ/TW, 1 bản ghi"]
    assert named("ho dinh luong") == ["Người Hồ Đình Lưỡng, 1 bản ghi", "Người Hồ Đình Lượng, 1 bản ghi"]
    assert named("Hồ Đình Lượng") == ["Người Hồ Đình Lượng, 1 bản ghi"]
    assert named("cum 1 bai cat") == ["Cụm Cụm thi đua số 1, Bãi Cát, 21 bản ghi"]
    assert named("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Suối Đá") == [
        "Tổ chức Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Suối Đá, 42 bản ghi"
    ]
    assert engine.locator(".search__named a").get_attribute("href") == "to-chuc/lhh-suoi-da.html"


# --- Highlights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("to chuc bo may", "tổ chức bộ máy"),
        ("57 nq tw", "57-NQ/TW"),
        ("dnnvv", "doanh nghiệp nhỏ và vừa"),
        ("quy iv", "quý IV"),
        ("qúy trọng", "quý trọng"),
    ],
)
def test_mark_wears_the_marks_of_the_text_and_a_phrase_is_one(engine: Page, query: str, marked: str) -> None:
    assert marked in marks(ask(engine, query))


def test_words_of_a_phrase_are_not_marked_where_the_phrase_stands(engine: Page) -> None:
    assert marks(ask(engine, "“quý trọng nghề”")) == ["quý trọng nghề"]


def test_words_of_a_phrase_are_not_marked_in_the_title_where_the_text_has_the_phrase(engine: Page) -> None:
    assert marks(ask(engine, "chuyển đổi số")) == ["chuyển đổi số"]


def test_meeting_found_by_a_name_that_is_not_shown_says_by_which(engine: Page) -> None:
    assert "Hội Làm vườn tỉnh Suối Đá" in ask(engine, "hlv").locator(".search__list").inner_text()


def test_page_says_where_there_may_be_more_than_it_counted(page: Page, tmp_path: Path) -> None:
    page.goto(example.write(tmp_path / "site", example.wordy(4)).as_uri() + "#q=ba")
    answered(page, "ba")
    assert status(page) == "Ít nhất 3 hội nghị khớp “ba”; gõ thêm chữ để đếm đủ"
    assert status(ask(page, "baa")) == "1 hội nghị khớp “baa”"
    assert status(ask(page, "baaa ba")) == "1 hội nghị khớp “baaa ba”"  # there can be no more: one meeting has the first word


def test_first_results_wait_for_no_piece_that_the_page_does_not_name(page: Page, search_page: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(search_page.as_uri())
    settled(page)
    named = page.locator("script[src^='tim-kiem/']").evaluate_all("scripts => scripts.map((script) => script.src.split('/').pop())")
    pieces = [name for name in asked if (search_page.parent / "tim-kiem" / name).exists()]
    assert len(pieces) == len(set(pieces))
    assert {name[:2] for name in set(pieces) - set(named)} == {"af"}  # facets


def test_newest_meetings_stand_on_the_page_as_the_script_draws_them(page: Page, browser: Browser, search_page: Path) -> None:
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(search_page.as_uri())
    standing = plain.locator(".search__list .record__what").evaluate_all(LOOKS)
    when = plain.locator(".search__list .record__when").all_inner_texts()
    assert plain.locator(".search__status").inner_text() == "64 hội nghị trong kho"
    plain.close()
    page.goto(search_page.as_uri())
    answered(page, "")
    ask(page, "hội")
    settled(ask(page, ""))
    assert page.locator(".search__list .record__what").evaluate_all(LOOKS) == standing
    assert page.locator(".search__list .record__when").all_inner_texts() == when
    assert len(standing) == 20


LOOKS = "parts => parts.map((part) => part.outerHTML)"


@pytest.mark.parametrize("address", ["?q=h%E1%BB%99i", "#y=2023", ""])
def test_newest_meetings_are_not_shown_to_who_came_with_a_query(browser: Browser, search_page: Path, address: str) -> None:
    page = browser.new_page()
    page.route("**/search.js", lambda route: route.abort())  # before the first answer
    page.goto(search_page.as_uri() + address)
    expect(page.locator(".search__list")).to_be_visible(visible=not address)
    page.close()


def test_titles_are_text_and_never_markup(engine: Page) -> None:
    ask(engine, "“đại hội”")
    title = engine.locator(".record__link")
    assert title.inner_text().startswith("Họp trù bị <b>đại hội</b>")
    assert title.locator("b").count() == 0


# --- Any query has an answer ---------------------------------------------------------------------------------------------

ODD_QUERIES = [
    "", " ", "\"", "“", "””", "*", "+", "-", "~1", "hội:abc", "title:x", "^", "a^2", "hội*", "*hội", "\\", "\\u0041", "[", "(", "(?:",
    "$&", "%", "%E0%A4%A", "#", "&", "=", "<script>alert(1)</script>", "</mark>", "__proto__", "constructor", "toString",
    "hasOwnProperty", "null", "undefined", "NaN", "\u0000", "\u200b", "\ufeff", "\u0301", "đ", "Đ", "ư", "0", "00", "1", "57-", "-57",
    "/", "57//NQ", "🙂", "👩\u200d👩\u200d👧", "李", "а", "İ", "ß", "ﬁ", "hội " * 200, "a" * 5000, "“" * 50, "1 " * 300,
    "57-NQ/TW " * 50, "quý " * 40 + "quỹ", "{n}", "{q}", "${q}",
]  # fmt: skip

RUN = """async queries => {
  const root = document.getElementById("search"), field = document.querySelector("[data-search-field]"), failed = [];
  for (const query of queries) {
    field.value = query;
    field.form.requestSubmit();
    for (let waited = 0; root.dataset.answered !== field.value && root.dataset.state !== "error" && waited < 1000; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (root.dataset.state === "error") failed.push([query, "error"]);
    else if (root.dataset.answered !== field.value) failed.push([query, "silent"]);
    else if (!document.querySelector(".search__status").textContent) failed.push([query, "no status"]);
  }
  return failed;
}"""


def failures(page: Page, queries: list[str]) -> list[tuple[str, str]]:
    faults: list[str] = []
    page.once("pageerror", lambda error: faults.append(str(error)))
    answers = page.evaluate(RUN, queries)
    return [(query, answer) for query, answer in answers] + [("", fault) for fault in faults]


def test_odd_queries_have_an_answer(engine: Page) -> None:
    assert failures(engine, ODD_QUERIES) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(queries=st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40) | WRITTEN, min_size=20, max_size=40))
def test_any_query_has_an_answer(engine: Page, queries: list[str]) -> None:
    assert failures(engine, queries) == []


def test_long_query_does_not_freeze_the_page(engine: Page) -> None:
    milliseconds = engine.evaluate(
        """async () => {
          const root = document.getElementById("search"), field = document.querySelector("[data-search-field]");
          let longest = 0, last = performance.now(), over = false;
          const tick = () => {
            longest = Math.max(longest, performance.now() - last);
            last = performance.now();
            if (!over) setTimeout(tick);
          };
          tick();
          field.value = "hội thi đua số quỹ một ".repeat(30);
          field.form.requestSubmit();
          while (root.dataset.answered !== field.value) await new Promise((resolve) => setTimeout(resolve, 5));
          over = true;
          return longest;
        }"""
    )
    assert milliseconds < 500


# --- Narrowing, sorting, address -----------------------------------------------------------------------------------------


def facet(page: Page, key: str) -> dict[str, int]:
    rows = page.locator(f"[data-facet={key}] li").all_inner_texts()
    return {row.split("\n")[0].strip(): int(row.split("\n")[-1]) for row in rows}


def test_facet_counts_say_what_choosing_a_value_would_give(search: Open) -> None:
    page = search("#q=" + quote("thi đua"))
    for label, count in facet(page, "s").items():
        box = page.locator("[data-facet=s]").get_by_role("checkbox", name=label)
        box.check()
        expect(page.locator("[role=status].search__status")).to_have_text(re.compile(rf"^{count} "))
        expect(page.locator("[data-facet=s] input:checked")).to_be_focused()
        box.uncheck()


def test_values_of_one_facet_add_up_and_of_two_narrow(search: Open) -> None:
    page = search("#s=bai-cat&s=suoi-da")
    assert status(page).startswith("64 ")
    page.locator("[data-facet=y]").get_by_role("checkbox", name="2025").check()
    assert results(page) == [NEW]
    assert parse_qs(urlsplit(page.url).fragment) == {"s": ["bai-cat", "suoi-da"], "y": ["2025"]}


def test_long_list_of_values_unfolds_and_can_be_filtered_without_marks(page: Page, tmp_path: Path) -> None:
    page.goto(example.write(tmp_path / "site", example.crowd(20)).as_uri())
    rows = page.locator("[data-facet=k] li")
    expect(rows).to_have_count(6)
    page.locator("[data-facet=k]").get_by_role("button", name="Hiện cả 20").click()
    expect(rows).to_have_count(20)
    page.locator("[data-facet=k] input[type=search]").fill("quy")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Quỳnh")


def test_chip_takes_a_filter_away_and_gives_the_focus_back_to_the_field(search: Open) -> None:
    page = search("#s=bai-cat&y=2024")
    assert results(page) == [MID]
    page.locator(".search__chip", has_text="2024").click()
    expect(page.locator("[data-search-field]")).to_be_focused()
    assert status(page).startswith("22 ")
    assert "y=" not in page.url


def test_filters_that_leave_nothing_are_named_as_the_cause(search: Open) -> None:
    page = search("#q=" + quote("chuyển đổi số") + "&y=2024")
    assert results(page) == []
    assert "1 hội nghị khớp" in page.locator(".search__unfiltered").inner_text()
    page.locator(".search__unfiltered button").click()
    assert results(page) == [NEW]


def test_order_is_kept_in_the_address(search: Open) -> None:
    page = search("#q=ban")
    page.locator("#xep").select_option("o")
    assert results(page)[-1] == NEW
    page.reload()
    expect(page.locator("#xep")).to_have_value("o")
    assert results(page)[-1] == NEW


def test_plain_form_of_another_page_is_answered(search: Open) -> None:
    page = search("?q=57-NQ%2FTW")
    assert results(page) == [NEW]
    expect(page.locator("[data-search-field]")).to_have_value("57-NQ/TW")
    assert urlsplit(page.url).query == ""


def test_address_that_nobody_made_is_survived(search: Open) -> None:
    page = search("#s=khong-co&y=1&so=x&d=1&q=%E0%A4%A&__proto__=1")
    assert status(page)


def test_results_come_twenty_at_a_time_and_focus_goes_to_the_first_new_one(search: Open) -> None:
    page = search()
    assert status(page) == "64 hội nghị trong kho"
    assert len(results(page)) == 20
    page.locator(".search__more").click()
    assert len(results(page)) == 40
    expect(page.locator(".search__list .record__link").nth(20)).to_be_focused()


# --- Keyboard ------------------------------------------------------------------------------------------------------------


def test_results_follow_the_typing_and_the_field_keeps_the_focus(search: Open) -> None:
    page = search()
    field = page.locator("[data-search-field]")
    field.press_sequentially("to chuc bo may", delay=10)
    expect(page.locator(".search__status")).to_contain_text("“to chuc bo may”")
    assert results(page) == [NEW, ODD]
    expect(field).to_be_focused()
    assert parse_qs(urlsplit(page.url).fragment)["q"] == ["to chuc bo may"]


def test_arrows_walk_through_results_and_escape_leads_back(search: Open) -> None:
    page = search("#q=" + quote("ho dinh luong"))
    field, links = page.locator("[data-search-field]"), page.locator(".search__list .record__link")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_slash_leads_to_the_field(search: Open) -> None:
    page = search()
    page.locator("body").press("/")
    expect(page.locator("[data-search-field]")).to_be_focused()
    expect(page.locator("[data-search-field]")).to_have_value("")


# --- When something is missing -------------------------------------------------------------------------------------------


def cut_short(piece: Path) -> None:
    piece.write_bytes(piece.read_bytes()[:-9])


def alter(piece: Path) -> None:
    text = piece.read_text(encoding="utf-8")
    middle = text.index(",") + 5
    piece.write_text(text[:middle] + ("b" if text[middle] == "a" else "a") + text[middle + 1 :], encoding="utf-8")


@pytest.mark.parametrize("harm", [Path.unlink, cut_short, alter])
@pytest.mark.parametrize("pieces", ["ap*.js", "ao*.js", "aq*.js", "ac*.js", "muc-luc-*.js"])
def test_missing_or_damaged_piece_is_said_and_other_ways_are_shown(
    browser: Browser, tmp_path: Path, harm: Callable[[Path], None], pieces: str
) -> None:
    page = browser.new_page()  # a script cut short is an error of the page: the fixture would take it for ours
    opened = example.write(tmp_path / "site", example.archive(0))
    for piece in (tmp_path / "site" / "tim-kiem").glob(pieces):
        harm(piece)
    page.goto(opened.as_uri() + "#q=giao+ban")
    expect(page.locator("#search")).to_have_attribute("data-state", "error")
    expect(page.locator(".search__error")).to_be_visible()
    expect(page.locator(".search__error").get_by_role("link", name="Lịch theo quý")).to_be_visible()
    expect(page.locator(".search__filters")).to_be_hidden()


def test_what_is_missing_of_the_front_is_said_when_a_query_needs_it(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    errors: list[Exception] = []
    page.on("pageerror", lambda error: errors.append(error))
    opened = example.write(tmp_path / "site", example.archive(0))
    (front,) = (tmp_path / "site" / "tim-kiem").glob("ao0-*")
    front.write_text(front.read_text(encoding="utf-8").replace('"ak0-', '"xk0-'), encoding="utf-8")
    page.goto(opened.as_uri())
    expect(page.locator("#search")).to_have_attribute("data-rehearsed", "")
    expect(page.locator("#search")).to_have_attribute("data-state", "ready")
    page.locator("[data-search-field]").fill("giao ban")
    expect(page.locator("#search")).to_have_attribute("data-state", "error")
    assert errors == []
    page.close()


def test_archive_without_a_meeting_can_be_searched(page: Page, tmp_path: Path) -> None:
    page.goto(example.write(tmp_path / "site", example.empty()).as_uri() + "#q=giao+ban")
    expect(page.locator(".search__status")).to_have_text("Không có hội nghị nào khớp “giao ban”")


def test_without_script_the_page_says_so_and_shows_other_ways_and_the_newest_meetings(browser: Browser, search_page: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(search_page.as_uri())
    notice = page.locator("noscript .notice")  # by selector: Playwright looks for no text in a <noscript>
    expect(notice).to_be_visible()
    assert notice.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))") == [
        "lich.html", "cum.html", "nguoi.html", "van-ban.html",
    ]  # fmt: skip
    expect(page.locator(".search__list .record__link")).to_have_count(20)
    expect(page.locator(".search__list .record__link").first).to_have_text("Cụm thi đua số 1 giao ban quý IV năm 2025")
    for part in ("filters", "order", "more", "files", "empty", "error"):
        expect(page.locator(f".search__{part}").first).not_to_be_visible()
    page.close()


def test_phone_folds_the_filters_and_nothing_sticks_out(browser: Browser, search_page: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(search_page.as_uri() + "#q=" + quote("hội"))
    expect(page.locator("#search")).to_have_attribute("data-state", "ready")
    expect(page.locator("[data-facet=s]")).to_be_hidden()
    page.locator(".search__summary").click()
    expect(page.locator("[data-facet=s]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


# --- The archive of this repository --------------------------------------------------------------------------------------


def test_every_page_that_the_search_leads_to_exists(page: Page, built_site: Path) -> None:
    page.goto((built_site / "tim-kiem.html").as_uri())
    expect(page.locator("#search")).to_have_attribute("data-state", "ready")
    while page.locator(".search__more").is_visible():
        page.locator(".search__more").click()
    index = Index(from_folder(built_site), next((built_site / "tim-kiem").glob("muc-luc-*.js")).stem)
    names = [index.segments[0].name(place)[2] for place in range(index.segments[0].said["h"]["n"])]
    assert [path for path in names if not (built_site / path).is_file()] == []
    assert sorted(results(page)) == sorted(index.card(place)[0] for place in range(index.total))
    assert [id for id in results(page) if not (built_site / "ban-ghi" / f"{id}.html").is_file()] == []


# --- What goes on from a result ------------------------------------------------------------------------------------------


def test_passage_of_the_page_stands_below_the_title_and_leads_to_its_paragraph(engine: Page) -> None:
    ask(engine, "quán triệt nghị quyết")
    passage = engine.locator(".search__list .record__passage")
    assert passage.get_attribute("href") == "ban-ghi/2025-10-09-giao-ban.html#doan-2"
    assert passage.inner_text() == "Quán triệt Nghị quyết số 57-NQ/TW tới từng hội thành viên."
    assert marks(engine) == ["Quán triệt Nghị quyết"]


def test_lines_of_a_record_card_do_not_run_together_in_a_passage(page: Page, built_site: Path) -> None:
    page.goto((built_site / "tim-kiem.html").as_uri() + "#q=" + quote('"Phó Chủ tịch, Cụm phó"'))
    expect(page.locator(".search__list")).to_contain_text("Ngô Đức Quý, Phó Chủ tịch, Cụm phó Cụm thi đua số 1, Hội Văn nghệ dân gian")
    expect(page.locator(".search__list mark")).to_have_text("Phó Chủ tịch, Cụm phó")  # with its second phó


@pytest.mark.parametrize(
    ("form", "ending"), [("CSV", ".csv"), ("JSON", ".json"), ("JSON Lines", ".jsonl"), ("BibTeX", ".bib"), ("RIS", ".ris")]
)
def test_results_are_taken_along_as_a_file(search: Open, form: str, ending: str) -> None:
    page = answered(search("#q=" + quote("ho dinh luong")), "ho dinh luong")
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    assert download.value.suggested_filename == f"tim-kiem{ending}"
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.index(NEW) < text.index(MID)


@pytest.mark.parametrize(
    ("query", "told", "shown"),
    [("trù bị", {ODD: ""}, "Bãi Cát"), ("45-NQ/TW", {MID: "Cụm thi đua số 1, Bãi Cát"}, "Cụm thi đua số 1, Bãi Cát. Chủ trì: Hồ Đình Lượng, Lê Thị Quý")],
)
def test_a_file_of_results_names_the_cluster_of_a_meeting_that_has_one(search: Open, query: str, told: dict[str, str], shown: str) -> None:
    page = answered(search("#q=" + quote(query)), query)
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert {record["id"]: record["cluster"] for record in json.loads(download.value.path().read_text(encoding="utf-8"))} == told
    expect(page.locator(".search__list .record__meta")).to_have_text(shown)


def test_name_before_a_merger_finds_what_has_the_name_after_it_and_says_so(page: Page, tmp_path: Path) -> None:
    archive, gathered = example.archive(0)
    old = replace(archive.organizations["lhh-bai-cat"], successors=("lhh-suoi-da",))
    merged = replace(archive, organizations={**archive.organizations, "lhh-bai-cat": old})
    page.goto(example.write(tmp_path / "site", (merged, gathered)).as_uri() + "#q=" + quote("Bãi Cát"))
    answered(page, "Bãi Cát")
    assert results(page) == [MID, ODD, NEW, OLD]
    rows = page.locator(".search__list .record").all_inner_texts()
    assert ["Tìm theo tên sau này: Suối Đá" in row for row in rows] == [False, False, True, True]


def test_word_with_a_letter_wrong_finds_the_name_and_says_so(search: Open) -> None:
    page = search()
    assert results(ask(page, "le ti quy")) == [MID]
    assert "“Lê Thị Quý”" in status(page)


def test_base_and_what_came_later_are_one_archive(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "FROM", 1)
    before, after = example.archive(5), example.archive(6)
    example.index(tmp_path / "old", before, kept=tmp_path / "kept")
    opened = example.write(tmp_path / "site", after, kept=tmp_path / "kept")
    assert list((tmp_path / "site" / "tim-kiem").glob("bp*.js"))
    page.goto(opened.as_uri())
    answered(page, "")
    whole = Index(from_folder(tmp_path / "site"), next((tmp_path / "site" / "tim-kiem").glob("muc-luc-*.js")).stem)
    assert results(page) == [whole.card(place)[0] for place in Engine(whole).run("").hits]
    assert len(results(ask(page, "thường kỳ"))) == 6
