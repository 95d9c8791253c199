"""The one place that knows output paths.

Every path is relative to the output folder, uses forward slashes, names its file (so that an unpacked folder works from ``file://``)
and lies at most one folder deep: ``../`` leads from any page to the root of the site.
"""

from __future__ import annotations

HOME = "index.html"
SEARCH = "tim-kiem.html"
NOT_FOUND = "404.html"
MEETINGS = "hoi-nghi.html"
CLUSTERS = "cum.html"
ORGANIZATIONS = "to-chuc.html"
PEOPLE = "nguoi.html"
DOCUMENTS = "van-ban.html"
CALENDAR = "lich.html"
OFFLINE = "mang-ve-may.html"
ENGLISH = "english.html"


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


def root(path: str) -> str:
    """What leads from the page at ``path`` to the root of the site: "" or "../"."""
    return "../" * path.count("/")


def document_anchor(id: str) -> str:
    """The id of a document's entry in a list of documents: what a citation in a text leads to."""
    return f"vb-{id}"
