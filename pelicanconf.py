"""Cài đặt của kho / Settings of the archive. Mỗi plugin có đúng một cài đặt / Each plugin owns at most one setting.

Đường dẫn tính từ tệp này / Paths are relative to this file. `python3 tasks.py build --help`
"""

import datetime
import os

from jinja2 import StrictUndefined

# --- Kho của bạn / Your archive -----------------------------------------------------------------------------------------

# Tên hiện ở đầu mỗi trang / Name shown at the head of every page
SITENAME = "Sổ Giao Ban"
# Một câu nói kho là gì / One sentence that says what the archive is
SITE_TAGLINE = "Kho tư liệu hội nghị giao ban của các liên hiệp hội"
# Thư góp ý; để trống thì không hiện / Address for corrections; empty: not shown
SITE_EMAIL = ""
# Địa chỉ kho mã nguồn, nơi báo lỗi / Address of the repository, where errors are reported; empty: not shown
SITE_REPOSITORY = ""
# Ngôn ngữ giao diện: vi hoặc en / Language of the interface: vi or en (build --language en)
DEFAULT_LANG = "vi"
TIMEZONE = "Asia/Ho_Chi_Minh"

# --- Thư mục / Folders --------------------------------------------------------------------------------------------------

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"

# --- Plugin / Plugins: theo đúng thứ tự này / in this order --------------------------------------------------------------

PLUGIN_PATHS = ["."]
PLUGINS = [
    "plugins.wording",
    "plugins.meetings",
    "plugins.images",
    "plugins.indexes",
    "plugins.search",
    "plugins.instruments",
    "plugins.offline",
    "plugins.history",
    "plugins.handbook",
    "plugins.building.writing",
    "plugins.exports",
    "plugins.editing.published",
]

# plugins.building.writing: số tiến trình cùng viết trang; None là mọi bộ xử lý, 0 là bộ viết của Pelican và bộ dịch mẫu của Jinja
# How many processes write pages; None: as many as there are processors, 0: Pelican's own writer and Jinja's own compiler
WRITER_WORKERS = None

# plugins.images: nơi giữ ảnh đã thu nhỏ; None là .cache/images cạnh content/
# Where pictures made smaller are kept; None: .cache/images beside content/
IMAGES_CACHE = None
# plugins.images: nơi làm việc ấy; None là máy này, hoặc "mô-đun.hàm" cho một Executor (docs/images.md)
# What does that work; None: this machine, or "module.function" that gives an Executor (docs/images.md)
IMAGES_EXECUTOR = None

# plugins.handbook: thư mục chứa handbook/ và các bảng tra cứu / folder of handbook/ and the references
HANDBOOK_PATH = "docs"
# plugins.editing.published: đặt để đưa biểu mẫu lên cùng trang (docs/handbook/) / set it to publish the form with the site
EDITING_BACKEND = None

# --- Ngày dựng / Day of the build ---------------------------------------------------------------------------------------

# Chỉ ghi khi có SOURCE_DATE_EPOCH, để cùng nội dung luôn cho cùng kết quả.
# Stated only where SOURCE_DATE_EPOCH gives it, so that the same content always yields the same bytes.
_EPOCH = os.environ.get("SOURCE_DATE_EPOCH", "")
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
SITE_EDITION = datetime.datetime.fromtimestamp(int(_EPOCH), _VIETNAM).date().isoformat() if _EPOCH else ""

# --- Địa chỉ / Addresses ------------------------------------------------------------------------------------------------

# Địa chỉ tương đối: mở được từ thẻ nhớ / Relative: works from a memory card. publishconf.py đặt / sets SITEURL.
SITEURL = ""
RELATIVE_URLS = True
PUBLISH_FEEDS = False

# --- Phần của Pelican không dùng đến / What Pelican offers and the archive does not use ----------------------------------

# Hồ sơ do plugins.meetings đọc / Records are read by plugins.meetings
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
READERS = {"rst": None, "html": None}
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
# plugins.building giữ bản cũ cho đến khi bản mới xong / keeps the old site until the new one is whole
DELETE_OUTPUT_DIRECTORY = False

# --- Mẫu trang / Templates ----------------------------------------------------------------------------------------------

THEME_STATIC_DIR = "theme"
THEME_STATIC_PATHS = ["static"]
# plugins.wording thêm gettext và các bộ lọc / adds gettext and the filters
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    # A build reads each template once; `serve` starts a process of its own for each build. All of them are kept, and in a plain dict.
    "auto_reload": False,
    "cache_size": -1,
}
