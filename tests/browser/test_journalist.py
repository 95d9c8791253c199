"""What a journalist takes away, in a real browser on file://: a list of his own, citations, files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "fixtures" / "exports" / "references.json").read_text(encoding="utf-8"))
MEETING = "2025-10-09-giao-ban-cum-1-phu-tho"
OTHER = "2023-04-18-giao-ban-cum-1-phu-tho"


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A page with the script that writes files, and nothing else."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "theme" / "static" / "js" / "exporting.js")
    yield page
    page.close()


@pytest.fixture
def site(page: Page, built_site: Path) -> Page:
    """Opens a meeting's page from disk."""
    page.goto((built_site / "ban-ghi" / f"{MEETING}.html").as_uri())
    return page


def open_list(page: Page, built_site: Path) -> Page:
    page.goto((built_site / "danh-sach.html").as_uri())
    return page


def downloaded(page: Page, selector: str) -> tuple[str, str]:
    """Name and text of the file that a click gives."""
    with page.expect_download() as waiting:
        page.locator(selector).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes().decode("utf-8")


def import_list(page: Page, content: str) -> None:
    page.locator("[data-import]").set_input_files({"name": "list.json", "mimeType": "application/json", "buffer": content.encode("utf-8")})


# --- The script writes what Python writes -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_both_sides_cite_alike(case: dict, scripts: Page) -> None:
    made = scripts.evaluate(
        """r => { const e = SoGiaoBan.exporting;
             return { vietnamese: e.vietnamese(r), apa: e.apa(r), bibtex: e.bibtex([r]), ris: e.ris([r]),
             csl: JSON.parse(e.csl([r])) }; }""",
        case["record"],
    )
    assert made == {
        "vietnamese": case["vietnamese"],
        "apa": case["apa"],
        "bibtex": case["bibtex"],
        "ris": case["ris"],
        "csl": [case["csl"]],
    }


def test_lines_of_any_records_are_read_back(scripts: Page) -> None:
    records = [*(case["record"] for case in CASES), {"id": "a", "title": "hai\u2028dòng\nvà ba\u2029"}]
    written = scripts.evaluate("records => SoGiaoBan.exporting.jsonl(records)", records)
    assert [json.loads(line) for line in written.splitlines()] == records


def test_a_table_of_any_records_is_read_back(scripts: Page) -> None:
    records = [case["record"] for case in CASES]
    written = scripts.evaluate("records => SoGiaoBan.exporting.csv(records)", records)
    assert written.startswith("\ufeff")
    read = list(csv.DictReader(StringIO(written[1:], newline="")))
    assert not [text for row in read for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    given = [{name: text.removeprefix("'") for name, text in row.items() if text} for row in read]
    assert given == records
    assert json.loads(scripts.evaluate("records => SoGiaoBan.exporting.json(records)", records)) == records


# --- The list -----------------------------------------------------------------------------------------------------------


def test_a_meeting_and_a_passage_are_kept_from_page_to_page(site: Page, built_site: Path) -> None:
    star = site.locator(".collector > .actions [data-star]")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    site.locator("[data-choose]").click()
    passage = site.locator("#doan-2")
    quote = passage.evaluate("element => element.firstChild.textContent.trim().slice(0, 40)")
    passage.locator("[data-star]").click()
    expect(site.locator(".collector > .actions [data-count]")).to_have_text("2")

    listed = open_list(site, built_site)
    expect(listed.locator(".record")).to_have_count(2)
    expect(listed.locator("[data-citation]").last).to_contain_text(f"bản ghi {MEETING}, doan-2")
    expect(listed.locator("[data-quote]").last).to_contain_text(quote)
    assert "Lưu đoạn này" not in listed.locator("[data-quote]").last.inner_text()
    listed.locator(".record__link").last.click()
    assert listed.url.endswith(f"{MEETING}.html#doan-2")
    expect(listed.locator(".collector > .actions [data-star]")).to_have_attribute("aria-pressed", "true")


def test_what_is_chosen_twice_is_on_the_list_once_and_a_second_click_takes_it_off(site: Page, built_site: Path) -> None:
    star = site.locator(".collector > .actions [data-star]")
    for count in ("1", "0", "1"):
        star.click()
        expect(site.locator(".collector > .actions [data-count]")).to_have_text(count)
    listed = open_list(site, built_site)
    expect(listed.locator(".record")).to_have_count(1)
    listed.locator("[data-remove]").click()
    expect(listed.locator(".record")).to_have_count(0)
    expect(listed.locator("[data-empty]")).to_be_visible()


def test_the_tools_at_passages_come_and_go_and_leave_the_text_as_it_was(site: Page) -> None:
    before = site.locator(".prose").inner_html()
    site.locator("[data-choose]").click()
    assert site.locator(".prose .passage").count() == site.locator(".prose [id^=doan-], .prose [id^=nv-]").count() > 5
    site.locator("[data-choose]").click()
    assert site.locator(".prose").inner_html() == before


def test_a_list_saved_as_a_file_comes_back_with_its_notes(site: Page, built_site: Path) -> None:
    site.locator(".collector > .actions [data-star]").click()
    listed = open_list(site, built_site)
    listed.locator("[data-note]").fill("Hỏi lại «số liệu»")
    listed.locator("[data-note]").blur()
    name, saved = downloaded(listed, "[data-backup]")
    assert name == "danh-sach-so-giao-ban.json" and json.loads(saved)["version"] == 1
    listed.on("dialog", lambda dialog: dialog.accept())
    listed.locator("[data-clear]").click()
    expect(listed.locator(".record")).to_have_count(0)
    import_list(listed, saved)
    expect(listed.locator("[data-note]")).to_have_value("Hỏi lại «số liệu»")
    import_list(listed, saved)
    expect(listed.locator(".record")).to_have_count(1)


@pytest.mark.parametrize("content", ["", "{", "[1", "null", '{"items": 3}', "<html>"])
def test_a_file_that_is_no_list_changes_nothing_and_says_so(content: str, site: Page, built_site: Path) -> None:
    site.locator(".collector > .actions [data-star]").click()
    listed = open_list(site, built_site)
    import_list(listed, content)
    expect(listed.locator("[data-reading-list] [role=status]")).to_contain_text("không phải là danh sách")
    expect(listed.locator(".record")).to_have_count(1)


def test_a_file_from_elsewhere_brings_no_script_and_no_address_but_of_pages(site: Page, built_site: Path) -> None:
    listed = open_list(site, built_site)
    evil = "<img src=x onerror=\"document.title='stolen'\">"
    items = [
        {
            "id": "a",
            "title": evil,
            "date": evil,
            "path": "javascript:alert(1)",
            "url": "javascript:alert(1)",
            "anchor": '"><b>',
            "quote": evil,
            "note": evil,
        },
        {"id": "../../x", "title": "x"},
        {"id": "b", "title": 5},
        None,
        "x",
        {"id": 7, "title": "x"},
        {"title": "x"},
    ]
    import_list(listed, json.dumps({"items": items}))
    expect(listed.locator(".record")).to_have_count(1)
    assert listed.locator(".record__link").get_attribute("href") == "ban-ghi/a.html"
    assert listed.locator(".record__link").inner_text() == evil and listed.title() != "stolen"
    assert listed.locator(".record img, .record b").count() == 0
    assert "javascript" not in listed.locator(".records").inner_html()


FORMS = {
    "text": ("danh-sach.txt", "bản ghi"),
    "bibtex": ("danh-sach.bib", "@misc{"),
    "ris": ("danh-sach.ris", "TY  - ELEC"),
    "csl": ("danh-sach.csl.json", '"type": "webpage"'),
    "csv": ("danh-sach.csv", "id,anchor"),
    "json": ("danh-sach.json", '"id"'),
    "jsonl": ("danh-sach.jsonl", '"id":'),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_list_is_cited_in_every_form(form: str, site: Page, built_site: Path) -> None:
    name, sign = FORMS[form]
    site.locator(".collector > .actions [data-star]").click()
    given, text = downloaded(open_list(site, built_site), f"[data-form={form}]")
    assert given == name and sign in text and MEETING in text


def test_a_browser_that_keeps_nothing_says_so(page: Page, built_site: Path) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });")
    page.goto((built_site / "ban-ghi" / f"{MEETING}.html").as_uri())
    page.locator(".collector > .actions [data-star]").click()
    expect(page.locator(".collector > .actions [role=status]")).to_contain_text("không cho giữ")


@pytest.mark.parametrize("kept", ["{", "7", '{"items": [{"id": "a"}]}'])
def test_a_damaged_list_is_an_empty_list(kept: str, site: Page, built_site: Path) -> None:
    site.evaluate("kept => localStorage.setItem('so-giao-ban-danh-sach', kept)", kept)
    expect(open_list(site, built_site).locator("[data-empty]")).to_be_visible()


# --- Citations and lists on pages ---------------------------------------------------------------------------------------


def test_a_citation_is_saved_as_it_stands_on_the_page(site: Page) -> None:
    site.locator(".form", has_text="BibTeX").locator("summary").click()
    name, text = downloaded(site, "[data-save=trich-dan-bibtex]")
    assert name == f"{MEETING}.bib" and text == site.locator("#trich-dan-bibtex").text_content()
    assert text.startswith(f"@misc{{{MEETING},\n") and text.endswith("\n}\n")


def test_a_refused_copy_selects_the_text_and_says_so(site: Page) -> None:
    site.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    form = site.locator(".form", has_text="APA")
    form.locator("summary").click()
    form.locator("[data-copy-exact]").click()
    expect(form.locator("[role=status]")).to_have_text("Đã bôi đen, hãy chép")
    assert site.evaluate("String(getSelection())").strip() == site.locator("#trich-dan-apa").inner_text().strip()


def test_an_index_page_gives_the_meetings_it_lists(page: Page, built_site: Path) -> None:
    page.goto((built_site / "cum" / "phu-tho-cum-1.html").as_uri())
    name, text = downloaded(page, "[data-export-list] [data-form=csv]")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert name == "phu-tho-cum-1.csv" and {row["id"] for row in rows} == {MEETING, OTHER}
    assert {row["date"] for row in rows} == {"2025-10-09", "2023-04-18"} and all(row["title"] and row["path"] for row in rows)
    whole = (built_site / page.locator(".taking__link", has_text="CSV").get_attribute("href").removeprefix("../")).read_text(
        encoding="utf-8-sig"
    )
    assert {row["id"] for row in csv.DictReader(StringIO(whole, newline=""))} == {MEETING, OTHER}


def test_without_a_script_citations_and_files_are_there_and_no_dead_button_is(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((built_site / "ban-ghi" / f"{MEETING}.html").as_uri())
    assert page.locator("#trich-dan-ris").text_content().startswith("TY  - ELEC")
    assert page.locator(".collector").is_hidden() and page.locator("[data-copy-exact]").first.is_hidden()
    page.goto((built_site / "danh-sach.html").as_uri())
    assert page.locator("noscript").count() == 1 and page.locator("[data-reading-list]").is_hidden()
    context.close()


# --- Instruments --------------------------------------------------------------------------------------------------------


def instrument_pages(built_site: Path) -> list[Path]:
    return [built_site / name for name in ("cong-cu.html", "du-lieu.html", "danh-sach.html")] + sorted(
        (built_site / "cong-cu").glob("*.html")
    )


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_instrument_scrolls_sideways_or_breaks_its_own_rules(width: int, page: Page, built_site: Path) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for path in instrument_pages(built_site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        assert page.locator("h1").count() == 1
    assert faults == []


def test_a_chart_says_what_it_is_and_a_table_says_what_it_shows(page: Page, built_site: Path) -> None:
    page.goto((built_site / "cong-cu" / "dong-thoi-gian.html").as_uri())
    assert page.get_by_role("img", name="Số hội nghị theo quý").count() == 1
    shown = [int(text) for text in page.locator("tbody td:last-child").all_inner_texts()]
    assert sum(shown) == len(list((built_site / "ban-ghi").glob("*.html"))) == int(page.locator("tfoot td").inner_text())
    assert page.locator(".chart__bar").count() == page.locator("tbody td .day").count()
