"""Which pages are shot, and the sheet on which their pictures lie."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from plugins.browsing.screenshots import SCHEMES, WIDTHS, sample, sheet


def test_of_each_kind_the_fullest_page_is_shot_and_the_barest_where_asked(tmp_path: Path) -> None:
    for path, size in {"index.html": 1, "cum/a.html": 30, "cum/b.html": 10, "cum/a_2010.html": 20, "lich/2010.html": 5, "lich/2010-q1.html": 6}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x" * size, encoding="utf-8")
    fullest = {name: page.relative_to(tmp_path).as_posix() for name, page in sample(tmp_path)}
    assert fullest == {
        "1-index": "index.html",
        "2-cum": "cum/a.html",
        "2-cum-tiep": "cum/a_2010.html",
        "2-lich": "lich/2010.html",
        "2-lich-quy": "lich/2010-q1.html",
    }
    both = {name: page.name for name, page in sample(tmp_path, barest=True)}
    assert both == {name: page.rpartition("/")[2] for name, page in fullest.items()} | {"2-cum-it": "b.html"}


def test_the_sheet_leads_to_every_picture() -> None:
    page = BeautifulSoup(sheet(["1-index", "2-cum"]), "html.parser")
    links = [link["href"] for link in page.find_all("a")]
    assert len(links) == 2 * len(WIDTHS) * len(SCHEMES) == len(set(links))
    assert links == [image["src"] for image in page.find_all("img")] == [image["alt"] for image in page.find_all("img")]
    assert {"1-index-360-light.png", "2-cum-1280-dark.png"} < set(links)
