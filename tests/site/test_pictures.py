"""A whole site with pictures, built as an editor builds it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageDraw

RECORD = """\
---
title: Hội nghị thử của cụm
date: 2025-01-02
images:
  - file: 2025/toan-canh.jpg
    caption: Toàn cảnh
  - file: {second}
    caption: Ký kết
sources:
  - site: Báo thử
    title: Tin thử
---
Một đoạn văn.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "meetings" / "2025").mkdir(parents=True)
    (content / "images" / "2025").mkdir(parents=True)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "MAY-ANH-BI-MAT"
    image = Image.new("RGB", (1500, 1000), "teal")
    ImageDraw.Draw(image).ellipse((200, 200, 900, 700), fill="gold")
    image.save(content / "images" / "2025" / "toan-canh.jpg", exif=exif)
    image.convert("P").save(content / "images" / "2025" / "ky-ket.png")
    write_record(content, "2025/ky-ket.png")
    return content


def write_record(content: Path, second: str) -> None:
    record = content / "meetings" / "2025" / "2025-01-02-thu.md"
    record.write_text(RECORD.format(second=second), encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_page_offers_its_pictures_in_every_size_and_nothing_else_gets_out(content: Path, run_tasks) -> None:
    output = content.parent / "output"
    done = run_tasks("build", "--content", content, "--output", output)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((output / "ban-ghi" / "2025-01-02-thu.html").read_text(encoding="utf-8"), "html.parser")
    offered = {entry.split()[0] for tag in page.select("picture [srcset]") for entry in tag["srcset"].split(",")}
    assert offered == {f"../{path}" for path in files(output) if path.startswith("anh/")} and len(offered) == 12
    for picture, (width, height) in zip(page.select("picture"), [(1000, 1500), (1500, 1000)], strict=True):
        largest = Image.open(output / "ban-ghi" / picture.find_parent("a")["href"])
        assert abs(largest.width / largest.height - width / height) < 0.01
        image = picture.find("img")
        assert image["alt"] and (int(image["width"]), int(image["height"])) == largest.size
    assert not [path for path, data in files(output).items() if b"BI-MAT" in data or "toan-canh" in path]


def test_with_or_without_a_cache_the_site_is_the_same(content: Path, run_tasks) -> None:
    sites = []
    for name in ("first", "cached", "afresh"):
        if name == "afresh":
            shutil.rmtree(content.parent / ".cache" / "images")
        done = run_tasks("build", "--content", content, "--output", content.parent / name)
        assert done.returncode == 0, done.stderr
        sites.append(files(content.parent / name))
    assert sites[0] == sites[1] == sites[2]


def test_a_faulty_picture_fails_the_build_by_name_and_leaves_the_last_site(content: Path, run_tasks) -> None:
    output = content.parent / "output"
    assert run_tasks("build", "--content", content, "--output", output).returncode == 0
    before = files(output)
    picture = content / "images" / "2025" / "toan-canh.jpg"
    picture.write_bytes(picture.read_bytes()[:-3000])
    write_record(content, "2025/Ky-ket.png")
    done = run_tasks("build", "--content", content, "--output", output)
    assert done.returncode == 1
    assert "meetings/2025/2025-01-02-thu.md:5: images" in done.stderr and "[image-broken]" in done.stderr
    assert "gần nhất: 2025/ky-ket.png [image-missing]" in done.stderr
    assert files(output) == before
