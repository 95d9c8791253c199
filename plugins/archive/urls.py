"""The one place that knows output paths.

Every path is relative to the output folder, uses forward slashes, names its file (so that an unpacked folder works from ``file://``)
and lies at most one folder deep: ``../`` leads from any page to the root of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

HOME = "index.html"
SEARCH = "tim-kiem.html"
SEARCH_INDEX = "tim-kiem"
"""The folder that holds the index."""
NOT_FOUND = "404.html"
MEETINGS = "hoi-nghi.html"
CLUSTERS = "cum.html"
ORGANIZATIONS = "to-chuc.html"
PEOPLE = "nguoi.html"
DOCUMENTS = "van-ban.html"
CALENDAR = "lich.html"
OFFLINE = "mang-ve-may.html"
ENGLISH = "english.html"
DATA = "du-lieu.html"
READING_LIST = "danh-sach.html"
INSTRUMENTS = "cong-cu.html"
CORRECTIONS = "dinh-chinh.html"
SITE_FEED = "feeds/atom.xml"
SITE_JSON_FEED = "feeds/feed.json"


def meeting(id: str) -> str:
    return f"ban-ghi/{id}.html"


def cluster(id: str) -> str:
    return f"cum/{id}.html"


def organization(id: str) -> str:
    return f"to-chuc/{id}.html"


def person(id: str) -> str:
    return f"nguoi/{id}.html"


def document(id: str) -> str:
    return f"van-ban/{id}.html"


def year(year: int) -> str:
    return f"lich/{year}.html"


def quarter(year: int, quarter: int) -> str:
    return f"lich/{year}-q{quarter}.html"


def page(id: str) -> str:
    return f"trang/{id}.html"


RECORDS: Mapping[str, Callable[[str], str]] = {
    "meetings": meeting,
    "people": person,
    "organizations": organization,
    "clusters": cluster,
    "documents": document,
    "pages": page,
}
"""By the folder of content/ that holds their files, where records stand by their ids."""


def people_of_letter(slug: str) -> str:
    """Where the people under one letter stand, when there are too many for one page."""
    return f"nguoi/chu_{slug}.html"


def organizations_of_kind(slug: str) -> str:
    return f"to-chuc/loai_{slug}.html"


def documents_of_type(slug: str) -> str:
    return f"van-ban/loai_{slug}.html"


def search_piece(name: str) -> str:
    """A file of the search index, by its name without the ending."""
    return f"{SEARCH_INDEX}/{name}.js"


def data(name: str) -> str:
    """A data file, by its whole name."""
    return f"du-lieu/{name}"


def cluster_calendar(id: str) -> str:
    return data(f"lich-{id}.ics")


def feed(stem: str) -> str:
    return f"feeds/{stem}.xml"


def json_feed(stem: str) -> str:
    return f"feeds/{stem}.json"


def instrument(name: str, sheet: int = 1) -> str:
    """The page of an instrument; what does not fit on one page goes on at the next sheet, counted from 1."""
    return f"cong-cu/{name}.html" if sheet == 1 else f"cong-cu/{name}_{sheet}.html"


def handbook(name: str) -> str:
    """A chapter of the editors' handbook, or with an ending of its own a picture in it."""
    return f"so-tay/{name}" if "." in name else f"so-tay/{name}.html"


def root(path: str) -> str:
    """What leads from the page at ``path`` to the root of the site: "" or "../"."""
    return "../" * path.count("/")


def document_anchor(id: str) -> str:
    """The id of a document's entry in a list of documents: what a citation in a text leads to."""
    return f"vb-{id}"
