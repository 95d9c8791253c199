"""Cài đặt khi đưa lên mạng / Settings for publishing: `python3 tasks.py publish --site-url https://…` đặt SITEURL / sets SITEURL."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - everything that is not said here is as in pelicanconf.py

# Liên kết giữa các trang vẫn tương đối; SITEURL chỉ dùng cho nguồn tin, sitemap và địa chỉ chuẩn.
# Links between pages stay relative; feeds, sitemap and canonical addresses use SITEURL.
PUBLISH_FEEDS = True

# Bản ngoại tuyến do `tasks.py bundle` làm; trang dẫn tới đó / Editions made by `tasks.py bundle`, which the site links to.
OFFLINE_EDITIONS = str(Path(__file__).resolve().parent / "dist")
