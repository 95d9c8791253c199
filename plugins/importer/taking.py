"""The report of a page, ready to be read: found, and its lines told apart."""

from .article import Article, find
from .blocks import Page
from .trimming import trim


def take(page: Page) -> Article:
    return trim(find(page))
