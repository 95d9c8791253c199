"""Which hosts would not take a site, and what is said of it after a build."""

from __future__ import annotations

from plugins.archive.hosting import HOSTS, MB, Excess, excesses
from plugins.building.hosting import advice

GITHUB, GITLAB, CLOUDFLARE = HOSTS


def said(files: dict[str, int]) -> list[str]:
    return [message % values for message, values in advice(files)]


def test_a_host_takes_what_just_fits_and_refuses_one_more() -> None:
    files = {f"{number}.html": 1 for number in range(CLOUDFLARE.files)}
    assert list(excesses(CLOUDFLARE, files)) == []
    assert list(excesses(CLOUDFLARE, {**files, "x.html": 1})) == [Excess("files", 20_001, 20_000)]
    assert list(excesses(CLOUDFLARE, {"a": 25 * MB})) == []
    assert list(excesses(CLOUDFLARE, {"a": 25 * MB + 1})) == [Excess("file_bytes", 25 * MB + 1, 25 * MB, "a")]
    assert [one.of for one in excesses(GITHUB, {str(n): 90 * MB for n in range(12)})] == ["bytes"]


def test_a_site_that_every_host_takes_gives_nothing_to_say() -> None:
    assert said({"index.html": 1000}) == []


def test_too_many_files_are_told_with_the_hosts_that_take_them() -> None:
    assert said({f"{number}.html": 1 for number in range(31_245)}) == [
        "Cloudflare Pages nhận nhiều nhất 20000 tệp, trang có 31245",
        "Nếu định đưa lên mạng: trang này đặt được ở GitHub Pages, GitLab Pages, hay ở máy chủ của mình",
    ]


def test_a_heavy_file_can_be_left_at_home() -> None:
    assert said({"index.html": 1, "du-lieu/archive.sqlite": 38 * MB}) == [
        "Cloudflare Pages nhận tệp nặng nhất 25 MB, tệp du-lieu/archive.sqlite nặng 38 MB",
        "Nếu định đưa lên mạng: trang này đặt được ở GitHub Pages, GitLab Pages, hay ở máy chủ của mình",
        "Hoặc đưa lên mà không kèm tệp ấy: phần còn lại Cloudflare Pages vẫn nhận, chỉ liên kết tải tệp ấy bị hỏng",
    ]


def test_a_site_for_no_free_host_needs_a_server_of_its_own() -> None:
    lines = said({f"{number}.html": 8000 for number in range(250_000)})
    assert [line.partition(" nhận")[0] for line in lines[:3]] == ["GitHub Pages", "GitLab Pages", "GitLab Pages"]
    assert lines[-1] == "Nếu định đưa lên mạng: trang này cần máy chủ của mình; các nơi miễn phí đã biết đều không nhận"
