"""What the theme does in a browser: dialog, settings, keys, print, sizes. Every page is opened from its file, without network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from plugins.archive import urls
from plugins.browsing.screenshots import sample

MEETING = urls.meeting("2030-04-18-giao-ban-song-may")
_PICTURES = """\
images:
  - {file: a.jpg, caption: Toàn cảnh}
  - {file: b.jpg, caption: Đại biểu}
  - {file: c.jpg, caption: Đại biểu}
  - {caption: Lễ ký}
sources:"""
_TASKS = """
## Nhiệm vụ do Phạm Thử An giao

1. Làm việc thứ nhất.
2. Làm việc thứ hai.
"""

# The share of its frame that what stands under the band reaches across; a page that says but one sentence may be short.
REACH = """() => {
  if (document.querySelector("main").getBoundingClientRect().height < 640) return 1;
  const frame = document.querySelector(".top__row").getBoundingClientRect();
  const parts = [...document.querySelectorAll("main :is(p, li, dd, th, td, h2, input, rect)")].filter(one => !one.closest(".band, .hero, .taking, .sr"));
  return (Math.max(...parts.map(one => one.getBoundingClientRect().right)) - frame.left) / frame.width;
}"""

# Between a line and the next there is room for the marks of Ế and the foot of g, measured on the two faces.
TIGHT_LINES = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getClientRects().length && !one.closest(".sr, .skip, svg, option"))
  .filter(one => [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .filter(one => {
    const style = getComputedStyle(one), least = style.fontFamily.startsWith("Faustina") ? 1.25 : 1.3;
    return parseFloat(style.lineHeight) / parseFloat(style.fontSize) < least - 0.001;
  }).map(one => one.className + ": " + one.textContent.trim())"""

SMALLEST_TARGET = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter(one => one.getClientRects().length && !one.closest(".sr, .skip, [hidden]") && getComputedStyle(one).display !== "inline")
  .filter(one => { const held = (one.closest("label") || one).getBoundingClientRect(); return held.width < 24 || held.height < 24; })
  .map(one => one.className + ": " + one.textContent.trim())"""


@pytest.fixture(scope="module")
def gallery(run_tasks: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one meeting with three pictures, one lost picture and two tasks."""
    folder = tmp_path_factory.mktemp("gallery")
    meeting = folder / "content" / "meetings" / "2030" / "2030-04-18-giao-ban-song-may.md"
    meeting.parent.mkdir(parents=True)
    header = "title: Giao ban quý II\ndate: 2030-04-18\nkind: giao ban\nunion: Liên hiệp hội Sông Mây"
    sources = "  - {site: Bản tin Sông Mây, title: Giao ban quý II, published: 2030-04-19}"
    meeting.write_text(f"---\n{header}\n{_PICTURES}\n{sources}\n---\n\nHội nghị họp.\n{_TASKS}", encoding="utf-8")
    pictures = folder / "content" / "images"
    pictures.mkdir()
    for name, size in (("a", (1200, 800)), ("b", (800, 1200)), ("c", (900, 600))):
        Image.new("RGB", size, "#5c746b").save(pictures / f"{name}.jpg")
    done = run_tasks("build", "--content", folder / "content", "--output", folder / "output")
    assert done.returncode == 0, done.stderr
    return folder / "output"


@pytest.fixture
def meeting(page: Page, gallery: Path) -> Page:
    """The meeting of that site."""
    page.goto((gallery / MEETING).as_uri())
    return page


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one).getPropertyValue(name)", name)


# --- pictures


def test_a_picture_opens_in_the_dialog_which_arrows_turn_and_escape_closes(meeting: Page) -> None:
    second = meeting.locator("[data-photo]").nth(1)
    second.focus()
    second.press("Enter")
    dialog = meeting.get_by_role("dialog")
    expect(dialog).to_contain_text("Ảnh 2/3. Đại biểu")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Đại biểu")
    meeting.keyboard.press("ArrowRight")
    meeting.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Ảnh 1/3. Toàn cảnh")
    meeting.keyboard.press("ArrowLeft")
    expect(dialog).to_contain_text("Ảnh 3/3. Đại biểu")
    meeting.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(meeting.locator("[data-photo]").nth(2)).to_be_focused()


def test_the_buttons_of_the_dialog_do_what_the_keys_do(meeting: Page) -> None:
    meeting.locator("[data-photo]").first.click()
    dialog = meeting.get_by_role("dialog")
    dialog.get_by_role("button", name="Ảnh sau").click()
    expect(dialog).to_contain_text("Ảnh 2/3.")
    dialog.get_by_role("button", name="Ảnh trước").click()
    expect(dialog).to_contain_text("Ảnh 1/3.")
    shown = dialog.get_by_role("img")
    assert shown.evaluate("one => one.naturalWidth") > 0
    assert shown.evaluate("one => one.getBoundingClientRect().bottom <= innerHeight")
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_be_hidden()


def test_without_script_a_picture_leads_to_its_file_and_a_lost_one_is_told(browser: Browser, gallery: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((gallery / MEETING).as_uri())
    expect(page.get_by_text("Kho chỉ còn chú thích, không còn ảnh.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.locator("[data-photo]").first.click()
    assert re.search(r"\.jpe?g$", page.url)
    context.close()


def test_pictures_keep_their_place_while_they_load(meeting: Page) -> None:
    for image in meeting.locator(".photo__image").all():
        assert int(image.get_attribute("width")) > 0 and int(image.get_attribute("height")) > 0
        assert image.get_attribute("loading") == "lazy"


# --- tasks and moving about


def test_the_numeral_of_a_task_is_its_address(meeting: Page) -> None:
    numeral = meeting.locator(".task-number").nth(1)
    expect(numeral).to_contain_text("2")
    numeral.click()
    assert meeting.url.endswith("#nv-2")
    ground = style(meeting, "#nv-2", "background-color")
    assert ground != style(meeting, "#nv-1", "background-color")
    assert style(meeting, ".tasks", "list-style-type") == "none"


def test_the_skip_link_comes_first_and_leads_to_the_text(meeting: Page) -> None:
    meeting.keyboard.press("Tab")
    skip = meeting.get_by_role("link", name="Tới nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    meeting.keyboard.press("Enter")
    expect(meeting.get_by_role("main")).to_be_focused()


def test_slash_leads_to_the_search_field_and_from_other_pages_to_search(page: Page, gallery: Path) -> None:
    page.goto((gallery / urls.HOME).as_uri())
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("57/2030")
    expect(field).to_have_value("57/2030")
    page.goto((gallery / MEETING).as_uri())
    page.keyboard.press("/")
    page.wait_for_url(re.compile(re.escape(urls.SEARCH)))


def test_the_focus_has_a_ring_of_three_pixels_everywhere(page: Page, built_site: Path) -> None:
    page.goto((built_site / urls.HOME).as_uri())
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "(({outlineStyle, outlineWidth}) => `${outlineStyle} ${outlineWidth}`)(getComputedStyle(document.activeElement))"
        )
        assert ring == "solid 3px", page.evaluate("document.activeElement.outerHTML")


# --- settings


def test_ground_and_size_of_text_are_chosen_kept_and_given_back(meeting: Page, gallery: Path) -> None:
    before = style(meeting, "body", "background-color"), style(meeting, "html", "font-size")
    meeting.get_by_role("button", name="Tối", exact=True).click()
    meeting.get_by_role("button", name="Rất lớn", exact=True).click()
    chosen = style(meeting, "body", "background-color"), style(meeting, "html", "font-size")
    assert chosen == ("rgb(13, 20, 19)", "22px") and chosen != before
    meeting.goto((gallery / urls.HOME).as_uri())
    assert (style(meeting, "body", "background-color"), style(meeting, "html", "font-size")) == chosen
    expect(meeting.get_by_role("button", name="Tối", exact=True)).to_have_attribute("aria-pressed", "true")
    meeting.get_by_role("button", name="Theo máy").click()
    meeting.get_by_role("button", name="Thường", exact=True).click()
    assert (style(meeting, "body", "background-color"), style(meeting, "html", "font-size")) == before


def test_dark_follows_the_device_until_the_reader_chooses(browser: Browser, gallery: Path) -> None:
    context = browser.new_context(color_scheme="dark", offline=True)
    page = context.new_page()
    page.goto((gallery / MEETING).as_uri())
    assert style(page, "body", "background-color") == "rgb(13, 20, 19)"
    page.get_by_role("button", name="Sáng", exact=True).click()
    assert style(page, "body", "background-color") == "rgb(251, 253, 252)"
    context.close()


def test_without_storage_the_settings_hold_for_the_page(page: Page, gallery: Path) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page.goto((gallery / MEETING).as_uri())
    page.get_by_role("button", name="Tối", exact=True).click()
    assert style(page, "body", "background-color") == "rgb(13, 20, 19)"


def test_motion_and_forced_colours_are_respected(page: Page, built_site: Path) -> None:
    page.goto((built_site / urls.meeting("2023-04-18-giao-ban-cum-1-phu-tho")).as_uri())
    assert style(page, "html", "scroll-behavior") == "smooth"
    page.emulate_media(reduced_motion="reduce")
    assert style(page, "html", "scroll-behavior") == "auto"
    assert style(page, ".strip__link--current", "outline-style") == "none"
    page.emulate_media(forced_colors="active")
    assert style(page, ".strip__link--current", "outline-style") == "solid"
    assert style(page, ".jump__link", "border-top-style") == "solid"


# --- paper


def test_paper_is_black_on_white_and_bears_only_the_record(browser: Browser, gallery: Path) -> None:
    context = browser.new_context(color_scheme="dark", offline=True)
    page = context.new_page()
    page.goto((gallery / MEETING).as_uri())
    page.get_by_role("button", name="Tối", exact=True).click()
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".top", ".crumbs", ".jump", ".foot", ".turn", ".section--screen", ".citation__buttons"):
        expect(page.locator(selector).first).to_be_hidden()
    for selector in (".letter", ".card", ".prose", ".photos", ".sources", ".citation__text", ".on-paper"):
        expect(page.locator(selector).first).to_be_visible()
    assert (style(page, "body", "background-color"), style(page, "body", "color")) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert style(page, ".prose", "color") == style(page, ".band__title", "color") == "rgb(0, 0, 0)"
    context.close()


def test_on_paper_entries_stay_whole_and_a_long_task_fills_the_sheet(meeting: Page) -> None:
    meeting.emulate_media(media="print")
    assert (style(meeting, ".tasks > li", "break-inside"), style(meeting, ".tasks > li", "orphans")) == ("auto", "3")
    assert style(meeting, ".card__row", "break-inside") == style(meeting, ".photo", "break-inside") == "avoid"
    # A flex container is not broken over sheets everywhere.
    assert style(meeting, "body", "display") == "block"


# --- every kind of page


def test_no_page_scrolls_sideways_no_target_is_too_small_and_no_line_too_tight(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, offline=True)
    page = context.new_page()
    found = {}
    for name, file in sample(built_site):
        page.goto(file.as_uri())
        small = page.evaluate(SMALLEST_TARGET) + page.evaluate(TIGHT_LINES)
        page.evaluate("document.documentElement.setAttribute('data-size', 'largest')")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if wide or small:
            found[name] = (wide, small)
    context.close()
    assert found == {}


def test_on_the_narrowest_phone_the_head_has_two_rows(page: Page, built_site: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto((built_site / urls.HOME).as_uri())
    middles = page.evaluate("['.brand', '.nav__link'].flatMap(one => [...document.querySelectorAll(one)]).map(one => one.getBoundingClientRect()).map(one => Math.round(one.top + one.height / 2))")
    assert len(middles) == 10 and len(set(middles)) == 2


def test_a_wide_screen_is_not_left_half_empty(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    reaches = {}
    for name, file in sample(built_site):
        page.goto(file.as_uri())
        reaches[name] = page.evaluate(REACH)
    context.close()
    assert {name: reach for name, reach in reaches.items() if reach < 0.75} == {}


def test_clusters_on_the_first_page_stand_below_the_rail_however_few_meetings_there_are(page: Page, built_site: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((built_site / urls.HOME).as_uri())
    page.evaluate("document.querySelectorAll('.record ~ .record').forEach(one => one.remove())")
    rail, clusters = page.locator(".page__rail").bounding_box(), page.locator(".page__text--all").bounding_box()
    assert rail["y"] + rail["height"] <= clusters["y"] and clusters["width"] > 1000


def test_what_one_visit_loads_is_small(page: Page, built_site: Path) -> None:
    """Raw sizes: styles of a page 25 KB, scripts outside of search 12 KB."""
    kept: dict[str, dict[str, int]] = {}
    for path in (urls.HOME, urls.meeting("2023-04-18-giao-ban-cum-1-phu-tho"), urls.cluster("phu-tho-cum-1"), urls.PEOPLE):
        page.goto((built_site / path).as_uri())
        files = page.evaluate("[...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(one => one.href || one.src)")
        sizes = {one: Path(one.removeprefix("file://")).stat().st_size for one in files}
        kept[path] = {kind: sum(size for one, size in sizes.items() if one.endswith(kind)) for kind in (".css", ".js")}
    assert {path: sizes for path, sizes in kept.items() if sizes[".css"] > 25 * 1024 or sizes[".js"] > 12 * 1024} == {}


def test_a_meeting_of_an_unknown_month_is_readable_on_the_dark_ground_of_the_home_page(page: Page, small_archive: Path, tmp_path: Path, run_tasks: Callable) -> None:
    record = small_archive / "meetings" / "2030" / "2030-hop.md"
    record.write_text("---\ntitle: Họp năm\ndate: 2030\nsources: https://vi-du.example/bai\n---\nHọp.\n", encoding="utf-8")
    assert run_tasks("build", "--content", small_archive, "--output", tmp_path / "output").returncode == 0
    page.goto((tmp_path / "output" / urls.HOME).as_uri())
    assert style(page, ".hero .qtable__gap", "color") == style(page, ".hero .qtable__caption", "color")
    assert style(page, ".hero .qtable__gap a", "color") == style(page, ".hero__title", "color")
